"""What of the town's happenings reaches us on which way, between two moments.

A moment belongs to the span that ends with it: `since < at <= until`. `since` None is a first
look, which sees everything up to `until`, as something that happened and not as backlog: the
town is entered in the middle of its life.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from resonanz.switchboard.pretend.happenings import Done, Spoken, Town
from resonanz.switchboard.pretend.plan import OURS
from resonanz.switchboard.pretend.translate import is_for_us, reaction_of, said_of
from resonanz.switchboard.shapes import Audience, Page, ReactionKind, Standing

Lane = Callable[[Town, datetime | None, datetime], Page]


def notifications(town: Town, since: datetime | None, until: datetime) -> Page:
    """Posts that name us or were sent to us, reactions to our posts, and new followers."""
    posts = [
        post
        for post in _spoken(town, since, until)
        if post.by != OURS and is_for_us(town.plan, post)
    ]
    done = [nod for nod in _done(town, since, until) if _is_to_us(town, nod)]
    return Page(
        posts=tuple(said_of(town, post, until) for post in posts),
        reactions=tuple(reaction_of(town, nod, until) for nod in done),
        gone=_gone(town, since, until, lambda post: post.by != OURS and is_for_us(town.plan, post)),
    )


def replies(town: Town, since: datetime | None, until: datetime) -> Page:
    """Posts of others that stand below one of ours, whether they name us or not."""

    def is_below(post: Spoken) -> bool:
        return post.by != OURS and town.answers_us(post)

    posts = [post for post in _spoken(town, since, until) if is_below(post)]
    return Page(
        posts=tuple(said_of(town, post, until) for post in posts),
        gone=_gone(town, since, until, is_below),
    )


def home(town: Town, since: datetime | None, until: datetime) -> Page:
    """What the neighbours say unprompted or among themselves, pass on, and take back."""
    own = [
        (post.at, post.local_id, said_of(town, post, until))
        for post in _spoken(town, since, until)
        if _is_among_neighbours(town, post)
    ]
    shared = [
        (nod.at, nod.on, said_of(town, town.spoken[nod.on], until, shared_by=nod.by))
        for nod in _done(town, since, until)
        if nod.kind is ReactionKind.BOOST and not _is_to_us(town, nod)
    ]
    gone = _gone(town, since, until, lambda post: _is_among_neighbours(town, post))
    arrived = sorted([*own, *shared], key=lambda found: found[:2])
    return Page(posts=tuple(said for _, _, said in arrived), gone=gone)


def _is_among_neighbours(town: Town, post: Spoken) -> bool:
    if post.by == OURS:
        # A draft of ours is told of when somebody has put it up.
        return post.standing is Standing.HELD
    return (
        post.audience is not Audience.DIRECT
        and not is_for_us(town.plan, post)
        and not town.answers_us(post)
    )


def _is_to_us(town: Town, nod: Done) -> bool:
    return not nod.on or town.spoken[nod.on].by == OURS


def _spoken(town: Town, since: datetime | None, until: datetime) -> list[Spoken]:
    """What was said, edited or voted on to its end in a span and still stands, oldest first."""
    standing = [
        post
        for post in town.spoken.values()
        if post.stands_at(until)
        and not post.is_elsewhere
        and post.by not in town.shielded
        and any(_is_within(at, since, until) for at in _moments(town, post))
    ]
    return sorted(standing, key=lambda post: (post.at, post.local_id))


def _moments(town: Town, post: Spoken) -> Iterator[datetime]:
    """When there is something to tell of a post: it was said, edited, its poll ended."""
    yield post.at
    if post.later is not None and post.later.edited_at is not None:
        yield post.later.edited_at
    if post.ballot is not None:
        yield town.plan.started_at + post.ballot.ends
    if post.judged is not None:
        yield post.judged[1]


def _gone(
    town: Town, since: datetime | None, until: datetime, is_ours_to_know: Callable[[Spoken], bool]
) -> tuple[str, ...]:
    """The uids of what was told on a lane before the span and deleted within it."""
    return tuple(
        town.plan.uid("posts", post.local_id)
        for post in town.spoken.values()
        if since
        and post.goes_at
        and post.at <= since < post.goes_at <= until
        and not post.is_elsewhere
        and is_ours_to_know(post)
    )


def _done(town: Town, since: datetime | None, until: datetime) -> Iterable[Done]:
    within = [
        nod
        for nod in town.done.values()
        if _is_within(nod.at, since, until) and nod.by not in town.shielded
    ]
    return sorted(within, key=lambda nod: (nod.at, nod.by))


def _is_within(at: datetime, since: datetime | None, until: datetime) -> bool:
    return at <= until and (since is None or at > since)
