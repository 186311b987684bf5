"""Reading the neighbourhood: what the people we follow and the blogs we read say, by person.

A walk begins at the newest word and goes on in windows of at most 300 posts. Within a window
people stand in the order of their newest word, with at most three posts each; twelve people
make a page. Everything is bounded, whatever the number of posts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from heapq import merge
from typing import Any

from django.db.models import Case, Prefetch, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Left, Length
from django.utils.safestring import SafeString, mark_safe

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post, Sighting
from resonanz.conversations.shown import WIDE, Shown, face_of, shown
from resonanz.outbox.models import Gesture
from resonanz.people.models import Person
from resonanz.people.queries import unshielded
from resonanz.people.wishes import may_be_proposed, why_not_written_to
from resonanz.plumbing.keyset import Mark
from resonanz.relationships.models import Contact
from resonanz.relationships.queries import Ear
from resonanz.relationships.wording import gesture_label
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import ReactionKind
from resonanz.understanding.hiding import Hider
from resonanz.workspaces.models import Member, Workspace

WINDOW = 300
PEOPLE_ON_A_PAGE = 12
POSTS_OF_A_PERSON = 3
HTML_CHARACTERS = 6000
EXCERPT_CHARACTERS = 700
GESTURES = (ReactionKind.BOOST.value, ReactionKind.FAVOURITE.value)


class Who(StrEnum):
    """Whose words are shown."""

    ALL = "all"
    PEOPLE = "people"
    BLOGS = "blogs"


@dataclass(frozen=True)
class Place:
    """Where on a walk a page is: below `top` (None: at the newest word), after `skip` people.

    The window begins below `top`, which stays while one goes on in it, so that new words do not
    push people over the edge.
    """

    top: Mark | None = None
    skip: int = 0


@dataclass
class SaidHere:
    """One post on the page, with what can be done with it and what was done already.

    `is_talk` says that it belongs to a longer talk, `is_proposed` that it may be proposed to
    somebody to answer (see `people.wishes`). `shared` and `liked` are states of our
    gesture, "" where there is none.
    """

    post: Post
    is_new: bool
    words: str
    html: SafeString
    is_excerpt: bool
    is_talk: bool = False
    can_answer: bool = False
    can_share: bool = False
    can_like: bool = False
    is_proposed: bool = True
    shared: str = ""
    liked: str = ""
    is_answered: bool = False
    shown: Shown = field(default_factory=Shown)

    @property
    def share_label(self) -> str:
        """What stands on the button for sharing, or what became of that."""
        return gesture_label(ReactionKind.BOOST, self.shared)

    @property
    def like_label(self) -> str:
        """What stands on the button for liking, or what became of that."""
        return gesture_label(ReactionKind.FAVOURITE, self.liked)


@dataclass
class Neighbour:
    """A person and what she has been saying, the newest first. `more` posts are not shown."""

    person: Person
    handle: str
    seed: str
    network: str
    identity_id: int
    moment: datetime
    more: int
    is_blog: bool
    can_speak: bool
    is_stranger: bool
    face: str = ""
    posts: list[SaidHere] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether she said something since the last walk."""
        return any(post.is_new for post in self.posts)


@dataclass
class Walked:
    """One page of a walk: who said something new, who is seen already, where it goes on."""

    fresh: list[Neighbour]
    seen: list[Neighbour]
    further: Place | None
    has_more_fresh: bool


Light = tuple[int, int, datetime, datetime]


def walk(
    member: Member, ears: Sequence[Ear], *, who: Who, place: Place, seen_until: datetime | None
) -> Walked:
    """One page of a walk through the neighbourhood. `ears` are all of the workspace."""
    window = _window(member.workspace, networks_of(ears, who), place.top)
    people = _by_person(window)
    chosen = dict(list(people.items())[place.skip : place.skip + PEOPLE_ON_A_PAGE])
    neighbours = _neighbours(chosen, ears, seen_until, member.workspace.hider)
    _note_what_was_done(neighbours)
    rest = list(people.values())[place.skip + PEOPLE_ON_A_PAGE :]
    return Walked(
        fresh=[found for found in neighbours if found.is_new],
        seen=[found for found in neighbours if not found.is_new],
        further=_further(window, place, has_rest=bool(rest)),
        has_more_fresh=any(_is_new(row, seen_until) for rows in rest for row in rows),
    )


def networks_of(ears: Iterable[Ear], who: Who) -> list[str]:
    """The networks whose posts are asked for: those we speak on are people's, the rest blogs'."""
    known = {ear.network for ear in ears}
    speaking = {ear.network for ear in ears if ear.can_speak}
    chosen = {Who.ALL: known, Who.PEOPLE: speaking, Who.BLOGS: known - speaking}[who]
    return sorted(chosen)


def _window(workspace: Workspace, networks: list[str], top: Mark | None) -> list[Light]:
    """At most 300 posts, newest first, as (pk, person, said at, received at)."""
    posts = Post.objects.still_there().filter(
        unshielded("identity"), workspace=workspace, reason=Post.Reason.NEIGHBOURHOOD
    )
    if top:
        posts = posts.filter(said_at__lte=top.moment).exclude(said_at=top.moment, pk__gte=top.pk)
    # One index scan for each network, merged here: no network's flood slows another's list.
    found = [
        posts.filter(network=network)
        .order_by("-said_at", "-pk")
        .values_list("pk", "identity__person_id", "said_at", "received_at")[:WINDOW]
        for network in networks
    ]
    newest_first = merge(*found, key=lambda row: (row[2], row[0]), reverse=True)
    return [row for row, _ in zip(newest_first, range(WINDOW), strict=False)]


def _by_person(window: Iterable[Light]) -> dict[int, list[Light]]:
    people: dict[int, list[Light]] = {}
    for row in window:
        people.setdefault(row[1], []).append(row)
    return people


def _is_new(row: Light, seen_until: datetime | None) -> bool:
    return seen_until is None or row[3] > seen_until


def _further(window: list[Light], place: Place, *, has_rest: bool) -> Place | None:
    """Where the next page begins: further on in this window, or below it."""
    if not window:
        return None
    if has_rest:
        top = place.top or Mark(window[0][2], window[0][0] + 1)
        return Place(top=top, skip=place.skip + PEOPLE_ON_A_PAGE)
    if len(window) < WINDOW:
        return None
    return Place(top=Mark(window[-1][2], window[-1][0]))


def _neighbours(
    walked: dict[int, list[Light]],
    ears: Sequence[Ear],
    seen_until: datetime | None,
    hider: Hider,
) -> list[Neighbour]:
    chosen = {row[0]: row for rows in walked.values() for row in rows[:POSTS_OF_A_PERSON]}
    posts = {post.pk: post for post in _posts(chosen)}
    people = networks_of(ears, Who.PEOPLE)
    working = [ear for ear in ears if ear.state == Channel.State.OK]
    speaking = networks_of(working, Who.PEOPLE)
    met = _already_spoken_to(walked)
    neighbours = []
    for person_id, rows in walked.items():
        said = [posts[row[0]] for row in rows[:POSTS_OF_A_PERSON] if row[0] in posts]
        if not said:
            continue
        author = said[0].identity
        neighbours.append(
            Neighbour(
                person=author.person,
                handle=author.handle,
                seed=author.uid,
                network=author.network,
                identity_id=author.pk,
                moment=rows[0][2],
                more=len(rows) - len(said),
                is_blog=author.network not in people,
                can_speak=author.network in speaking and not why_not_written_to(author),
                is_stranger=person_id not in met,
                face=face_of(author),
                posts=[
                    _said(
                        post,
                        hider,
                        is_new=_is_new(chosen[post.pk], seen_until),
                        is_stranger=person_id not in met,
                    )
                    for post in said
                ],
            )
        )
    return neighbours


def _posts(ids: Iterable[int]) -> "QuerySet[Post]":
    """The posts in full, except that of a long text only its beginning is read."""
    is_short = Q(title="") & Q(html_length__lte=HTML_CHARACTERS)
    sightings = (
        Sighting.objects.select_related("channel")
        .defer("channel__credentials", "channel__profile", "channel__facts")
        .order_by("pk")
    )
    return (
        Post.objects.filter(pk__in=list(ids))
        .annotate(html_length=Length("html"))
        .annotate(
            beginning=Left("text", EXCERPT_CHARACTERS),
            short_html=Case(
                When(is_short, then="html"), default=Value(""), output_field=TextField()
            ),
        )
        .select_related("identity__person", "shared_by__person", "conversation", "quotes__identity")
        .defer("html", "text", "identity__bio", "shared_by__bio", "quotes__html")
        .prefetch_related(Prefetch("sightings", queryset=sightings))
    )


def _already_spoken_to(people: Iterable[int]) -> set[int]:
    spoken = Contact.objects.filter(identity__person__in=list(people), given_count__gt=0)
    return set(spoken.values_list("identity__person_id", flat=True))


def _said(post: Any, hider: Hider, *, is_new: bool, is_stranger: bool) -> SaidHere:
    channels = [
        found.channel for found in post.sightings.all() if found.channel.state == Channel.State.OK
    ]
    can = {ability for channel in channels for ability in channel.abilities}
    may = not why_not_written_to(post.identity)
    # One click is not yet a word: who asks bots to stay away is first written to by a human.
    one_click = may_be_proposed(post.identity, wrote_to_her=not is_stranger)
    return SaidHere(
        post=post,
        is_new=is_new,
        words=post.beginning,
        # Cleaned by an allow-list when it was kept.
        html=mark_safe(post.short_html),  # noqa: S308
        is_excerpt=not post.short_html and len(post.beginning) >= EXCERPT_CHARACTERS,
        is_talk=post.conversation.post_count > 1,
        can_answer=may and Can.ANSWER in can,
        can_share=one_click and Can.BOOST in can and post.audience in WIDE,
        can_like=one_click and Can.FAVOURITE in can,
        is_proposed=one_click,
        shown=shown(post, hider=hider, text=post.beginning),
    )


def _note_what_was_done(neighbours: list[Neighbour]) -> None:
    said = {here.post.uid: here for found in neighbours for here in found.posts}
    channels = {
        sighting.channel_id for here in said.values() for sighting in here.post.sightings.all()
    }
    gestures = Gesture.objects.filter(
        channel__in=channels, kind__in=GESTURES, target_uid__in=list(said)
    )
    for uid, kind, state in gestures.values_list("target_uid", "kind", "state"):
        if kind == ReactionKind.BOOST.value:
            said[uid].shared = state
        else:
            said[uid].liked = state
    ids = {here.post.pk: here for here in said.values()}
    answered = Post.objects.filter(answers__in=list(ids), is_ours=True)
    for answered_id in answered.values_list("answers_id", flat=True):
        if answered_id is not None:
            ids[answered_id].is_answered = True
