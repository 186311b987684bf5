"""What a talk says of a post besides its words: what it is, where it was said, who sees it.

Asks the database nothing: `thread_window` reads along where else the words of a post stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from resonanz.conversations.models import Post, Sighting
from resonanz.conversations.queries import able_to_answer
from resonanz.conversations.rows import network_name
from resonanz.people.by_hand import is_by_hand
from resonanz.plumbing.text import excerpt, web_address
from resonanz.understanding.structure import host_of
from resonanz.workspaces.json_rows import json_of

# An article that is longer than this is shown by its beginning, with the rest folded.
ARTICLE_CHARACTERS = 700
WAYS_SHOWN = 3


@dataclass(frozen=True)
class Elsewhere:
    """Another place where the same words stand: its name, and where that is."""

    name: str
    url: str


@dataclass(frozen=True)
class SaidWhere:
    """What is told of one post.

    `where` names the network, in a talk on several of them. `about` says what it is where it is
    no post like others, `standing` who sees it. `beginning` is shown of a long article. A `copy`
    of words that stand above is folded under this sentence.
    """

    where: str = ""
    about: str = ""
    standing: str = ""
    beginning: str = ""
    copy: str = ""
    also: list[Elsewhere] = field(default_factory=list)


def said_where(post: Post, *, is_on_several: bool) -> SaidWhere:
    """What to tell of a post."""
    return SaidWhere(
        where=network_name(post.network) if is_on_several and not is_by_hand(post.network) else "",
        about=_about(post),
        standing=_standing(post),
        beginning=_beginning(post),
        copy=_copy(post),
        also=list(_also(post)),
    )


def is_on_several(posts: Sequence[Post]) -> bool:
    """Whether these posts were said in more than one place."""
    return len({post.network for post in posts}) > 1


def _about(post: Post) -> str:
    if post.kind == Post.Kind.PING:
        host = host_of(post.url)
        if host:
            return _("linked to us from %(host)s") % {"host": host}
        return _("linked to us from another page")
    if post.kind == Post.Kind.ARTICLE:
        return _("an article of ours") if post.is_ours else _("an article")
    return _("a comment") if post.kind == Post.Kind.COMMENT else ""


def _standing(post: Post) -> str:
    """Who sees it, where that is not everybody who looks there."""
    is_draft = post.is_ours and post.kind == Post.Kind.ARTICLE
    if is_draft or post.standing != Post.Standing.HELD:
        return ""
    return _("waits for approval: nobody but us sees it there")


def _beginning(post: Post) -> str:
    if post.kind != Post.Kind.ARTICLE or len(post.text) <= ARTICLE_CHARACTERS:
        return ""
    return excerpt(post.text, ARTICLE_CHARACTERS)


def _copy(post: Post) -> str:
    if post.copy_of_id is None:
        return ""
    return _("Also said on %(network)s") % {"network": network_name(post.network)}


def _also(post: Post) -> Iterator[Elsewhere]:
    """Its copies on networks, and where it was told of by another way."""
    for told in json_of(getattr(post, "told_copies", None) or []):
        url = web_address(told["url"] or "")
        if url:
            yield Elsewhere(network_name(told["network"]), url)
    seen = {host_of(post.url)}
    for told in json_of(getattr(post, "told_addresses", None) or []):
        url, host = web_address(told["url"] or ""), host_of(told["url"] or "")
        if url and host not in seen:
            seen.add(host)
            yield Elsewhere(host, url)


def places_of(posts: Sequence[Post]) -> str:
    """The names of the networks on which these posts were said, in the order of the first words."""
    return " · ".join(network_name(slug) for slug in dict.fromkeys(post.network for post in posts))


@dataclass(frozen=True)
class OtherWay:
    """A post of the same talk that can be answered instead of one that cannot."""

    pk: int
    label: str


def other_ways(
    post: Post, posts: Sequence[Post], sightings: Mapping[int, Sequence[Sighting]]
) -> list[OtherWay]:
    """Where else in the talk one can go on, when nobody can answer a post where it stands.

    What its author said elsewhere, and copies of ours of what it answers; at most three, the
    latest first.
    """
    begun = {post.pk, post.copy_of_id, post.answers_id}
    begun.add(post.answers.copy_of_id if post.answers else None)
    found = []
    for one in reversed(posts):
        if one.pk == post.pk or not able_to_answer(one, sightings.get(one.pk, ())):
            continue
        told = {"name": one.identity.name or one.identity.handle, "network": _network(one)}
        if one.identity.person_id == post.identity.person_id and not one.is_ours:
            found.append(OtherWay(one.pk, _("Answer %(name)s on %(network)s") % told))
        elif one.is_ours and {one.copy_of_id, one.pk} & (begun - {None}):
            found.append(OtherWay(one.pk, _("Go on below our words on %(network)s") % told))
    return found[:WAYS_SHOWN]


def _network(post: Post) -> str:
    return network_name(post.network)
