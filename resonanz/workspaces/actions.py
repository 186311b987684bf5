"""Every write of this room: founding a workspace, members, voices, alarms, the trail."""

from django.db import connection, transaction
from django.utils import timezone

from resonanz.workspaces.models import (
    Alarm,
    HiddenWord,
    Member,
    OwnDomain,
    Routine,
    TrailEntry,
    User,
    Voice,
    Workspace,
)

# Any number that nobody else locks; see `_one_at_a_time`.
FIRST_VISIT_LOCK = 7_205_759


class AlreadySetUp(Exception):
    """Somebody has been through the first visit; from now on members are invited."""


@transaction.atomic
def found_first_workspace(
    *,
    name: str,
    language: str,
    time_zone: str,
    domains: list[str],
    member_name: str,
    email: str,
    password: str,
    signature: str,
    capacity: str,
) -> Member:
    """The first visit: found the installation's first workspace, once. Gives its owner.

    Of two who come at the same moment one gets `AlreadySetUp`.
    """
    _one_at_a_time()
    if Workspace.objects.exists():
        raise AlreadySetUp
    return found_workspace(
        name=name,
        language=language,
        time_zone=time_zone,
        domains=domains,
        member_name=member_name,
        email=email,
        password=password,
        signature=signature,
        capacity=capacity,
    )


def _one_at_a_time() -> None:
    """Wait for whoever is at this place. SQLite lets one transaction write at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FIRST_VISIT_LOCK])


@transaction.atomic
def found_workspace(
    *,
    name: str,
    language: str,
    time_zone: str,
    domains: list[str],
    member_name: str,
    email: str,
    password: str,
    signature: str,
    capacity: str,
) -> Member:
    """Make the workspace, its owner's login, and her voice. Gives the owner.

    `domains` are hosts as `clean_host` gives them. Raises `IntegrityError` when the e-mail
    address has a login already.
    """
    return open_workspace(
        user=User.objects.create_user(email=email, password=password),
        name=name,
        language=language,
        time_zone=time_zone,
        domains=domains,
        member_name=member_name,
        signature=signature,
        capacity=capacity,
    )


@transaction.atomic
def open_workspace(
    *,
    user: User,
    name: str,
    language: str,
    time_zone: str,
    domains: list[str],
    member_name: str,
    signature: str,
    capacity: str,
) -> Member:
    """Make a workspace that a login owns, with her voice in it. Gives the owner."""
    workspace = Workspace.objects.create(name=name, language=language, time_zone=time_zone)
    set_domains(workspace=workspace, domains=domains)
    owner = Member.objects.create(
        workspace=workspace, user=user, name=member_name, role=Member.Role.OWNER, language=language
    )
    Voice.objects.create(
        workspace=workspace,
        member=owner,
        name=member_name,
        capacity=capacity,
        signature=signature,
    )
    note_in_trail(workspace=workspace, member=owner, verb="workspace founded", subject=name)
    return owner


@transaction.atomic
def change_workspace(
    *, workspace: Workspace, member: Member, name: str, time_zone: str, domains: list[str]
) -> Workspace:
    """Change what the workspace is called, where it is, and which domains are its own."""
    workspace.name, workspace.time_zone = name, time_zone
    workspace.save(update_fields=["name", "time_zone"])
    set_domains(workspace=workspace, domains=domains)
    note_in_trail(workspace=workspace, member=member, verb="workspace changed", subject=name)
    return workspace


@transaction.atomic
def set_hidden_words(*, workspace: Workspace, member: Member, words: list[str]) -> None:
    """Make exactly these words (in lower case) hide a text until somebody asks to see it."""
    workspace.hidden_words.exclude(word__in=words).delete()
    HiddenWord.objects.bulk_create(
        [HiddenWord(workspace=workspace, word=word) for word in words], ignore_conflicts=True
    )
    note_in_trail(workspace=workspace, member=member, verb="hidden words changed")


@transaction.atomic
def set_domains(*, workspace: Workspace, domains: list[str]) -> None:
    """Make exactly these domains our own."""
    workspace.domains.exclude(host__in=domains).delete()
    OwnDomain.objects.bulk_create(
        [OwnDomain(workspace=workspace, host=host) for host in dict.fromkeys(domains)],
        ignore_conflicts=True,
    )


def change_member(*, member: Member, name: str, language: str, theme: str) -> Member:
    """Change what a member is called and how her pages look."""
    member.name, member.language, member.theme = name, language, theme
    member.save(update_fields=["name", "language", "theme"])
    return member


def change_password(*, user: User, password: str) -> None:
    """Give a login a new password; every session of it ends by that."""
    user.set_password(password)
    user.save(update_fields=["password"])


def add_voice(*, member: Member, name: str, capacity: str, signature: str) -> Voice:
    """Give a member a voice of her own; the one she has already is changed instead."""
    known = Voice.objects.speaking_for(member).order_by("pk").first()
    if known is not None:
        return change_voice(voice=known, name=name, capacity=capacity, signature=signature)
    return Voice.objects.create(
        workspace=member.workspace,
        member=member,
        name=name,
        capacity=capacity,
        signature=signature,
    )


def change_voice(*, voice: Voice, name: str, capacity: str, signature: str) -> Voice:
    """Change how a voice is called and signs."""
    voice.name, voice.capacity, voice.signature = name, capacity, signature
    voice.save(update_fields=["name", "capacity", "signature"])
    note_in_trail(
        workspace=voice.workspace, member=voice.member, verb="voice changed", subject=name
    )
    return voice


def raise_alarm(
    *, workspace: Workspace, matter: str, code: str, subject: str = "", detail: str = ""
) -> bool:
    """Raise an alarm unless one on the same matter is up. Gives whether a new one was raised."""
    _, is_new = Alarm.objects.get_or_create(
        workspace=workspace,
        matter=matter,
        over_at=None,
        defaults={"code": code, "subject": subject, "detail": detail[:1000]},
    )
    return is_new


def end_alarm(*, workspace: Workspace, matter: str) -> None:
    """Say that a matter is over."""
    Alarm.objects.filter(workspace=workspace, matter=matter, over_at=None).update(
        over_at=timezone.now()
    )


def note_in_trail(
    *, workspace: Workspace, member: Member | None, verb: str, subject: str = ""
) -> None:
    """Write one line of the audit trail. `subject` holds no personal text."""
    TrailEntry.objects.create(workspace=workspace, member=member, verb=verb, subject=subject[:200])


def schedule_routine(*, name: str) -> None:
    """Make sure that a routine has its row; an existing one keeps its due time."""
    Routine.objects.get_or_create(name=name)


def note_routine_done(*, name: str) -> None:
    """Say that something of this name was done just now; its row is made if it is not there."""
    Routine.objects.update_or_create(name=name, defaults={"last_done_at": timezone.now()})
