"""The rules by which new conversations are given away: their order, their words, a try."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resonanz.conversations.access import get_rule
from resonanz.conversations.models import Rule
from resonanz.conversations.routing import (
    add_rule,
    move_rule,
    remove_rule,
    rules_of,
    switch_rule,
    tried,
)
from resonanz.conversations.rows import network_name, row_of
from resonanz.conversations.rule_form import RuleForm
from resonanz.outbox.languages import name_of
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest, owners_only


@require_safe
@owners_only
def rules(request: MemberRequest) -> HttpResponse:
    """All rules in their order; with `try`, what they would have caught."""
    workspace = request.member.workspace
    found = rules_of(workspace)
    context: dict[str, Any] = {
        "rules": [{"rule": rule, "asks": _asks(rule)} for rule in found],
        "is_tried": "try" in request.GET,
    }
    if "try" in request.GET:
        context["tried"] = [{"row": row_of(talk), "rule": rule} for talk, rule in tried(workspace)]
    return render(request, "conversations/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@owners_only
def add(request: MemberRequest) -> HttpResponse:
    """A new rule, behind the others."""
    form = RuleForm(
        request.POST if request.method == "POST" else None,
        instance=Rule(workspace=request.member.workspace),
    )
    if form.is_bound and form.is_valid():
        add_rule(workspace=request.member.workspace, rule=form.save(commit=False))
        messages.success(request, _("The rule is kept. It is asked about new conversations."))
        return redirect("conversations-rules")
    return _form_page(request, form, _("A new rule"))


@require_http_methods(["GET", "HEAD", "POST"])
@owners_only
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a rule."""
    rule = get_rule(request.member, pk)
    form = RuleForm(request.POST if request.method == "POST" else None, instance=rule)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("The rule is changed."))
        return redirect("conversations-rules")
    return _form_page(request, form, _("Change a rule"))


@require_POST
@owners_only
def act(request: MemberRequest, pk: int) -> HttpResponse:
    """Move a rule up or down, switch it on or off, or remove it."""
    rule, do = get_rule(request.member, pk), request.POST.get("do", "")
    if do in ("up", "down"):
        move_rule(rule=rule, up=do == "up")
    elif do in ("on", "off"):
        switch_rule(rule=rule, is_on=do == "on")
    elif do == "back":
        remove_rule(rule=rule, is_removed=False)
    elif do == "remove":
        remove_rule(rule=rule)
        say_with_undo(
            request,
            _("The rule is removed. What it gave away stays where it is."),
            label=_("Take it back"),
            url=reverse("conversations-rule-act", args=[pk]),
            do="back",
        )
    return redirect(reverse("conversations-rules") + (f"#rule-{pk}" if do != "remove" else ""))


def _form_page(request: MemberRequest, form: RuleForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "back_url": reverse("conversations-rules")}
    status = 422 if form.is_bound else 200
    return render(request, "conversations/rule.html", context, status=status)


def _asks(rule: Rule) -> list[str]:
    """What a rule asks for, in words."""
    told = []
    if rule.channel:
        told.append(_("came through %(name)s") % {"name": rule.channel.handle})
    if rule.network:
        told.append(_("said on %(name)s") % {"name": network_name(rule.network)})
    if rule.language:
        told.append(_("in %(name)s") % {"name": name_of(rule.language)})
    if rule.only_direct:
        told.append(_("said privately"))
    words = [line.strip() for line in rule.words.splitlines() if line.strip()]
    if words:
        told.append(_("with one of these words: %(words)s") % {"words": ", ".join(words)})
    return told or [_("everything")]
