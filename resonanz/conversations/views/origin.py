"""Looking where it was said, and making a post from there known to our server."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from resonanz.conversations.access import get_conversation, get_post
from resonanz.conversations.origin import Asked, CannotFetch, fetch_to_answer, look_for_the_rest
from resonanz.workspaces.access import MemberRequest, arrangers_only, preparers_only


@require_POST
@arrangers_only
def whole(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for all of a conversation: where it was said, else our own servers."""
    conversation = get_conversation(request.member, pk)
    asked = look_for_the_rest(conversation=conversation)
    if asked is Asked.NOBODY:
        messages.warning(
            request,
            _("No connected account can read this conversation whole. Look where it was said."),
        )
    elif asked is Asked.LATELY:
        messages.info(request, _("It was asked for within the last hour; once is enough."))
    else:
        messages.info(request, _("The conversation is being read whole. This takes a moment."))
    return redirect("conversations-thread", pk=pk)


@require_POST
@preparers_only
def fetch(request: MemberRequest, pk: int) -> HttpResponse:
    """Let our server find a post that was read elsewhere, so that it can be answered."""
    post = get_post(request.member, pk)
    try:
        fetch_to_answer(post=post)
    except CannotFetch:
        messages.warning(
            request, _("None of our accounts can answer this. Answer where it stands.")
        )
    else:
        messages.info(request, _("Our server is looking for it. This takes a moment."))
    thread = reverse("conversations-thread", args=[post.conversation_id])
    return redirect(f"{thread}?post={post.pk}#post-{post.pk}")
