"""Lists of addresses: bring one, see what became of it, take one along."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from resonanz.channels.access import get_address_list, get_list_import, get_network
from resonanz.channels.forms import ListForm
from resonanz.channels.lists import bring_list, counts_of, try_failed_again
from resonanz.channels.models import ListedAddress, ListImport
from resonanz.channels.queries import A_PAGE, addresses_on
from resonanz.channels.sentences import CONNECTING, on_connecting, worded
from resonanz.switchboard.trouble import Trouble
from resonanz.workspaces.access import MemberRequest, owners_only
from resonanz.workspaces.actions import note_in_trail


@require_POST
@owners_only
def bring(request: MemberRequest, slug: str) -> HttpResponse:
    """Take a file in; its addresses are connected in the background."""
    network, lists = get_network(slug), get_address_list(slug)
    form = ListForm(request.POST, request.FILES)
    told = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            entries = lists.read(file.read())
        except Trouble as trouble:
            told = on_connecting(trouble)
        else:
            found = bring_list(
                member=request.member, network_slug=slug, file_name=file.name, entries=entries
            )
            return redirect("channels-list", found.pk)
    values = {"network": network, "address_list": lists, "list_form": form, "told": told}
    return render(request, "channels/list_again.html", values, status=422)


@require_safe
@owners_only
def report(request: MemberRequest, pk: int) -> HttpResponse:
    """What became of a list: added, there already, and not added, each with its reason."""
    found = get_list_import(request.member, pk)
    template = "channels/pieces/list_state.html" if request.htmx else "channels/list.html"
    return render(request, template, report_of(found))


def report_of(found: ListImport) -> dict[str, Any]:
    """The counts, and the first fifty that could not be added, in sentences."""
    counts = counts_of(found)
    failed = found.addresses.filter(state=ListedAddress.State.FAILED).order_by("pk")[:A_PAGE]
    return {
        "list_import": found,
        "counts": counts,
        "total": sum(counts.values()),
        "done": sum(counts.values()) - counts[ListedAddress.State.WAITING],
        "failed": [
            {"row": row, "told": worded(CONNECTING, row.trouble_code, row.trouble_reason)}
            for row in failed
        ],
        "failed_more": max(counts[ListedAddress.State.FAILED] - A_PAGE, 0),
    }


@require_POST
@owners_only
def try_list_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Once more for everything that could not be added."""
    try_failed_again(list_import=get_list_import(request.member, pk))
    return redirect("channels-list", pk)


@require_safe
@owners_only
def take_along(request: MemberRequest, slug: str) -> HttpResponse:
    """All sources of a network as a file."""
    lists = get_address_list(slug)
    content = lists.write(addresses_on(request.member.workspace, slug))
    note_in_trail(
        workspace=request.member.workspace,
        member=request.member,
        verb="list exported",
        subject=lists.file_name,
    )
    response = HttpResponse(content, content_type=lists.content_type)
    response["Content-Disposition"] = f'attachment; filename="{lists.file_name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
