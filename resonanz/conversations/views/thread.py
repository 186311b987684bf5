"""A talk as a page: the list beside it, what was said, the box, the person."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from resonanz.channels.models import Channel
from resonanz.conversations.access import get_conversation
from resonanz.conversations.beside import person_beside
from resonanz.conversations.forms import NoteForm, PromiseForm
from resonanz.conversations.listing import BESIDE_A_TALK, Chosen
from resonanz.conversations.models import Conversation, Post, Promise, Sighting
from resonanz.conversations.notes import note_seen
from resonanz.conversations.pulse import Pulse
from resonanz.conversations.queries import (
    deliveries_in_thread,
    drafts_in_thread,
    sightings_of,
    thread_window,
)
from resonanz.conversations.reply import ReplyBox, post_to_answer, reply_box
from resonanz.conversations.rest import rest_of
from resonanz.conversations.rows import network_name, promise_row
from resonanz.conversations.talk import Line, Reader, talk
from resonanz.conversations.together import Together, together
from resonanz.conversations.turns import unanswered
from resonanz.conversations.views.inbox import list_context
from resonanz.outbox.forms import AnswerForm
from resonanz.outbox.models import Delivery, OnItsWay
from resonanz.plumbing.keyset import Mark, read_mark
from resonanz.workspaces.access import MemberRequest, guests_too
from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import voices_to_write_for
from resonanz.workspaces.roles import May, may


@require_GET
@guests_too
def thread(request: MemberRequest, pk: int) -> HttpResponse:
    """A conversation, whole or the part around what matters now."""
    conversation = get_conversation(request.member, pk)
    return thread_page(request, conversation)


def thread_page(
    request: MemberRequest,
    conversation: Conversation,
    *,
    answer: Post | None = None,
    typed: AnswerForm | None = None,
    is_asking: bool = False,
    **more: Any,
) -> HttpResponse:
    """Render a talk; after something could not be sent, with what was `typed` in the box."""
    # What is answered from now on is not on this page.
    more["answers_shown_until"] = timezone.now().isoformat()
    told = talk_context(request, conversation, answer, is_asking=is_asking)
    context = list_context(
        request,
        Chosen.of(request.GET),
        size=BESIDE_A_TALK,
        current=conversation.pk,
        own=told["together"].accounts,
    )
    context |= told
    box = context["box"]
    if typed is not None and box is not None and box.form is not None:
        context["box"] = replace(box, form=typed)
    elif typed is not None:
        more["kept_text"] = typed.data.get("text", "")
    context |= more
    return render(request, "conversations/conversations.html", context)


def talk_context(
    request: MemberRequest,
    conversation: Conversation,
    answer: Post | None = None,
    *,
    is_asking: bool = False,
) -> dict[str, Any]:
    """What the middle and the right pane show."""
    member = request.member
    here, chosen = _opened_for(request, answer)
    posts, earlier = _window(request, conversation, answer.pk if answer else chosen)
    sightings, voices = sightings_of(posts), voices_to_write_for(member)
    ways = deliveries_in_thread(member.workspace, [post.uid for post in posts])
    beside = _together(request, conversation, posts, earlier)
    target = answer or _target(conversation, posts, sightings, chosen)
    box = None
    if target is not None:
        box = reply_box(
            target,
            member=member,
            voices=voices,
            sightings=sightings.get(target.pk, ()),
            drafts=drafts_in_thread(member.workspace, [post.uid for post in posts]),
            ours=_our_uids(beside.accounts, conversation, posts),
            is_thanks="thanks" in request.GET,
            is_asking=is_asking,
            facts=beside.facts,
        )
        here = here or (target.pk if "answer" in request.GET else None)
    shown = {"sightings": sightings, "deliveries": ways, "asides": beside.lines, "here": here}
    return {
        **_facts_of(request, conversation),
        "lines": _lines(member, beside, posts, can_answer=bool(voices), **shown),
        **_of_together(beside, conversation),
        **_of_the_rest(conversation, beside, ways),
        "earlier": earlier,
        "box": box,
        "has_voice": bool(voices),
        "beside": _beside(box, posts),
    }


def _target(
    conversation: Conversation,
    posts: list[Post],
    sightings: dict[int, list[Sighting]],
    chosen: int | None,
) -> Post | None:
    """The post that the box answers: the chosen one, else whoever waits longest."""
    waiting = unanswered(posts, conversation.settled_at)
    found = next((post for post in posts if post.pk == chosen), None)
    return found or post_to_answer(posts, waiting, sightings)


def _lines(
    member: Member, beside: Together, posts: list[Post], *, can_answer: bool, **shown: Any
) -> list[Line]:
    can_act = can_answer and may(member, May.SPEAK)
    reader = _reader(member, beside)
    told = talk(
        posts, can_answer=can_answer, can_act=can_act, member=member, reader=reader, **shown
    )
    return list(told)


def _opened_for(request: MemberRequest, answer: Post | None) -> tuple[int | None, int | None]:
    """The post that the page was opened for, and the one that the box is to answer."""
    here = _number(request.GET.get("post", "")) or (answer.pk if answer else None)
    return here, _number(request.GET.get("answer", "")) or here


def _of_the_rest(
    conversation: Conversation, beside: Together, ways: list[Delivery]
) -> dict[str, Any]:
    """What may be missing, and after which time the page looks again."""
    rest = rest_of(conversation, beside.look)
    return {
        "rest": rest,
        "look_again": _look_again(ways) or ("2s" if rest and rest.is_looking else ""),
    }


def _reader(member: Member, beside: Together) -> Reader:
    """What is hidden from whoever reads, and how much she may do."""
    # The list beside the talk hides the same; asking once is enough.
    member.workspace.hider = beside.hider
    return Reader(
        hider=beside.hider,
        may_read=may(member, May.READ),
        may_speak=may(member, May.SPEAK),
        fetchings=beside.fetchings,
    )


def _together(
    request: MemberRequest, conversation: Conversation, posts: list[Post], earlier: str
) -> Together:
    """What was noted and done in this part; what names the reader is seen now."""
    found = together(
        conversation,
        request.member,
        after=read_mark(earlier),
        upto=_end(conversation, posts),
    )
    if found.is_new:
        note_seen(conversation=conversation, member=request.member)
    return found


def _of_together(found: Together, conversation: Conversation) -> dict[str, Any]:
    return {
        "together": found,
        "promises": _promises(found.promises),
        "matters": found.matters,
        "note_form": NoteForm(colleagues=found.colleagues),
        "note_action": reverse("conversations-notes", args=[conversation.pk]),
    }


def _facts_of(request: MemberRequest, conversation: Conversation) -> dict[str, Any]:
    """What does not depend on the part that is shown."""
    here = request.get_full_path() if request.method == "GET" else ""
    thread_url = reverse("conversations-thread", args=[conversation.pk])
    return {
        "is_part": "upto" in request.GET,
        "here": here,
        "pulse": Pulse.of_talk(conversation, here or thread_url),
        "opened": conversation,
        "promise_form": PromiseForm(),
        "network": network_name(conversation.network),
        "thread_url": thread_url,
    }


def _window(
    request: MemberRequest, conversation: Conversation, wanted: int | None
) -> tuple[list[Post], str]:
    """The newest part, or that up to a mark; moved back when a wanted post lies before it."""
    posts, earlier = thread_window(conversation, read_mark(request.GET.get("upto", "")))
    if wanted is None or not earlier or any(post.pk == wanted for post in posts):
        return posts, earlier
    post = conversation.posts.filter(pk=wanted).first()
    if post is None:
        return posts, earlier
    return thread_window(conversation, Mark(post.said_at, post.pk))


def _end(conversation: Conversation, posts: list[Post]) -> Mark | None:
    """The mark of the last post where the part that is shown is not the newest."""
    if not posts or posts[-1].said_at >= conversation.last_post_at:
        return None
    return Mark(posts[-1].said_at, posts[-1].pk)


def _our_uids(own: list[Channel], conversation: Conversation, posts: list[Post]) -> frozenset[str]:
    """Our own accounts on this network, as the page has them already."""
    connected = {channel.uid for channel in own if channel.network == conversation.network}
    return frozenset(connected | {post.identity.uid for post in posts if post.is_ours})


def _beside(box: ReplyBox | None, posts: list[Post]) -> Any:
    """The person whom the box answers, else whoever spoke last and is not us."""
    theirs = [post for post in posts if not post.is_ours]
    if box is not None and not box.post.is_ours:
        theirs.append(box.post)
    return person_beside(theirs[-1].identity) if theirs else None


def _promises(found: list[Promise]) -> list[Any]:
    """Open ones first, the next one due first."""
    today = timezone.localdate()
    ordered = sorted(found, key=lambda one: (one.kept_at is not None, one.due_on, one.pk))
    return [promise_row(promise, today=today) for promise in ordered]


def _look_again(ways: list[Delivery]) -> str:
    """After which time the page looks what became of what is on its way ("" for never)."""
    moving = [way for way in ways if way.state in OnItsWay.State.still_to_do()]
    if not moving:
        return ""
    return "2s" if any(way.attempts <= 1 for way in moving) else "20s"


def _number(told: str) -> int | None:
    return int(told) if told.isdecimal() and len(told) < 19 else None
