"""What this room does at the places of the rooms below: its sections of Today."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.channels.actions import REMOVED
from resonanz.outbox import errands, privacy
from resonanz.outbox.handing_over import hand_over
from resonanz.outbox.models import Delivery, Gesture, Shielding
from resonanz.outbox.places import Answered
from resonanz.outbox.queries import (
    answered_by_uid,
    drafts_of,
    drafts_to_agree,
    stuck_deliveries,
    stuck_gestures,
    stuck_shieldings,
)
from resonanz.outbox.returning import keep_unsent
from resonanz.outbox.rows import WayRow, draft_row, gesture_row, shielding_row, way_row
from resonanz.workspaces.models import Member
from resonanz.workspaces.places import LEAVING, TODAY, Section

SHOWN = 5


def our_drafts(member: Member) -> Section:
    """What the member began to write and has not sent, the latest first."""
    found = drafts_of(member).order_by("-updated_at", "-pk")
    rows = list(found[: SHOWN + 1])
    answered = answered_by_uid(member.workspace, [row.answering_uid for row in rows])
    return Section(
        name="drafts",
        title=_("Begun and not sent"),
        row_template="outbox/draft_row.html",
        rows=[draft_row(row, answered) for row in rows[:SHOWN]],
        total=len(rows[:SHOWN]),
        is_more=len(rows) > SHOWN,
        more_url=reverse("outbox"),
    )


def texts_to_agree(member: Member) -> Section:
    """Texts of colleagues that wait for the member's agreement, the longest wait first."""
    rows = list(drafts_to_agree(member).order_by("asked_at", "pk")[: SHOWN + 1])
    answered = answered_by_uid(member.workspace, [row.answering_uid for row in rows])
    return Section(
        name="to-agree",
        title=_("Waits for your agreement"),
        row_template="outbox/draft_row.html",
        rows=[draft_row(row, answered) for row in rows[:SHOWN]],
        total=len(rows[:SHOWN]),
        is_more=len(rows) > SHOWN,
        more_url=f"{reverse('outbox')}?show=to-agree",
        lede=_("Each goes out as soon as you agree."),
    )


def what_failed(member: Member) -> Section:
    """What was refused or does not get on, the oldest first."""
    deliveries = stuck_deliveries(member.workspace).select_related("publication__voice")
    gestures, shields = stuck_gestures(member.workspace), stuck_shieldings(member.workspace)
    stuck: list[Delivery | Gesture | Shielding] = [
        *deliveries[: SHOWN + 1],
        *gestures[: SHOWN + 1],
        *shields[: SHOWN + 1],
    ]
    stuck.sort(key=lambda row: row.created_at)
    uids = [row.publication.answering_uid for row in stuck if isinstance(row, Delivery)]
    answered = answered_by_uid(member.workspace, uids)
    return Section(
        name="failed",
        title=_("What did not go out"),
        row_template="outbox/way_row.html",
        rows=[_stuck_row(row, answered) for row in stuck[:SHOWN]],
        total=len(stuck[:SHOWN]),
        is_more=len(stuck) > SHOWN,
        more_url=f"{reverse('outbox')}?show=refused",
        lede=_("The texts are kept"),
        extra={"here": "/"},
    )


def _stuck_row(row: Delivery | Gesture | Shielding, answered: Mapping[str, Answered]) -> WayRow:
    if isinstance(row, Delivery):
        return way_row(row, answered)
    return gesture_row(row) if isinstance(row, Gesture) else shielding_row(row)


def register() -> None:
    """Take the places."""
    REMOVED.add(10, keep_unsent)
    TODAY.add(20, texts_to_agree)
    TODAY.add(40, our_drafts)
    TODAY.add(50, what_failed)
    LEAVING.add(20, hand_over)
    privacy.register()
    errands.register()
