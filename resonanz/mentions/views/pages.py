"""The pages of this room: links to us, links of ours, and how a domain is announced."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resonanz.letters.addresses import whole
from resonanz.mentions.access import get_endpoint, get_received, get_sent
from resonanz.mentions.announcing import look_at_site
from resonanz.mentions.jobs import look_at_mention, look_at_own_site, tell_mention
from resonanz.mentions.queries import endpoints, received_mentions, sent_mentions
from resonanz.mentions.receiving import look_again
from resonanz.mentions.rows import endpoint_row, received_row, sent_row
from resonanz.mentions.telling import tell_again
from resonanz.plumbing.keyset import read_mark
from resonanz.workspaces.access import MemberRequest, arrangers_only, members_only


def frame(request: MemberRequest, here: str, onward: str) -> dict[str, Any]:
    """What both lists have around them."""
    labels = {"mentions": _("Links to us"), "mentions-sent": _("Links of ours")}
    return {
        "segments": [
            {"label": label, "url": reverse(name), "current": name == here, "count": None}
            for name, label in labels.items()
        ],
        "domains": [endpoint_row(one) for one in endpoints(request.member.workspace)],
        "older_url": f"{reverse(here)}?before={onward}" if onward else "",
        "newer_url": reverse(here) if request.GET.get("before") else "",
    }


@require_safe
@members_only
def mentions(request: MemberRequest) -> HttpResponse:
    """Links to us: what was told, and what became of it."""
    mark = read_mark(request.GET.get("before", ""))
    sheet = received_mentions(request.member.workspace, mark)
    values = {
        **frame(request, "mentions", sheet.onward),
        "rows": [received_row(row) for row in sheet.rows],
    }
    return render(request, "mentions/mentions.html", values)


@require_safe
@members_only
def sent(request: MemberRequest) -> HttpResponse:
    """Links of ours: whom they were told, and what came of it."""
    mark = read_mark(request.GET.get("before", ""))
    sheet = sent_mentions(request.member.workspace, mark)
    values = {
        **frame(request, "mentions-sent", sheet.onward),
        "rows": [sent_row(row) for row in sheet.rows],
    }
    return render(request, "mentions/sent.html", values)


@require_safe
@members_only
def domain(request: MemberRequest, pk: int) -> HttpResponse:
    """One domain: what has to stand in its pages, and whether it does."""
    endpoint = get_endpoint(request.member, pk)
    values = {
        **endpoint_row(endpoint),
        "webmention_url": whole(reverse("webmention", args=[endpoint.token])),
        "pingback_url": whole(reverse("pingback", args=[endpoint.token])),
    }
    return render(request, "mentions/domain.html", values)


@require_POST
@arrangers_only
def look(request: MemberRequest, pk: int) -> HttpResponse:
    """Look at our site now instead of at the next time."""
    endpoint = get_endpoint(request.member, pk)
    look_at_site(endpoint=endpoint)
    look_at_own_site.enqueue(endpoint.pk)
    messages.success(request, _("It is looked at within a few seconds."))
    return redirect("mentions-domain", pk)


@require_POST
@arrangers_only
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """Look once more at a page that is said to link to us."""
    received = get_received(request.member, pk)
    look_again(received=received)
    look_at_mention.enqueue(received.pk)
    messages.success(request, _("The page is looked at within a few seconds."))
    return redirect("mentions")


@require_POST
@arrangers_only
def sent_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Tell a page once more that ours links to it."""
    row = get_sent(request.member, pk)
    tell_again(row=row)
    tell_mention.enqueue(row.pk)
    messages.success(request, _("The page is told within a few seconds."))
    return redirect("mentions-sent")
