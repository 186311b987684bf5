"""The saved views of the inbox: kept from the list, renamed and removed on a page of their own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from resonanz.conversations.access import get_saved_view
from resonanz.conversations.forms import ViewForm, ViewNameForm
from resonanz.conversations.listing import Chosen
from resonanz.conversations.saved_views import keep_view, remove_view, rename_view, views_for
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest, arrangers_only


@require_http_methods(["GET", "HEAD", "POST"])
@arrangers_only
def views(request: MemberRequest) -> HttpResponse:
    """All views one has; a POST keeps the choice that its query names."""
    if request.method != "POST":
        return _page(request)
    form = ViewForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422, form=form)
    chosen = Chosen.of(QueryDict(form.cleaned_data["query"].removeprefix("?")).dict())
    kept = keep_view(
        member=request.member,
        name=form.cleaned_data["name"],
        chosen=chosen,
        is_for_all=form.cleaned_data["for_all"],
    )
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": kept.name})
    return redirect(reverse("conversations") + chosen.query())


@require_POST
@arrangers_only
def view(request: MemberRequest, pk: int) -> HttpResponse:
    """Rename a view."""
    found = get_saved_view(request.member, pk)
    form = ViewNameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A view needs a name of at most 80 characters."))
        return redirect("conversations-views")
    rename_view(view=found, name=form.cleaned_data["name"])
    messages.success(request, _("The view has its new name."))
    return redirect("conversations-views")


@require_POST
@arrangers_only
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove a view, or put it back."""
    found = get_saved_view(request.member, pk)
    is_removed = request.POST.get("removed", "yes") == "yes"
    remove_view(view=found, is_removed=is_removed)
    if is_removed:
        say_with_undo(
            request,
            _("The view “%(name)s” is removed.") % {"name": found.name},
            label=_("Take it back"),
            url=reverse("conversations-view-remove", args=[pk]),
            removed="no",
        )
    else:
        messages.success(request, _("The view is back."))
    return redirect("conversations-views")


def _page(request: MemberRequest, status: int = 200, **more: Any) -> HttpResponse:
    kept = views_for(request.member)
    rows = [{"view": one, "url": f"{reverse('conversations')}?{one.query}"} for one in kept]
    context = {"rows": rows, "list_url": reverse("conversations"), **more}
    return render(request, "conversations/views.html", context, status=status)
