"""The neighbourhood: one page of it, and what can be done with what is said there."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from resonanz.conversations.actions import NobodyCanAnswer, answer_post, react_to_post
from resonanz.conversations.pulse import Pulse
from resonanz.people.wishes import before_writing, why_not_written_to
from resonanz.plumbing.keyset import Mark, read_mark
from resonanz.relationships.access import get_identity, get_post
from resonanz.relationships.actions import NoWayThere, begin_word_to, note_walk
from resonanz.relationships.neighbourhood import Place, Walked, Who, networks_of, walk
from resonanz.relationships.queries import Ear, channel_for_gesture, ears, seen_until_of
from resonanz.relationships.wording import gesture_label, gesture_word
from resonanz.switchboard.shapes import ReactionKind
from resonanz.workspaces.access import MemberRequest, members_only, preparers_only, speakers_only
from resonanz.workspaces.queries import voices_of, voices_to_write_for


@dataclass(frozen=True)
class Step:
    """What an address says about a walk: whose words, where on the way, begun when."""

    who: Who
    place: Place
    begun: Mark

    @classmethod
    def of(cls, request: MemberRequest) -> "Step":
        """Read the address; whatever makes no sense there is left out."""
        told = request.GET
        skip = told.get("skip", "")
        return cls(
            who=next((who for who in Who if who.value == told.get("who")), Who.ALL),
            place=Place(
                top=read_mark(told.get("top", "")),
                skip=int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 4 else 0,
            ),
            begun=read_mark(told.get("begun", "")) or Mark(timezone.now(), 0),
        )

    def address(self, who: Who, place: Place | None = None) -> str:
        """The address of another step of the same walk, or of a new one for somebody else."""
        words = {"who": who.value} if who is not Who.ALL else {}
        if place is not None:
            words |= {"skip": str(place.skip), "begun": str(self.begun)}
            words |= {"top": str(place.top)} if place.top else {}
        address = reverse("neighbourhood")
        return f"{address}?{urlencode(words)}" if words else address


@require_GET
@members_only
def neighbourhood(request: MemberRequest) -> HttpResponse:
    """What the people we follow and the blogs we read are saying, by person."""
    member, step = request.member, Step.of(request)
    heard = ears(member.workspace)
    seen_until = seen_until_of(member)
    walked = walk(member, heard, who=step.who, place=step.place, seen_until=seen_until)
    return render(
        request,
        "relationships/neighbourhood.html",
        {
            "walked": walked,
            "pulse": Pulse(reverse("neighbourhood-pulse"), reverse("neighbourhood"), ""),
            "has_channels": bool(heard),
            "is_begin": step.place == Place(),
            "segments": _segments(step, heard),
            "begun": str(step.begun),
            "seen_until": seen_until,
            "further_url": _further(step, walked),
        },
    )


def _further(step: Step, walked: Walked) -> str:
    return step.address(step.who, walked.further) if walked.further else ""


def _segments(step: Step, heard: list[Ear]) -> list[dict[str, object]]:
    """A choice between people and blogs, where there are both."""
    labels = {Who.ALL: _("Everybody"), Who.PEOPLE: _("People"), Who.BLOGS: _("Blogs")}
    if not all(networks_of(heard, who) for who in Who):
        return []
    return [
        {"label": label, "url": step.address(who), "current": who is step.who}
        for who, label in labels.items()
    ]


@require_POST
@members_only
def note_walked(request: MemberRequest) -> HttpResponse:
    """She has been round: what had arrived when she began is seen."""
    begun = read_mark(request.POST.get("begun", ""))
    if begun is not None:
        note_walk(member=request.member, seen_until=begun.moment)
    return redirect("neighbourhood")


@require_POST
@preparers_only
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin an answer or a thank-you, and go where it is written."""
    post = get_post(request.member, pk)
    voice = next(iter(voices_to_write_for(request.member)), None)
    try:
        answer_post(
            post=post,
            member=request.member,
            voice=voice,
            is_thanks=request.POST.get("thanks") == "1",
        )
    except NobodyCanAnswer:
        messages.error(
            request,
            _("No connected channel can answer there. You can answer where it was said."),
        )
        return redirect("neighbourhood")
    return redirect(reverse("conversations-thread", args=[post.conversation_id]) + "#reply")


@require_POST
@speakers_only
def react(request: MemberRequest, pk: int, kind: ReactionKind) -> HttpResponse:
    """Share or like something somebody said; doing it twice changes nothing."""
    post = get_post(request.member, pk)
    voice = next(iter(voices_of(request.member)), None)
    channel = channel_for_gesture(post, kind)
    if voice is None or channel is None:
        messages.error(request, _("This cannot be done with a channel that is connected now."))
        return redirect("neighbourhood")
    made = react_to_post(post=post, voice=voice, channel=channel, kind=kind)
    if request.htmx:
        return render(
            request,
            "plumbing/pieces/act.html",
            {
                "action": request.path,
                "icon": gesture_word(kind),
                "label": gesture_label(kind, ""),
                "done_label": gesture_label(kind, made.state),
                "is_done": True,
            },
        )
    messages.success(request, gesture_label(kind, made.state))
    return redirect("neighbourhood")


@require_POST
@preparers_only
def first_word(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a word of our own to somebody, and go where it is written."""
    identity = get_identity(request.member, pk)
    voice = next(iter(voices_to_write_for(request.member)), None)
    try:
        draft = begin_word_to(identity=identity, member=request.member, voice=voice)
    except NoWayThere:
        no_way = _(
            "No connected channel reaches %(name)s. Connect an account on the same network."
        ) % {"name": identity.person.name}
        messages.error(request, why_not_written_to(identity) or no_way)
        return redirect("neighbourhood")
    for sentence in before_writing(identity):
        messages.info(request, sentence)
    return redirect("outbox-draft", draft.pk)
