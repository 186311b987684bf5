"""Approving, holding and putting away comments: one from its talk, or many that wait."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from resonanz.conversations.access import (
    get_conversations,
    get_moderation_batch,
    get_visible_post,
)
from resonanz.conversations.moderating import (
    MOST_AT_ONCE,
    Moderated,
    held_posts,
    moderate_posts,
    undo_moderation,
)
from resonanz.conversations.views.ways_back import way_back
from resonanz.plumbing.row_ids import row_id
from resonanz.plumbing.undo import say_with_undo
from resonanz.switchboard.shapes import Standing
from resonanz.workspaces.access import MemberRequest, speakers_only


@require_POST
@speakers_only
def moderate(request: MemberRequest, pk: int) -> HttpResponse:
    """Give one comment another standing."""
    post = get_visible_post(request.member, pk)
    standing = _standing(request)
    done = moderate_posts(posts=[post], standing=standing, by=request.member)
    thread = reverse("conversations-thread", args=[post.conversation_id])
    return _said(request, done, standing, f"{thread}?post={pk}#post-{pk}")


@require_POST
@speakers_only
def moderate_many(request: MemberRequest) -> HttpResponse:
    """Everything that waits for approval in all conversations that were ticked."""
    standing = _standing(request)
    ticked = [row_id(told) for told in request.POST.getlist("pk")]
    talks = get_conversations(request.member, ticked[:MOST_AT_ONCE])
    if not talks:
        messages.info(request, _("Nothing was ticked, so nothing was changed."))
        return way_back(request, reverse("conversations"))
    held = held_posts(request.member.workspace).filter(conversation__in=talks)
    done = moderate_posts(posts=list(held[:MOST_AT_ONCE]), standing=standing, by=request.member)
    return _said(request, done, standing, reverse("conversations"))


@require_POST
@speakers_only
def undo(request: MemberRequest, batch: UUID) -> HttpResponse:
    """Take one click back, wherever nothing has changed since."""
    undone = undo_moderation(batch=get_moderation_batch(request.member, batch), by=request.member)
    if undone.count:
        messages.success(request, _("It is as it was before."))
    if undone.left:
        sentence = ngettext(
            "%(count)s comment has changed meanwhile and stays as it is now.",
            "%(count)s comments have changed meanwhile and stay as they are now.",
            undone.left,
        )
        messages.warning(request, sentence % {"count": undone.left})
    return way_back(request, reverse("conversations"))


def _standing(request: MemberRequest) -> Standing:
    try:
        return Standing(request.POST.get("standing", ""))
    except ValueError as cause:
        raise Http404 from cause


def _said(
    request: MemberRequest, done: Moderated, standing: Standing, otherwise: str
) -> HttpResponse:
    """Say what was done, with the way back."""
    if done.count:
        say_with_undo(
            request,
            done_sentence(standing, done.count),
            label=_("Take it back"),
            url=reverse("conversations-moderate-undo", args=[done.batch]),
            next=way_back(request, otherwise)["Location"],
        )
    if done.unable:
        messages.warning(
            request, _("None of our accounts can moderate this at the moment: nothing was changed.")
        )
    elif not done.count:
        messages.info(request, _("It was like this already, so nothing was changed."))
    return way_back(request, otherwise)


def done_sentence(standing: Standing, count: int) -> str:
    """What was done with so many comments."""
    sentences = {
        Standing.PUBLISHED: ngettext(
            "The comment is approved.", "%(count)s comments are approved.", count
        ),
        Standing.HELD: ngettext(
            "The comment is held back.", "%(count)s comments are held back.", count
        ),
        Standing.SPAM: ngettext("The comment is spam.", "%(count)s comments are spam.", count),
        Standing.TRASH: ngettext(
            "The comment is in the trash.", "%(count)s comments are in the trash.", count
        ),
    }
    return sentences[standing] % {"count": count}
