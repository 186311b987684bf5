"""The list of channels and the page of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resonanz.channels.access import get_channel
from resonanz.channels.actions import look_now, pause_channel, remove_channel, resume_channel
from resonanz.channels.models import Channel
from resonanz.channels.places import ON_CHANNEL
from resonanz.channels.queries import accounts, in_need, lanes_of, network_of, sources
from resonanz.channels.sentences import health_of
from resonanz.channels.words import ABILITY_WORDS, LANE_WORDS
from resonanz.plumbing.row_ids import row_id
from resonanz.switchboard.contract import Can
from resonanz.workspaces.access import MemberRequest, arrangers_only, members_only, owners_only

REMOVED_LAST = "channel removed last"


def row_of(channel: Channel) -> dict[str, Any]:
    """What a list shows of a channel."""
    return {
        "channel": channel,
        "health": health_of(channel),
        "name": channel.name or channel.handle,
        "url": reverse("channels-channel", args=[channel.pk]),
    }


@require_safe
@members_only
def channels(request: MemberRequest) -> HttpResponse:
    """All channels: those that need somebody, our accounts, and what we read."""
    workspace = request.member.workspace
    told = request.GET.get("before", "")
    before = row_id(told) or None
    read, onward = sources(workspace, before=before)
    values = {
        "needs": [] if before else [row_of(channel) for channel in in_need(workspace)],
        "accounts": [] if before else [row_of(channel) for channel in accounts(workspace)],
        "sources": [row_of(channel) for channel in read],
        "older_url": f"?before={onward}" if onward else "",
        "newer_url": reverse("channels") if before else "",
    }
    return render(request, "channels/channels.html", values)


@require_safe
@members_only
def channel(request: MemberRequest, pk: int) -> HttpResponse:
    """One channel: how it is, what is read on it, and what can be done with it."""
    found = get_channel(request.member, pk)
    now = timezone.now()
    lanes = [
        {
            "lane": lane,
            "what": LANE_WORDS.get(lane.kind, lane.kind),
            "is_stream": lane.kind == Can.STREAM.value,
            "is_due": lane.due_at <= now,
        }
        for lane in lanes_of(found)
    ]
    values = {
        **row_of(found),
        "lanes": lanes,
        "network": network_of(found.network),
        "is_paused": found.state == Channel.State.PAUSED,
        "can_speak": Can.PUBLISH.value in found.abilities,
        "can_answer": Can.ANSWER.value in found.abilities,
        "onward": [told for panel in ON_CHANNEL if (told := panel(found)) is not None],
        "wanting": [ABILITY_WORDS[one] for one in found.wanting if one in ABILITY_WORDS],
    }
    return render(request, "channels/channel.html", values)


@require_POST
@owners_only
def pause(request: MemberRequest, pk: int) -> HttpResponse:
    """Neither read nor write it for now."""
    found = get_channel(request.member, pk)
    pause_channel(channel=found, member=request.member)
    messages.success(request, _("%(name)s is paused.") % {"name": found.handle})
    return redirect("channels-channel", pk)


@require_POST
@owners_only
def resume(request: MemberRequest, pk: int) -> HttpResponse:
    """Work with it again, also after trouble."""
    found = get_channel(request.member, pk)
    if found.state != Channel.State.SIGN_IN_AGAIN:
        resume_channel(channel=found, member=request.member)
        messages.success(request, _("%(name)s is looked at again.") % {"name": found.handle})
    return redirect("channels-channel", pk)


@require_POST
@arrangers_only
def look(request: MemberRequest, pk: int) -> HttpResponse:
    """Look now instead of at the next time."""
    look_now(channel=get_channel(request.member, pk))
    messages.success(request, _("It is looked at within a few seconds."))
    return redirect("channels-channel", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@owners_only
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """A second look, then remove it. Tells the network first, as far as it can be reached."""
    if request.method == "POST" and request.session.get(REMOVED_LAST) == pk:
        # A second click on the button that has done its work.
        return redirect("channels")
    found = get_channel(request.member, pk)
    if request.method != "POST":
        values = {**row_of(found), "network": network_of(found.network)}
        return render(request, "channels/remove.html", values)
    remove_channel(channel=found, member=request.member)
    request.session[REMOVED_LAST] = pk
    messages.success(request, _("%(name)s is removed.") % {"name": found.handle})
    return redirect("channels")
