"""Sending from a page: the outcome in sentences, and what a page shows while somebody writes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from resonanz.channels.models import Channel
from resonanz.channels.queries import network_of
from resonanz.outbox.actions import CannotSend, NotYourVoice, ThrownAway, approve_and_send
from resonanz.outbox.compose import Preview, preview
from resonanz.outbox.models import Draft, Publication
from resonanz.outbox.sentences import problem_sentences
from resonanz.people.queries import our_channels
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Composed
from resonanz.workspaces.models import Member, Workspace
from resonanz.workspaces.roles import May, may


@dataclass(frozen=True)
class Sent:
    """What came of pressing “send”: a publication, or the sentences that say why not."""

    publication: Publication | None = None
    was_on_its_way: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """What the next page says."""
        return _("This is already on its way.") if self.was_on_its_way else _("It is on its way.")


def send(*, draft: Draft, member: Member) -> Sent:
    """Approve a draft and put it on its way; what keeps it back comes as sentences."""
    was_sent = draft.state == Draft.State.SENT
    if not may(member, May.SPEAK):
        return Sent(problems=[_("You prepare texts here; whoever is to say this sends it.")])
    try:
        publication = approve_and_send(draft=draft, member=member)
    except CannotSend as cannot:
        problems = [sentence for found in cannot.previews for sentence in problem_sentences(found)]
        return Sent(problems=problems or [_("Choose at least one account to send it through.")])
    except NotYourVoice:
        return Sent(problems=[_("You can only send in your own name. Choose your own voice.")])
    except ThrownAway:
        return Sent(
            problems=[
                _("This draft was thrown away in another window. Take it back there, or copy it.")
            ]
        )
    return Sent(publication, was_on_its_way=was_sent or publication.draft_id != draft.pk)


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


def channels_to_speak(workspace: Workspace) -> list[Channel]:
    """The accounts through which a word of our own can go out; working ones first."""
    able = [channel for channel in our_channels(workspace) if Can.PUBLISH in channel.abilities]
    return sorted(able, key=lambda channel: channel.state != Channel.State.OK)
