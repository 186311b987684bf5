"""Accounts of people who spoke with us where no network tells us: one for each person."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from resonanz.people.actions import make_findable
from resonanz.people.by_hand import BY_HAND
from resonanz.people.models import Identity, Person
from resonanz.workspaces.models import Workspace

OUR_UID = f"{BY_HAND}:us"
NAME_CHARACTERS = 300


@transaction.atomic
def spoke_with(*, person: Person, at: datetime, url: str = "") -> Identity:
    """The account by which a person spoke with us herself, made the first time.

    When we met there is the earliest talk that was noted, in whatever order they are noted.
    """
    known = person.identities.filter(network=BY_HAND, is_ours=False).order_by("pk").first()
    if known is None:
        return _account(person, at=at, url=url)
    if at < known.met_at:
        known.met_at, known.met_url = at, url[:1000]
        known.save(update_fields=["met_at", "met_url"])
    return known


@transaction.atomic
def spoke_with_somebody_new(
    *, workspace: Workspace, name: str, at: datetime, url: str = ""
) -> Identity:
    """Somebody of whom we know a name, and nothing else yet."""
    person = Person.objects.create(workspace=workspace, name=name.strip()[:NAME_CHARACTERS])
    found = _account(person, at=at, url=url)
    make_findable(person)
    return found


def _account(person: Person, *, at: datetime, url: str) -> Identity:
    return Identity.objects.create(
        workspace_id=person.workspace_id,
        person=person,
        network=BY_HAND,
        uid=f"{BY_HAND}:{uuid4()}",
        handle=person.name,
        name=person.name,
        met_at=at,
        met_how=Identity.Met.SPOKE_WITH_US,
        met_url=url[:1000],
    )


def ourselves(*, workspace: Workspace) -> Identity:
    """Who speaks for us where no account of ours does."""
    known = Identity.objects.filter(workspace=workspace, network=BY_HAND, uid=OUR_UID).first()
    if known is not None:
        return known
    person = Person.objects.create(workspace=workspace, name=workspace.name)
    return Identity.objects.create(
        workspace=workspace,
        person=person,
        network=BY_HAND,
        uid=OUR_UID,
        handle=workspace.name[:NAME_CHARACTERS],
        name=workspace.name[:NAME_CHARACTERS],
        is_ours=True,
        met_how=Identity.Met.OURSELVES,
    )


def note_first_talk(identity: Identity, *, at: datetime, url: str) -> None:
    """How we met is the first talk, also when an earlier one turns out to have been later."""
    identity.met_at, identity.met_url = at, url[:1000]
    identity.save(update_fields=["met_at", "met_url"])


@transaction.atomic
def forget_account(identity: Identity) -> None:
    """Nothing that this account said is noted any more: it goes.

    With it goes a person of whom there is nothing else, for she stood here by mistake. Where
    there is a note about her, the account stays: the note needs somebody to belong to.
    """
    person = identity.person
    if person.identities.exclude(pk=identity.pk).exists():
        identity.delete()
        make_findable(person)
    elif not person.note:
        person.delete()


def note_latest_contact(*, person: Person, at: datetime | None) -> None:
    """When something last passed between us, after something turned out not to have passed."""
    Person.objects.filter(pk=person.pk).update(last_contact_at=at)
