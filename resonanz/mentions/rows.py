"""Rows of this room's lists, made ready for their templates."""

from typing import Any

from django.urls import reverse

from resonanz.mentions.models import Endpoint, ReceivedMention, SentMention
from resonanz.mentions.sentences import (
    KIND_WORDS,
    details_of,
    how_announced,
    reason_of,
    what_became,
    what_came,
)
from resonanz.plumbing.text import excerpt

WORDS_CHARACTERS = 120
ADDRESS_SHOWN_CHARACTERS = 80
# What the pieces of the look call a state.
LOOK_OF_RECEIVED = {"waiting": "waiting", "kept": "sent", "refused": "refused", "gone": "draft"}
LOOK_OF_SENT = {"waiting": "waiting", "told": "sent", "no_endpoint": "draft", "refused": "refused"}


def received_row(row: ReceivedMention) -> dict[str, Any]:
    """A link to us, with what may be done about it."""
    is_over = row.state in (row.State.REFUSED, row.State.GONE)
    return {
        "row": row,
        "name": row.by_name or row.source_host,
        "what": KIND_WORDS.get(row.kind, KIND_WORDS[row.Kind.MENTION.value]),
        "title": excerpt(row.title, WORDS_CHARACTERS),
        "source": shown(row.source),
        "target": shown(row.target),
        "state": LOOK_OF_RECEIVED[row.state],
        "sentence": what_became(row),
        "details": "" if row.state == row.State.REFUSED or not row.reason else reason_of(row),
        "again_url": reverse("mentions-again", args=[row.pk]) if is_over else "",
    }


def sent_row(row: SentMention) -> dict[str, Any]:
    """A link of ours, with what may be done about it."""
    is_over = row.state in (row.State.REFUSED, row.State.NO_ENDPOINT)
    return {
        "row": row,
        "source": shown(row.source),
        "target": shown(row.target),
        "state": LOOK_OF_SENT[row.state],
        "sentence": what_came(row),
        "details": details_of(row),
        "again_url": reverse("mentions-sent-again", args=[row.pk]) if is_over else "",
    }


def endpoint_row(row: Endpoint) -> dict[str, Any]:
    """A domain of ours, and whether it is announced."""
    return {
        "endpoint": row,
        "name": row.channel.handle,
        "url": reverse("mentions-domain", args=[row.channel_id]),
        "told": how_announced(row),
        "is_announced": row.is_announced,
    }


def shown(address: str) -> str:
    """An address as a reader needs it, without what begins every one."""
    bare = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return bare if len(bare) <= ADDRESS_SHOWN_CHARACTERS else f"{bare[:ADDRESS_SHOWN_CHARACTERS]}…"
