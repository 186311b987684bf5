"""Every write of this room: acts from posts, reactions and gestures, and their sums."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from resonanz.channels.arrivals import Arrival
from resonanz.conversations.models import Post
from resonanz.conversations.places import Kept
from resonanz.outbox.models import Gesture
from resonanz.people.actions import meet
from resonanz.people.models import Identity
from resonanz.relationships.acts import Told, acts_of_post
from resonanz.relationships.models import Act, Contact, Walk
from resonanz.switchboard.shapes import Reaction, ReactionKind
from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import own_hosts

KINDNESSES = (Act.Kind.SHARE, Act.Kind.LINK)

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
    hosts = own_hosts(kept[0].channel.workspace)
    told = [act for one in kept for act in acts_of_post(one, hosts)]
    write_acts(told)


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
    post = None
    if reaction.post:
        post = Post.objects.filter(
            workspace=channel.workspace, network=channel.network, uid=reaction.post.uid
        ).first()
    kind = KIND_OF_REACTION[reaction.kind]
    return Told(
        identity=identity,
        kind=kind,
        direction=Act.Direction.RECEIVED,
        at=reaction.at,
        uid=act_uid(kind, reaction.by.uid, reaction.post.uid if reaction.post else channel.uid),
        post=post,
        channel=channel,
        is_backlog=arrival.page.is_backlog,
    )


def act_uid(kind: str, by_uid: str, about_uid: str) -> str:
    """One name for one act, from whichever side it is seen."""
    return f"{kind} {by_uid} {about_uid}"


def record_gesture(gesture: Gesture) -> None:
    """What we shared, liked or followed is given to its author."""
    post = Post.objects.filter(
        workspace_id=gesture.workspace_id,
        network=gesture.channel.network,
        uid=gesture.target_uid,
    ).first()
    identity = (
        post.identity
        if post
        else Identity.objects.filter(
            workspace_id=gesture.workspace_id,
            network=gesture.channel.network,
            uid=gesture.target_uid,
        ).first()
    )
    if identity is None or identity.is_ours:
        return
    kind = KIND_OF_REACTION[ReactionKind(gesture.kind)]
    write_acts(
        [
            Told(
                identity=identity,
                kind=kind,
                direction=Act.Direction.GIVEN,
                at=gesture.sent_at or timezone.now(),
                uid=act_uid(kind, gesture.channel.uid, gesture.target_uid),
                post=post,
                channel=gesture.channel,
            )
        ]
    )


@transaction.atomic
def write_acts(told: Iterable[Told]) -> None:
    """Store acts, each once, and bring the contacts of those concerned up to date."""
    acts = {act.uid: act for act in told if not act.identity.is_ours}
    if not acts:
        return
    workspace_id = next(iter(acts.values())).identity.workspace_id
    known = set(
        Act.objects.filter(workspace_id=workspace_id, uid__in=acts).values_list("uid", flat=True)
    )
    fresh = [act for uid, act in acts.items() if uid not in known]
    Act.objects.bulk_create([act.row() for act in fresh], ignore_conflicts=True)
    for identity in {act.identity.pk: act.identity for act in fresh}.values():
        refresh_contact(identity)


@transaction.atomic
def refresh_contact(identity: Identity) -> Contact:
    """Sum an identity's acts up anew. Can be run at any time."""
    given, received = Q(direction=Act.Direction.GIVEN), Q(direction=Act.Direction.RECEIVED)
    sums = identity.acts.aggregate(
        first_at=Min("at"),
        last_received_at=Max("at", filter=received),
        last_given_at=Max("at", filter=given),
        received_count=Count("pk", filter=received),
        given_count=Count("pk", filter=given),
    )
    contact, _ = Contact.objects.get_or_create(
        identity=identity, defaults={"workspace_id": identity.workspace_id}
    )
    for column, value in sums.items():
        setattr(contact, column, value)
    owed = _oldest_unreturned(identity, contact)
    contact.owed_act, contact.owed_since = owed, owed.at if owed else None
    contact.updated_at = timezone.now()
    contact.save()
    return contact


def _oldest_unreturned(identity: Identity, contact: Contact) -> Act | None:
    quits = [at for at in (contact.last_given_at, contact.settled_at) if at]
    kindnesses = identity.acts.filter(direction=Act.Direction.RECEIVED, kind__in=KINDNESSES)
    if quits:
        kindnesses = kindnesses.filter(at__gt=max(quits))
    return kindnesses.order_by("at").first()


@transaction.atomic
def settle_debt(*, contact: Contact, is_settled: bool = True) -> Contact:
    """A human says that we are quits (thanked elsewhere, not needed), or takes that back."""
    contact.settled_at = timezone.now() if is_settled else None
    contact.save(update_fields=["settled_at"])
    return refresh_contact(contact.identity)


def note_walk(*, member: Member, seen_until: object) -> None:
    """A member has seen everything in the neighbourhood until that time."""
    Walk.objects.update_or_create(member=member, defaults={"seen_until": seen_until})
