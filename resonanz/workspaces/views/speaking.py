"""How we speak: principles, the seconds before sending, a second person, facts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from resonanz.workspaces.access import MemberRequest, owners_only
from resonanz.workspaces.forms import FactForm, SpeakingForm
from resonanz.workspaces.how_we_speak import KnownTitle, change_speaking, keep_fact, remove_fact
from resonanz.workspaces.models import Fact


@require_http_methods(["GET", "POST"])
@owners_only
def speaking(request: MemberRequest) -> HttpResponse:
    """The page, and keeping what was changed on it."""
    workspace = request.member.workspace
    if request.method == "GET":
        return _page(request)
    form = SpeakingForm.of(workspace, request.POST)
    if not form.is_valid():
        return _page(request, status=422, form=form)
    change_speaking(workspace=workspace, member=request.member, **form.cleaned_data)
    messages.success(request, _("How you speak is saved."))
    return redirect("settings-speaking")


def _page(request: MemberRequest, status: int = 200, **more: Any) -> HttpResponse:
    workspace = request.member.workspace
    context = {
        "form": SpeakingForm.of(workspace),
        "facts": workspace.facts.order_by("title"),
        "fact_form": FactForm(),
    }
    return render(request, "workspaces/speaking.html", context | more, status=status)


@require_POST
@owners_only
def add_fact(request: MemberRequest) -> HttpResponse:
    """Add a fact."""
    return _keep(request, None)


@require_http_methods(["GET", "POST"])
@owners_only
def change_fact(request: MemberRequest, pk: int) -> HttpResponse:
    """A fact on a page of its own, to be changed."""
    fact = get_object_or_404(Fact, workspace=request.member.workspace, pk=pk)
    if request.method == "POST":
        return _keep(request, fact)
    form = FactForm(initial={"title": fact.title, "text": fact.text})
    return render(request, "workspaces/fact.html", {"fact": fact, "fact_form": form})


def _keep(request: MemberRequest, fact: Fact | None) -> HttpResponse:
    form = FactForm(request.POST)
    if form.is_valid():
        try:
            keep_fact(
                workspace=request.member.workspace,
                member=request.member,
                fact=fact,
                **form.cleaned_data,
            )
        except KnownTitle:
            form.add_error("title", _("There is a fact with this title already."))
        else:
            messages.success(request, _("The fact is kept."))
            return redirect("settings-speaking")
    if fact is None:
        return _page(request, status=422, fact_form=form)
    context = {"fact": fact, "fact_form": form}
    return render(request, "workspaces/fact.html", context, status=422)


@require_POST
@owners_only
def drop_fact(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a fact away. Pressed twice, it is gone as well."""
    fact = Fact.objects.filter(pk=pk).first()
    if fact is not None and fact.workspace_id != request.member.workspace_id:
        raise Http404
    if fact is not None:
        remove_fact(fact=fact, member=request.member)
        messages.success(request, _("The fact is gone. Answers in which it stands stay."))
    return redirect("settings-speaking")
