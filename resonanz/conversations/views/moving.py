"""Moving conversations about: one from its page, or many that were ticked in the list."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from resonanz.conversations import moves
from resonanz.conversations.access import (
    get_batch,
    get_colleague,
    get_conversation,
    get_conversations,
)
from resonanz.conversations.models import Conversation
from resonanz.conversations.sentences import day_and_time
from resonanz.conversations.times import NoSuchTime, read_time
from resonanz.conversations.views.ways_back import way_back
from resonanz.plumbing.row_ids import row_id
from resonanz.plumbing.undo import say_with_undo
from resonanz.workspaces.access import MemberRequest, arrangers_only


@dataclass(frozen=True)
class Done:
    """What a click did, and the sentence that says so, with the count of conversations in it."""

    moved: moves.Moved
    sentence: str


Talks = Collection[Conversation]


@require_POST
@arrangers_only
def move_one(request: MemberRequest, pk: int) -> HttpResponse:
    """Give away, put aside, call done or take up again one conversation."""
    conversation = get_conversation(request.member, pk)
    return _carry_out(request, [conversation], reverse("conversations-thread", args=[pk]))


@require_POST
@arrangers_only
def move_many(request: MemberRequest) -> HttpResponse:
    """The same with all that were ticked, at most two hundred at once."""
    ticked = [row_id(told) for told in request.POST.getlist("pk")]
    talks = get_conversations(request.member, ticked[: moves.MOST_AT_ONCE])
    if not talks:
        messages.info(request, _("Nothing was ticked, so nothing was changed."))
        return way_back(request, reverse("conversations"))
    return _carry_out(request, talks, reverse("conversations"))


@require_POST
@arrangers_only
def undo(request: MemberRequest, batch: UUID) -> HttpResponse:
    """Take one click back, wherever nobody has moved the conversation since."""
    undone = moves.undo(batch=get_batch(request.member, batch), member=request.member)
    if undone.count:
        messages.success(request, _("It is as it was before."))
    if undone.left:
        sentence = ngettext(
            "%(count)s conversation was moved by somebody meanwhile and stays as it is now.",
            "%(count)s conversations were moved by somebody meanwhile and stay as they are now.",
            undone.left,
        )
        messages.warning(request, sentence % {"count": undone.left})
    if not undone.count and not undone.left:
        messages.info(request, _("This has been taken back already."))
    return way_back(request, reverse("conversations"))


def _carry_out(request: MemberRequest, talks: Talks, otherwise: str) -> HttpResponse:
    verb, _sign, how = request.POST.get("do", "").partition(":")
    if verb not in VERBS:
        raise Http404
    try:
        done = VERBS[verb](request, talks, how)
    except NoSuchTime:
        messages.error(request, _("Choose a day that is still to come, within three years."))
        return way_back(request, otherwise)
    if not done.moved.count:
        messages.info(request, _("It was like this already, so nothing was changed."))
        return way_back(request, otherwise)
    say_with_undo(
        request,
        done.sentence,
        label=_("Take it back"),
        url=reverse("conversations-undo", args=[done.moved.batch]),
        next=way_back(request, otherwise)["Location"],
    )
    return way_back(request, otherwise)


def _call_done(request: MemberRequest, talks: Talks, _how: str) -> Done:
    moved = moves.call_done(conversations=talks, by=request.member)
    sentence = ngettext(
        "Done, until somebody speaks again.",
        "%(count)s conversations are done, until somebody speaks again.",
        moved.count,
    )
    return Done(moved, sentence % {"count": moved.count})


def _leave_to_them(request: MemberRequest, talks: Talks, _how: str) -> Done:
    moved = moves.leave_to_them(conversations=talks, by=request.member)
    sentence = ngettext(
        "It is their turn now.", "In %(count)s conversations it is their turn now.", moved.count
    )
    return Done(moved, sentence % {"count": moved.count})


def _reopen(request: MemberRequest, talks: Talks, _how: str) -> Done:
    moved = moves.reopen(conversations=talks, by=request.member)
    sentence = ngettext(
        "It is our turn again.", "In %(count)s conversations it is our turn again.", moved.count
    )
    return Done(moved, sentence % {"count": moved.count})


def _wake(request: MemberRequest, talks: Talks, _how: str) -> Done:
    moved = moves.wake(conversations=talks, by=request.member)
    sentence = ngettext(
        "It is back in the list.", "%(count)s conversations are back in the list.", moved.count
    )
    return Done(moved, sentence % {"count": moved.count})


def _give(request: MemberRequest, talks: Talks, how: str) -> Done:
    """To whom the select says; "me" and "nobody" have buttons of their own."""
    told = how or request.POST.get("to", "")
    if told == "nobody":
        return _give_back(request, talks)
    to = request.member if told == "me" else get_colleague(request.member, told)
    moved = moves.assign(conversations=talks, to=to, by=request.member)
    if to == request.member:
        sentence = ngettext(
            "You look after it now.", "You look after %(count)s conversations now.", moved.count
        )
    else:
        sentence = ngettext(
            "%(name)s looks after it now.",
            "%(name)s looks after %(count)s conversations now.",
            moved.count,
        )
    return Done(moved, sentence % {"count": moved.count, "name": to.name})


def _give_back(request: MemberRequest, talks: Talks) -> Done:
    moved = moves.assign(conversations=talks, to=None, by=request.member)
    sentence = ngettext(
        "It belongs to everybody again.",
        "%(count)s conversations belong to everybody again.",
        moved.count,
    )
    return Done(moved, sentence % {"count": moved.count})


def _put_aside(request: MemberRequest, talks: Talks, how: str) -> Done:
    until = read_time(how, request.POST.get("day", ""), request.member)
    moved = moves.snooze(conversations=talks, until=until, by=request.member)
    if until is None:
        sentence = ngettext(
            "Put aside until they write.",
            "%(count)s conversations are put aside until they write.",
            moved.count,
        )
        return Done(moved, sentence % {"count": moved.count})
    sentence = ngettext(
        "Put aside until %(time)s, or until they write.",
        "%(count)s conversations are put aside until %(time)s, or until they write.",
        moved.count,
    )
    return Done(moved, sentence % {"count": moved.count, "time": day_and_time(until)})


VERBS: dict[str, Callable[[MemberRequest, Talks, str], Done]] = {
    "done": _call_done,
    "theirs": _leave_to_them,
    "ours": _reopen,
    "wake": _wake,
    "give": _give,
    "aside": _put_aside,
}
