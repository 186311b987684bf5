"""The inbox: whose turn it is, in which network, since when."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from resonanz.conversations.models import Conversation
from resonanz.conversations.queries import list_conversations
from resonanz.conversations.rows import network_name, row_of
from resonanz.people.queries import our_channels
from resonanz.plumbing.keyset import read_mark
from resonanz.workspaces.access import MemberRequest, guests_too

SEGMENTS = ("ours", "theirs", "done", "all")


@dataclass(frozen=True)
class Chosen:
    """What of the inbox is shown: a segment, perhaps one channel or one network only."""

    segment: str
    channel: int | None = None
    network: str = ""

    @classmethod
    def of(cls, request: MemberRequest) -> "Chosen":
        """Read from the address; anything unknown is the usual choice."""
        segment = request.GET.get("turn", "")
        where = request.GET.get("where", "")
        kind, _sign, name = where.partition(":")
        return cls(
            segment=segment if segment in SEGMENTS else "ours",
            channel=int(name) if kind == "channel" and name.isdecimal() else None,
            network=name if kind == "network" else "",
        )

    @property
    def where(self) -> str:
        """The filter as it stands in the address."""
        if self.channel is not None:
            return f"channel:{self.channel}"
        return f"network:{self.network}" if self.network else ""

    def query(self, **more: str) -> str:
        """The end of an address that chooses the same, with changes; "" for the usual choice."""
        given = {"turn": self.segment, "where": self.where} | more
        if given["turn"] == "ours":
            del given["turn"]
        told = {name: value for name, value in given.items() if value}
        return f"?{urlencode(told)}" if told else ""


@require_GET
@guests_too
def inbox(request: MemberRequest) -> HttpResponse:
    """Conversations that concern us, those that wait for us longest first."""
    chosen = Chosen.of(request)
    context = list_context(request, chosen, mark=request.GET.get("before", ""))
    return render(request, "conversations/conversations.html", context)


def list_context(
    request: MemberRequest, chosen: Chosen, *, mark: str = "", current: int | None = None
) -> dict[str, Any]:
    """What the list shows, alone or beside an open talk."""
    workspace = request.member.workspace
    sheet = list_conversations(
        workspace,
        chosen.segment,
        read_mark(mark),
        channel=chosen.channel,
        network=chosen.network,
    )
    here = reverse("conversations")
    query = chosen.query()
    own = our_channels(workspace)
    several = len({channel.network for channel in own}) > 1
    return {
        "rows": [
            row_of(row, query=query, current=current, say_where=current is None or several)
            for row in sheet.rows
        ],
        "segment": chosen.segment,
        "segments": _segments(chosen),
        "places": _places(own, chosen),
        "chosen": chosen,
        "accounts": own,
        "list_url": here + query,
        "older_url": here + chosen.query(before=sheet.onward) if sheet.onward else "",
    }


def _segments(chosen: Chosen) -> list[dict[str, Any]]:
    labels: dict[str, str] = {
        Conversation.Turn.OURS.value: _("Waiting for us"),
        Conversation.Turn.THEIRS.value: _("Their turn"),
        Conversation.Turn.DONE.value: _("Done"),
        "all": _("All"),
    }
    here = reverse("conversations")
    return [
        {
            "label": label,
            "url": here + chosen.query(turn=name),
            "current": name == chosen.segment,
        }
        for name, label in labels.items()
    ]


def _places(own: list[Any], chosen: Chosen) -> list[dict[str, Any]]:
    """What can be filtered by: each network, and each account where there are several."""
    networks = dict.fromkeys(channel.network for channel in own)
    told = [(f"network:{slug}", network_name(slug)) for slug in networks]
    if len(own) > len(networks):
        told += [(f"channel:{channel.pk}", channel.handle) for channel in own]
    if len(told) < 2 and not chosen.where:
        return []
    return [
        {"value": value, "label": label, "is_chosen": value == chosen.where}
        for value, label in told
    ]
