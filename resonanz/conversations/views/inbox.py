"""The inbox: whose turn it is, who has it, in which network, since when."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from resonanz.channels.models import Channel
from resonanz.conversations.listing import (
    A_LONG_PAGE,
    A_PAGE,
    ME,
    NOBODY,
    OTHERS,
    Chosen,
    list_conversations,
)
from resonanz.conversations.pulse import Pulse
from resonanz.conversations.rows import network_name, row_of
from resonanz.conversations.saved_views import views_for
from resonanz.outbox.languages import language_choices
from resonanz.people.by_hand import BY_HAND
from resonanz.people.queries import our_channels
from resonanz.plumbing.keyset import read_mark
from resonanz.switchboard.contract import Can
from resonanz.workspaces.access import MemberRequest, guests_too
from resonanz.workspaces.models import Member
from resonanz.workspaces.roles import May, may


@require_GET
@guests_too
def inbox(request: MemberRequest) -> HttpResponse:
    """Conversations that concern us, those that wait for us longest first."""
    chosen, member = Chosen.of(request.GET), request.member
    people = list(member.workspace.members.order_by("name", "pk"))
    context = list_context(
        request,
        chosen,
        mark=request.GET.get("before", ""),
        size=A_LONG_PAGE if "many" in request.GET else A_PAGE,
        names={one.pk: one.name for one in people},
    )
    colleagues = [one for one in people if one.left_at is None]
    context |= {
        "filters": _filters(chosen, member, colleagues, context["accounts"]),
        "saved_views": _saved_views(member, chosen),
        "colleagues": colleagues,
        "can_moderate": any(Can.MODERATE in one.abilities for one in context["accounts"]),
        "is_all_ticked": "ticked" in request.GET,
        "here": request.get_full_path(),
        "ticked_url": context["list_url_with"](ticked="1", **_onward(request)),
        "many_url": context["list_url_with"](many="1") if "many" not in request.GET else "",
    }
    return render(request, "conversations/conversations.html", context)


def list_context(
    request: MemberRequest,
    chosen: Chosen,
    *,
    mark: str = "",
    size: int = A_PAGE,
    current: int | None = None,
    names: dict[int, str] | None = None,
    own: list[Channel] | None = None,
) -> dict[str, Any]:
    """What the list shows, alone or beside an open talk; `own` are our accounts, where known."""
    pulse = Pulse.of_inbox(request.get_full_path())
    sheet = list_conversations(request.member, chosen, read_mark(mark), size=size)
    here, query = reverse("conversations"), chosen.query()
    own = our_channels(request.member.workspace) if own is None else own
    several = len({channel.network for channel in own}) > 1
    many = {"many": "1"} if size > A_PAGE else {}
    return {
        "rows": [
            row_of(
                row,
                query=query,
                current=current,
                say_where=current is None or several,
                names=names or {},
                hider=request.member.workspace.hider,
            )
            for row in sheet.rows
        ],
        "pulse": pulse,
        "segment": chosen.turn,
        "is_oldest_first": chosen.turn == "ours",
        "segments": _segments(chosen),
        "chosen": chosen,
        "accounts": own,
        "list_url": here + query,
        "list_url_with": lambda **more: here + chosen.query(**more),
        "older_url": here + chosen.query(before=sheet.onward, **many) if sheet.onward else "",
    }


def _onward(request: MemberRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("before", "many") if name in request.GET}


def _segments(chosen: Chosen) -> list[dict[str, Any]]:
    here, is_mine = reverse("conversations"), chosen.turn == "ours" and chosen.who == ME
    labels = {
        "ours": _("Waiting for us"),
        "mine": _("With me"),
        "theirs": _("Their turn"),
        "done": _("Done"),
        "aside": _("Put aside"),
        "all": _("All"),
    }
    # “With me” is what waits and is mine; the others leave the rest of the choice as it is.
    plain = chosen.but(who="") if is_mine else chosen
    return [
        {
            "label": label,
            "url": here + (Chosen(who=ME) if name == "mine" else plain.but(turn=name)).query(),
            "current": is_mine if name == "mine" else name == chosen.turn and not is_mine,
        }
        for name, label in labels.items()
    ]


@dataclass(frozen=True)
class Select:
    """One question of the filter: its name in the address, and what can be chosen."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    value: str


def _filters(
    chosen: Chosen, member: Member, colleagues: list[Member], own: list[Channel]
) -> list[Select]:
    who = [
        ("", _("whoever has it")),
        (ME, _("me")),
        (NOBODY, _("nobody yet")),
        (OTHERS, _("somebody else")),
        *((str(one.pk), one.name) for one in colleagues if one.pk != member.pk),
    ]
    languages = [
        ("", _("in any language")),
        *((code, name) for code, name in language_choices(chosen.language) if code),
    ]
    found = [Select("who", _("Who has it"), who, chosen.who)]
    places = _places(own, chosen)
    if places:
        found.append(Select("where", _("Where"), places, chosen.where))
    return [*found, Select("language", _("Language"), languages, chosen.language)]


def _places(own: list[Channel], chosen: Chosen) -> list[tuple[str, str]]:
    """What can be filtered by: each network, and each account where there are several."""
    networks = dict.fromkeys(channel.network for channel in own)
    told = [(f"network:{slug}", network_name(slug)) for slug in (*networks, BY_HAND)]
    if len(own) > len(networks):
        told += [(f"channel:{channel.pk}", channel.handle) for channel in own]
    if len(told) < 2 and not chosen.where:
        return []
    return [("", _("everywhere")), *told]


def _saved_views(member: Member, chosen: Chosen) -> list[dict[str, Any]]:
    if not may(member, May.ARRANGE):
        return []
    here, query = reverse("conversations"), chosen.query().removeprefix("?")
    return [
        {"label": one.name, "url": f"{here}?{one.query}", "current": one.query == query}
        for one in views_for(member)
    ]
