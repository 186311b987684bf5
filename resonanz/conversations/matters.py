"""Every write about matters: what people told us and a colleague looks after until it is settled.

Each of these can be done twice without harm, and taken back.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from resonanz.conversations.changes import mark_changed
from resonanz.conversations.models import Conversation, Matter, MatterLink, MatterStep, Post
from resonanz.outbox.models import Delivery
from resonanz.workspaces.models import Member
from resonanz.workspaces.places import Leaving

Verb = MatterStep.Verb
TITLE_CHARACTERS = 200
# The same words again within this time were sent twice.
SENT_TWICE = timedelta(minutes=1)


@transaction.atomic
def open_matter(
    *, conversation: Conversation, title: str, kind: str, colleague: Member | None, by: Member
) -> MatterLink:
    """Begin a matter that somebody in a conversation spoke of.

    Where there is an open one of the same title and kind, the conversation is linked to that.
    """
    title = title.strip()[:TITLE_CHARACTERS]
    open_ones = Matter.objects.open().filter(workspace=conversation.workspace_id)
    matter = open_ones.filter(title=title, kind=kind).order_by("pk").first()
    if matter is None:
        matter = Matter.objects.create(
            workspace_id=conversation.workspace_id,
            title=title,
            kind=kind,
            colleague=colleague,
            created_by=by,
        )
        _step(matter, Verb.OPENED, by)
        if colleague is not None and colleague != by:
            _step(matter, Verb.GIVEN, by, colleague.name)
    return link_matter(matter=matter, conversation=conversation, by=by)


@transaction.atomic
def link_matter(*, matter: Matter, conversation: Conversation, by: Member) -> MatterLink:
    """Say that people in a conversation spoke of a matter."""
    link, is_new = MatterLink.objects.get_or_create(
        matter=matter, conversation=conversation, defaults={"linked_by": by}
    )
    if is_new:
        mark_changed(conversation.pk)
    return link


@transaction.atomic
def unlink_matter(*, matter: Matter, conversation: Conversation) -> bool:
    """Say that it was not that matter after all. Gives whether anything changed."""
    gone, _ = MatterLink.objects.filter(matter=matter, conversation=conversation).delete()
    if gone:
        mark_changed(conversation.pk)
    return bool(gone)


@transaction.atomic
def change_matter(
    *, matter: Matter, title: str, kind: str, colleague: Member | None, by: Member
) -> Matter:
    """Give a matter another name, another field, or to somebody else."""
    found = _locked(matter)
    is_given = found.colleague_id != (colleague.pk if colleague else None)
    found.title, found.kind, found.colleague = title.strip()[:TITLE_CHARACTERS], kind, colleague
    found.save(update_fields=["title", "kind", "colleague"])
    if is_given:
        _step(found, Verb.GIVEN, by, colleague.name if colleague else "")
    _mark_conversations(found)
    return found


@transaction.atomic
def note_on_matter(*, matter: Matter, text: str, by: Member) -> MatterStep:
    """Write down for colleagues how it stands."""
    same = matter.steps.filter(
        verb=Verb.NOTED, member=by, text=text.strip(), at__gte=timezone.now() - SENT_TWICE
    )
    return same.first() or _step(matter, Verb.NOTED, by, text.strip())


@transaction.atomic
def settle_matter(*, matter: Matter, outcome: str, by: Member) -> Matter:
    """Say what became of a matter. Whoever spoke of it is to be told on Today.

    Settled once more with another outcome, everybody is to be told anew.
    """
    found, outcome = _locked(matter), outcome.strip()
    if found.settled_at is not None and found.outcome == outcome:
        return found
    if found.outcome and found.outcome != outcome:
        found.links.update(told_at=None, told_by=None)
    found.outcome, found.settled_at = outcome, timezone.now()
    found.save(update_fields=["outcome", "settled_at"])
    _step(found, Verb.SETTLED, by, outcome)
    _mark_conversations(found)
    return found


@transaction.atomic
def reopen_matter(*, matter: Matter, by: Member) -> Matter:
    """It is not settled after all; nobody is to be told for now. Its outcome stays as it was."""
    found = _locked(matter)
    if found.settled_at is None:
        return found
    found.settled_at = None
    found.save(update_fields=["settled_at"])
    _step(found, Verb.REOPENED, by)
    _mark_conversations(found)
    return found


@transaction.atomic
def say_told(*, link: MatterLink, by: Member, is_told: bool = True) -> MatterLink:
    """Those in a conversation heard what became of it, elsewhere or here; or did not after all."""
    if is_told is (link.told_at is not None):
        return link
    link.told_at, link.told_by = (timezone.now(), by) if is_told else (None, None)
    link.save(update_fields=["told_at", "told_by"])
    mark_changed(link.conversation_id)
    return link


def told_by_answer(delivery: Delivery) -> None:
    """Whoever answers where people wait to hear what became of it has told them.

    Only with words that were approved after the matter was settled. Runs in the transaction of
    the delivery, once its post is kept.
    """
    post = Post.objects.filter(delivery=delivery).only("conversation_id").first()
    if post is None:
        return
    MatterLink.objects.filter(
        conversation=post.conversation_id,
        told_at=None,
        matter__settled_at__lte=delivery.publication.approved_at,
    ).update(
        told_at=delivery.sent_at or timezone.now(), told_by=delivery.publication.voice.member_id
    )


def hand_over_matters(leaving: Leaving) -> int:
    """Open matters of whoever leaves go to the successor, or to nobody. Gives how many."""
    given = 0
    for matter in Matter.objects.open().filter(colleague=leaving.member):
        matter.colleague = leaving.successor
        matter.save(update_fields=["colleague"])
        _step(matter, Verb.GIVEN, leaving.by, leaving.successor.name if leaving.successor else "")
        given += 1
    return given


def _locked(matter: Matter) -> Matter:
    """The matter as it stands now, until the transaction ends nobody else's to change."""
    return Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)


def _step(matter: Matter, verb: str, by: Member | None, text: str = "") -> MatterStep:
    return MatterStep.objects.create(matter=matter, member=by, verb=verb, text=text)


def _mark_conversations(matter: Matter) -> None:
    mark_changed(*matter.links.values_list("conversation", flat=True))
