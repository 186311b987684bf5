"""What becomes more than an answer: an article of our own, or a word that quotes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from resonanz.conversations.access import get_post
from resonanz.conversations.actions import answer_with_article, quote_post
from resonanz.conversations.models import Post
from resonanz.conversations.offers import channel_to_quote
from resonanz.conversations.shown import WIDE
from resonanz.conversations.views.ways_back import way_back
from resonanz.outbox.sending import article_channels
from resonanz.workspaces.access import MemberRequest, preparers_only
from resonanz.workspaces.queries import voices_to_write_for


@require_POST
@preparers_only
def article(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin an article of our own that answers a post, or go on with the one that is begun."""
    post = get_post(request.member, pk)
    channel = next(iter(article_channels(request.member.workspace)), None)
    if post.audience not in WIDE:
        return _not_so(
            request, post, _("This was not said to everybody, so no article answers it.")
        )
    if channel is None:
        return _not_so(request, post, _("None of our accounts can publish an article."))
    voice = next(iter(voices_to_write_for(request.member)), None)
    draft = answer_with_article(post=post, member=request.member, voice=voice, channel=channel)
    return redirect("outbox-draft", pk=draft.pk)


@require_POST
@preparers_only
def quote(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a word of our own that quotes a post, or go on with the one that is begun."""
    post = get_post(request.member, pk)
    channel = channel_to_quote(post, list(post.sightings.select_related("channel").order_by("pk")))
    if channel is None:
        return _not_so(request, post, _("This cannot be quoted, so nothing was begun."))
    voice = next(iter(voices_to_write_for(request.member)), None)
    draft = quote_post(post=post, member=request.member, voice=voice, channel=channel)
    return redirect("outbox-draft", pk=draft.pk)


def _not_so(request: MemberRequest, post: Post, sentence: str) -> HttpResponse:
    messages.warning(request, sentence)
    thread = reverse("conversations-thread", args=[post.conversation_id])
    return way_back(request, f"{thread}?post={post.pk}#post-{post.pk}")
