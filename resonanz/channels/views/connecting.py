"""Connecting an account or a source, and the inbound door where people come back.

The views here speak to networks, because nobody can be sent anywhere before a server was asked.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from resonanz.channels.access import find_pending, get_channel, get_network
from resonanz.channels.actions import TakenElsewhere, begin_connection, finish_connection
from resonanz.channels.forms import ListForm, WayForm, first_answers
from resonanz.channels.models import Channel
from resonanz.channels.queries import latest_import
from resonanz.channels.sentences import Told, on_connecting
from resonanz.plumbing.row_ids import row_id
from resonanz.switchboard.contract import Can, Network
from resonanz.switchboard.registry import networks
from resonanz.switchboard.trouble import Trouble
from resonanz.workspaces.access import MemberRequest, owners_only


@require_safe
@owners_only
def connect(request: MemberRequest) -> HttpResponse:
    """All networks: where one can speak, then what is only read, then the rehearsal."""
    kinds = sorted(networks().values(), key=lambda one: (one.is_pretend, bool(one.address_list)))
    values = {"networks": kinds}
    return render(request, "channels/connect.html", values)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@owners_only
def connect_network(request: MemberRequest, slug: str) -> HttpResponse:
    """The questions of one network, and the answers to them."""
    network, again = get_network(slug), asked_again(request, slug)
    if request.method != "POST":
        return show(request, network, again)
    way = next((way for way in network.ways_in if way.way.value == request.POST.get("way")), None)
    if way is None:
        return show(request, network, again)
    form = WayForm(way, request.POST)
    if not form.is_valid():
        return show(request, network, again, form)
    try:
        begun = begin_connection(
            member=request.member,
            network_slug=slug,
            way=way.way,
            answers=form.answers,
            callback_base=callback_base(request),
            replaces=again,
        )
    except Trouble as trouble:
        return show(request, network, again, form, on_connecting(trouble))
    except TakenElsewhere as other:
        return show(request, network, again, form, taken_elsewhere(other, again))
    return connected(request, begun) if isinstance(begun, Channel) else go_on(request, begun)


def asked_again(request: MemberRequest, slug: str) -> Channel | None:
    """The channel that is to be connected again, if this is about one."""
    told = request.POST.get("again") or request.GET.get("again", "")
    found = get_channel(request.member, row_id(told)) if told.isdigit() else None
    return found if found and found.network == slug else None


def show(
    request: MemberRequest,
    network: Network,
    again: Channel | None,
    bound: WayForm | None = None,
    told: Told | None = None,
) -> HttpResponse:
    """The page, with what was typed and what went wrong."""
    initial = first_answers(network, request.member, again)
    forms = [
        bound if bound is not None and bound.way is way else WayForm(way, initial=initial)
        for way in network.ways_in
    ]
    values = {
        "network": network,
        "forms": forms,
        "again": again,
        "told": told,
        "has_secret": bound is not None and bound.has_secret,
        "address_list": network.address_list,
        "list_form": ListForm() if network.address_list else None,
        "latest_import": latest_import(request.member.workspace, network.slug)
        if network.address_list
        else None,
    }
    status = 200 if bound is None else 422
    return render(request, "channels/connect_network.html", values, status=status)


def callback_base(request: MemberRequest) -> str:
    """Where networks send people back to; the token comes behind it."""
    base = settings.RESONANZ_PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    return f"{base}/door/"


def connected(request: MemberRequest, channel: Channel) -> HttpResponse:
    """Done: show the channel, or, in a rehearsal, the house that begins to fill."""
    if get_network(channel.network).is_pretend:
        messages.success(request, _("You are in. The first people speak up in a few seconds."))
        return redirect("/")
    sentence = _("%(name)s is connected. What is said there arrives within a minute.")
    if Can.LINKBACKS.value in channel.abilities:
        sentence = _(
            "%(name)s is connected. Links to it arrive as soon as its pages name the place."
        )
    messages.success(request, sentence % {"name": channel.handle})
    return redirect("channels-channel", channel.pk)


def go_on(request: MemberRequest, address: str) -> HttpResponse:
    """Send her to the network, by a page that moves on by itself.

    Not by a redirect: browsers hold a redirect that follows a form against the policy's
    form-action, which allows our own address only.
    """
    values = {"address": address, "host": urlsplit(address).netloc}
    return render(request, "channels/go_on.html", values)


def taken_elsewhere(other: TakenElsewhere, again: Channel | None) -> Told:
    """Another account came back than the one that was to be connected again."""
    names = {"other": str(other), "known": again.handle if again else ""}
    return Told(
        what=_("%(other)s came back, but %(known)s was to be connected again. Nothing is changed.")
        % names,
        next_step=_("Sign in there as %(known)s, or connect %(other)s as a channel of its own.")
        % names,
    )


@never_cache
@require_safe
@owners_only
def door(request: MemberRequest, token: str) -> HttpResponse:
    """The inbound door: she comes back from the network. Open once, and only to who began it."""
    pending = find_pending(request.member, token)
    if pending is None:
        told = Told(
            what=_("This connection was finished already, or was begun by somebody else."),
            next_step=_("Look among the channels whether it is there, or connect once more."),
        )
        return render(request, "channels/door.html", {"told": told}, status=404)
    try:
        channel = finish_connection(pending=pending, answers=request.GET.dict())
    except Trouble as trouble:
        told = on_connecting(trouble)
    except TakenElsewhere as other:
        told = taken_elsewhere(other, pending.replaces)
    else:
        return connected(request, channel)
    values = {"told": told, "network": pending.network, "again": pending.replaces}
    return render(request, "channels/door.html", values, status=422)
