"""Every write about logins: second steps, sessions, the tie to a provider, and their trail."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Member, User, Workspace


def note_own_matter(*, user: User, verb: str) -> None:
    """Write into the trail of each of her workspaces what somebody did with her login."""
    for member in Member.objects.filter(user=user, left_at=None).select_related("workspace"):
        note_in_trail(workspace=member.workspace, member=member, verb=verb)


@transaction.atomic
def ask_for_second_step(*, workspace: Workspace, member: Member, of_everybody: bool) -> None:
    """Let a workspace ask everybody for a second step, or no longer."""
    workspace.needs_second_step = of_everybody
    workspace.save(update_fields=["needs_second_step"])
    verb = "second step asked of everybody" if of_everybody else "second step asked of nobody"
    note_in_trail(workspace=workspace, member=member, verb=verb)


@transaction.atomic
def take_second_step_away(*, user: User) -> int:
    """Remove app, passkeys and codes of a login. Gives how many there were.

    For somebody who lost them, by whoever keeps the machine. She is signed out everywhere:
    what was lost may be in other hands.
    """
    count: int = Authenticator.objects.filter(user_id=user.pk).delete()[0]
    if count:
        end_sessions(user=user)
        for member in Member.objects.filter(user=user, left_at=None).select_related("workspace"):
            note_in_trail(
                workspace=member.workspace,
                member=None,
                verb="second step removed on the machine",
                subject=member.name,
            )
    return count


@transaction.atomic
def end_sessions(*, user: User, keep: str = "", only: int | None = None) -> int:
    """End sessions of a login: all, all but that with the key `keep`, or the one row `only`.

    Gives how many were ended. The session that is kept is never among them.
    """
    rows = UserSession.objects.filter(user_id=user.pk).exclude(session_key=keep)
    if only is not None:
        rows = rows.filter(pk=only)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def forget_ended_sessions() -> None:
    """Throw away sessions that are over, with what was kept in them. Runs as a routine."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(alive)).delete()


def untie_from_provider(*, user: User) -> bool:
    """Cut a login's tie to the provider. False when there was none."""
    count, _ = SocialAccount.objects.filter(user_id=user.pk).delete()
    if count:
        note_own_matter(user=user, verb="tie to the provider cut")
    return bool(count)
