"""Writes: the workspace's principles, what happens before sending, and its facts."""

from django.db import transaction
from django.utils import timezone

from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Fact, Member, Workspace


class KnownTitle(Exception):
    """There is a fact with this title already."""


@transaction.atomic
def change_speaking(
    *,
    workspace: Workspace,
    member: Member,
    principles: str,
    take_back_seconds: int,
    needs_second_person: bool,
) -> Workspace:
    """Change how the workspace wants to speak, and what happens between “send” and sending."""
    workspace.principles = principles.replace("\r\n", "\n").strip()
    workspace.take_back_seconds = take_back_seconds
    workspace.needs_second_person = needs_second_person
    workspace.save(update_fields=["principles", "take_back_seconds", "needs_second_person"])
    note_in_trail(workspace=workspace, member=member, verb="way of speaking changed")
    return workspace


@transaction.atomic
def keep_fact(
    *, workspace: Workspace, member: Member, title: str, text: str, fact: Fact | None = None
) -> Fact:
    """Add a fact, or change one. Raises `KnownTitle`."""
    others = workspace.facts.filter(title=title)
    if fact is not None:
        others = others.exclude(pk=fact.pk)
    if others.exists():
        raise KnownTitle
    kept = fact or Fact(workspace=workspace)
    kept.title, kept.text, kept.changed_at = title, " ".join(text.split()), timezone.now()
    kept.save()
    note_in_trail(workspace=workspace, member=member, verb="fact kept", subject=title)
    return kept


@transaction.atomic
def remove_fact(*, fact: Fact, member: Member) -> None:
    """Take a fact away. Answers in which it stands stay as they are."""
    note_in_trail(workspace=fact.workspace, member=member, verb="fact removed", subject=fact.title)
    fact.delete()
