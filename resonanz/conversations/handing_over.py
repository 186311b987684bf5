"""What becomes of a member's conversations when she leaves."""

from resonanz.conversations.models import Conversation, Rule
from resonanz.conversations.moves import MOST_AT_ONCE, assign
from resonanz.workspaces.places import Leaving


def hand_over(leaving: Leaving) -> int:
    """Give what is open and hers to the successor, or back to everybody; switch her rules off.

    What is done and rests nowhere keeps her: it says who did it. Gives how many were given.
    """
    mine = Conversation.objects.filter(
        workspace=leaving.member.workspace_id, assignee=leaving.member
    )
    finished = mine.filter(turn=Conversation.Turn.DONE, is_snoozed=False).values("pk")
    given = 0
    while rows := list(mine.exclude(pk__in=finished).order_by("pk")[:MOST_AT_ONCE]):
        given += assign(conversations=rows, to=leaving.successor, by=leaving.by).count
    Rule.objects.filter(assignee=leaving.member, is_on=True).update(is_on=False)
    return given
