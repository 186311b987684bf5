"""Writing: a word of our own, and any draft on a page of its own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from resonanz.outbox.access import get_draft
from resonanz.outbox.actions import (
    WrittenElsewhere,
    article_from,
    discard_draft,
    restore_draft,
    save_draft,
    start_article,
    start_draft,
    turn_into_article,
    turn_into_short_text,
)
from resonanz.outbox.forms import (
    AnswerForm,
    ArticleForm,
    PostForm,
    WritingForm,
    audiences_for_answer,
    audiences_for_post,
    audiences_for_quote,
    initial_of,
)
from resonanz.outbox.models import Draft
from resonanz.outbox.queries import answered_by_uid
from resonanz.outbox.sending import (
    Shown,
    article_channels,
    channels_to_speak,
    counter_of,
    send,
    show,
    tightest,
)
from resonanz.outbox.views.buttons import asks_first, keep_pictures, pressed
from resonanz.outbox.views.lists import back_to
from resonanz.outbox.views.places import page_of
from resonanz.outbox.views.review import review_page
from resonanz.outbox.views.saying import say_it_goes_out
from resonanz.outbox.writing import writing_of
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest, preparers_only
from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import voices_to_write_for


@require_http_methods(["GET", "POST"])
@preparers_only
def speak(request: MemberRequest) -> HttpResponse:
    """A word of our own, before there is a draft; the first thing that is kept makes one."""
    return _begin(request, _blank(request.member, request.GET.get("to", "")))


@require_http_methods(["GET", "POST"])
@preparers_only
def speak_article(request: MemberRequest) -> HttpResponse:
    """An article of our own, before there is a draft."""
    return _begin(request, _blank(request.member, is_article=True))


def _begin(request: MemberRequest, blank: Draft) -> HttpResponse:
    member = request.member
    if request.method == "GET":
        return _page(request, blank, form_for(blank, member))
    form = form_for(blank, member, request.POST)
    if not form.is_valid():
        return _page(request, blank, form)
    page = form.cleaned_data["page"]
    if blank.is_article:
        voice = form.chosen_voice
        article = start_article(author=member, voice=voice, channel=None, edited_in=page)
        return _written(request, article, form)
    became = article_from(member, page)
    if became is not None:
        return redirect("outbox-draft", pk=became.pk)
    draft = start_draft(
        workspace=member.workspace,
        author=member,
        voice=form.chosen_voice,
        channels=[],
        edited_in=page,
    )
    return _written(request, draft, form)


@require_http_methods(["GET", "POST"])
@preparers_only
def draft_page(request: MemberRequest, pk: int) -> HttpResponse:
    """A draft, to be written further, sent or thrown away."""
    draft = get_draft(request.member, pk)
    if draft.state == Draft.State.SENT:
        messages.info(request, _("This is already on its way."))
        return redirect(f"{reverse('outbox')}?show=on-its-way")
    if request.method == "GET" and draft.state == Draft.State.REVIEW:
        return review_page(request, draft)
    if request.method == "GET":
        return _page(request, draft, form_for(draft, request.member))
    form = form_for(draft, request.member, request.POST)
    if not form.is_valid():
        return _page(request, draft, form)
    return _written(request, draft, form)


def _written(request: MemberRequest, draft: Draft, form: WritingForm) -> HttpResponse:
    """Keep what was written, then do what the button says."""
    try:
        draft = save_draft(draft=draft, **form.columns())
    except WrittenElsewhere as other:
        return _conflict(request, other.theirs)
    all_pictures = keep_pictures(request, draft)
    if "as_article" in request.POST:
        return into_article(request, draft)
    if pressed(request, draft) or not all_pictures:
        return redirect("outbox-draft", pk=draft.pk)
    if "keep" not in request.POST and "send" not in request.POST:
        return render(request, "outbox/previews.html", _shown(draft))
    if "send" not in request.POST:
        messages.success(request, _("The draft is kept."))
        return redirect("outbox-draft", pk=draft.pk)
    return _send(request, draft, form)


def _send(request: MemberRequest, draft: Draft, form: WritingForm) -> HttpResponse:
    if asks_first(request, draft):
        return _page(request, draft, form, is_asking=True)
    sent = send(draft=draft, member=request.member)
    if sent.problems:
        return _page(request, draft, form, problems=sent.problems)
    if sent.publication is not None and sent.seconds:
        say_it_goes_out(request, sent.publication, sent.seconds)
    else:
        messages.success(request, sent.sentence)
    segment = "drafts" if sent.asked else "on-its-way"
    return redirect(f"{reverse('outbox')}?show={segment}")


def into_article(request: MemberRequest, draft: Draft) -> HttpResponse:
    """What became too long goes on as an article; the next page offers the way back."""
    channel = next(iter(article_channels(request.member.workspace)), None)
    if channel is None:
        messages.info(request, _("None of our accounts can publish an article. The text is kept."))
        return redirect(page_of(draft))
    article = turn_into_article(draft=draft, channel=channel)
    say_with_undo(
        request,
        _("It is an article now, and can be as long as it wants."),
        label=_("A short text again"),
        url=reverse("outbox-short-text", args=[article.pk]),
    )
    return redirect("outbox-draft", pk=article.pk)


@require_POST
@preparers_only
def short_text(request: MemberRequest, pk: int) -> HttpResponse:
    """An article becomes a short text, in the box of its talk where it answers something."""
    draft = turn_into_short_text(draft=get_draft(request.member, pk))
    if draft.is_article:
        messages.info(request, _("This is already on its way."))
    else:
        messages.success(request, _("It is a short text again."))
    return redirect(page_of(draft))


def _conflict(request: MemberRequest, theirs: Draft) -> HttpResponse:
    if request.htmx:
        return render(request, "outbox/previews.html", {"is_conflict": True})
    again = form_for(theirs, request.member, with_seen(request, theirs))
    return _page(request, theirs, again, theirs=theirs)


def with_seen(request: MemberRequest, theirs: Draft) -> QueryDict:
    """What was posted, as written with the newer version in view: the next time it wins."""
    data = request.POST.copy()
    data["seen"] = theirs.updated_at.isoformat()
    # What became an article elsewhere keeps the title that it got there.
    data.setdefault("title", theirs.title)
    return data


def form_for(draft: Draft, member: Member, data: Any = None) -> WritingForm:
    """The form of a draft, stored or not: an answer's, or that of a word of our own."""
    initial = initial_of(draft)
    given: dict[str, Any] = {"voices": voices_to_write_for(member), "initial": initial}
    if draft.is_article:
        chosen = draft.channels.first() if draft.pk else None
        initial["channel"] = str(chosen.pk) if chosen else ""
        return ArticleForm(data, channels=article_channels(member.workspace), **given)
    if draft.answering:
        channels = list(draft.channels.all())
        abilities = channels[0].abilities if channels else []
        answered = str(draft.answering.get("audience", "public"))
        audiences = audiences_for_answer(answered, abilities)
        return AnswerForm(data, channels=channels, audiences=audiences, **given)
    channels = list(draft.channels.all()) if draft.quoting else channels_to_speak(member.workspace)
    chosen_ones = draft.channels.all() if draft.pk else channels[:1]
    initial["channels"] = [str(channel.pk) for channel in chosen_ones]
    audiences = audiences_for_post()
    if draft.quoting:
        audiences = audiences_for_quote(str(draft.quoting.get("audience", "public")))
    return PostForm(data, channels=channels, audiences=audiences, **given)


def _blank(member: Member, to: str = "", *, is_article: bool = False) -> Draft:
    return Draft(
        workspace=member.workspace,
        author=member,
        is_article=is_article,
        voice=next(iter(voices_to_write_for(member)), None),
        language=member.workspace.language,
        text=f"{to.strip()} " if to.strip() else "",
    )


def _shown(draft: Draft) -> dict[str, Any]:
    channels = list(draft.channels.all()) if draft.pk else []
    shown: list[Shown] = [show(draft, channel) for channel in channels]
    return {"draft": draft, "shown": shown, "counter": counter_of(tightest(shown))}


def _page(
    request: MemberRequest,
    draft: Draft,
    form: WritingForm,
    *,
    is_asking: bool = False,
    **more: Any,
) -> HttpResponse:
    context = _shown(draft) if draft.pk else _first_look(draft, form)
    channels = [one.channel for one in context["shown"]]
    context["writing"] = writing_of(
        draft, request.member, channels, context["shown"], is_asking=is_asking
    )
    quoted_uid = str(draft.quoting.get("uid", ""))
    told = answered_by_uid(request.member.workspace, [draft.answering_uid, quoted_uid])
    context |= {
        "form": form,
        "answered": told.get(draft.answering_uid),
        "quoted": told.get(quoted_uid),
        "offers_article": not draft.is_article
        and not draft.quoting
        and bool(article_channels(request.member.workspace)),
        "is_discarded": draft.state == Draft.State.DISCARDED,
        "action": request.path,
        "is_own": draft.author_id in (None, request.member.pk),
    }
    return render(request, "outbox/write.html", context | more)


def _first_look(draft: Draft, form: WritingForm) -> dict[str, Any]:
    """The counter before anything is kept: for the first account."""
    channels = list(getattr(form, "channels", {}).values())
    shown = [show(draft, channel) for channel in channels[:1]]
    return {"draft": draft, "shown": [], "counter": counter_of(tightest(shown))}


@require_POST
@preparers_only
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw a draft away; the next page offers to take it back."""
    draft = get_draft(request.member, pk)
    discard_draft(draft=draft)
    say_with_undo(
        request,
        _("The draft was thrown away."),
        label=_("Take it back"),
        url=reverse("outbox-restore", args=[draft.pk]),
    )
    return back_to(request, lambda: reverse("outbox"))


@require_POST
@preparers_only
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a draft back that was thrown away."""
    draft = restore_draft(draft=get_draft(request.member, pk))
    if draft.pk != pk:
        messages.info(request, _("Another answer to the same post was begun meanwhile: this one."))
    return redirect("outbox-draft", pk=draft.pk)
