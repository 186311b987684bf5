"""Every read of this room that another file needs."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from resonanz.outbox.compose import text_of
from resonanz.outbox.models import (
    Amendment,
    Delivery,
    Draft,
    Gesture,
    Moderation,
    OnItsWay,
    Shielding,
    Upload,
)
from resonanz.outbox.places import ANSWERED, Answered
from resonanz.switchboard.shapes import Standing
from resonanz.workspaces.models import Member, Workspace
from resonanz.workspaces.roles import May, may

IN_WORKSPACE = {
    "on-its-way": OnItsWay.State.still_to_do(),
    "sent": [OnItsWay.State.SENT.value],
    "refused": [OnItsWay.State.REFUSED.value],
}
MOST_GESTURES = 20


def open_drafts(workspace: Workspace) -> QuerySet[Draft]:
    """Drafts of everybody here that are neither sent nor thrown away, empty ones left out."""
    pictured = Upload.objects.filter(draft=OuterRef("pk"), removed_at=None)
    drafts = Draft.objects.unsent().filter(workspace=workspace)
    written = drafts.filter(~Q(text="") | ~Q(title="") | Exists(pictured))
    return written.select_related("author", "voice").prefetch_related("channels")


def drafts_of(member: Member) -> QuerySet[Draft]:
    """A member's own open drafts."""
    return open_drafts(member.workspace).filter(author=member)


def deliveries_in(workspace: Workspace, segment: str) -> QuerySet[Delivery]:
    """Deliveries of one segment: "on-its-way", "sent" or "refused"."""
    return Delivery.objects.filter(
        publication__workspace=workspace, state__in=IN_WORKSPACE[segment]
    ).select_related("publication__voice", "channel", "after")


def gestures_in(workspace: Workspace, segment: str) -> list[Gesture]:
    """The latest gestures of a segment, twenty at most; those that were made stand at the post."""
    if segment == "sent":
        return []
    found = Gesture.objects.filter(workspace=workspace, state__in=IN_WORKSPACE[segment])
    return list(found.select_related("channel").order_by("-created_at", "-pk")[:MOST_GESTURES])


def amendments_in(workspace: Workspace, segment: str) -> list[Amendment]:
    """The latest changes of a segment, twenty at most; those that were made stand at the post."""
    if segment == "sent":
        return []
    found = Amendment.objects.filter(
        delivery__publication__workspace=workspace, state__in=IN_WORKSPACE[segment]
    ).select_related("channel", "delivery__publication__voice", "member")
    return list(found.order_by("-created_at", "-pk")[:MOST_GESTURES])


def shieldings_in(workspace: Workspace, segment: str) -> list[Shielding]:
    """The latest mutes, blocks and reports of a segment, twenty at most; not those made."""
    if segment == "sent":
        return []
    found = Shielding.objects.filter(workspace=workspace, state__in=IN_WORKSPACE[segment])
    whole = found.select_related("channel", "identity", "member")
    return list(whole.order_by("-created_at", "-pk")[:MOST_GESTURES])


def moderations_in(workspace: Workspace, segment: str) -> list[Moderation]:
    """The latest standings of comments of a segment, twenty at most; not those that stand so."""
    if segment == "sent":
        return []
    found = Moderation.objects.filter(workspace=workspace, state__in=IN_WORKSPACE[segment])
    whole = found.select_related("channel", "member")
    return list(whole.order_by("-created_at", "-pk")[:MOST_GESTURES])


def stuck_deliveries(workspace: Workspace) -> QuerySet[Delivery]:
    """Deliveries a human should look at, the oldest first."""
    stuck = Delivery.objects.stuck().filter(publication__workspace=workspace)
    whole = stuck.select_related("publication__voice", "channel", "after")
    return whole.order_by("created_at", "pk")


def stuck_gestures(workspace: Workspace) -> QuerySet[Gesture]:
    """Gestures a human should look at, the oldest first."""
    stuck = Gesture.objects.stuck().filter(workspace=workspace)
    return stuck.select_related("channel").order_by("created_at", "pk")


def stuck_shieldings(workspace: Workspace) -> QuerySet[Shielding]:
    """Mutes, blocks and reports a human should look at, the oldest first."""
    stuck = Shielding.objects.stuck().filter(workspace=workspace)
    return stuck.select_related("channel", "identity", "member").order_by("created_at", "pk")


def stuck_moderations(workspace: Workspace) -> QuerySet[Moderation]:
    """Standings of comments a human should look at, the oldest first."""
    stuck = Moderation.objects.stuck().filter(workspace=workspace)
    return stuck.select_related("channel", "member").order_by("created_at", "pk")


def answered_by_uid(workspace: Workspace, uids: Iterable[str]) -> dict[str, Answered]:
    """What these answers answer, asked from the rooms above."""
    wanted = {uid for uid in uids if uid}
    found: dict[str, Answered] = {}
    if wanted:
        for tell in ANSWERED:
            found |= tell(workspace, wanted)
    return found


def ready_deliveries() -> QuerySet[Delivery]:
    """What is to be said and waits neither for the part before it nor for what it answers.

    Nobody could read what an answer to a comment is about that has not been approved there yet.
    """
    before = Q(after=None) | Q(after__state=OnItsWay.State.SENT)
    approving = Moderation.objects.filter(
        workspace=OuterRef("publication__workspace"),
        target_uid=OuterRef("publication__answering_uid"),
        channel=OuterRef("channel"),
        wanted=Standing.PUBLISHED.value,
        state__in=OnItsWay.State.still_to_do(),
    )
    return Delivery.objects.to_do().filter(before).exclude(Exists(approving))


def ready_amendments() -> QuerySet[Amendment]:
    """Changes to be made that have no older one before them which is still being tried."""
    older = Amendment.objects.filter(
        delivery=OuterRef("delivery"),
        pk__lt=OuterRef("pk"),
        state__in=OnItsWay.State.still_to_do(),
    )
    return Amendment.objects.to_do().exclude(Exists(older))


def in_force() -> Q:
    """Gestures that stand at the network or are on their way there, not those taken back."""
    over = Q(state__in=[OnItsWay.State.REFUSED, OnItsWay.State.WITHDRAWN])
    # A taking back that the network refused leaves the gesture where it is.
    return (Q(is_wanted=True) & ~over) | Q(is_wanted=False, state=OnItsWay.State.REFUSED)


def drafts_to_agree(member: Member) -> QuerySet[Draft]:
    """Texts that wait for agreement and to which this member can agree, the oldest first."""
    if not may(member, May.SPEAK):
        return Draft.objects.none()
    waiting = Draft.objects.filter(workspace=member.workspace, state=Draft.State.REVIEW)
    own_words = Q(author=F("voice__member"))
    hers = Q(voice__member=member)
    found = waiting.filter((own_words & ~hers) | (~own_words & hers), voice__left_at=None)
    return found.select_related("author", "voice").prefetch_related("channels")


def latest_words(delivery: Delivery) -> tuple[str, str]:
    """What stands there by a delivery now, as (text, warning): the last change that was made."""
    made = delivery.amendments.filter(kind=Amendment.Kind.EDIT, state=OnItsWay.State.SENT)
    last = made.order_by("-pk").first()
    if last is not None:
        return last.text, last.warning
    return text_of(delivery), delivery.publication.warning


def known_pictures(digests: Collection[str]) -> set[str]:
    """Which of these files a text of ours still needs, by their SHA-256 in hex."""
    found = Upload.objects.filter(sha256__in=digests)
    return set(found.values_list("sha256", flat=True))
