"""The rail on the left (on a phone, at the bottom): only what is built, in the house's order."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resonanz.workspaces.queries import open_alarms


@dataclass(frozen=True)
class Entry:
    """One entry of the rail. `key` is pressed after `g`."""

    name: str
    label: str | Promise
    icon: str
    key: str


ENTRIES = (
    Entry("today", _("Today"), "today", "t"),
    Entry("neighbourhood", _("Neighbourhood"), "neighbourhood", "n"),
    Entry("conversations", _("Conversations"), "conversations", "c"),
    Entry("people", _("People"), "people", "p"),
    Entry("outbox", _("Outbox"), "outbox", "o"),
    Entry("channels", _("Channels"), "channels", "k"),
    Entry("settings", _("Settings"), "settings", "e"),
    Entry("status", _("Status"), "status", "s"),
)


def rail(request: HttpRequest) -> dict[str, object]:
    """The rail for the member who asks; empty for everybody else."""
    member = getattr(request, "member", None)
    if member is None:
        return {"rail": []}
    found = getattr(request, "resolver_match", None)
    here = (found.url_name or "").split("-")[0] if found else ""
    alarms = open_alarms(member.workspace)
    entries = [
        {
            "name": entry.name,
            "label": entry.label,
            "url": reverse(entry.name),
            "icon": entry.icon,
            "key": entry.key,
            "current": entry.name == here,
            "count": len(alarms) if entry.name == "status" else 0,
        }
        for entry in ENTRIES
    ]
    return {"rail": entries, "alarms": alarms, "member": member}
