"""Pingback 1.0: two addresses in an XML-RPC call.

http://www.hixie.ch/specs/pingback/pingback, sections 3 and 4, read 2026-11-22. What WordPress
says of a comment it says of a ping, too, with a status of HTTP for the number of the fault: that
it has the very same already, and that pings come too fast, whoever sent the one before (6.1,
wp_allow_comment and wp_check_comment_flood in wp-includes/comment.php).
"""

from resonanz.networks.webmention.limits import PINGS_COME_EVERY
from resonanz.plumbing.xml_rpc import Faulty, NotUnderstood, read_answer, written_call
from resonanz.switchboard.trouble import Refused, TryLater, Unreadable
from resonanz.switchboard.wording import N_

METHOD = "pingback.ping"
KNOWN_ALREADY = frozenset({"48", "409"})
TOO_FAST = "429"
# Something behind the other side failed; like the status 502 of HTTP.
NOT_NOW = "50"
NO_ANSWER = N_("The page answers our pingback in a way that cannot be understood.")


def ping(source: str, target: str) -> bytes:
    """The call that says that `source` links to `target`."""
    return written_call(METHOD, source, target)


def check_answer(body: bytes) -> None:
    """Read the answer to a ping: `Refused` with the other side's words, `TryLater`, `Unreadable`.

    That the other side knows the link already is a good answer.
    """
    try:
        read_answer(body)
    except NotUnderstood as cause:
        raise Unreadable(NO_ANSWER) from cause
    except Faulty as cause:
        words = str(cause) or cause.code
        if cause.code == TOO_FAST:
            raise TryLater(words, after=PINGS_COME_EVERY) from cause
        if cause.code == NOT_NOW:
            raise TryLater(words) from cause
        if cause.code not in KNOWN_ALREADY:
            raise Refused(words) from cause
