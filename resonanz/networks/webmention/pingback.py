"""Pingback 1.0: two addresses in an XML-RPC call.

http://www.hixie.ch/specs/pingback/pingback, sections 3 and 4, read 2026-11-22.
"""

from resonanz.plumbing.xml_rpc import Faulty, NotUnderstood, read_answer, written_call
from resonanz.switchboard.trouble import Refused, Unreadable
from resonanz.switchboard.wording import N_

METHOD = "pingback.ping"
KNOWN_ALREADY = "48"
NO_ANSWER = N_("The page answers our pingback in a way that cannot be understood.")


def ping(source: str, target: str) -> bytes:
    """The call that says that `source` links to `target`."""
    return written_call(METHOD, source, target)


def check_answer(body: bytes) -> None:
    """Read the answer to a ping. Raises `Refused` with the other side's words, or `Unreadable`.

    That the other side knows the link already is a good answer.
    """
    try:
        read_answer(body)
    except NotUnderstood as cause:
        raise Unreadable(NO_ANSWER) from cause
    except Faulty as cause:
        if cause.code != KNOWN_ALREADY:
            raise Refused(str(cause) or cause.code) from cause
