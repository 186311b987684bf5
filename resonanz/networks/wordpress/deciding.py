"""What is decided about what stands at the blog: approved, held, spam, trash; and taken back."""

from resonanz.networks.wordpress.line import Line
from resonanz.networks.wordpress.naming import local_of
from resonanz.networks.wordpress.payloads import DonePayload, StandingPayload
from resonanz.networks.wordpress.reading import ARTICLES, COMMENTS, NOT_THERE
from resonanz.networks.wordpress.translate import standing_of
from resonanz.switchboard.shapes import Standing
from resonanz.switchboard.trouble import Gone, NotOffered
from resonanz.switchboard.wording import N_

STANDING_FIELDS = "id,status,author_ip,author_user_agent"
ONLY_COMMENTS = N_("Only comments are approved or held; an article is published at the blog.")
WORDS = {
    Standing.PUBLISHED: "approved",
    Standing.HELD: "hold",
    Standing.SPAM: "spam",
    Standing.TRASH: "trash",
}
# How WordPress takes something out of where it lies: it forgets then when it was put there.
TAKEN_OUT = {Standing.SPAM: "unspam", Standing.TRASH: "untrash"}


def moderate(line: Line, local_id: str, standing: Standing) -> None:
    """Give a comment another standing, unless it has it already.

    A line that breaks in between leaves the comment on its way, and the next attempt goes on.
    """
    local = local_of(local_id)
    if local is None:
        raise Gone(NOT_THERE)
    if local.kind == "p":
        raise NotOffered(ONLY_COMMENTS)
    place = f"{COMMENTS}/{local.number}"
    before = line.read(StandingPayload, place, _fields=STANDING_FIELDS, context="edit")
    stands = standing_of(before)
    if stands is not standing and stands in TAKEN_OUT:
        stands = _put(line, place, TAKEN_OUT[stands], before)
    if stands is not standing:
        _put(line, place, WORDS[standing], before)


def _put(line: Line, place: str, word: str, before: StandingPayload) -> Standing:
    """Change the standing and nothing else.

    WordPress takes whoever changes a comment for its author, and writes our address and our
    program over the reader's, unless they are sent along (6.1, prepare_item_for_database).
    """
    traces = {"author_ip": before.author_ip, "author_user_agent": before.author_user_agent}
    said = {"status": word, **{name: told for name, told in traces.items() if told}}
    return standing_of(line.write("POST", place, StandingPayload, json=said))


def delete(line: Line, local_id: str) -> None:
    """Put a comment or an article of ours into the trash; what is gone already is fine."""
    local = local_of(local_id)
    if local is None:
        raise Gone(NOT_THERE)
    place = COMMENTS if local.kind == "c" else ARTICLES
    try:
        line.write("DELETE", f"{place}/{local.number}", DonePayload)
    except Gone:
        return
