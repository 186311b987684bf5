"""Sending from a page: the outcome in sentences, and what a page shows while somebody writes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from resonanz.channels.models import Channel
from resonanz.channels.queries import network_of
from resonanz.outbox.actions import (
    CannotSend,
    NotYourVoice,
    ThrownAway,
    approve_and_send,
    ask_for_agreement,
)
from resonanz.outbox.actions.reviewing import needs_agreement
from resonanz.outbox.compose import Preview, preview, preview_of_change, uploads_of
from resonanz.outbox.models import Delivery, Draft, OnItsWay, Publication, Upload
from resonanz.outbox.sentences import problem_sentences
from resonanz.outbox.showing import picture_of
from resonanz.people.queries import our_channels
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Composed
from resonanz.workspaces.models import Member, Workspace


@dataclass(frozen=True)
class Sent:
    """What came of pressing “send”: on its way, before a second person, or why not."""

    publication: Publication | None = None
    asked: Draft | None = None
    was_on_its_way: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """What the next page says."""
        if self.asked is not None:
            return _("It waits for agreement now. Whoever may agree finds it on Today.")
        return _("This is already on its way.") if self.was_on_its_way else _("It is on its way.")

    @property
    def seconds(self) -> int:
        """For how long it can be taken back, counted from now."""
        if self.publication is None or self.was_on_its_way:
            return 0
        return seconds_left(self.publication)


def seconds_left(publication: Publication) -> int:
    """For how many seconds a text waits before it goes out, so that it can be taken back."""
    waiting = publication.deliveries.filter(state=OnItsWay.State.WAITING, attempts=0)
    due_at = waiting.aggregate(due_at=Min("due_at"))["due_at"]
    return max(ceil((due_at - timezone.now()).total_seconds()), 0) if due_at else 0


def send(*, draft: Draft, member: Member) -> Sent:
    """Approve a draft and put it on its way, or ask a second person where one is needed.

    What keeps it back comes as sentences.
    """
    was_sent = draft.state == Draft.State.SENT
    try:
        if not was_sent and needs_agreement(draft, member):
            return _asked(draft, member)
        publication = approve_and_send(draft=draft, member=member)
    except CannotSend as cannot:
        return Sent(problems=why_not(cannot))
    except NotYourVoice:
        return Sent(problems=[_("You can only send in your own name. Choose your own voice.")])
    except ThrownAway:
        return Sent(
            problems=[
                _("This draft was thrown away in another window. Take it back there, or copy it.")
            ]
        )
    return Sent(publication, was_on_its_way=was_sent or publication.draft_id != draft.pk)


def _asked(draft: Draft, member: Member) -> Sent:
    asked = ask_for_agreement(draft=draft, member=member)
    if asked.state == Draft.State.SENT:
        return Sent(asked.publication, was_on_its_way=True)
    return Sent(asked=asked)


def why_not(cannot: CannotSend) -> list[str]:
    """Why a draft cannot be sent as it is, in sentences."""
    found = [sentence for one in cannot.previews for sentence in problem_sentences(one)]
    return found or [_("Choose at least one account to send it through.")]


@dataclass(frozen=True)
class Shown:
    """A preview as a page shows it. `extra` is what counts besides the text that is typed.

    `problems` leaves out that nothing is written yet: an empty page says so itself.
    """

    channel: Channel
    network: str
    composed: Composed
    problems: list[str]
    extra: int
    link_cost: int
    parts: tuple[Composed, ...] = ()
    media: tuple[dict[str, Any], ...] = ()
    title: str = ""

    @property
    def posts(self) -> list[dict[str, Any]]:
        """The posts as they would stand there, one or several; pictures go with the first."""
        found = self.parts or (self.composed,)
        return [
            {
                "text": one.text,
                "length": one.length,
                "limit": one.limit,
                "media": () if at else self.media,
            }
            for at, one in enumerate(found)
        ]

    @property
    def has_content(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.media) or "empty" not in self.composed.problems

    @property
    def is_too_long(self) -> bool:
        """Whether it would fit as several posts in a row."""
        return "too_long" in self.composed.problems

    @property
    def room(self) -> int:
        """How much may still be written."""
        return self.composed.limit - self.composed.length


def show(draft: Draft, channel: Channel) -> Shown:
    """How a draft would stand at a channel. Makes no request."""
    found = preview(draft, channel)
    network = network_of(channel.network)
    return Shown(
        channel=channel,
        network=_(network.name) if network else channel.network,
        composed=found.composed,
        problems=problem_sentences(found, leave_out=("empty",)),
        extra=_extra(draft, channel, found),
        link_cost=int(channel.facts.get("link_cost", 0)),
        parts=found.parts,
        media=tuple(_as_shown(upload) for upload in uploads_of(draft)),
        title=draft.title if draft.is_article else "",
    )


def _as_shown(upload: Upload) -> dict[str, Any]:
    found = picture_of(upload)
    return found | {"src": found["url"], "url": ""}


def show_change(delivery: Delivery, *, text: str, warning: str) -> Shown:
    """How a post of ours would stand there with other words. Makes no request."""
    channel = delivery.channel
    found = preview_of_change(delivery, text, warning)
    bare = preview_of_change(delivery, "x", warning)
    network = network_of(channel.network)
    return Shown(
        channel=channel,
        network=_(network.name) if network else channel.network,
        composed=found.composed,
        problems=problem_sentences(found),
        extra=bare.composed.length - 1 if found.composed.limit else 0,
        link_cost=int(channel.facts.get("link_cost", 0)),
    )


def _extra(draft: Draft, channel: Channel, found: Preview) -> int:
    """What names and signature cost: the count of a text of one sign, less that sign."""
    if not found.composed.limit:
        return 0
    short = Draft(
        text="x",
        voice=draft.voice,
        audience=draft.audience,
        warning=draft.warning,
        language=draft.language,
        answering=draft.answering,
        is_article=draft.is_article,
        title=draft.title,
        quoting=draft.quoting,
    )
    return preview(short, channel).composed.length - 1


def tightest(shown: Sequence[Shown]) -> Shown | None:
    """The channel in which the least can still be written: what the counter counts for."""
    return min(shown, key=lambda one: one.room, default=None)


def counter_of(shown: Shown | None, *, problems: Sequence[str] = ()) -> dict[str, Any]:
    """The variables of the counter piece."""
    if shown is None or not shown.composed.limit:
        return {"problems": list(problems)}
    return {
        "length": shown.composed.length,
        "limit": shown.composed.limit,
        "unit": shown.composed.unit,
        "extra": shown.extra,
        "link_cost": shown.link_cost,
        "problems": list(problems),
    }


def article_channels(workspace: Workspace) -> list[Channel]:
    """The sites of ours on which an article can stand; working ones first."""
    able = [channel for channel in our_channels(workspace) if Can.ARTICLE in channel.abilities]
    return sorted(able, key=lambda channel: channel.state != Channel.State.OK)


def channels_to_speak(workspace: Workspace) -> list[Channel]:
    """The accounts through which a word of our own can go out; working ones first."""
    able = [channel for channel in our_channels(workspace) if Can.PUBLISH in channel.abilities]
    return sorted(able, key=lambda channel: channel.state != Channel.State.OK)
