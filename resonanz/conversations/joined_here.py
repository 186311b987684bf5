"""What a talk says of the conversations that were put into it, each with the way to part them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from resonanz.conversations.models import JoinedPost, Joining
from resonanz.conversations.rows import network_name
from resonanz.workspaces.json_rows import JsonRows

SHOWN = 20


@dataclass(frozen=True)
class JoinedHere:
    """A conversation that was put into this one, in a sentence."""

    pk: int
    sentence: str


def joinings_in(conversation: OuterRef) -> JsonRows:
    """What was put into a conversation, to be asked for within another question."""
    brought = JoinedPost.objects.filter(joining=OuterRef("pk")).order_by("pk")
    theirs = brought.filter(post__is_ours=False)
    return JsonRows(
        Joining.objects.open().filter(conversation=conversation).order_by("-pk")[:SHOWN],
        pk="pk",
        reason="reason",
        member="member_id",
        name=Subquery(theirs.values("post__identity__name")[:1]),
        handle=Subquery(theirs.values("post__identity__handle")[:1]),
        network=Subquery(brought.values("post__network")[:1]),
    )


def joined_here(told: Sequence[Mapping[str, Any]], names: Mapping[int, str]) -> list[JoinedHere]:
    """The same, made ready, the latest first. What is left of nothing is not told."""
    rows = sorted((one for one in told if one["network"]), key=lambda one: -one["pk"])
    return [JoinedHere(one["pk"], _sentence(one, names)) for one in rows]


def _sentence(one: Mapping[str, Any], names: Mapping[int, str]) -> str:
    words = {
        "who": names.get(one["member"] or 0) or _("Somebody"),
        "name": one["name"] or one["handle"] or "",
        "network": network_name(one["network"]),
    }
    if one["reason"] == Joining.Reason.COPY:
        return _("The same words of ours on %(network)s belong to this conversation.") % words
    if not words["name"]:
        return _("%(who)s put this together with a conversation of ours.") % words
    return _("%(who)s put this together with a conversation with %(name)s.") % words
