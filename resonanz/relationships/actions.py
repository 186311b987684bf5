"""Every write of this room: acts from posts, reactions and gestures, and their sums."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from resonanz.channels.arrivals import Arrival
from resonanz.conversations.actions import NobodyCanAnswer, answer_post
from resonanz.conversations.addresses import find_post
from resonanz.conversations.models import Post
from resonanz.conversations.places import Kept, Merged
from resonanz.outbox.actions import start_draft
from resonanz.outbox.models import Draft, Gesture
from resonanz.people.actions import meet, note_contact, note_followed, note_follower
from resonanz.people.models import Identity, Person
from resonanz.people.spoken_with import note_latest_contact
from resonanz.people.wishes import why_not_written_to
from resonanz.relationships.acts import Reading, Told, act_uid, is_old
from resonanz.relationships.models import Act, Contact, Walk
from resonanz.relationships.queries import speaking_channels
from resonanz.switchboard.shapes import Reaction, ReactionKind
from resonanz.workspaces.models import Member, Voice
from resonanz.workspaces.queries import own_hosts

# These are told from a post's own structure, again whenever it is read.
READ_FROM_POSTS = (Act.Kind.MENTION, Act.Kind.ANSWER, Act.Kind.LINK)

KIND_OF_REACTION = {
    ReactionKind.FAVOURITE: Act.Kind.FAVOURITE,
    ReactionKind.BOOST: Act.Kind.SHARE,
    ReactionKind.FOLLOW: Act.Kind.FOLLOW,
}

HOW_WE_MET = {
    ReactionKind.FAVOURITE: Identity.Met.LIKED_US,
    ReactionKind.BOOST: Identity.Met.SHARED_US,
    ReactionKind.FOLLOW: Identity.Met.FOLLOWED_US,
}


def record_kept_posts(kept: list[Kept]) -> None:
    """Turn posts that were kept into acts. Runs in the transaction that keeps them."""
    if not kept:
        return
    came_through = kept[0].channel
    own = own_hosts(came_through.workspace if came_through else kept[0].post.workspace)
    readings = [Reading(one.post, one.channel, own, one.is_backlog) for one in kept]
    write_acts([act for reading in readings for act in reading.acts()])
    put_away = [one.post for one in kept if one.post.is_put_away]
    if put_away:
        forget_posts(put_away)


@transaction.atomic
def follow_merged(merged: Merged) -> None:
    """Two posts are the same words: what passed with them passed once.

    What can be read from the post that stays is read from it alone. What somebody did with the
    other one (a favourite, a share) he did with this one.
    """
    kept, gone = merged.kept, merged.gone
    acts = Act.objects.filter(post=gone).select_related("identity__person", "channel")
    concerned = {act.identity_id: act.identity for act in acts}
    for act in acts:
        if act.kind in READ_FROM_POSTS or not _can_move(act, kept):
            act.delete()
    for identity in [*concerned.values(), kept.identity]:
        if not identity.is_ours:
            refresh_contact(identity)
    for identity in concerned.values():
        if identity.person_id != kept.identity.person_id:
            # Nothing may have passed with whoever only seemed to have said it.
            _sum_up_contact(identity.person)


def _can_move(act: Act, kept: Post) -> bool:
    """Name an act anew after the post that stays; not if that is known already."""
    if act.direction == Act.Direction.GIVEN:
        by, act.identity = act.channel.uid if act.channel else "", kept.identity
    else:
        by = act.identity.uid
    act.uid, act.post = act_uid(act.kind, by, kept.uid), kept
    if act.identity.is_ours or Act.objects.filter(workspace=act.workspace, uid=act.uid).exists():
        return False
    act.save(update_fields=["uid", "post", "identity"])
    return True


@transaction.atomic
def forget_posts(posts: list[Post]) -> None:
    """What was noted by mistake or is spam did not pass between us: its acts go, and the sums."""
    acts = Act.objects.filter(post__in=posts)
    concerned = list(Identity.objects.filter(acts__in=acts).select_related("person").distinct())
    acts.delete()
    for identity in concerned:
        refresh_contact(identity)
    for person in {identity.person_id: identity.person for identity in concerned}.values():
        _sum_up_contact(person)


def _sum_up_contact(person: Person) -> None:
    """When something last passed with any of a person's accounts, found anew."""
    sums = Contact.objects.filter(identity__person=person).aggregate(
        received=Max("last_received_at"), given=Max("last_given_at")
    )
    note_latest_contact(person=person, at=max(filter(None, sums.values()), default=None))


def record_reactions(arrival: Arrival) -> None:
    """Turn the reactions of a page into acts. Runs in the transaction that keeps the page."""
    write_acts([_told(arrival, reaction) for reaction in arrival.page.reactions])


def _told(arrival: Arrival, reaction: Reaction) -> Told:
    channel = arrival.channel
    identity = meet(
        workspace=channel.workspace,
        channel=channel,
        profile=reaction.by,
        how=HOW_WE_MET[reaction.kind],
        url=reaction.post.url if reaction.post else reaction.by.url,
        at=reaction.at,
    )
    if reaction.kind is ReactionKind.FOLLOW:
        note_follower(identity=identity, channel=channel, at=reaction.at)
    post = None
    if reaction.post:
        post = find_post(channel.workspace, reaction.post.uid, network=channel.network)
    kind = KIND_OF_REACTION[reaction.kind]
    return Told(
        identity=identity,
        kind=kind,
        direction=Act.Direction.RECEIVED,
        at=reaction.at,
        uid=act_uid(kind, reaction.by.uid, reaction.post.uid if reaction.post else channel.uid),
        post=post,
        channel=channel,
        is_backlog=is_old(reaction.at, is_backlog=arrival.page.is_backlog),
    )


def record_gesture(gesture: Gesture) -> None:
    """What we shared, liked or followed is given to its author."""
    told = told_of_gesture(gesture)
    if told is not None:
        write_acts([told])
        _note_following(gesture, told.identity, is_on=True)


def _note_following(gesture: Gesture, identity: Identity, *, is_on: bool) -> None:
    """Who decides herself who may follow has only been asked: her list tells whether she agreed."""
    if gesture.kind == ReactionKind.FOLLOW.value and not (is_on and identity.is_locked):
        at = timezone.now() if is_on else None
        note_followed(identity=identity, channel=gesture.channel, at=at)


@transaction.atomic
def forget_gesture(gesture: Gesture) -> None:
    """What we took back was not given: its act goes, and the sums are made anew."""
    told = told_of_gesture(gesture)
    if told is None:
        return
    _note_following(gesture, told.identity, is_on=False)
    gone, _ = Act.objects.filter(workspace_id=gesture.workspace_id, uid=told.uid).delete()
    if gone:
        refresh_contact(told.identity)


def told_of_gesture(gesture: Gesture) -> Told | None:
    """The act that a gesture of ours is. None when it went to nobody we know."""
    target = {
        "workspace_id": gesture.workspace_id,
        "network": gesture.channel.network,
        "uid": gesture.target_uid,
    }
    post = find_post(gesture.workspace_id, gesture.target_uid, network=gesture.channel.network)
    identity = post.identity if post else Identity.objects.filter(**target).first()
    if identity is None:
        return None
    kind = KIND_OF_REACTION[ReactionKind(gesture.kind)]
    return Told(
        identity=identity,
        kind=kind,
        direction=Act.Direction.GIVEN,
        at=gesture.sent_at or timezone.now(),
        uid=act_uid(kind, gesture.channel.uid, gesture.target_uid),
        post=post,
        channel=gesture.channel,
    )


@transaction.atomic
def write_acts(told: Iterable[Told]) -> None:
    """Store acts, each once, and bring the contacts of those concerned up to date.

    An act that is known and turns out to be of another kind is put right. Acts of ourselves
    towards ourselves are none.
    """
    for identity in store_acts(told):
        refresh_contact(identity)


def store_acts(told: Iterable[Told]) -> list[Identity]:
    """Store acts of one workspace without their sums. Gives the identities that it changed."""
    acts = {act.uid: act for act in told if not act.identity.is_ours}
    if not acts:
        return []
    workspace_id = next(iter(acts.values())).identity.workspace_id
    stored = Act.objects.filter(workspace_id=workspace_id, uid__in=acts)
    known = {act.uid: act for act in stored}
    fresh = [act for uid, act in acts.items() if uid not in known]
    Act.objects.bulk_create([act.row() for act in fresh], ignore_conflicts=True)
    other = [act for act in acts.values() if act.uid in known and act.kind != known[act.uid].kind]
    for act in other:
        stored.filter(uid=act.uid).update(kind=act.kind)
    return list({act.identity.pk: act.identity for act in [*fresh, *other]}.values())


@transaction.atomic
def refresh_contact(identity: Identity) -> Contact:
    """Sum an identity's acts up anew, and what we owe the person behind it. Can be run any time."""
    given, received = Q(direction=Act.Direction.GIVEN), Q(direction=Act.Direction.RECEIVED)
    sums = identity.acts.aggregate(
        first_at=Min("at"),
        last_received_at=Max("at", filter=received),
        last_given_at=Max("at", filter=given),
        received_count=Count("pk", filter=received),
        given_count=Count("pk", filter=given),
    )
    contact, _ = Contact.objects.update_or_create(
        identity=identity,
        defaults=sums | {"updated_at": timezone.now()},
        create_defaults=sums | {"workspace_id": identity.workspace_id},
    )
    if latest := max(filter(None, (contact.last_received_at, contact.last_given_at)), default=None):
        note_contact(identity=identity, at=latest)
    refresh_debts(identity.person_id)
    times = [at for at in (contact.last_received_at, contact.last_given_at) if at]
    if times:
        note_contact(identity=identity, at=max(times))
    contact.refresh_from_db()
    return contact


@transaction.atomic
def refresh_debts(person_id: int) -> None:
    """Find anew what we owe a person: the oldest kindness at each account since we last gave."""
    contacts = list(Contact.objects.filter(identity__person_id=person_id).select_for_update())
    given = [contact.last_given_at for contact in contacts if contact.last_given_at]
    for contact in contacts:
        owed = _oldest_since(
            [*given, *([contact.settled_at] if contact.settled_at else [])], contact
        )
        contact.owed_act, contact.owed_since = owed, owed.at if owed else None
        contact.save(update_fields=["owed_act", "owed_since"])


def _oldest_since(quits: list[datetime], contact: Contact) -> Act | None:
    kindnesses = Act.objects.kindnesses().filter(identity_id=contact.identity_id, is_backlog=False)
    if quits:
        kindnesses = kindnesses.filter(at__gt=max(quits))
    return kindnesses.order_by("at", "pk").first()


@transaction.atomic
def bring_up_person(person: Person) -> None:
    """Other accounts are hers now: what we owe her, and the last contact, are found anew."""
    refresh_debts(person.pk)
    _sum_up_contact(person)


@transaction.atomic
def settle_debts(*, person: Person) -> int:
    """A human says that we are quits (thanked elsewhere, not needed).

    Gives at how many accounts something was owed.
    """
    settled, now = 0, timezone.now()
    for contact in Contact.objects.owed().filter(identity__person=person):
        contact.settled_before, contact.settled_at = contact.settled_at, now
        contact.save(update_fields=["settled_before", "settled_at"])
        settled += 1
    refresh_debts(person.pk)
    return settled


@transaction.atomic
def reopen_debts(*, person: Person) -> int:
    """Take the last settling by hand back. Does nothing where something is owed already.

    Gives at how many accounts.
    """
    contacts = Contact.objects.filter(identity__person=person)
    if contacts.owed().exists():
        return 0
    latest = contacts.aggregate(at=Max("settled_at"))["at"]
    reopened = 0
    for contact in contacts.filter(settled_at__isnull=False, settled_at=latest):
        contact.settled_at, contact.settled_before = contact.settled_before, None
        contact.save(update_fields=["settled_before", "settled_at"])
        reopened += 1
    refresh_debts(person.pk)
    return reopened


def note_walk(*, member: Member, seen_until: datetime) -> Walk:
    """A member has seen everything that had arrived in the neighbourhood until that moment.

    Never goes back, and never beyond the present: what arrives later has not been seen.
    """
    until = min(seen_until, timezone.now())
    walk, _ = Walk.objects.get_or_create(member=member, defaults={"seen_until": until})
    if walk.seen_until < until:
        walk.seen_until = until
        walk.save(update_fields=["seen_until"])
    return walk


class NoWayThere(Exception):
    """No channel of ours can carry a word to that account."""


@transaction.atomic
def begin_word_to(
    *, identity: Identity, member: Member, voice: Voice | None, is_thanks: bool = False
) -> Draft:
    """A draft that names somebody, on the first channel of ours that can carry it there.

    Gives the author's open draft to the same account if there is one. Raises `NoWayThere`, also
    where the account has blocked us.
    """
    if why_not_written_to(identity):
        raise NoWayThere
    start = f"{identity.handle} "
    begun = Draft.objects.open().filter(
        author=member, answering_uid="", text__startswith=start, channels__network=identity.network
    )
    if known := begun.order_by("-pk").first():
        return known
    channel = next(iter(speaking_channels(member.workspace, identity.network)), None)
    if channel is None:
        raise NoWayThere
    return start_draft(
        workspace=member.workspace,
        author=member,
        voice=voice,
        channels=[channel],
        text=start,
        is_thanks=is_thanks,
    )


def thank_for(*, act: Act, member: Member, voice: Voice | None) -> Draft:
    """A draft that thanks for a kindness: an answer to what was said, or a word that names her.

    What she passed on is our own post, and an answer to that would not reach her. Raises
    `NoWayThere`.
    """
    if act.post is None or act.post.is_ours or act.post.gone_at:
        return begin_word_to(identity=act.identity, member=member, voice=voice, is_thanks=True)
    try:
        return answer_post(post=act.post, member=member, voice=voice, is_thanks=True)
    except NobodyCanAnswer as cause:
        raise NoWayThere from cause
