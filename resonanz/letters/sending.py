"""A letter as mail: its text and its head.

Plain text only. These letters are a few sentences and one link: there is nothing to lay out,
nothing to load, nothing that could be tracked; every program and screen reader shows them; and
filters trust them more.
"""

import textwrap
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resonanz.letters.addresses import home_address, whole
from resonanz.letters.models import Letter
from resonanz.letters.places import Wording
from resonanz.letters.post_office import hand_in, house_sender
from resonanz.letters.stopping import stop_address
from resonanz.letters.trouble import Refused
from resonanz.letters.wishes import WISHES

LINE_CHARACTERS = 72


def send_mail(letter: Letter, wording: Wording) -> None:
    """Say a letter to the mail server. Raises a `LetterTrouble`."""
    sender = house_sender()
    to = _envelope(address_of(letter))
    try:
        message = message_of(letter, wording)
    except ValueError as cause:
        raise Refused("The address cannot be written in an envelope.") from cause
    hand_in(message, sender=sender.addr_spec, to=to)


def address_of(letter: Letter) -> str:
    """Where a letter goes: its member's login, as it is now."""
    return letter.member.user.email if letter.member else letter.to


def message_of(letter: Letter, wording: Wording) -> EmailMessage:
    """The whole letter, with everything in its head that a reader's program may want to know."""
    sender = house_sender()
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_line(sender.display_name), sender.username, sender.domain)
    name = letter.member.name if letter.member else str(letter.facts.get("name", ""))
    message["To"] = Address(one_line(name), addr_spec=_envelope(address_of(letter)))
    message["Subject"] = one_line(wording.title)
    message["Date"] = format_datetime(timezone.now())
    message["Message-ID"] = message_id(letter)
    # No “I am on holiday” comes back (RFC 3834, section 5; the other is for Exchange).
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if stop := _stop(letter):
        message["List-Unsubscribe"] = f"<{stop}>"
        if stop.startswith("https://"):
            # RFC 8058, section 3.1 (read 2026-11-22): one click, and only by https.
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text_of(letter, wording), cte="quoted-printable")
    message["Content-Language"] = get_language() or "en"
    return message


def message_id(letter: Letter) -> str:
    """The same however often it is sent, so that a letter that came twice is seen as one."""
    made = int(letter.created_at.timestamp() * 1000)
    return f"<{made}.{letter.pk}@{house_sender().domain}>"


def text_of(letter: Letter, wording: Wording) -> str:
    """The letter itself, in lines that need no turning page."""
    greeting = _greeting(letter)
    parts = [greeting, *wording.paragraphs, wording.link or whole(wording.path), _foot(letter)]
    return "\n\n".join(_wrapped(part) for part in parts if part) + "\n"


def _greeting(letter: Letter) -> str:
    name = letter.member.name if letter.member else str(letter.facts.get("name", ""))
    if not one_line(name):
        return _("Good day,")
    return _("Good day %(name)s,") % {"name": one_line(name)}


def _foot(letter: Letter) -> str:
    place = f"Resonanz · {letter.workspace.name}" if letter.workspace else "Resonanz"
    lines = ["-- ", one_line(place), home_address()]
    if stop := _stop(letter):
        lines += [
            _("What reaches you, and when: %(url)s") % {"url": whole(reverse("settings-letters"))},
            _("No more letters of this kind: %(url)s") % {"url": stop},
        ]
    return "\n".join(lines)


def _stop(letter: Letter) -> str:
    wish = WISHES.get(Letter.Kind(letter.kind))
    return stop_address(letter.member, wish) if letter.member and wish else ""


def _wrapped(part: str) -> str:
    """Lines of 72 characters; addresses and lines that were set stay whole."""
    return "\n".join(
        line
        if len(line) <= LINE_CHARACTERS
        else textwrap.fill(line, LINE_CHARACTERS, break_long_words=False, break_on_hyphens=False)
        for line in part.split("\n")
    )


def one_line(text: str) -> str:
    """A name or title as it may stand in a head: whatever breaks lines is a blank."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _envelope(address: str) -> str:
    name, _at, host = address.rpartition("@")
    return f"{name}@{_host(host)}"


def _host(host: str) -> str:
    """A host as mail servers want it (“xn--…” for umlauts). Raises `Refused`."""
    try:
        return host.encode("idna").decode()
    except UnicodeError as cause:
        raise Refused("The address cannot be written in an envelope.") from cause
