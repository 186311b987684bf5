"""What a post said before."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from resonanz.conversations.access import get_visible_post
from resonanz.conversations.shown import why_folded
from resonanz.conversations.versions import changes_of
from resonanz.plumbing.content_warnings import warning_words
from resonanz.workspaces.access import MemberRequest, guests_too


@require_GET
@guests_too
def versions(request: MemberRequest, pk: int) -> HttpResponse:
    """Every change of a post, the latest first, word by word."""
    post = get_visible_post(request.member, pk)
    thread = reverse("conversations-thread", args=[post.conversation_id])
    context = {
        "name": post.identity.name or post.identity.handle,
        "language": post.language,
        "versions": changes_of(post),
        "folded": why_folded(post, request.member.workspace.hider) or warning_words(post.warning),
        "back_url": f"{thread}?post={post.pk}#post-{post.pk}",
    }
    return render(request, "conversations/versions.html", context)
