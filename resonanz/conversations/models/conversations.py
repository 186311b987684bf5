"""Table: Conversation."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.people.models import Identity
from resonanz.workspaces.models import Member, Workspace
from resonanz.workspaces.roles import May, may

# Stand behind the order in the indexes of the inbox, so that a filter that few conversations
# pass is answered by the index alone, without fetching the rows of all the others.
FILTERED_BY = ("is_snoozed", "is_direct", "assignee", "language", "network")


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Questions about conversations."""

    def inbox(self) -> Self:
        """Those that concern us."""
        return self.filter(concerns_us=True)

    def waiting(self) -> Self:
        """Those in which somebody waits for us, the longest wait first; not what is put aside."""
        return self.filter(
            concerns_us=True, turn=Conversation.Turn.OURS, is_snoozed=False
        ).order_by("waiting_since", "pk")

    def with_faces(self) -> Self:
        """With the picture of whoever they are with (`face_url`), and whether we keep her away."""
        whom = Identity.objects.filter(
            workspace=models.OuterRef("workspace"),
            network=models.OuterRef("network"),
            uid=models.OuterRef("with_uid"),
        )
        return self.annotate(
            face_url=models.Subquery(whom.values("avatar_url")[:1]),
            is_kept_away=models.Exists(whom.shielded()),
        )

    def visible_to(self, member: Member) -> Self:
        """Those of her workspace.

        A guest's are those given to her, whose notes name her, and that belong to her matters.
        """
        found = self.filter(workspace=member.workspace_id)
        if may(member, May.READ):
            return found
        named = member.note_mentions.filter(note__removed_at=None).values("note__conversation")
        spoken_of = member.matters.filter(links__isnull=False).values("links__conversation")
        hers = models.Q(assignee=member) | models.Q(pk__in=named) | models.Q(pk__in=spoken_of)
        return found.filter(hers)


def in_sight_of(member: Member, path: str = "conversation") -> models.Q:
    """Rows whose conversation, by the lookup `path`, the member may see.

    Asks for the workspace of the one conversation where that is all: an `IN` over
    `visible_to` would gather every conversation of the workspace first.
    """
    if may(member, May.READ):
        return models.Q(**{f"{path}__workspace": member.workspace_id})
    return models.Q(**{f"{path}__in": Conversation.objects.visible_to(member)})


class Conversation(models.Model):
    """Posts that belong together.

    `turn` is kept by itself with every post and can be set by hand (`turn_by_hand`), which
    holds until one of us, or somebody to us, speaks after `turn_set_at`; what arrived before
    `settled_at` waits no more.
    `waiting_since` is the time of the oldest word of theirs that we have not answered, and
    `opening` its first words; those of the whole conversation where nobody waits. `with_whom`
    names up to three people, who waits first; `with_uid` is the account of the first of them.
    `concerns_us` is false for what we merely overheard.
    `language` is that of `opening`.
    While `is_snoozed` it waits out of sight: until `wakes_at`, and always until they write.
    `routed_at` is when the rules were asked about it; they are asked once.
    `changed_at` moves with everything a page about it would show differently.
    """

    class Turn(models.TextChoices):
        """Whose turn it is."""

        OURS = "ours", _("our turn")
        THEIRS = "theirs", _("their turn")
        DONE = "done", _("done")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="conversations")
    concerns_us = models.BooleanField(default=False)
    turn = models.CharField(max_length=8, choices=Turn.choices, default=Turn.DONE)
    turn_by_hand = models.BooleanField(default=False)
    turn_set_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    opening = models.CharField(max_length=200, blank=True)
    with_whom = models.CharField(max_length=300, blank=True)
    with_uid = models.CharField(max_length=500, blank=True)
    network = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=20, blank=True)
    post_count = models.PositiveIntegerField(default=0)
    is_direct = models.BooleanField(default=False)
    may_be_incomplete = models.BooleanField(default=False)
    assignee = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="assigned"
    )
    is_snoozed = models.BooleanField(default=False)
    wakes_at = models.DateTimeField(null=True, blank=True)
    wake_nudged_at = models.DateTimeField(null=True, blank=True)
    routed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    first_post_at = models.DateTimeField()
    last_post_at = models.DateTimeField()

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["workspace", "turn", "waiting_since", "id", *FILTERED_BY],
                condition=models.Q(concerns_us=True),
                name="conversation_waiting",
            ),
            models.Index(
                fields=["workspace", "-last_post_at", "-id", *FILTERED_BY],
                condition=models.Q(concerns_us=True),
                name="conversation_latest",
            ),
            models.Index(
                fields=["workspace", "turn", "-last_post_at", "-id", *FILTERED_BY],
                condition=models.Q(concerns_us=True),
                name="conversation_by_turn",
            ),
            models.Index(
                fields=["workspace", "assignee", "turn", "waiting_since"],
                condition=models.Q(concerns_us=True) & ~models.Q(assignee=None),
                name="conversation_of_member",
            ),
            models.Index(
                fields=["workspace", "assignee", "-last_post_at"],
                condition=models.Q(concerns_us=True) & ~models.Q(assignee=None),
                name="conversation_of_member_latest",
            ),
            models.Index(
                fields=["workspace", "-last_post_at"],
                condition=models.Q(concerns_us=True, is_snoozed=True),
                name="conversation_put_aside",
            ),
            models.Index(
                fields=["workspace", "-changed_at"],
                condition=models.Q(concerns_us=True),
                name="conversation_changed",
            ),
            models.Index(
                fields=["wakes_at"],
                condition=models.Q(is_snoozed=True),
                name="conversation_wakes",
            ),
        ]

    def __str__(self) -> str:
        return self.opening
