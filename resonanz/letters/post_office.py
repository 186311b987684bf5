"""Handing letters in at the mail server.

What its answers mean (RFC 5321, section 4.2.1, read 2026-11-22): 4yz is try again, 5yz is no.
A no to our name, password or sender is about us and not about the letter: a human sets it right,
and then the letter goes. A line that breaks after the letter was said leaves open whether it
was taken; it is handed in again under the same Message-ID.
"""

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage

from django.conf import settings

from resonanz.letters.trouble import Later, LetterTrouble, Misset, Refused
from resonanz.plumbing.mail_server import Line, MailServer

PATIENCE_SECONDS = 30.0
SIGNED_IN = 235


def hand_in(message: EmailMessage, *, sender: str, to: str) -> None:
    """Hand one letter in. Raises a `LetterTrouble`."""
    server = settings.RESONANZ_MAIL_SERVER
    if server is None:
        raise Misset("No mail server is named in the settings.")
    with at_the_counter(server) as counter:
        counter.send_message(message, from_addr=sender, to_addrs=[to])


def house_sender() -> Address:
    """In whose name letters are sent, with its host as mail servers want it (“xn--…”).

    Raises `Misset`.
    """
    told = settings.RESONANZ_MAIL_FROM
    if told is None:
        raise Misset("No sender is named in the settings.")
    return Address(told.display_name, told.username, told.domain.encode("idna").decode())


@contextmanager
def at_the_counter(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A line to the server, as safe as it was told and signed in. Raises a `LetterTrouble`."""
    counter: smtplib.SMTP | None = None
    try:
        counter = _open(server)
        yield counter
    except (smtplib.SMTPException, OSError) as cause:
        raise trouble_of(cause) from cause
    finally:
        if counter is not None:
            _leave(counter)


def _open(server: MailServer) -> smtplib.SMTP:
    # What we call ourselves; the library would look our own name up, which may take long.
    name = house_sender().domain
    if server.line is Line.TLS:
        return _signed_in(
            smtplib.SMTP_SSL(
                server.host,
                server.port,
                local_hostname=name,
                timeout=PATIENCE_SECONDS,
                context=ssl.create_default_context(),
            ),
            server,
        )
    counter = smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=PATIENCE_SECONDS)
    if server.line is Line.STARTTLS:
        try:
            counter.starttls(context=ssl.create_default_context())
        except (smtplib.SMTPException, OSError):
            counter.close()
            raise
    return _signed_in(counter, server)


def _signed_in(counter: smtplib.SMTP, server: MailServer) -> smtplib.SMTP:
    try:
        if server.user:
            _sign_in(counter, server)
    except (smtplib.SMTPException, OSError):
        counter.close()
        raise
    return counter


def _sign_in(counter: smtplib.SMTP, server: MailServer) -> None:
    """By whatever the server knows; umlauts only by PLAIN, which says them as UTF-8 (RFC 4616)."""
    told = f"\0{server.user}\0{server.password}"
    if told.isascii():
        counter.login(server.user, server.password)
        return
    # The library says passwords in ASCII, and fails at others.
    counter.ehlo_or_helo_if_needed()
    code, words = counter.docmd("AUTH", f"PLAIN {b64encode(told.encode()).decode()}")
    if code != SIGNED_IN:
        raise smtplib.SMTPAuthenticationError(code, words)


def _leave(counter: smtplib.SMTP) -> None:
    """Say goodbye; whether that is heard changes nothing about the letter."""
    try:
        counter.quit()
    except (smtplib.SMTPException, OSError):
        counter.close()


def trouble_of(cause: Exception) -> LetterTrouble:
    """What an error of the line or an answer of the server means for the letter."""
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Misset(f"TLS: {cause.verify_message}")
    if isinstance(cause, smtplib.SMTPNotSupportedError):
        return Misset(str(cause))
    if isinstance(cause, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(cause.recipients.values()))
        return _by_code(code, words, no=Refused)
    if isinstance(cause, smtplib.SMTPDataError):
        return _by_code(cause.smtp_code, cause.smtp_error, no=Refused)
    if isinstance(cause, smtplib.SMTPResponseException):
        return _by_code(cause.smtp_code, cause.smtp_error, no=Misset)
    return Later(getattr(cause, "strerror", "") or str(cause) or type(cause).__name__)


def _by_code(code: int, words: bytes | str, *, no: type[LetterTrouble]) -> LetterTrouble:
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    reason = f"{code} {' '.join(told.split())}"
    return no(reason) if 500 <= code < 600 else Later(reason)
