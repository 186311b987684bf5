"""From a draft or a publication to what a connector sends, and what it will look like there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from resonanz.channels.models import Channel
from resonanz.channels.opening import connector_without_requests
from resonanz.outbox.models import Delivery, Draft, Publication
from resonanz.switchboard.contract import Can
from resonanz.switchboard.registry import UnknownNetwork
from resonanz.switchboard.shapes import Answering, Audience, Composed, Outgoing
from resonanz.workspaces.models import Voice


@dataclass(frozen=True)
class Preview:
    """How a draft would stand at one channel, and what keeps it from being sent there.

    `problems` are codes: those of `Composed`, and `no_voice`, `not_offered`, `channel_not_ok`.
    """

    channel: Channel
    composed: Composed
    problems: tuple[str, ...]


def answering_of(stored: Mapping[str, Any]) -> Answering | None:
    """The stored answer's target, or None for a first word."""
    return msgspec.convert(stored, Answering) if stored else None


def signed(text: str, voice: Voice | None) -> str:
    """The text with the voice's signature under it."""
    text = text.strip()
    if not text or voice is None or not voice.signature:
        return text
    return f"{text}\n\n{voice.signature}"


def outgoing_of_draft(draft: Draft) -> Outgoing:
    """What a connector would be given for this draft."""
    return Outgoing(
        key="",
        text=signed(draft.text, draft.voice),
        audience=Audience(draft.audience),
        warning=draft.warning,
        language=draft.language,
        answering=answering_of(draft.answering),
    )


def outgoing_of_delivery(delivery: Delivery) -> Outgoing:
    """What a connector is given for this delivery, the same on every attempt."""
    publication: Publication = delivery.publication
    return Outgoing(
        key=str(delivery.key),
        text=publication.text,
        audience=Audience(publication.audience),
        warning=publication.warning,
        language=publication.language,
        answering=answering_of(publication.answering),
        first_tried_at=delivery.first_tried_at,
    )


def preview(draft: Draft, channel: Channel) -> Preview:
    """Count the draft as this channel's network does, and say what is wrong with it.

    A network that is no longer installed offers nothing.
    """
    outgoing = outgoing_of_draft(draft)
    try:
        composed = connector_without_requests(channel).compose(outgoing)
    except UnknownNetwork:
        unknown = Composed(text=outgoing.text, length=len(outgoing.text), limit=0)
        return Preview(channel, unknown, ("not_offered",))
    problems = list(composed.problems)
    if draft.voice is None:
        problems.append("no_voice")
    if channel.state != Channel.State.OK:
        problems.append("channel_not_ok")
    if needed_ability(outgoing) not in channel.abilities:
        problems.append("not_offered")
    answering = outgoing.answering
    if answering and outgoing.audience.is_wider_than(answering.audience):
        problems.append("wider_than_answered")
    return Preview(channel, composed, tuple(dict.fromkeys(problems)))


def needed_ability(outgoing: Outgoing) -> Can:
    """The ability a channel needs to send this."""
    if outgoing.answering is None:
        return Can.PUBLISH
    return Can.ANSWER_DIRECT if outgoing.audience is Audience.DIRECT else Can.ANSWER
