"""Answering: what is typed is kept while it is typed, and goes out when somebody says so."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from resonanz.channels.models import Channel
from resonanz.conversations.access import get_post
from resonanz.conversations.actions import NobodyCanAnswer, keep_answer
from resonanz.conversations.changes import mark_changed
from resonanz.conversations.meanwhile import meanwhile
from resonanz.conversations.models import Post
from resonanz.conversations.moderating import moderate_posts
from resonanz.conversations.presence import note_writing, note_written
from resonanz.conversations.queries import channels_for_answer
from resonanz.conversations.views.moderating import done_sentence
from resonanz.conversations.views.thread import thread_page
from resonanz.outbox.actions import WrittenElsewhere
from resonanz.outbox.forms import AnswerForm, audiences_for_answer
from resonanz.outbox.models import Draft
from resonanz.outbox.sending import counter_of, send, show
from resonanz.outbox.views.buttons import asks_first, keep_pictures, pressed
from resonanz.outbox.views.saying import say_it_goes_out
from resonanz.outbox.views.writing import into_article
from resonanz.plumbing.undo import say_with_undo
from resonanz.switchboard.shapes import Standing
from resonanz.workspaces.access import MemberRequest, preparers_only
from resonanz.workspaces.queries import voices_to_write_for
from resonanz.workspaces.roles import May, may

TEXT_ID = "id_text"


@require_POST
@preparers_only
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep an answer to a post while it is typed (htmx), keep it as a draft, or send it."""
    post = get_post(request.member, pk)
    channels = channels_for_answer(post)
    form = _form(request, post, channels)
    if not channels or not form.is_valid():
        return _not_yet(request, post, form)
    try:
        draft = keep_answer(
            post=post,
            member=request.member,
            channel=form.chosen_channel,
            is_thanks=form.cleaned_data["is_thanks"],
            columns=form.columns(),
        )
    except NobodyCanAnswer:
        return _not_yet(request, post, form)
    except WrittenElsewhere as other:
        return _conflict(request, post, channels, other.theirs)
    return _kept(request, post, draft, form)


def _kept(request: MemberRequest, post: Post, draft: Draft, form: AnswerForm) -> HttpResponse:
    """What was typed is kept; now what the button says."""
    all_pictures = keep_pictures(request, draft)
    if "as_article" in request.POST:
        return into_article(request, draft)
    if pressed(request, draft) or not all_pictures:
        return redirect(_thread_url(post) + f"?answer={post.pk}#reply")
    if request.htmx:
        note_writing(conversation_id=post.conversation_id, member=request.member)
        return _counted(request, draft)
    if "keep" in request.POST:
        messages.success(request, _("The draft is kept."))
        return redirect(_thread_url(post) + f"?answer={post.pk}#reply")
    return _send(request, post, draft, form)


def _send(request: MemberRequest, post: Post, draft: Draft, form: AnswerForm) -> HttpResponse:
    found = meanwhile(post, request.member, request.POST)
    if found is not None:
        return _not_yet(request, post, form, meanwhile=found)
    if asks_first(request, draft):
        return _not_yet(request, post, form, is_asking=True)
    sent = send(draft=draft, member=request.member)
    if sent.problems:
        return _not_yet(request, post, form, problems=sent.problems)
    mark_changed(post.conversation_id)
    note_written(conversation_id=post.conversation_id, member=request.member)
    if sent.publication is not None and "approve" in request.POST:
        _approve(request, post)
    if sent.publication is not None and sent.seconds:
        say_it_goes_out(request, sent.publication, sent.seconds)
    else:
        messages.success(request, sent.sentence)
    way = sent.publication.deliveries.first() if sent.publication else None
    return redirect(_thread_url(post) + (f"#way-{way.pk}" if way else ""))


def _approve(request: MemberRequest, post: Post) -> None:
    """Approve the comment that was answered, and say so with the way back."""
    if post.standing != Post.Standing.HELD or not may(request.member, May.SPEAK):
        return
    done = moderate_posts(posts=[post], standing=Standing.PUBLISHED, by=request.member)
    if done.count:
        say_with_undo(
            request,
            done_sentence(Standing.PUBLISHED, done.count),
            label=_("Take it back"),
            url=reverse("conversations-moderate-undo", args=[done.batch]),
            next=_thread_url(post),
        )


def _form(
    request: MemberRequest, post: Post, channels: list[Channel], data: QueryDict | None = None
) -> AnswerForm:
    given = data or request.POST
    chosen = {str(channel.pk): channel for channel in channels}.get(given.get("channel", ""))
    abilities = (chosen or channels[0]).abilities if channels else []
    return AnswerForm(
        given,
        voices=voices_to_write_for(request.member),
        channels=channels,
        audiences=audiences_for_answer(post.audience, abilities),
        initial={"language": post.language},
    )


def _counted(request: MemberRequest, draft: Draft) -> HttpResponse:
    """The true count, after what was typed has been kept."""
    channel = draft.channels.first()
    shown = show(draft, channel) if channel else None
    counter = counter_of(shown, problems=shown.problems if shown else ())
    is_kept = draft.state in (Draft.State.OPEN, Draft.State.REVIEW)
    return render(
        request, "conversations/counted.html", counter | {"for": TEXT_ID, "is_kept": is_kept}
    )


def _conflict(
    request: MemberRequest, post: Post, channels: list[Channel], theirs: Draft
) -> HttpResponse:
    """Another window wrote the draft: nothing is overwritten, and both are shown."""
    if request.htmx:
        return render(request, "conversations/counted.html", {"for": TEXT_ID, "is_conflict": True})
    data = request.POST.copy()
    data["seen"] = theirs.updated_at.isoformat()
    return _not_yet(request, post, _form(request, post, channels, data), theirs=theirs)


def _not_yet(request: MemberRequest, post: Post, form: AnswerForm, **more: Any) -> HttpResponse:
    """The same page with what was typed, and why it has not gone out."""
    if request.htmx:
        return render(request, "conversations/counted.html", {"for": TEXT_ID, "is_kept": False})
    return thread_page(request, post.conversation, answer=post, typed=form, **more)


def _thread_url(post: Post) -> str:
    return reverse("conversations-thread", args=[post.conversation_id])
