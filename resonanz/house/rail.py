"""What every page's frame shows: the rail with only what is built, the town's banner, the look.

Everything that asks the database is worked out only when a template uses it, so that a bare
page (an error, the sign-in) asks for nothing.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from resonanz.channels.queries import pretend_channel
from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import count_open_alarms


@dataclass(frozen=True)
class Entry:
    """One entry of the rail. `key` is pressed after `g`."""

    name: str
    label: str | Promise
    icon: str
    key: str
    is_below: bool = False


ENTRIES = (
    Entry("today", _("Today"), "today", "t"),
    Entry("neighbourhood", _("Neighbourhood"), "neighbourhood", "n"),
    Entry("conversations", _("Conversations"), "conversations", "c"),
    Entry("people", _("People"), "people", "p"),
    Entry("outbox", _("Outbox"), "outbox", "o"),
    Entry("channels", _("Channels"), "channels", "k", is_below=True),
    Entry("settings", _("Settings"), "settings", "e", is_below=True),
    Entry("status", _("Status"), "status", "s", is_below=True),
)


def rail(request: HttpRequest) -> dict[str, Any]:
    """The frame's variables for the member who asks; hardly any for everybody else."""
    languages_url = reverse("set_language")
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {"rail": [], "languages_url": languages_url}
    return {
        "rail": SimpleLazyObject(lambda: entries_for(member, room_of(request))),
        "pretend_town": SimpleLazyObject(lambda: pretend_town(member)),
        "languages_url": languages_url,
        "member": member,
        "workspace": member.workspace,
        "theme": member.theme,
        "speak_url": reverse("speak"),
    }


def room_of(request: HttpRequest) -> str:
    """The rail word with which the name of the page begins."""
    found = getattr(request, "resolver_match", None)
    return (found.url_name or "").split("-")[0] if found else ""


def entries_for(member: Member, room: str) -> list[dict[str, Any]]:
    """The rail. Only the status counts: its number is that of open alarms."""
    alarms = count_open_alarms(member.workspace)
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
    ]


def pretend_town(member: Member) -> dict[str, str]:
    """The way out of the pretend town, empty when nobody is rehearsing."""
    channel = pretend_channel(member.workspace)
    return {"leave_url": reverse("channels-remove", args=[channel.pk])} if channel else {}
