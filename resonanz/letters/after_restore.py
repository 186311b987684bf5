"""After a restore: letters that waited may have been posted since, and nobody can look for them."""

from datetime import datetime

from resonanz.clockwork.restoring import RESTORED
from resonanz.letters.models import Letter


def drop_what_may_have_been_posted(_taken_at: datetime) -> None:
    """Post none of them again: what matters stands on Status, an invitation can be sent anew."""
    Letter.objects.filter(state=Letter.State.WAITING).update(state=Letter.State.DROPPED)


def register() -> None:
    """Be asked after a restore."""
    RESTORED.add(30, drop_what_may_have_been_posted)
