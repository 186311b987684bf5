"""A conversation as it is read: days, words of theirs and ours, gaps, and what is on its way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resonanz.channels.models import Channel
from resonanz.conversations.by_hand.shown import ByHand, answered_there_url, by_hand
from resonanz.conversations.models import Fetching, Post, Sighting
from resonanz.conversations.offers import (
    Moderating,
    article_note,
    channel_to_quote,
    moderating,
    standing_under_way,
    to_be_told_of,
)
from resonanz.conversations.queries import able_to_answer
from resonanz.conversations.said_where import SaidWhere, is_on_several, said_where
from resonanz.conversations.shown import NOTHING_HIDDEN, WIDE, Shown, shown
from resonanz.conversations.together import MoveLine, NoteLine
from resonanz.outbox.compose import text_of
from resonanz.outbox.models import Delivery, OnItsWay
from resonanz.outbox.rows import WayRow, change_url, way_row
from resonanz.people.by_hand import is_by_hand
from resonanz.people.wishes import asks, why_not_written_to
from resonanz.plumbing.moments import weekday
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Wish
from resonanz.understanding.hiding import Hider
from resonanz.workspaces.models import Member

SHOWN_STATES = {
    OnItsWay.State.WAITING.value: "waiting",
    OnItsWay.State.UNSURE.value: "unsure",
    OnItsWay.State.REFUSED.value: "refused",
}


@dataclass(frozen=True)
class Act:
    """Something that can be done with a post without words, through one channel."""

    channel: Channel
    is_done: bool


@dataclass(frozen=True)
class Line:
    """One line of a talk. `kind` is day, gap, post, way, note or move.

    `shield_url` leads to where an account is kept away from us. `is_from_afar` says that our
    servers do not know the post: it was read where the conversation began. `is_forgotten` is a
    gap where words of somebody stood who asks not to be archived. `tell` is what an article of
    ours answers, as long as nobody there has been told where it stands. `said` tells what it is,
    where it was said, and who sees it.
    """

    kind: str
    day: str = ""
    post: Post | None = None
    html: SafeString | None = None
    name: str = ""
    capacity: str = ""
    handle: str = ""
    answers_name: str = ""
    is_here: bool = False
    can_answer: bool = False
    share: Act | None = None
    like: Act | None = None
    way: WayRow | None = None
    delivery: Delivery | None = None
    note: NoteLine | None = None
    move: MoveLine | None = None
    state: str = ""
    seed: str = ""
    person_url: str = ""
    text: str = ""
    change_url: str = ""
    changing: str = ""
    shown: Shown | None = None
    versions_url: str = ""
    shield_url: str = ""
    is_from_afar: bool = False
    is_forgotten: bool = False
    fetching: Fetching | None = None
    by_hand: ByHand | None = None
    answered_there_url: str = ""
    moderating: Moderating | None = None
    can_quote: bool = False
    note_on_article: str = ""
    tell: Post | None = None
    said: SaidWhere | None = None


@dataclass(frozen=True)
class Reader:
    """Who reads a talk: what is hidden from her eyes, and how much of the house she may see.

    `fetchings` are the posts by id that are being looked for at our server, or were not found.
    """

    hider: Hider = NOTHING_HIDDEN
    may_read: bool = True
    may_speak: bool = False
    fetchings: Mapping[int, Fetching] = field(default_factory=dict)


def talk(
    posts: Sequence[Post],
    *,
    sightings: Mapping[int, Sequence[Sighting]],
    deliveries: Sequence[Delivery] = (),
    asides: Sequence[NoteLine | MoveLine] = (),
    here: int | None = None,
    can_answer: bool = True,
    can_act: bool = True,
    member: Member | None = None,
    reader: Reader = Reader(),
) -> Iterator[Line]:
    """The lines of a talk. `here` is the post the page was opened for.

    Answering is offered to whoever may write (`can_answer`), sharing and liking to whoever may
    speak (`can_act`), changing what we said to whom it belongs.
    """
    spoken: list[tuple[datetime, Post | Delivery | NoteLine | MoveLine]] = [
        *((post.said_at, post) for post in posts),
        *((delivery.created_at, delivery) for delivery in deliveries),
        *((aside.at, aside) for aside in asides),
    ]
    by_uid = {post.uid: post for post in posts}
    several = is_on_several(posts)
    day, previous = None, None
    for moment, one in sorted(spoken, key=lambda pair: pair[0]):
        today = timezone.localtime(moment).date()
        if today != day:
            day = today
            yield Line("day", day=weekday(day, get_language() or "en"))
        if not isinstance(one, Post):
            yield _way(one, by_uid) if isinstance(one, Delivery) else _aside(one)
            continue
        seen = sightings.get(one.pk, ())
        line = _line(one, seen, previous, here=here, can_answer=can_answer, can_act=can_act)
        line = _ours(_read_by(line, reader), one, member)
        line = _by_hand(line, one, seen, reader, member)
        yield _longer(line, one, posts, is_on_several=several, can_answer=can_answer)
        previous = one


def _longer(
    line: Line, post: Post, posts: Sequence[Post], *, is_on_several: bool, can_answer: bool
) -> Line:
    """A line with what it is and where, and what an article of ours there wants to be done."""
    line = replace(line, said=said_where(post, is_on_several=is_on_several))
    if not can_answer:
        return line
    answered = to_be_told_of(post, posts)
    return replace(line, note_on_article=article_note(post), tell=answered)


def _aside(one: NoteLine | MoveLine) -> Line:
    return Line("note", note=one) if isinstance(one, NoteLine) else Line("move", move=one)


def _line(
    post: Post,
    sightings: Sequence[Sighting],
    previous: Post | None,
    *,
    here: int | None,
    can_answer: bool,
    can_act: bool,
) -> Line:
    if post.gone_at is not None:
        name = post.identity.name or post.identity.handle
        is_forgotten = asks(post.identity, Wish.NO_ARCHIVE) and not post.is_to_us
        return Line("gap", post=post, name=name, is_forgotten=is_forgotten)
    voice = post.voice if post.is_ours else None
    may = not why_not_written_to(post.identity)
    return Line(
        "post",
        post=post,
        # It was cleaned by the allow-list when it was kept.
        html=SafeString(post.html) if post.html else None,
        name=voice.name if voice else post.identity.name or post.identity.handle,
        seed=voice.name if voice else post.identity.uid,
        capacity=str(voice.get_capacity_display()) if voice else "",
        handle=post.identity.handle,
        person_url="" if post.is_ours else _person_url(post),
        answers_name=_answered_name(post, previous),
        is_here=post.pk == here,
        can_answer=can_answer and may and bool(able_to_answer(post, sightings)),
        share=_act(post, sightings, Can.BOOST) if can_act and post.audience in WIDE else None,
        like=_act(post, sightings, Can.FAVOURITE) if can_act else None,
        is_from_afar=not (sightings or post.is_ours or is_by_hand(post.network)),
        moderating=moderating(post, sightings) if can_act else None,
        can_quote=can_answer and may and channel_to_quote(post, sightings) is not None,
        changing=standing_under_way(post),
    )


def _read_by(line: Line, reader: Reader) -> Line:
    """A line with what this reader sees of the post and may do about its author."""
    post = line.post
    if post is None or line.kind != "post":
        return line
    return replace(
        line,
        shown=shown(post, hider=reader.hider, may_read=reader.may_read),
        versions_url=reverse("conversations-versions", args=[post.pk]) if post.edited_at else "",
        shield_url=_shield_url(post) if reader.may_speak else "",
        fetching=reader.fetchings.get(post.pk),
    )


def _shield_url(post: Post) -> str:
    """Where an account is kept away; whom we noted ourselves, no network brings nearer."""
    if post.is_ours or is_by_hand(post.network):
        return ""
    return f"{reverse('conversations-shield', args=[post.identity_id])}?post={post.pk}"


def _ours(line: Line, post: Post, member: Member | None) -> Line:
    """A line of ours with what can be changed about it, and what is being changed."""
    if post.delivery is None or member is None:
        return line
    told = getattr(post, "changing", None) or ""
    changing = {"edit": _("It is being changed."), "delete": _("It is being deleted.")}
    sentence = changing.get(told.partition(" ")[0], "")
    if told.endswith("refused"):
        sentence = _("It could not be changed there. The outbox says why.")
    return replace(line, change_url=change_url(post.delivery, member), changing=sentence)


def _by_hand(
    line: Line,
    post: Post,
    sightings: Sequence[Sighting],
    reader: Reader,
    member: Member | None,
) -> Line:
    """A line with who noted it and where, and with the way to note what we answered there."""
    if line.kind != "post":
        return line
    noted = by_hand(post, member)
    url = answered_there_url(post, sightings, may_speak=reader.may_speak)
    handle = "" if noted else line.handle
    return replace(line, by_hand=noted, handle=handle, answered_there_url=url)


def _person_url(post: Post) -> str:
    return reverse("people-person", args=[post.identity.person_id])


def _answered_name(post: Post, previous: Post | None) -> str:
    """Whom a post answers, where that is not simply the post before it."""
    answered = post.answers
    if answered is None or (previous is not None and answered.pk == previous.pk):
        return ""
    return answered.identity.name or answered.identity.handle


def _act(post: Post, sightings: Sequence[Sighting], ability: Can) -> Act | None:
    """What is done already, or the first working channel that could do it; never with our own."""
    if post.is_ours:
        return None
    done = attrgetter("is_shared" if ability is Can.BOOST else "is_liked")
    able = [
        found
        for found in sightings
        if ability in found.channel.abilities and found.channel.state == Channel.State.OK
    ]
    undone = [] if why_not_written_to(post.identity) else able
    chosen = next((found for found in able if done(found)), next(iter(undone), None))
    return Act(chosen.channel, bool(done(chosen))) if chosen else None


def _way(delivery: Delivery, by_uid: Mapping[str, Post]) -> Line:
    voice = delivery.publication.voice
    answered = by_uid.get(delivery.publication.answering_uid)
    return Line(
        "way",
        delivery=delivery,
        way=way_row(delivery, {}),
        name=voice.name,
        seed=voice.name,
        capacity=str(voice.get_capacity_display()),
        answers_name=(answered.identity.name or answered.identity.handle) if answered else "",
        state=SHOWN_STATES[delivery.state],
        text=text_of(delivery),
    )
