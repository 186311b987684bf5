"""The small acts of a talk: sharing, liking, following, whose turn it is, promises, looking on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from resonanz.channels.models import Channel
from resonanz.conversations.access import (
    get_conversation,
    get_identity,
    get_post,
    get_promise,
)
from resonanz.conversations.actions import (
    NobodyCanAnswer,
    follow_author,
    keep_promise,
    make_promise,
    react_to_post,
    unfollow_author,
    unreact_to_post,
)
from resonanz.conversations.forms import PromiseForm
from resonanz.conversations.models import Post
from resonanz.conversations.shown import WIDE
from resonanz.conversations.views.thread import thread_page
from resonanz.conversations.views.ways_back import way_back
from resonanz.people.models import Identity
from resonanz.people.wishes import why_not_written_to
from resonanz.plumbing.row_ids import row_id
from resonanz.plumbing.undo import say_with_undo
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import ReactionKind
from resonanz.workspaces.access import MemberRequest, arrangers_only, speakers_only
from resonanz.workspaces.models import Voice
from resonanz.workspaces.queries import voices_of

ABILITY = {
    ReactionKind.BOOST: Can.BOOST,
    ReactionKind.FAVOURITE: Can.FAVOURITE,
    ReactionKind.FOLLOW: Can.FOLLOW,
}


@require_POST
@speakers_only
def react(request: MemberRequest, pk: int) -> HttpResponse:
    """Share or like a post. What was not said to everybody is never shared."""
    post = get_post(request.member, pk)
    kind = _kind(request.POST.get("kind", ""))
    if kind is ReactionKind.BOOST and post.audience not in WIDE:
        messages.error(request, _("This was not said to everybody, so it is not passed on."))
        return _back(request, post)
    voice, channel = _voice(request), _channel(request, kind)
    if "undo" in request.POST:
        unreact_to_post(post=post, channel=channel, kind=kind)
        messages.success(request, _("It is being taken back."))
        return _back(request, post)
    if voice is None:
        messages.error(request, _("You have no voice of your own here, so nothing was done."))
        return _back(request, post)
    try:
        react_to_post(post=post, voice=voice, channel=channel, kind=kind)
    except NobodyCanAnswer:
        unknown = _("This account does not know the post, so nothing was done.")
        messages.error(request, why_not_written_to(post.identity) or unknown)
        return _back(request, post)
    shared = kind is ReactionKind.BOOST
    messages.success(request, _("It is being shared.") if shared else _("It is being liked."))
    return _back(request, post)


@require_POST
@speakers_only
def follow(request: MemberRequest, pk: int) -> HttpResponse:
    """Follow somebody with one of our accounts."""
    identity = get_identity(request.member, pk)
    voice, channel = _voice(request), _channel(request, ReactionKind.FOLLOW)
    otherwise = reverse("people-person", args=[identity.person_id])
    if "undo" in request.POST:
        unfollow_author(identity=identity, channel=channel, voice=voice)
        messages.success(request, _("It is being taken back."))
        return way_back(request, otherwise)
    if voice is None:
        messages.error(request, _("You have no voice of your own here, so nothing was done."))
        return way_back(request, otherwise)
    try:
        follow_author(identity=identity, voice=voice, channel=channel)
    except NobodyCanAnswer:
        unknown = _("This account does not know them, so nothing was done.")
        messages.error(request, why_not_written_to(identity) or unknown)
    else:
        messages.success(request, _followed(identity))
    return way_back(request, otherwise)


def _followed(identity: Identity) -> str:
    told = {"name": identity.name or identity.handle}
    if identity.is_locked:
        return _("%(name)s is being asked whether we may follow.") % told
    return _("We are following %(name)s now.") % told


def _kind(told: str) -> ReactionKind:
    kinds = {kind.value: kind for kind in (ReactionKind.BOOST, ReactionKind.FAVOURITE)}
    if told not in kinds:
        raise Http404
    return kinds[told]


def _voice(request: MemberRequest) -> Voice | None:
    return next(iter(voices_of(request.member)), None)


def _channel(request: MemberRequest, kind: ReactionKind) -> Channel:
    """The account that was chosen; one that cannot do this is as good as none."""
    told = request.POST.get("channel", "")
    found = get_object_or_404(Channel, workspace=request.member.workspace, pk=row_id(told))
    if ABILITY[kind] not in found.abilities:
        raise Http404
    return found


@require_POST
@speakers_only
def promise(request: MemberRequest, pk: int) -> HttpResponse:
    """Write down what we promised here."""
    conversation = get_conversation(request.member, pk)
    form, voice = PromiseForm(request.POST), _voice(request)
    if not form.is_valid() or voice is None:
        return thread_page(request, conversation, promise_form=form)
    make_promise(conversation=conversation, voice=voice, **form.cleaned_data)
    messages.success(request, _("The promise is written down."))
    return redirect(reverse("conversations-thread", args=[pk]) + "#promises")


@require_POST
@arrangers_only
def promise_kept(request: MemberRequest, pk: int) -> HttpResponse:
    """A promise was kept, or was not kept after all."""
    found = get_promise(request.member, pk)
    is_kept = request.POST.get("kept", "yes") == "yes"
    keep_promise(promise=found, is_kept=is_kept)
    if is_kept:
        say_with_undo(
            request,
            _("The promise is kept."),
            label=_("Take it back"),
            url=reverse("conversations-promise-kept", args=[pk]),
            kept="no",
        )
    return way_back(request, reverse("conversations-thread", args=[found.conversation_id]))


def _back(request: MemberRequest, post: Post) -> HttpResponse:
    thread = reverse("conversations-thread", args=[post.conversation_id])
    return way_back(request, f"{thread}?post={post.pk}#post-{post.pk}")
