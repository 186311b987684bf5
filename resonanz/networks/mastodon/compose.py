"""A text of ours as it will stand there: whom it names, and how long it is. Pure.

Source of the counting: Mastodon's app/validators/status_length_validator.rb (read 2026-11-22):
the content warning counts, every link counts as `characters_reserved_per_url`, a handle counts
without its host, and what counts is what a reader sees as one character.
"""

import re
import unicodedata
from collections.abc import Iterator

from resonanz.networks.mastodon.limits import LINK_COST_CHARACTERS, TEXT_LIMIT_CHARACTERS
from resonanz.networks.mastodon.translate import Viewpoint, uid_of, viewpoint_of
from resonanz.switchboard.pictures import problems_of
from resonanz.switchboard.shapes import Account, Audience, Composed, Mention, Outgoing
from resonanz.understanding.written_links import WRITTEN_LINK, without_what_follows

NAMED = re.compile(
    r"(?<![\w/=])@(?P<name>\w+(?:[\w.-]*\w)?)(?:@(?P<host>\w+(?:[.-]+\w+)*(?::\d+)?))?"
)
ZERO_WIDTH_JOINER = "\u200d"
REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)
SKIN_TONES = range(0x1F3FB, 0x1F400)


def compose(outgoing: Outgoing, account: Account) -> Composed:
    """The text with the missing names in front, counted, with what stops it from being sent."""
    added = tuple(names_missing(outgoing, viewpoint_of(account)))
    text = " ".join([*(name.handle for name in added), outgoing.text.strip()]).strip()
    link_cost = account.facts.link_cost or LINK_COST_CHARACTERS
    length = characters(outgoing.warning) + counted_length(text, link_cost=link_cost)
    return Composed(
        text=text,
        length=length,
        limit=limit_of(account),
        names_added=added,
        problems=tuple(problems(outgoing, account, length)),
    )


def problems(outgoing: Outgoing, account: Account, length: int) -> Iterator[str]:
    """Codes of what stops it from being sent."""
    if not outgoing.text.strip() and not outgoing.pictures:
        yield "empty"
    if length > limit_of(account):
        yield "too_long"
    answered = outgoing.answering
    if answered and outgoing.audience.is_wider_than(answered.audience):
        yield "wider_than_answered"
    if outgoing.audience is Audience.FOLLOWERS and not viewpoint_of(account).has_followers_only:
        yield "audience_not_offered"
    yield from problems_of(outgoing.pictures, account.facts)


def limit_of(account: Account) -> int:
    """How many characters a text may count on this server."""
    return account.facts.text_limit or TEXT_LIMIT_CHARACTERS


def names_missing(outgoing: Outgoing, view: Viewpoint) -> Iterator[Mention]:
    """Whom the answer has to name and does not: each once, and never ourselves."""
    if outgoing.answering is None:
        return
    named = {view.us.uid, *names_in(outgoing.text, view.host)}
    for mention in outgoing.answering.names:
        uid = uid_of(mention.handle, view.host)
        if uid not in named:
            named.add(uid)
            yield mention


def names_in(text: str, host: str) -> Iterator[str]:
    """The uids of everybody whom a text names. A name without host is of our own server."""
    for found in NAMED.finditer(WRITTEN_LINK.sub(" ", text)):
        acct = f"{found['name']}@{found['host']}" if found["host"] else found["name"]
        yield uid_of(acct, host)


def counted_length(text: str, *, link_cost: int) -> int:
    """How many characters a text counts as, with links at `link_cost` and handles without host."""
    total, rest = 0, ""
    position = 0
    for found in WRITTEN_LINK.finditer(text):
        address = without_what_follows(found.group())
        rest += text[position : found.start()] + "\n"
        total += link_cost - 1
        position = found.start() + len(address)
    rest += text[position:]
    return total + characters(NAMED.sub(r"@\g<name>", rest))


def characters(text: str) -> int:
    """How many characters a reader sees: accents, flags and composed pictograms count once.

    The rules of Unicode Annex 29 as far as they concern European letters and pictograms.
    """
    count, joined, flag_is_open = 0, False, False
    for sign in text.replace("\r\n", "\n"):
        code = ord(sign)
        if sign == ZERO_WIDTH_JOINER:
            joined = count > 0
            continue
        if unicodedata.category(sign) in ("Mn", "Me", "Mc") or code in SKIN_TONES:
            count = max(count, 1)
            continue
        is_flag = code in REGIONAL_INDICATORS
        closes_a_flag = is_flag and flag_is_open
        if not (joined and unicodedata.category(sign) == "So") and not closes_a_flag:
            count += 1
        flag_is_open = is_flag and not closes_a_flag
        joined = False
    return count
