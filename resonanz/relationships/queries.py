"""Every read of this room but the neighbourhood: whom we owe, new faces, what passed between."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models.functions import Left
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.conversations.shown import face_of, hidden_words
from resonanz.people.models import Identity, Person
from resonanz.people.queries import unshielded
from resonanz.plumbing.keyset import Mark
from resonanz.plumbing.text import excerpt
from resonanz.relationships.models import Act, Contact, ContactQuerySet, Walk
from resonanz.relationships.wording import did_phrase, given_phrase, received_phrase
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import ReactionKind
from resonanz.understanding.hiding import Hider
from resonanz.workspaces.json_rows import JsonRows, json_of
from resonanz.workspaces.models import Member, Workspace

HANDFUL = 5
ON_A_PAGE = 30
COUNTED_UP_TO = 31
ACCOUNTS_BESIDE = 5
WORDS_CHARACTERS = 220
NEW_FOR = timedelta(days=14)
LATEST_ACTS = 6
MOST_HEARD = 100

Row = TypeVar("Row")


@dataclass(frozen=True)
class Owed:
    """Somebody who did us a kindness and got nothing back, and the oldest such kindness.

    `can_thank` says whether a channel that works can carry a word of ours there. `mark` is
    where a list goes on behind this row.
    """

    person: Person
    identity: Identity
    what: str
    since: datetime
    words: str
    warning: str
    post: Post | None
    can_thank: bool
    mark: Mark
    picture: str = ""
    hidden: str = ""


@dataclass(frozen=True)
class Some(Generic[Row]):
    """The first rows of a list, and how many there are in all, counted up to 101."""

    rows: list[Row]
    total: int


def owed_people(
    workspace: Workspace, *, most: int = HANDFUL, after: Mark | None = None
) -> Some[Owed]:
    """Whom we owe a word of thanks, one row per person, the longest first."""
    contacts = Contact.objects.owed().filter(unshielded("identity"), workspace=workspace)
    if after:
        contacts = contacts.filter(owed_since__gte=after.moment).exclude(
            owed_since=after.moment, pk__lte=after.pk
        )
    return _people_of(contacts, most, workspace.hider)


def _people_of(contacts: ContactQuerySet, most: int, hider: Hider) -> Some[Owed]:
    counted = contacts[: max(COUNTED_UP_TO, most * 2)]
    told: Any = _with_kindness(contacts).annotate(
        everybody=JsonRows(counted, person="identity__person_id")
    )
    # Many are counted, and few more are read whole than a page shows: who has two accounts is one.
    found = list(told[: most + ACCOUNTS_BESIDE])
    people = {row["person"] for row in json_of(found[0].everybody)} if found else set()
    per_person: dict[int, Contact] = {}
    for contact in found:
        per_person.setdefault(contact.identity.person_id, contact)
    chosen = list(per_person.values())[:most]
    return Some([_owed(contact, hider) for contact in chosen], len(people))


def _with_kindness(contacts: ContactQuerySet) -> ContactQuerySet:
    """With all that a row shows; of the texts only the beginning."""
    return (
        contacts.annotate(words=Left("owed_act__post__text", WORDS_CHARACTERS * 2))
        .select_related(
            "identity__person", "identity__met_through", "owed_act__post", "owed_act__channel"
        )
        .defer(
            "identity__bio",
            "identity__wishes",
            *(f"identity__met_through__{wide}" for wide in ("credentials", "profile", "facts")),
            "owed_act__post__html",
            "owed_act__post__text",
            *(f"owed_act__channel__{wide}" for wide in ("credentials", "profile", "facts")),
        )
    )


def _owed(contact: Contact, hider: Hider) -> Owed:
    act, since = contact.owed_act, contact.owed_since or contact.updated_at
    post = act.post if act else None
    beginning: str = getattr(contact, "words", "") or ""
    return Owed(
        person=contact.identity.person,
        identity=contact.identity,
        what=received_phrase(act.kind) if act else "",
        since=since,
        words=excerpt(post.title or beginning, WORDS_CHARACTERS) if post else "",
        warning=post.warning if post else "",
        post=post,
        can_thank=_can_speak(act.channel if act else None, contact.identity.met_through),
        mark=Mark(since, contact.pk),
        picture=face_of(contact.identity),
        hidden=hidden_words() if post and hider.hides(post.title, beginning) else "",
    )


def _can_speak(*channels: Channel | None) -> bool:
    return any(
        channel.state == Channel.State.OK and Can.PUBLISH in channel.abilities
        for channel in channels
        if channel is not None
    )


@dataclass(frozen=True)
class Ear:
    """A kind of channel that the workspace has: its network, what it can do, how it is."""

    network: str
    abilities: tuple[str, ...]
    state: str

    @property
    def can_speak(self) -> bool:
        """Whether a first word can be said there, once it works."""
        return Can.PUBLISH in self.abilities


def ears(workspace: Workspace) -> list[Ear]:
    """The kinds of channels that a workspace has, each once; with 2,000 feeds still a few."""
    kinds = Channel.objects.filter(workspace=workspace).order_by()
    return [
        Ear(network, tuple(abilities), state)
        for network, abilities, state in kinds.values_list(
            "network", "abilities", "state"
        ).distinct()
    ]


def speaking_channels(workspace: Workspace, network: str) -> list[Channel]:
    """The channels of a network that work and on which we can say a first word, oldest first."""
    channels = Channel.objects.working().filter(workspace=workspace, network=network)
    return [found for found in channels.order_by("pk") if Can.PUBLISH in found.abilities]


def channel_for_gesture(post: Post, kind: ReactionKind) -> Channel | None:
    """The working channel that knows a post and can make that gesture, the first that saw it."""
    seen = post.sightings.select_related("channel").order_by("pk")
    working = [found.channel for found in seen if found.channel.state == Channel.State.OK]
    return next((channel for channel in working if kind.value in channel.abilities), None)


def seen_until_of(member: Member) -> datetime | None:
    """Until when a member has seen the neighbourhood. None before her first walk."""
    return Walk.objects.filter(member=member).values_list("seen_until", flat=True).first()


def oldest_kindness(person: Person) -> Act | None:
    """The kindness of a person that has waited longest for a word."""
    contact = (
        Contact.objects.owed()
        .filter(identity__person=person)
        .select_related("owed_act__post", "owed_act__identity")
        .first()
    )
    return contact.owed_act if contact else None


@dataclass(frozen=True)
class Face:
    """Somebody we met in the last days, because of what he did towards us."""

    person: Person
    identity: Identity
    what: str
    met_at: datetime
    bio: str
    mark: Mark
    picture: str = ""


def new_faces(
    workspace: Workspace, *, most: int = HANDFUL, after: Mark | None = None
) -> Some[Face]:
    """Those with whom it began in the last fortnight, by something they did; the latest first."""
    since = timezone.now() - NEW_FOR
    contacts = Contact.objects.filter(
        unshielded("identity"),
        workspace=workspace,
        last_received_at__gte=since,
        first_at__gte=since,
    )
    if after:
        contacts = contacts.filter(last_received_at__lte=after.moment).exclude(
            last_received_at=after.moment, pk__gte=after.pk
        )
    ordered = contacts.order_by("-last_received_at", "-pk")
    whole = ordered.select_related("identity__person").defer("identity__wishes")
    found = list(whole[: max(COUNTED_UP_TO, most + 1)])
    return Some([_face(contact) for contact in found[:most]], len(found))


def _face(contact: Contact) -> Face:
    identity, now = contact.identity, contact.updated_at
    return Face(
        person=identity.person,
        identity=identity,
        what=identity.get_met_how_display(),
        met_at=contact.first_at or now,
        bio=excerpt(identity.bio, WORDS_CHARACTERS),
        mark=Mark(contact.last_received_at or now, contact.pk),
        picture=face_of(identity),
    )


@dataclass(frozen=True)
class Passed:
    """One thing that passed between a person and us, with the conversation it belongs to."""

    phrase: str
    at: datetime
    conversation_id: int | None


@dataclass(frozen=True)
class Between:
    """What passed between a person and us. The counts come last, and count accounts together."""

    received: list[Passed]
    given: list[Passed]
    first_at: datetime
    last_received_at: datetime | None
    last_given_at: datetime | None
    owed: Owed | None
    received_count: int
    given_count: int


def between_us(person: Person) -> Between | None:
    """What passed between a person and us. None when nothing did."""
    contacts = list(
        _with_kindness(Contact.objects.filter(identity__person=person)).order_by("owed_since", "pk")
    )
    begun = [contact.first_at for contact in contacts if contact.first_at]
    if not begun:
        return None
    owed = [contact for contact in contacts if contact.owed_since]
    return Between(
        received=_latest(person, Act.Direction.RECEIVED),
        given=_latest(person, Act.Direction.GIVEN),
        first_at=min(begun),
        last_received_at=max(
            (found.last_received_at for found in contacts if found.last_received_at), default=None
        ),
        last_given_at=max(
            (found.last_given_at for found in contacts if found.last_given_at), default=None
        ),
        owed=_owed(owed[0], person.workspace.hider) if owed else None,
        received_count=sum(found.received_count for found in contacts),
        given_count=sum(found.given_count for found in contacts),
    )


def _latest(person: Person, direction: str) -> list[Passed]:
    # By their ids and not by the person: then the acts of one account are read in their order.
    accounts = [identity.pk for identity in person.identities.all()]
    acts = (
        Act.objects.filter(identity__in=accounts, direction=direction)
        .order_by("-at", "-pk")
        .values_list("kind", "at", "post__conversation_id")[:LATEST_ACTS]
    )
    phrase = did_phrase if direction == Act.Direction.RECEIVED else given_phrase
    return [Passed(phrase(kind), at, conversation) for kind, at, conversation in acts]


def latest_heard() -> int:
    """The id of the latest post that anybody in this house has heard; 0 where there is none."""
    latest = Post.objects.order_by("-pk").values_list("pk", flat=True)[:1]
    return next(iter(latest), 0)


def heard_since(workspace: Workspace, known: int) -> tuple[int, int]:
    """How many posts of the neighbourhood came in after the post with this id, at most 100.

    With the id of the latest of them. In the order in which they came in: what is said now may
    be heard in a minute.
    """
    found = Post.objects.still_there().filter(
        unshielded("identity"), pk__gt=known, workspace=workspace, reason=Post.Reason.NEIGHBOURHOOD
    )
    ids = list(found.order_by("pk").values_list("pk", flat=True)[:MOST_HEARD])
    return len(ids), max(ids, default=known)
