"""What becomes of a member's drafts when she leaves."""

from django.utils import timezone

from resonanz.outbox.models import Draft
from resonanz.workspaces.places import Leaving
from resonanz.workspaces.queries import voices_of


def hand_over(leaving: Leaving) -> int:
    """Give open drafts to the successor, in whose own voice they go on; or leave them open here.

    A draft that waits for a second person is given back first; one that waits for her is for
    whoever else may agree. Where the successor writes an answer to the same post already, the
    old draft stays beside it. Gives how many drafts were given.
    """
    member = leaving.member
    Draft.objects.filter(state=Draft.State.REVIEW, reviewer=member).update(reviewer=None)
    _give_back(member.pk)
    if leaving.successor is None:
        Draft.objects.open().filter(voice__member=member).update(voice=None)
        return 0
    voice = next(iter(voices_of(leaving.successor)), None)
    taken = Draft.objects.open().filter(author=leaving.successor).exclude(answering_uid="")
    mine = Draft.objects.open().filter(author=member)
    mine.filter(voice__member=member).update(voice=voice)
    free = mine.exclude(answering_uid__in=list(taken.values_list("answering_uid", flat=True)))
    return free.update(author=leaving.successor)


def _give_back(member_pk: int) -> None:
    """Drafts of hers in review are open again; where she has an open one beside it, it waits."""
    waiting = Draft.objects.filter(state=Draft.State.REVIEW, author=member_pk)
    double = Draft.objects.open().filter(author=member_pk).exclude(answering_uid="")
    waiting.exclude(answering_uid__in=list(double.values_list("answering_uid", flat=True))).update(
        state=Draft.State.OPEN, asked_at=None, updated_at=timezone.now()
    )
