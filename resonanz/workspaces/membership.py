"""Writes about who belongs to a workspace: inviting, joining, changing a role, leaving."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from resonanz.workspaces.actions import add_voice, note_in_trail
from resonanz.workspaces.models import Absence, Invitation, Member, User, Voice, Workspace
from resonanz.workspaces.places import LEAVING, Leaving
from resonanz.workspaces.roles import May, roles_with
from resonanz.workspaces.sign_in_actions import end_sessions

INVITED_FOR = timedelta(days=7)
SECRET_BYTES = 32


class LastOwner(Exception):
    """A workspace has at least one owner: make somebody else one first."""


class AlreadyHere(Exception):
    """Whoever would join is a member already."""


class NotOpen(Exception):
    """The invitation was accepted, withdrawn, or is too old; a new one has to be asked for."""


@dataclass(frozen=True)
class VoiceOfHers:
    """The voice with which somebody joins."""

    capacity: str
    signature: str


def hash_of(secret: str) -> str:
    """What is kept of an invitation's secret. It is random, so a plain hash is enough."""
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(
    *, member: Member, role: str, name: str = "", email: str = "", language: str
) -> tuple[Invitation, str]:
    """Invite somebody. Gives the invitation, and the secret of its link: it is told only now."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    invitation = Invitation.objects.create(
        workspace=member.workspace,
        role=role,
        name=name,
        email=email.lower(),
        language=language,
        secret_hash=hash_of(secret),
        invited_by=member,
        expires_at=timezone.now() + INVITED_FOR,
    )
    _note(member, "member invited", f"{name or 'somebody'}: {role}")
    return invitation, secret


@transaction.atomic
def renew_invitation(*, invitation: Invitation, member: Member) -> str:
    """Make a new link for another week; the old one opens nothing more. Gives the new secret.

    Raises `NotOpen` for one that was accepted or withdrawn.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at is not None or locked.withdrawn_at is not None:
        raise NotOpen
    secret = secrets.token_urlsafe(SECRET_BYTES)
    locked.secret_hash = hash_of(secret)
    locked.expires_at = timezone.now() + INVITED_FOR
    locked.save(update_fields=["secret_hash", "expires_at"])
    _note(member, "invitation renewed", f"{locked.name or 'somebody'}: {locked.role}")
    return secret


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, member: Member) -> None:
    """Take an invitation back. One that was accepted stays as it is."""
    count = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    if count:
        _note(member, "invitation withdrawn", f"{invitation.name or 'somebody'}: {invitation.role}")


@transaction.atomic
def join_with_new_login(
    *,
    invitation: Invitation,
    name: str,
    email: str,
    password: str | None,
    voice: VoiceOfHers | None,
) -> Member:
    """Make a login and let it join. Without a password one signs in at the provider only.

    Raises `NotOpen`; `IntegrityError` when the address has a login already.
    """
    user = User.objects.create_user(email=email, password=password)
    return join(invitation=invitation, user=user, name=name, voice=voice)


@transaction.atomic
def join(*, invitation: Invitation, user: User, name: str, voice: VoiceOfHers | None) -> Member:
    """Let a login join; whoever was a member before comes back as the one she was.

    Raises `NotOpen`, and `AlreadyHere` for a member who has not left; the invitation stays open.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not Invitation.objects.open().filter(pk=locked.pk).exists():
        raise NotOpen
    known = Member.objects.filter(workspace=locked.workspace, user=user).first()
    if known is not None and known.left_at is None:
        raise AlreadyHere
    member = known or Member(workspace=locked.workspace, user=user, language=locked.language)
    member.name, member.role, member.left_at = name, locked.role, None
    member.save()
    locked.accepted_at, locked.accepted_by = timezone.now(), member
    locked.save(update_fields=["accepted_at", "accepted_by"])
    _give_voice(member, voice)
    _note(member, "member came back" if known else "member joined", f"{name}: {member.role}")
    return member


def _give_voice(member: Member, voice: VoiceOfHers | None) -> None:
    """Her voice of before speaks again; a new one is made where she has none."""
    if voice is None:
        return
    latest = Voice.objects.filter(member=member).order_by("-pk").first()
    if latest is not None:
        Voice.objects.filter(pk=latest.pk).update(left_at=None)
    add_voice(member=member, name=member.name, capacity=voice.capacity, signature=voice.signature)


def speaks(role: str) -> bool:
    """Whether a role speaks, and so joins with a voice."""
    return role in roles_with(May.SPEAK)


@transaction.atomic
def change_role(*, member: Member, role: str, by: Member) -> None:
    """Give a member another role. Raises `LastOwner` rather than leave nobody to look after."""
    if member.role == role:
        return
    _keep_an_owner(member)
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    if role not in roles_with(May.LOOK_AFTER):
        _withdraw_hers(member, by)
    _note(by, "role changed", f"{member.name}: {before} → {role}")


@transaction.atomic
def leave(*, member: Member, by: Member, successor: Member | None = None) -> int:
    """A member leaves, by herself or by an owner. Gives how many things were handed over.

    What was hers goes to the `successor` or back to everybody (`LEAVING`); what she wrote keeps
    her name. Her voice speaks no more. Where this was her last workspace her sessions end.
    Raises `LastOwner`.
    """
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.left_at is not None:
        return 0
    _keep_an_owner(locked)
    leaving = Leaving(member=member, successor=successor, by=by)
    moved = sum(hand_over(leaving) for hand_over in LEAVING)
    now = timezone.now()
    Voice.objects.filter(member=member, left_at=None).update(left_at=now)
    Absence.objects.filter(member=member, ended_at=None).update(ended_at=now)
    Member.objects.filter(pk=member.pk).update(left_at=now)
    member.left_at = now
    _withdraw_hers(member, by)
    _note(by, "member left", member.name)
    if not Member.objects.present().filter(user=member.user_id).exists():
        end_sessions(user=member.user)
    return moved


def _withdraw_hers(member: Member, by: Member) -> None:
    """Her open invitations open nothing more: she could come back through one of them."""
    for invitation in Invitation.objects.open().filter(invited_by=member):
        withdraw_invitation(invitation=invitation, member=by)


def _keep_an_owner(member: Member) -> None:
    if member.role != Member.Role.OWNER:
        return
    # Two owners who leave at the same moment wait for one another here.
    Workspace.objects.select_for_update().get(pk=member.workspace_id)
    others = Member.objects.present().filter(workspace=member.workspace_id, role=Member.Role.OWNER)
    if not others.exclude(pk=member.pk).exists():
        raise LastOwner


def _note(member: Member, verb: str, subject: str) -> None:
    note_in_trail(workspace=member.workspace, member=member, verb=verb, subject=subject)
