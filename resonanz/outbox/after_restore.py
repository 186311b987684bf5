"""After a restore: what waited when the backup was taken may have gone out since.

`docs/decisions/0013-a-restore-looks-first.md` says why it is so.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from resonanz.clockwork.restoring import RESTORED
from resonanz.outbox.models import Amendment, Delivery, OnItsWay, Shielding
from resonanz.plumbing.wording import N_
from resonanz.workspaces.actions import raise_alarm

# A network is looked through for a few hundred posts of ours; a team writes fewer in a week.
LOOKED_FOR_WITHIN = timedelta(days=7)
CODE = "restored"
LOOK_YOURSELF = N_(
    "A backup was brought back, and this may have gone out before. Look whether it stands there;"
    " try it again only if it does not."
)


def hold_what_may_have_gone_out(taken_at: datetime) -> None:
    """See to it that nothing which went out after the backup goes out once more.

    Deliveries are looked for first. Where looking cannot be trusted (a backup older than a week)
    or is not possible (an edit, after which there may have been another; a report to a server),
    a human decides. What changes nothing when it is done twice (gestures, mutes, blocks,
    deletions) goes on by itself.
    """
    to_do = {"state__in": OnItsWay.State.still_to_do()}
    deliveries = Delivery.objects.filter(**to_do)
    deliveries.update(first_tried_at=Coalesce(F("first_tried_at"), taken_at), trouble_code=CODE)
    if timezone.now() - taken_at > LOOKED_FOR_WITHIN:
        _ask_a_human(deliveries)
    else:
        deliveries.update(state=OnItsWay.State.UNSURE)
    _ask_a_human(Amendment.objects.filter(kind=Amendment.Kind.EDIT, **to_do))
    _ask_a_human(Shielding.objects.filter(kind=Shielding.Kind.REPORT, **to_do))


def _ask_a_human(rows: Any) -> None:
    """Stop these rows, each with its alarm: “try again” and “take back” are a human's to press."""
    for row in rows.select_related("channel__workspace"):
        raise_alarm(
            workspace=row.channel.workspace,
            matter=row.matter,
            code="not_sent",
            subject=row.channel.handle,
            detail=LOOK_YOURSELF,
        )
    rows.update(state=OnItsWay.State.REFUSED, trouble_code=CODE, trouble_reason=str(LOOK_YOURSELF))


def register() -> None:
    """Be asked after a restore."""
    RESTORED.add(20, hold_what_may_have_gone_out)
