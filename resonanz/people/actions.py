"""Every write of this room: meeting somebody, keeping his profile fresh, notes, names."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.people.models import Honouring, Identity, KnownAs, NameWord, Person
from resonanz.people.names import words_of
from resonanz.plumbing.text import plain_text, web_address
from resonanz.switchboard.shapes import Profile, ShieldKind, Wish
from resonanz.understanding.wishes import wishes_in
from resonanz.workspaces.models import Member, Workspace

BIO_CHARACTERS = 2000
SEEN_AGAIN_AFTER_SECONDS = 3600


@transaction.atomic
def meet(
    *,
    workspace: Workspace,
    channel: Channel,
    profile: Profile,
    how: str,
    url: str = "",
    at: datetime | None = None,
) -> Identity:
    """The identity of a profile, made with a person of its own when we meet for the first time.

    `how` is one of `Identity.Met`. A profile that changed is brought up to date; how we met
    stays, except that somebody overheard becomes somebody met when he turns to us.
    """
    url = web_address(url)[:1000]
    known = Identity.objects.filter(
        workspace=workspace, network=channel.network, uid=profile.uid
    ).first()
    if known is not None:
        _refresh(known, profile, how=how, url=url, at=at)
        _note_known_as(known, channel, profile)
        return known
    person = Person.objects.create(workspace=workspace, name=_name_of(profile))
    identity = Identity.objects.create(
        workspace=workspace,
        person=person,
        network=channel.network,
        uid=profile.uid,
        is_ours=how == Identity.Met.OURSELVES,
        met_at=at or timezone.now(),
        met_how=how,
        met_url=url,
        met_through=channel,
        **_columns_of(profile),
        **_wishes_of(profile, profile.bio_html),
    )
    _note_known_as(identity, channel, profile)
    _see_to_wishes(identity, before=())
    make_findable(person)
    return identity


def _note_known_as(identity: Identity, channel: Channel, profile: Profile) -> None:
    if profile.local_id:
        KnownAs.objects.get_or_create(
            identity=identity, channel=channel, defaults={"local_id": profile.local_id[:200]}
        )


def make_findable(person: Person) -> None:
    """Note the words by which a person is found, from her name and her accounts."""
    names = [person.name]
    for identity in person.identities.all():
        names += [identity.name, identity.handle]
    words = words_of(*names)
    person.name_words.exclude(word__in=words).delete()
    NameWord.objects.bulk_create(
        [NameWord(workspace_id=person.workspace_id, person=person, word=word) for word in words],
        ignore_conflicts=True,
    )


@transaction.atomic
def note_contact(*, identity: Identity, at: datetime) -> None:
    """Something passed between a person and us; the latest time stays."""
    Person.objects.filter(pk=identity.person_id).filter(
        Q(last_contact_at__isnull=True) | Q(last_contact_at__lt=at)
    ).update(last_contact_at=at)


@transaction.atomic
def note_follower(*, identity: Identity, channel: Channel, at: datetime) -> None:
    """Somebody began to follow our account on this channel."""
    Identity.objects.filter(pk=identity.pk).update(follows_us=True)
    KnownAs.objects.filter(identity=identity, channel=channel).update(follows_us_at=at)


def note_followed(*, identity: Identity, channel: Channel, at: datetime | None) -> None:
    """Our account on this channel follows somebody since then, or (None) no longer."""
    KnownAs.objects.filter(identity=identity, channel=channel).update(followed_at=at)


def _name_of(profile: Profile) -> str:
    return (profile.name.strip() or profile.handle)[:300]


def _columns_of(profile: Profile) -> dict[str, Any]:
    return {
        "handle": profile.handle[:300],
        "name": profile.name.strip()[:300],
        "url": web_address(profile.url)[:1000],
        "avatar_url": profile.avatar_url[:1000],
        "bio": plain_text(profile.bio_html)[:BIO_CHARACTERS],
        "is_bot": profile.is_bot,
        "is_locked": profile.is_locked,
        "moved_to": msgspec.to_builtins(profile.moved_to) if profile.moved_to else {},
        "moved_to_uid": profile.moved_to.uid if profile.moved_to else "",
        "blocks_us": profile.blocks_us,
    }


def _wishes_of(profile: Profile, bio: str) -> dict[str, Any]:
    """What the network tells of an account's wishes, and what its own words say."""
    told = {wish.value for wish in profile.wishes} | wishes_in(bio)
    if not profile.is_indexable:
        told.add(Wish.NO_SEARCH.value)
    return {"wishes": sorted(told), "is_indexable": Wish.NO_SEARCH.value not in told}


# Wishes after which words that were only overheard have to be seen to.
OF_WORDS = frozenset({Wish.NO_SEARCH.value, Wish.NO_ARCHIVE.value})


def _see_to_wishes(identity: Identity, *, before: Collection[str]) -> None:
    if not OF_WORDS.intersection(identity.wishes) ^ OF_WORDS.intersection(before):
        return
    now = timezone.now()
    free = {"due_at": now, "nudged_at": now, "leased_until": now, "attempts": 0}
    Honouring.objects.update_or_create(identity=identity, defaults=free)


ONLY_OVERHEARD = (Identity.Met.NEIGHBOUR, Identity.Met.IN_CONVERSATION)


def _refresh(
    identity: Identity, profile: Profile, *, how: str, url: str, at: datetime | None
) -> None:
    changed = _take_over(identity, profile)
    now = timezone.now()
    if (now - identity.seen_at).total_seconds() > SEEN_AGAIN_AFTER_SECONDS:
        identity.seen_at = now
        changed.append("seen_at")
    if how == Identity.Met.OURSELVES and not identity.is_ours:
        identity.is_ours = True
        changed.append("is_ours")
    if identity.met_how in ONLY_OVERHEARD and how not in ONLY_OVERHEARD:
        identity.met_how, identity.met_url, identity.met_at = how, url, at or now
        changed += ["met_how", "met_url", "met_at"]
    if changed:
        identity.save(update_fields=changed)
    if "name" in changed or "handle" in changed:
        make_findable(identity.person)


def _take_over(identity: Identity, profile: Profile) -> list[str]:
    """Bring an account up to its profile; gives the columns that changed.

    A mention in a stream may come with less than the full profile: what is empty there leaves
    what we know, and the wishes in the words that we know.
    """
    columns, before = _columns_of(profile), identity.wishes
    bio = profile.bio_html if profile.bio_html or profile.is_full else identity.bio
    columns |= _wishes_of(profile, bio)
    changed = []
    for column, value in columns.items():
        is_untold = value in ("", {}) and not profile.is_full
        if value != getattr(identity, column) and not is_untold:
            setattr(identity, column, value)
            changed.append(column)
    if "wishes" in changed:
        _see_to_wishes(identity, before=before)
    return changed


def write_note(*, person: Person, note: str) -> Person:
    """Keep a human's note about a person."""
    person.note = note.strip()
    person.save(update_fields=["note"])
    return person


@transaction.atomic
def rename_person(*, person: Person, name: str) -> Person:
    """Call a person as we call her; an empty name leaves hers. She is still found by both."""
    person.name = name.strip()[:300] or person.name
    person.save(update_fields=["name"])
    make_findable(person)
    return person


def keep_away(*, identity: Identity, kind: ShieldKind, member: Member) -> bool:
    """Mute or block an account here. Gives whether it was not so before."""
    if getattr(identity, SHIELDS[kind][0]) is not None:
        return False
    _note_shield(identity, kind, at=timezone.now(), by=member)
    return True


def let_near(*, identity: Identity, kind: ShieldKind) -> bool:
    """Mute or block an account no longer. Gives whether it was so before."""
    if getattr(identity, SHIELDS[kind][0]) is None:
        return False
    _note_shield(identity, kind, at=None, by=None)
    return True


SHIELDS = {
    ShieldKind.MUTE: ("muted_at", "muted_by"),
    ShieldKind.BLOCK: ("blocked_at", "blocked_by"),
}


def _note_shield(
    identity: Identity, kind: ShieldKind, *, at: datetime | None, by: Member | None
) -> None:
    when, who = SHIELDS[kind]
    setattr(identity, when, at)
    setattr(identity, who, by)
    identity.save(update_fields=[when, who])
