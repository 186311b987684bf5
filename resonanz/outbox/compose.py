"""From a draft or a publication to what a connector sends, and what it will look like there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from resonanz.channels.models import Channel
from resonanz.channels.opening import connector_without_requests
from resonanz.outbox.models import Amendment, Delivery, Draft, Publication, Upload
from resonanz.outbox.splitting import MOST_PARTS, parts_at_breaks, with_breaks, without_breaks
from resonanz.pictures.own import fitting
from resonanz.plumbing.content_warnings import labels_in
from resonanz.switchboard.contract import Can, Connector
from resonanz.switchboard.registry import UnknownNetwork
from resonanz.switchboard.shapes import (
    Answering,
    Attachment,
    Audience,
    Composed,
    Outgoing,
    Quoting,
)
from resonanz.workspaces.models import Voice

WIDE = (Audience.PUBLIC, Audience.UNLISTED)
# Stands in a preview as long as an article has no title.
UNTITLED = "…"


@dataclass(frozen=True)
class Preview:
    """How a draft would stand at one channel, and what keeps it from being sent there.

    `problems` are codes: those of `Composed`, and `no_voice`, `not_offered`, `channel_not_ok`,
    `pictures_not_offered`, `quote_not_offered`, `title_missing`, `only_drafts`,
    `wider_than_quoted`, `too_many_parts`. `parts` are the posts in a row where there are
    several; `composed` is then the one in which the least room is left.
    """

    channel: Channel
    composed: Composed
    problems: tuple[str, ...]
    parts: tuple[Composed, ...] = ()


def answering_of(stored: Mapping[str, Any]) -> Answering | None:
    """The stored answer's target, or None for a first word."""
    return msgspec.convert(stored, Answering) if stored else None


def quoting_of(stored: Mapping[str, Any]) -> Quoting | None:
    """The stored quote's target, or None where nothing is quoted."""
    return msgspec.convert(stored, Quoting) if stored else None


def signed(text: str, voice: Voice | None) -> str:
    """The text with the voice's signature under it."""
    text = text.strip()
    if not text or voice is None or not voice.signature:
        return text
    return f"{text}\n\n{voice.signature}"


def whole_text(draft: Draft) -> str:
    """What a draft says altogether, signed."""
    text = draft.text if draft.is_article else without_breaks(draft.text)
    return signed(text, draft.voice)


def parts_of(draft: Draft) -> list[str]:
    """The posts in a row that a draft asks for, the last one signed; empty where it is one."""
    parts = [] if draft.is_article else parts_at_breaks(draft.text)
    if len(parts) < 2:
        return []
    return [*parts[:-1], signed(parts[-1], draft.voice)]


def uploads_of(draft: Draft) -> list[Upload]:
    """The pictures of a draft, in order. Costs nothing where they were prefetched."""
    if not draft.pk:
        return []
    there = [upload for upload in draft.uploads.all() if upload.removed_at is None]
    return sorted(there, key=lambda upload: (upload.position, upload.pk))


def attachments(
    uploads: Sequence[Upload], channel: Channel, ids: Sequence[str] = ()
) -> tuple[Attachment, ...]:
    """The pictures as a channel's server takes them, with the names it gave them already."""
    most_bytes = int(channel.facts.get("picture_bytes", 0))
    known = [*ids, *[""] * len(uploads)]
    return tuple(_attachment(upload, most_bytes, known[at]) for at, upload in enumerate(uploads))


def _attachment(upload: Upload, most_bytes: int, local_id: str) -> Attachment:
    file = fitting(
        upload.sha256,
        content_type=upload.content_type,
        size=upload.size_bytes,
        most_bytes=most_bytes,
    )
    return Attachment(
        path=str(file.path),
        content_type=file.content_type,
        size=file.size,
        description=upload.description.strip(),
        sha256=file.sha256,
        local_id=local_id,
    )


def outgoing_of_draft(draft: Draft, channel: Channel) -> list[Outgoing]:
    """What a connector would be given for this draft: one, or each of several posts in a row."""
    texts = parts_of(draft) or [whole_text(draft)]
    title = (draft.title.strip() or UNTITLED) if draft.is_article else ""
    answering, quoting = told_of(draft, title)
    pictures = attachments(uploads_of(draft), channel)
    return [
        Outgoing(
            key="",
            text=text,
            audience=Audience(draft.audience),
            warning=draft.warning,
            labels=labels_in(draft.warning),
            language=draft.language,
            answering=_behind(answering, draft.audience) if position else answering,
            pictures=() if position else pictures,
            title=title,
            is_draft=draft.is_article and draft.stays_draft,
            quoting=None if position else quoting,
        )
        for position, text in enumerate(texts)
    ]


def told_of(text: Draft | Publication, title: str) -> tuple[Answering | None, Quoting | None]:
    """What a text answers and what it quotes, as a connector is told.

    An article stands on a site of ours, wherever that was said which it answers: it names nobody,
    and hangs below nothing there.
    """
    answering, quoting = answering_of(text.answering), quoting_of(text.quoting)
    if title and answering is not None:
        answering = msgspec.structs.replace(
            answering, local_id="", names=(), audience=Audience.PUBLIC
        )
    return answering, quoting


def _behind(answering: Answering | None, audience: str) -> Answering:
    """What a later part answers: our part before it, to the same people.

    Those who are answered are named again only where they would not see it otherwise.
    """
    names = answering.names if answering and Audience(audience) not in WIDE else ()
    return Answering(uid="", local_id="", audience=Audience(audience), names=names)


def answering_of_part(delivery: Delivery) -> Answering | None:
    """What a delivery answers: what its text answers, or our part before it."""
    publication: Publication = delivery.publication
    answering, _quoting = told_of(publication, publication.title)
    before = delivery.after
    if before is None:
        return answering
    root = (answering.root_uid or answering.uid) if answering else _first_of(before).uid
    behind = _behind(answering, publication.audience)
    return msgspec.structs.replace(
        behind, uid=before.uid, local_id=before.local_id, url=before.url, root_uid=root
    )


def _first_of(delivery: Delivery) -> Delivery:
    rows = Delivery.objects.filter(
        publication=delivery.publication_id, channel=delivery.channel_id, position=0
    )
    return rows.first() or delivery


def text_of(delivery: Delivery) -> str:
    """What stands at the network by this delivery: its part of the text."""
    publication: Publication = delivery.publication
    if delivery.position < len(publication.parts):
        return str(publication.parts[delivery.position])
    return publication.text


def outgoing_of_delivery(delivery: Delivery) -> Outgoing:
    """What a connector is given for this delivery, the same on every attempt."""
    publication: Publication = delivery.publication
    uploads = [] if delivery.position else uploads_of(publication.draft)
    quoting = None if delivery.position else quoting_of(publication.quoting)
    return Outgoing(
        key=str(delivery.key),
        text=text_of(delivery),
        audience=Audience(publication.audience),
        warning=publication.warning,
        labels=labels_in(publication.warning),
        language=publication.language,
        answering=answering_of_part(delivery),
        pictures=attachments(uploads, delivery.channel, delivery.picture_ids),
        first_tried_at=delivery.first_tried_at,
        title=publication.title,
        is_draft=publication.stays_draft,
        quoting=quoting,
    )


def outgoing_of_amendment(amendment: Amendment) -> Outgoing:
    """What a connector is given so that a post of ours says something else; pictures stay."""
    outgoing = outgoing_of_delivery(amendment.delivery)
    return msgspec.structs.replace(
        outgoing,
        text=amendment.text,
        warning=amendment.warning,
        labels=labels_in(amendment.warning),
        first_tried_at=amendment.first_tried_at,
    )


def preview_of_change(delivery: Delivery, text: str, warning: str) -> Preview:
    """How a post of ours would stand there with other words."""
    before = outgoing_of_delivery(delivery)
    outgoing = msgspec.structs.replace(
        before, text=text, warning=warning, labels=labels_in(warning)
    )
    composed = connector_without_requests(delivery.channel).compose(outgoing)
    return Preview(delivery.channel, composed, composed.problems)


def preview(draft: Draft, channel: Channel) -> Preview:
    """Count the draft as this channel's network does, and say what is wrong with it.

    A network that is no longer installed offers nothing.
    """
    posts = outgoing_of_draft(draft, channel)
    try:
        connector = connector_without_requests(channel)
    except UnknownNetwork:
        unknown = Composed(text=posts[0].text, length=len(posts[0].text), limit=0)
        return Preview(channel, unknown, ("not_offered",))
    parts = tuple(connector.compose(outgoing) for outgoing in posts)
    problems = [problem for composed in parts for problem in composed.problems]
    problems += _problems(draft, channel, posts)
    tightest = min(parts, key=lambda composed: composed.limit - composed.length)
    found = tuple(dict.fromkeys(problems))
    return Preview(channel, tightest, found, parts if len(parts) > 1 else ())


def _problems(draft: Draft, channel: Channel, posts: Sequence[Outgoing]) -> list[str]:
    found = {
        "title_missing": draft.is_article and not draft.title.strip(),
        "only_drafts": _is_to_be_published(draft) and Can.PUBLISH not in channel.abilities,
        "no_voice": draft.voice is None,
        "channel_not_ok": channel.state != Channel.State.OK,
        "not_offered": any(needed_ability(post) not in channel.abilities for post in posts),
        "pictures_not_offered": bool(posts[0].pictures) and Can.MEDIA not in channel.abilities,
        "quote_not_offered": bool(draft.quoting) and Can.QUOTE not in channel.abilities,
        "wider_than_answered": _is_wider(draft, draft.answering),
        "wider_than_quoted": _is_wider(draft, draft.quoting),
        "too_many_parts": len(posts) > MOST_PARTS,
    }
    return [code for code, is_so in found.items() if is_so]


def _is_to_be_published(draft: Draft) -> bool:
    return draft.is_article and not draft.stays_draft


def _is_wider(draft: Draft, heard: Mapping[str, Any]) -> bool:
    """Whether more people would see a draft than saw what it answers or quotes.

    An article is for everybody: what it is about was said to everybody, be it quietly.
    """
    if not heard:
        return False
    theirs = Audience(heard.get("audience", Audience.PUBLIC.value))
    if draft.is_article:
        return theirs not in WIDE
    return Audience(draft.audience).is_wider_than(theirs)


def needed_ability(outgoing: Outgoing) -> Can:
    """The ability a channel needs to send this."""
    if outgoing.title:
        return Can.ARTICLE
    if outgoing.answering is None:
        return Can.PUBLISH
    return Can.ANSWER_DIRECT if outgoing.audience is Audience.DIRECT else Can.ANSWER


def text_in_parts(draft: Draft, channel: Channel) -> str:
    """The draft's text with lines of three dashes, so that each part fits this channel."""
    connector = connector_without_requests(channel)
    first = outgoing_of_draft(draft, channel)[0]
    later = msgspec.structs.replace(
        first, answering=_behind(first.answering, draft.audience), pictures=()
    )

    def fits(text: str, position: int, is_last: bool) -> bool:
        wanted = signed(text, draft.voice) if is_last else text
        return _fits(connector, msgspec.structs.replace(later if position else first, text=wanted))

    return with_breaks(draft.text, fits)


def _fits(connector: Connector, outgoing: Outgoing) -> bool:
    return "too_long" not in connector.compose(outgoing).problems
