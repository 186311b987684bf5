"""What every page's frame shows: the rail with only what is built, the town's banner, the look.

Everything that asks the database is worked out only when a template uses it, so that a bare
page (an error, the sign-in) asks for nothing.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.channels.queries import pretend_slugs
from resonanz.workspaces.models import Alarm, Member, Workspace
from resonanz.workspaces.roles import May, may, rights_of


@dataclass(frozen=True)
class Entry:
    """One entry of the rail. `key` is pressed after `g`."""

    name: str
    label: str | Promise
    icon: str
    key: str
    is_below: bool = False
    right: May | None = May.READ


ENTRIES = (
    Entry("today", _("Today"), "today", "t"),
    Entry("neighbourhood", _("Neighbourhood"), "neighbourhood", "n"),
    Entry("conversations", _("Conversations"), "conversations", "c", right=None),
    Entry("people", _("People"), "people", "p"),
    Entry("outbox", _("Outbox"), "outbox", "o"),
    Entry("channels", _("Channels"), "channels", "k", is_below=True),
    Entry("settings", _("Settings"), "settings", "e", is_below=True, right=None),
    Entry("status", _("Status"), "status", "s", is_below=True),
)


# Pages that are reached through an entry of another name.
UNDER = dict.fromkeys(("members", "workspaces", "trail"), "settings") | {"matters": "conversations"}


def rail(request: HttpRequest) -> dict[str, Any]:
    """The frame's variables for the member who asks; hardly any for everybody else."""
    always = {"manifest_url": reverse("manifest"), "languages_url": reverse("set_language")}
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {"rail": [], **always}
    # Two variables of the frame, one question to the database, asked when the first is drawn.
    seen = cache(lambda: frame_facts(member.workspace_id))
    return {
        "rail": SimpleLazyObject(lambda: entries_for(member, room_of(request), seen().alarms)),
        "pretend_town": SimpleLazyObject(lambda: pretend_town(member, seen().pretend_channel)),
        **always,
        "member": member,
        "workspace": member.workspace,
        "theme": member.theme,
        "words_url": reverse("words"),
        "may": rights_of(member),
        "search_url": reverse("search"),
        "speak_url": reverse("speak") if may(member, May.PREPARE) else "",
    }


def room_of(request: HttpRequest) -> str:
    """The rail word with which the name of the page begins."""
    found = getattr(request, "resolver_match", None)
    word = (found.url_name or "").split("-")[0] if found else ""
    return UNDER.get(word, word)


@dataclass(frozen=True)
class FrameFacts:
    """What the frame asks the database: open alarms, and the channel of a rehearsal (0: none)."""

    alarms: int
    pretend_channel: int


def frame_facts(workspace_id: int) -> FrameFacts:
    """Both in one query."""
    up = Alarm.objects.filter(workspace=OuterRef("pk"), over_at=None).order_by()
    town = Channel.objects.filter(workspace=OuterRef("pk"), network__in=pretend_slugs())
    alarms, channel = (
        Workspace.objects.annotate(
            alarm_count=Subquery(up.values("workspace").annotate(n=Count("pk")).values("n")),
            town=Subquery(town.order_by("pk").values("pk")[:1]),
        )
        .values_list("alarm_count", "town")
        .get(pk=workspace_id)
    )
    return FrameFacts(alarms=alarms or 0, pretend_channel=channel or 0)


def entries_for(member: Member, room: str, alarms: int) -> list[dict[str, Any]]:
    """The rail, with what a member may open. Only the status counts: that of open alarms."""
    return [
        {
            "name": entry.name,
            "label": entry.label,
            "url": reverse(entry.name),
            "icon": entry.icon,
            "key": entry.key,
            "current": entry.name == room,
            "count": alarms if entry.name == "status" else 0,
            "is_below": entry.is_below,
        }
        for entry in ENTRIES
        if entry.right is None or may(member, entry.right)
    ]


def pretend_town(member: Member, channel_pk: int) -> dict[str, str]:
    """The way out of the pretend town, empty when nobody is rehearsing.

    Who does not look after the channels sees that it is a rehearsal, without the way out.
    """
    if not channel_pk:
        return {}
    may_leave = may(member, May.LOOK_AFTER)
    return {"leave_url": reverse("channels-remove", args=[channel_pk]) if may_leave else ""}
