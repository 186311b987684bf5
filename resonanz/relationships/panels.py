"""What this room does and shows at the places of the rooms below."""

from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.channels.arrivals import ARRIVALS
from resonanz.conversations.places import KEPT
from resonanz.outbox.places import GESTURE_MADE, GESTURE_UNDONE
from resonanz.people.models import Person
from resonanz.people.places import ON_PERSON, Passage
from resonanz.relationships import errands, privacy, queries
from resonanz.relationships.actions import (
    forget_gesture,
    record_gesture,
    record_kept_posts,
    record_reactions,
)
from resonanz.workspaces.models import Member
from resonanz.workspaces.places import TODAY, Section


def owed_a_word(member: Member) -> Section:
    """Who spoke well of us or passed us on and heard nothing back, the longest wait first."""
    owed = queries.owed_people(member.workspace)
    return Section(
        name="owed",
        order=21,
        title=_("Spoke well of us and heard nothing"),
        row_template="relationships/owed_row.html",
        rows=owed.rows,
        total=owed.total,
        is_more=owed.total >= queries.COUNTED_UP_TO,
        more_url=reverse("today-owed"),
    )


def faces_we_met(member: Member) -> Section:
    """Whom we met in the last days, by something they did towards us."""
    met = queries.new_faces(member.workspace)
    return Section(
        name="faces",
        order=60,
        title=_("New faces"),
        row_template="relationships/face_row.html",
        rows=met.rows,
        total=met.total,
        is_more=met.total >= queries.COUNTED_UP_TO,
        more_url=reverse("today-faces"),
    )


def our_sections(member: Member) -> list[Section]:
    """What this room shows on Today."""
    return [owed_a_word(member), faces_we_met(member)]


def what_passed_between(person: Person) -> Passage | None:
    """What a person did for us and we for her, and what we owe."""
    between = queries.between_us(person)
    if between is None:
        return None
    return Passage(
        title=_("What passed between us"),
        template="relationships/between.html",
        values={"between": between},
    )


def register() -> None:
    """Take the places."""
    ARRIVALS.add(20, record_reactions)
    KEPT.add(10, record_kept_posts)
    GESTURE_MADE.add(10, record_gesture)
    GESTURE_UNDONE.add(10, forget_gesture)
    TODAY.add(20, our_sections)
    ON_PERSON.add(20, what_passed_between)
    privacy.register()
    errands.register()
