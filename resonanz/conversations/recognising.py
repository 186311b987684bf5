"""Whether what arrives is the same words as a post that we have, or a copy of it, or neither.

An address alone is not believed, because anybody may claim one. What stands at its own address
wins; whoever only claims it has to say the same, and yields. So nobody can put his words into the
place of somebody else's, and nobody's words are lost by a claim of others.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from resonanz.channels.models import Channel
from resonanz.conversations.addresses import Occupant, Whereabouts, spots_of
from resonanz.conversations.models import Post
from resonanz.plumbing.text import plain_text
from resonanz.switchboard import shapes
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Kind, Said
from resonanz.understanding.same_address import same_address
from resonanz.understanding.same_words import addresses_in, says_the_same, words_in


class How(StrEnum):
    """How two posts belong together."""

    SAME = "same"
    COPY = "copy"


@dataclass(frozen=True)
class Match:
    """A post that we have, and how what arrives belongs to it.

    It `yields` to what arrives: where both are the same, that one stays; of two copies, that one
    is the original.
    """

    post: Post
    how: How
    yields: bool


@dataclass(frozen=True)
class Words:
    """What is looked at of two posts that may be one. `is_answerable`: one of us can answer it."""

    network: str
    text: str
    kind: str
    by: frozenset[str]
    is_ours: bool
    is_own: bool
    is_noted: bool = False
    is_answerable: bool = False
    is_published: bool = True

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing but that something is there."""
        return self.kind == Kind.PING or not words_in(self.text)

    @property
    def is_article(self) -> bool:
        """Whether it is an article."""
        return self.kind == Kind.ARTICLE

    @property
    def rank(self) -> tuple[bool, bool, bool, bool, bool, int]:
        """The higher one stays when two are one."""
        return (
            self.is_own,
            not self.is_noted,
            not self.is_bare,
            self.is_answerable,
            self.is_ours,
            len(words_in(self.text)),
        )


def addresses_named(said: Said, our_uids: Collection[str]) -> Iterator[str]:
    """Every address by which something may turn out to belong to what we have."""
    yield from (said.uid, said.url, *said.same_as, said.answers_uid, said.quotes_uid)
    yield from (spot.address for spot in spots_of(said))
    if said.author.uid in our_uids:
        yield from (link.url for link in said.links)
        yield said.card.url if said.card else ""
        yield from addresses_in(plain_text(said.html))


def best_match(
    said: Said, *, channel: Channel, is_ours: bool, whereabouts: Whereabouts
) -> Match | None:
    """The post that stands where this one says that it stands, if the two belong together.

    Asks nothing where no address of it is known.
    """
    for spot in spots_of(said):
        occupant = whereabouts.at(spot.address)
        post = whereabouts.post(occupant)
        if occupant is None or post is None:
            continue
        if _came_so_before(occupant, channel, post, spot.address, said):
            return Match(post, How.SAME, yields=False)
        new = words_of_said(said, channel, is_ours=is_ours, is_own=spot.is_own)
        known = words_of_post(post, is_own=occupant.is_own)
        how = how_together(new, known)
        if how is not None:
            return Match(post, how, yields=_yields(known, new, how))
    return None


def _came_so_before(
    occupant: Occupant, channel: Channel, post: Post, address: str, said: Said
) -> bool:
    """Whether it was found to be this post before, under this very name."""
    is_its_name = address == same_address(said.uid, is_name=True)
    return is_its_name and occupant.network == channel.network != post.network


def _yields(known: Words, new: Words, how: How) -> bool:
    if how == How.COPY and known.is_article != new.is_article:
        return new.is_article
    return new.rank > known.rank


def words_of_said(said: Said, channel: Channel, *, is_ours: bool, is_own: bool) -> Words:
    """What has just arrived through a channel."""
    author = said.author
    return Words(
        network=channel.network,
        text=f"{said.title} {plain_text(said.html)}",
        kind=said.kind.value,
        by=_names(author.url, author.uid, author.handle, author.name),
        is_ours=is_ours,
        is_own=is_own,
        is_answerable=_can_answer(channel),
        is_published=said.standing == shapes.Standing.PUBLISHED,
    )


def words_of_post(post: Post, *, is_own: bool) -> Words:
    """What we have."""
    author = post.identity
    seen = post.sightings.select_related("channel")
    return Words(
        network=post.network,
        text=f"{post.title} {post.text}",
        kind=post.kind,
        by=_names(author.url, author.uid, author.handle, author.name),
        is_ours=post.is_ours,
        is_own=is_own,
        is_noted=post.noted_by_id is not None,
        is_answerable=any(_can_answer(found.channel) for found in seen),
        is_published=post.standing == Post.Standing.PUBLISHED,
    )


def _can_answer(channel: Channel) -> bool:
    return bool({Can.ANSWER.value, Can.ANSWER_DIRECT.value} & set(channel.abilities))


def _names(url: str, uid: str, handle: str, name: str) -> frozenset[str]:
    told = (same_address(url), same_address(uid), handle.casefold(), name.strip().casefold())
    return frozenset(one for one in told if one)


def how_together(new: Words, known: Words) -> How | None:
    """How two that name one address belong together, if they do."""
    if new.is_noted or known.is_noted:
        return _with_noted(new, known)
    # A network knows by itself which of its posts are one. What waits for approval or is spam
    # is decided by itself first.
    if new.network == known.network or not (new.is_published and known.is_published):
        return None
    if new.is_own and known.is_own:
        return How.SAME
    return _by_claim(new, known)


def _by_claim(new: Words, known: Words) -> How | None:
    """Where at most one of the two stands at the address that both name."""
    claims, stands = (known, new) if new.is_own else (new, known)
    if claims.is_ours and not stands.is_ours:
        return None
    if claims.is_bare:
        return How.SAME
    if new.is_ours and known.is_ours:
        return How.COPY
    poor, rich = (claims, stands) if stands.is_own else sorted((new, known), key=_length)
    if new.is_article == known.is_article and says_the_same(poor.text, rich.text):
        return How.SAME
    return How.COPY if new.by & known.by else None


def _with_noted(new: Words, known: Words) -> How | None:
    """What was written down by hand is the same as what came by itself, if it says the same."""
    if new.is_noted and known.is_noted:
        return None
    noted, came = (new, known) if new.is_noted else (known, new)
    is_same = noted.is_ours == came.is_ours and says_the_same(noted.text, came.text)
    return How.SAME if is_same else None


def _length(words: Words) -> int:
    return len(words_in(words.text))
