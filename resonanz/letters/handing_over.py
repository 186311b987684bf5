"""What becomes of a member's letters when she leaves."""

from resonanz.letters.models import Letter, PushSubscription
from resonanz.workspaces.places import Leaving


def hand_over(leaving: Leaving) -> int:
    """Nothing is told to her any more: her browsers are forgotten, and what waits is dropped."""
    PushSubscription.objects.filter(member=leaving.member).delete()
    Letter.objects.filter(member=leaving.member, state=Letter.State.WAITING).update(
        state=Letter.State.DROPPED
    )
    return 0
