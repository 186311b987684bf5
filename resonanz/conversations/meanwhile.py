"""Before an answer goes out: whether a colleague has answered meanwhile, or is writing now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resonanz.conversations.models import Post
from resonanz.conversations.presence import colleague_writing
from resonanz.outbox.models import Delivery, OnItsWay
from resonanz.plumbing.moments import in_words
from resonanz.workspaces.models import Member

# Fields of the form: what the page shows of our answers, and that its question was seen.
SHOWN_UNTIL, ASKED = "answers_shown_until", "asked_for_colleagues"
# A page from the future has a wrong clock or is made up; it has seen what there is.
AHEAD = timedelta(minutes=5)


@dataclass(frozen=True)
class Meanwhile:
    """What a colleague did while an answer was written; `url` is where one can look first."""

    sentence: str
    url: str = ""


def shown_until(told: Mapping[str, str]) -> datetime | None:
    """Until when the page that sends this shows our answers; None where it does not say."""
    try:
        found = parse_datetime(told.get(SHOWN_UNTIL, ""))
    except ValueError:
        return None
    if found is None or found.tzinfo is None:
        return None
    return min(found, timezone.now() + AHEAD)


def meanwhile(post: Post, member: Member, told: Mapping[str, str]) -> Meanwhile | None:
    """What should be looked at before an answer to this post goes out; None for nothing.

    An answer of ours that the page does not show is always asked about. That a colleague has
    written within two minutes is asked about once.
    """
    since = shown_until(told)
    if since is not None:
        found = _answer_on_its_way(post, member, since) or _answer_there(post, since)
        if found is not None:
            return found
    if ASKED in told:
        return None
    colleague = colleague_writing(conversation_id=post.conversation_id, member=member)
    if colleague is None:
        return None
    name = colleague.member.name
    return Meanwhile(
        _("%(name)s has been writing here within the last two minutes.") % {"name": name}
    )


def _answer_on_its_way(post: Post, member: Member, since: datetime) -> Meanwhile | None:
    """A colleague's answer to the same post that was approved since."""
    states = [*OnItsWay.State.still_to_do(), OnItsWay.State.SENT.value]
    found = (
        Delivery.objects.filter(
            publication__workspace=post.workspace_id,
            publication__answering_uid=post.uid,
            publication__approved_at__gt=since,
            state__in=states,
        )
        .exclude(publication__voice__member=member)
        .select_related("publication__voice")
    )
    delivery = found.order_by("-publication__approved_at", "-pk").first()
    if delivery is None:
        return None
    there = Post.objects.filter(delivery=delivery).first()
    anchor = f"#post-{there.pk}" if there else f"#way-{delivery.pk}"
    publication = delivery.publication
    return _answered(post, publication.voice.name, publication.approved_at, anchor)


def _answer_there(post: Post, since: datetime) -> Meanwhile | None:
    """An answer with one of our accounts that came in since, from wherever it was written."""
    ours = Post.objects.still_there().filter(answers=post, is_ours=True, received_at__gt=since)
    elsewhere = ours.filter(delivery=None).select_related("identity")
    answer = elsewhere.order_by("-received_at").first()
    if answer is None:
        return None
    name = answer.identity.name or answer.identity.handle
    return _answered(post, name, answer.said_at, f"#post-{answer.pk}")


def _answered(post: Post, name: str, moment: datetime, anchor: str) -> Meanwhile:
    language = get_language() or "en"
    when = in_words(timezone.localtime(moment), timezone.localtime(), language)
    return Meanwhile(
        _("%(name)s has answered this meanwhile: %(when)s.") % {"name": name, "when": when},
        reverse("conversations-thread", args=[post.conversation_id]) + anchor,
    )
