"""The texts that Today shows of this room: one question says what there is, others fetch that."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from resonanz.outbox.models import Delivery, Draft, Gesture, Moderation, Shielding
from resonanz.outbox.queries import (
    drafts_of,
    drafts_to_agree,
    stuck_deliveries,
    stuck_gestures,
    stuck_moderations,
    stuck_shieldings,
)
from resonanz.workspaces.json_rows import JsonRows
from resonanz.workspaces.models import Member, Workspace

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class TextsOnDesk:
    """Texts to agree to (the longest wait first), begun ones (the latest first), stuck ones."""

    to_agree: list[Draft]
    drafts: list[Draft]
    stuck: list[Delivery | Gesture | Moderation | Shielding]


def texts_on_desk(member: Member, *, most: int) -> TextsOnDesk:
    """Read them, up to `most` of each kind. Nothing is asked for that is not there."""
    kinds: dict[str, QuerySet[Any]] = {
        "to_agree": drafts_to_agree(member).order_by("asked_at", "pk"),
        "drafts": drafts_of(member).order_by("-updated_at", "-pk"),
        "deliveries": stuck_deliveries(member.workspace),
        "gestures": stuck_gestures(member.workspace),
        "moderations": stuck_moderations(member.workspace),
        "shieldings": stuck_shieldings(member.workspace),
    }
    here = Workspace.objects.filter(pk=member.workspace_id)
    lists = {f"told_{name}": JsonRows(rows[:most], pk="pk") for name, rows in kinds.items()}
    told: Any = here.values(**lists).get()
    ids = {name: [one["pk"] for one in told[f"told_{name}"] or []] for name in kinds}
    drafts = Draft.objects.select_related("author", "voice").prefetch_related("channels")
    written = _of_ids(drafts, ids["to_agree"] + ids["drafts"])
    return TextsOnDesk(
        to_agree=sorted(
            (row for row in written if row.pk in ids["to_agree"]), key=attrgetter("asked_at", "pk")
        ),
        drafts=sorted(
            (row for row in written if row.pk in ids["drafts"]),
            key=attrgetter("updated_at", "pk"),
            reverse=True,
        ),
        stuck=sorted(
            [
                *_of_ids(stuck_deliveries(member.workspace), ids["deliveries"]),
                *_of_ids(stuck_gestures(member.workspace), ids["gestures"]),
                *_of_ids(stuck_moderations(member.workspace), ids["moderations"]),
                *_of_ids(stuck_shieldings(member.workspace), ids["shieldings"]),
            ],
            key=attrgetter("created_at"),
        ),
    )


def _of_ids(rows: QuerySet[Row], ids: list[int]) -> list[Row]:
    """Those of the rows; asks only where there is something to ask for."""
    return list(rows.filter(pk__in=ids)) if ids else []
