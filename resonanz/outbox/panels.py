"""What this room does at the places of the rooms below: its sections of Today."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.channels.actions import REMOVED
from resonanz.outbox import errands, privacy
from resonanz.outbox.handing_over import hand_over
from resonanz.outbox.models import Delivery, Draft, Gesture, Moderation, Shielding
from resonanz.outbox.on_desk import texts_on_desk
from resonanz.outbox.places import Answered
from resonanz.outbox.queries import answered_by_uid
from resonanz.outbox.returning import keep_unsent
from resonanz.outbox.rows import (
    WayRow,
    draft_row,
    gesture_row,
    moderation_row,
    shielding_row,
    way_row,
)
from resonanz.workspaces.models import Member
from resonanz.workspaces.places import LEAVING, TODAY, Section

SHOWN = 5


Stuck = Delivery | Gesture | Moderation | Shielding
Answers = Mapping[str, Answered]


def our_sections(member: Member) -> list[Section]:
    """What this room shows on Today. What all of it answers is asked for once."""
    texts = texts_on_desk(member, most=SHOWN + 1)
    uids = [row.answering_uid for row in (*texts.to_agree, *texts.drafts)]
    uids += [one.publication.answering_uid for one in texts.stuck if isinstance(one, Delivery)]
    uids += [one.target_uid for one in texts.stuck if isinstance(one, Moderation)]
    answered = answered_by_uid(member.workspace, uids)
    return [
        texts_to_agree(texts.to_agree, answered),
        our_drafts(texts.drafts, answered),
        what_failed(texts.stuck, answered),
    ]


def our_drafts(rows: Sequence[Draft], answered: Answers) -> Section:
    """What the member began to write and has not sent, the latest first."""
    return Section(
        name="drafts",
        order=40,
        title=_("Begun and not sent"),
        row_template="outbox/draft_row.html",
        rows=[draft_row(row, answered) for row in rows[:SHOWN]],
        total=len(rows[:SHOWN]),
        is_more=len(rows) > SHOWN,
        more_url=reverse("outbox"),
    )


def texts_to_agree(rows: Sequence[Draft], answered: Answers) -> Section:
    """Texts of colleagues that wait for the member's agreement, the longest wait first."""
    return Section(
        name="to-agree",
        order=20,
        title=_("Waits for your agreement"),
        row_template="outbox/draft_row.html",
        rows=[draft_row(row, answered) for row in rows[:SHOWN]],
        total=len(rows[:SHOWN]),
        is_more=len(rows) > SHOWN,
        more_url=f"{reverse('outbox')}?show=to-agree",
        lede=_("Each goes out as soon as you agree."),
    )


def what_failed(stuck: Sequence[Stuck], answered: Answers) -> Section:
    """What was refused or does not get on, the oldest first."""
    return Section(
        name="failed",
        order=50,
        title=_("What did not go out"),
        row_template="outbox/way_row.html",
        rows=[_stuck_row(row, answered) for row in stuck[:SHOWN]],
        total=len(stuck[:SHOWN]),
        is_more=len(stuck) > SHOWN,
        more_url=f"{reverse('outbox')}?show=refused",
        lede=_("The texts are kept"),
        extra={"here": "/"},
    )


def _stuck_row(row: Stuck, answered: Answers) -> WayRow:
    if isinstance(row, Delivery):
        return way_row(row, answered)
    if isinstance(row, Moderation):
        return moderation_row(row, answered)
    return gesture_row(row) if isinstance(row, Gesture) else shielding_row(row)


def register() -> None:
    """Take the places."""
    REMOVED.add(10, keep_unsent)
    TODAY.add(15, our_sections)
    LEAVING.add(20, hand_over)
    privacy.register()
    errands.register()
