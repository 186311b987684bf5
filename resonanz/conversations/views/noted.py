"""What was noted by hand: changed, removed, and our answer noted where we cannot write."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from resonanz.conversations.access import get_noted_post, get_post
from resonanz.conversations.by_hand.changing import change_noted, remove_noted
from resonanz.conversations.by_hand.forms import (
    LOCAL_TIME,
    AnswerThereForm,
    TalkForm,
    WhereAndWhen,
    fresh,
    initial_of,
    initial_place,
)
from resonanz.conversations.by_hand.noting import note_answer
from resonanz.conversations.by_hand.whom import somebody
from resonanz.conversations.models import Post
from resonanz.conversations.rows import network_name
from resonanz.conversations.views.noted_rows import chips, thread_of
from resonanz.people.by_hand import is_by_hand
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest, arrangers_only, speakers_only
from resonanz.workspaces.queries import voices_to_note


@require_http_methods(["GET", "HEAD", "POST"])
@arrangers_only
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Put right what was noted."""
    post = get_noted_post(request.member, pk)
    data = request.POST if request.method == "POST" else None
    form = _answer_form(request, post, data) if post.is_ours else _talk_form(request, post, data)
    if data is None or not form.is_valid():
        return _change_page(request, post, form)
    network = "" if "place" in form.fields else post.network
    change_noted(
        post=post,
        member=request.member,
        words=form.words(
            form.cleaned_data["text"],
            title=form.cleaned_data.get("title", ""),
            network=network,
        ),
        whom=form.whom if isinstance(form, TalkForm) else None,
        voice=form.voice if isinstance(form, AnswerThereForm) else None,
    )
    messages.success(request, _("What was noted is changed."))
    return redirect(thread_of(post))


def _told(post: Post) -> dict[str, Any]:
    """What was noted, as a form begins with it."""
    return fresh(
        text=post.text,
        title=post.title,
        url=post.url,
        said_at=timezone.localtime(post.said_at).strftime(LOCAL_TIME),
        person=post.identity.person_id,
        voice=str(post.voice_id or ""),
        **initial_place(post.network),
    )


def _talk_form(request: MemberRequest, post: Post, data: Any) -> TalkForm:
    form = TalkForm(
        data,
        workspace=request.member.workspace,
        offered=[post.identity.person],
        initial=_told(post),
    )
    del form.fields["turn"]
    return form


def _answer_form(request: MemberRequest, post: Post, data: Any) -> AnswerThereForm:
    voices = voices_to_note(request.member)
    if post.voice and post.voice not in voices:
        voices = [post.voice, *voices]
    asks_place = is_by_hand(post.network)
    return AnswerThereForm(data, voices=voices, asks_place=asks_place, initial=_told(post))


def _change_page(request: MemberRequest, post: Post, form: WhereAndWhen) -> HttpResponse:
    context = {
        "form": form,
        "chips": chips(form),
        "post": post,
        "people": [somebody(one) for one in form.offered] if isinstance(form, TalkForm) else [],
        "back_url": thread_of(post),
    }
    status = 422 if form.is_bound else 200
    return render(request, "conversations/by_hand/change.html", context, status=status)


@require_POST
@arrangers_only
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take out what was noted; `whole` takes our answer to it out as well."""
    post = get_noted_post(request.member, pk)
    left = remove_noted(post=post, member=request.member, with_answer="whole" in request.POST)
    messages.success(request, _("What was noted is removed."))
    if left is None:
        return redirect("conversations")
    return redirect("conversations-thread", pk=left.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@speakers_only
def answered(request: MemberRequest, pk: int) -> HttpResponse:
    """Note what we answered to a post, where Resonanz cannot write."""
    post = get_post(request.member, pk)
    is_sent = request.method == "POST" and "keep" not in request.POST
    form = _there_form(request, is_sent=is_sent)
    if not is_sent or not form.is_valid():
        return _answered_page(request, post, form)
    ours = note_answer(
        member=request.member,
        post=post,
        words=form.words(form.cleaned_data["text"], network=post.network),
        voice=form.voice,
        once=form.cleaned_data["once"],
    )
    say_with_undo(
        request,
        _("Our answer is noted."),
        label=_("Take it back"),
        url=reverse("conversations-by-hand-remove", args=[ours.pk]),
    )
    return redirect(thread_of(ours))


def _there_form(request: MemberRequest, *, is_sent: bool) -> AnswerThereForm:
    voices = voices_to_note(request.member)
    begun = initial_of(request.POST.dict()) if request.method == "POST" else {}
    voice = str(voices[0].pk) if voices else ""
    initial = fresh(voice=voice) | begun
    return AnswerThereForm(request.POST if is_sent else None, voices=voices, initial=initial)


def _answered_page(request: MemberRequest, post: Post, form: AnswerThereForm) -> HttpResponse:
    context = {
        "form": form,
        "post": post,
        "name": post.identity.name or post.identity.handle,
        "where": network_name(post.network),
        "back_url": thread_of(post),
    }
    status = 422 if form.is_bound else 200
    return render(request, "conversations/by_hand/answered.html", context, status=status)
