"""What open pages ask every few seconds. 204: nothing is new."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from resonanz.conversations.models import Conversation
from resonanz.conversations.pulse import (
    KNOWN,
    Known,
    KnownTalk,
    News,
    news_of_inbox,
    news_of_talk,
    with_people,
)
from resonanz.workspaces.access import MemberRequest, guests_too


@require_GET
@guests_too
def inbox(request: MemberRequest) -> HttpResponse:
    """What changed in the inbox since the page was made."""
    news = news_of_inbox(request.member, Known.read(request.GET.get("known", "")))
    if news.is_nothing:
        return HttpResponse(status=204, headers={KNOWN: str(news.known)})
    return JsonResponse(_told(news))


@require_POST
@guests_too
def talk(request: MemberRequest, pk: int) -> HttpResponse:
    """What changed in a talk and beside it. A POST: it notes that its reader is here.

    `writing` is 1 when she has typed since the last time.
    """
    member, told = request.member, request.POST
    found = get_object_or_404(with_people(Conversation.objects.visible_to(member)), pk=pk)
    talk_known = KnownTalk.read(told.get("talk", ""))
    news = news_of_talk(found, member, talk_known, is_writing=told.get("writing") == "1")
    known = Known.read(told.get("known", ""))
    others = news_of_inbox(member, known, alarms=getattr(found, "alarm_count", None), besides=pk)
    if others.is_nothing and not news.is_changed and not news.is_people_new:
        return HttpResponse(status=204, headers={KNOWN: str(others.known)})
    more = {"talk": str(news.known), "is_talk_new": news.is_changed, "people": news.people}
    return JsonResponse(_told(others) | more)


def _told(news: News) -> dict[str, Any]:
    return {
        "known": str(news.known),
        "sentence": news.sentence,
        "is_rail_new": news.is_rail_new,
    }
