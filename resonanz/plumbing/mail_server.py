"""Which mail server takes our letters, read from one address.

    smtp://user:password@mail.example:587       STARTTLS is required; port 587 where none is told
    smtps://user:password@mail.example          TLS from the first byte; port 465
    smtp+plain://127.0.0.1:25                   no TLS; port 25; a password only on this machine

Submission with STARTTLS on 587 and with implicit TLS on 465 as in RFC 8314, section 3 (read
2026-11-22). User and password are percent-encoded where they hold `@`, `:` or `/`.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

ON_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class Line(StrEnum):
    """How the line to the server is kept from being read along."""

    STARTTLS = "smtp"
    TLS = "smtps"
    PLAIN = "smtp+plain"


PORTS = {Line.STARTTLS: 587, Line.TLS: 465, Line.PLAIN: 25}


class Malformed(Exception):
    """The address cannot be used; the message says what is wrong, without the password."""


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in. `user` and `password` are "" where none is asked for."""

    line: Line
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def read_address(told: str) -> MailServer:
    """The server that an address names. Raises `Malformed`."""
    try:
        parts = urlsplit(told)
        line, host, port = Line(parts.scheme), parts.hostname or "", parts.port
    except ValueError as cause:
        raise Malformed(
            "it has to begin with smtp://, smtps:// or smtp+plain://, and a port is a number"
        ) from cause
    if not host or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise Malformed("it has to look like smtp://user:password@mail.example:587")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) is not bool(password):
        raise Malformed("user and password belong together: both or none")
    if line is Line.PLAIN and user and host not in ON_THIS_MACHINE:
        raise Malformed("smtp+plain:// would say the password aloud; take smtp:// or smtps://")
    return MailServer(line, host, port or PORTS[line], user, password)
