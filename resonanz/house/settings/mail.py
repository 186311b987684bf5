"""Mail: which server takes our letters, and in whose name they are written."""

import os
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from resonanz.plumbing.mail_server import MailServer, Malformed, read_address

SERVER = "RESONANZ_MAIL_ADDRESS"
SERVER_FILE = "RESONANZ_MAIL_ADDRESS_FILE"
FROM = "RESONANZ_MAIL_FROM"
NAME = "Resonanz"


def mail_server() -> MailServer | None:
    """The server that letters are handed to; None: no mail is sent."""
    told = _told()
    if not told:
        return None
    try:
        return read_address(told)
    except Malformed as cause:
        # The address holds a password and is not repeated.
        raise ImproperlyConfigured(f"{SERVER} cannot be used: {cause}.") from cause


def _told() -> str:
    file = os.environ.get(SERVER_FILE, "").strip()
    if not file:
        return os.environ.get(SERVER, "").strip()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as cause:
        raise ImproperlyConfigured(
            f"{SERVER_FILE} names {file}, and this file cannot be read."
        ) from cause


def mail_from(server: MailServer | None) -> Address | None:
    """The sender of our letters, “Resonanz” where it has no name."""
    told = os.environ.get(FROM, "").strip()
    if not told:
        if server is not None:
            raise ImproperlyConfigured(
                f"{SERVER} is set, so {FROM} has to be set too: the address in whose name letters"
                " are sent, such as resonanz@bakery.example."
            )
        return None
    name, address = parseaddr(told)
    try:
        validate_email(address)
        return Address(display_name=name or NAME, addr_spec=address)
    except (ValidationError, ValueError) as cause:
        raise ImproperlyConfigured(
            f"{FROM} is “{told}”, but has to look like resonanz@bakery.example or"
            " Daybreak Bakery <resonanz@bakery.example>."
        ) from cause
