"""Every read of this room that another file needs."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Concat

from resonanz.channels.models import Channel
from resonanz.conversations.models import (
    Conversation,
    Lookup,
    Post,
    PostAddress,
    Promise,
    Sighting,
)
from resonanz.outbox.models import Amendment, Delivery, Draft, Gesture, Moderation, OnItsWay
from resonanz.outbox.queries import in_force
from resonanz.people.by_hand import PLACES, network_at
from resonanz.people.models import Identity, KnownAs, Person
from resonanz.plumbing.keyset import Mark
from resonanz.switchboard.contract import Can
from resonanz.switchboard.registry import networks
from resonanz.switchboard.shapes import Audience, ReactionKind
from resonanz.workspaces.json_rows import JsonRows
from resonanz.workspaces.models import Workspace

# A dozen are read in one sitting and drawn in a tenth of a second; the rest is a click away.
POSTS_SHOWN = 12
# Wide columns that a talk does not show: reading them costs more than asking for them.
NOT_SHOWN = (
    *(f"delivery__channel__{wide}" for wide in ("credentials", "profile", "facts")),
    "delivery__publication__text",
    "delivery__publication__answering",
)
DELIVERIES_SHOWN = 30
POSTS_LOOKED_AT = 60
COPIES_SHOWN = 10


def sighting_on(post: Post, channel: Channel) -> Sighting | None:
    """How a channel knows a post, if it does."""
    return post.sightings.filter(channel=channel).order_by("pk").first()


def channels_for_answer(post: Post) -> list[Channel]:
    """The channels that know this post and can answer it; working ones, and those named, first."""
    return able_to_answer(post, post.sightings.select_related("channel").order_by("pk"))


def able_to_answer(post: Post, sightings: Iterable[Sighting]) -> list[Channel]:
    """Those of the channels that can answer the post, each once, the best first."""
    if post.is_closed or post.standing in (Post.Standing.SPAM, Post.Standing.TRASH):
        return []
    needed = Can.ANSWER_DIRECT if post.audience == Audience.DIRECT.value else Can.ANSWER
    seen = {found.channel_id: found.channel for found in sightings}
    able = [channel for channel in seen.values() if needed in channel.abilities]
    named = {mention.get("uid") for mention in post.mentions}
    # What is known on several networks is answered where it was said, and only there.
    here = [channel for channel in able if channel.network == post.network]
    return sorted(
        here or able,
        key=lambda channel: (channel.state != Channel.State.OK, channel.uid not in named),
    )


def thread_window(
    conversation: Conversation, upto: Mark | None = None, *, size: int = POSTS_SHOWN
) -> tuple[list[Post], str]:
    """The last posts of a conversation (up to a mark), oldest first, and the mark before them.

    The mark is empty when the conversation begins here.
    """
    found = conversation.posts.select_related(
        "identity",
        "voice",
        "noted_by",
        "shared_by",
        "delivery__channel",
        "delivery__publication__voice",
    )
    found = found.defer(*NOT_SHOWN).annotate(
        changing=_change_under_way(),
        moderating=_standing_under_way(),
        told_copies=_copies(),
        told_addresses=_other_addresses(),
    )
    if upto is not None:
        before = Q(said_at__lt=upto.moment) | Q(said_at=upto.moment, pk__lte=upto.pk)
        found = found.filter(before)
    rows = list(found.order_by("-said_at", "-pk")[: size + 1])
    earlier = str(Mark(rows[size].said_at, rows[size].pk)) if len(rows) > size else ""
    shown = rows[:size][::-1]
    _set_what_they_point_at(shown)
    return shown, earlier


def _set_what_they_point_at(posts: Sequence[Post]) -> None:
    """Set `answers` and `quotes`. Most of them stand in the same part; the others are asked for."""
    known = {post.pk: post for post in posts}
    told = {pk for post in posts for pk in (post.answers_id, post.quotes_id) if pk is not None}
    if others := told - known.keys():
        elsewhere = Post.objects.filter(pk__in=others).select_related("identity")
        known |= {post.pk: post for post in elsewhere}
    for post in posts:
        post.answers = known.get(post.answers_id or 0)
        post.quotes = known.get(post.quotes_id or 0)


def _copies() -> JsonRows:
    """Where copies of a post stand."""
    there = Post.objects.filter(copy_of=OuterRef("pk"), gone_at=None)
    return JsonRows(there.order_by("pk")[:COPIES_SHOWN], network="network", url="url")


def _other_addresses() -> JsonRows:
    """Where the words of a post were seen by another way than its own network."""
    there = PostAddress.objects.filter(post=OuterRef("pk")).exclude(network="")
    elsewhere = there.exclude(network=OuterRef("network")).exclude(url="")
    return JsonRows(elsewhere.order_by("pk")[:COPIES_SHOWN], url="url")


def _change_under_way() -> Subquery:
    """What is being done with a post of ours: "edit" or "delete" with its state, or nothing."""
    under_way = [*OnItsWay.State.still_to_do(), OnItsWay.State.REFUSED.value]
    latest = Amendment.objects.filter(delivery=OuterRef("delivery"), state__in=under_way)
    told = Concat("kind", Value(" "), "state", output_field=CharField())
    return Subquery(latest.order_by("-pk").values(told=told)[:1])


def _standing_under_way() -> Subquery:
    """Which standing a comment is being given, and where that is ("spam refused"), or nothing."""
    under_way = [*OnItsWay.State.still_to_do(), OnItsWay.State.REFUSED.value]
    latest = Moderation.objects.filter(
        workspace=OuterRef("workspace"), target_uid=OuterRef("uid"), state__in=under_way
    )
    told = Concat("wanted", Value(" "), "state", output_field=CharField())
    return Subquery(latest.order_by("-pk").values(told=told)[:1])


def sightings_of(posts: Sequence[Post]) -> dict[int, list[Sighting]]:
    """How which channels know these posts, and whether we shared or liked them there."""
    made = Gesture.objects.filter(
        in_force(), channel=OuterRef("channel"), target_uid=OuterRef("post__uid")
    )
    rows = (
        Sighting.objects.filter(post__in=[post.pk for post in posts])
        .select_related("channel")
        .annotate(
            is_shared=Exists(made.filter(kind=ReactionKind.BOOST.value)),
            is_liked=Exists(made.filter(kind=ReactionKind.FAVOURITE.value)),
        )
        .order_by("pk")
    )
    found: dict[int, list[Sighting]] = {post.pk: [] for post in posts}
    for row in rows:
        found[row.post_id].append(row)
    return found


def deliveries_in_thread(workspace: Workspace, uids: Collection[str]) -> list[Delivery]:
    """Answers of ours to these posts that do not stand there yet, oldest first."""
    on_its_way = [*OnItsWay.State.still_to_do(), OnItsWay.State.REFUSED.value]
    found = Delivery.objects.filter(
        publication__workspace=workspace,
        publication__answering_uid__in=uids,
        state__in=on_its_way,
    ).select_related("publication__voice", "channel", "after")
    return list(found.order_by("created_at", "pk")[:DELIVERIES_SHOWN])


def drafts_in_thread(workspace: Workspace, uids: Collection[str]) -> list[Draft]:
    """Drafts of anybody here that answer one of these posts and have not gone out."""
    # SQLite would read all drafts of the workspace; a sum keeps it to those of these posts.
    here = Draft.objects.alias(of=F("workspace_id") + 0).filter(of=workspace.pk)
    found = here.unsent().filter(answering_uid__in=uids)
    whole = found.select_related("author", "voice", "reviewer", "workspace")
    return list(whole.prefetch_related("uploads").order_by("pk")[:DELIVERIES_SHOWN])


def open_promises(workspace: Workspace) -> QuerySet[Promise]:
    """Promises not yet kept, the most overdue first."""
    found = Promise.objects.open().filter(workspace=workspace)
    return found.select_related("conversation", "voice")


def promises_due(workspace: Workspace, until: date) -> QuerySet[Promise]:
    """Open promises due on or before a day."""
    return open_promises(workspace).filter(due_on__lte=until)


def posts_by_uid(workspace: Workspace, uids: Collection[str]) -> list[Post]:
    """The posts of these uids, of whatever network, and what was noted by hand."""
    everywhere = [*networks(), *(network_at(place.code) for place in PLACES)]
    found = Post.objects.filter(workspace=workspace, network__in=everywhere, uid__in=list(uids))
    return list(found.select_related("identity"))


def ways_to_follow(identity: Identity) -> list[KnownAs]:
    """How which channels know somebody, and whether we follow him there (`is_followed`).

    We do when it was done here, or when the network's own list says so.
    """
    gestures = Gesture.objects.filter(
        channel=OuterRef("channel"),
        kind=ReactionKind.FOLLOW.value,
        target_uid=OuterRef("identity__uid"),
    )
    listed = Q(followed_at__isnull=False) & ~Exists(gestures.filter(is_wanted=False))
    is_followed = ExpressionWrapper(
        Q(Exists(gestures.filter(in_force()))) | listed, output_field=BooleanField()
    )
    found = KnownAs.objects.filter(identity=identity).select_related("channel")
    return list(found.annotate(is_followed=is_followed).order_by("pk"))


def latest_with(person: Person, *, most: int = 5) -> list[Conversation]:
    """The latest conversations a person took part in and that concern us.

    Looks at the last sixty posts of the person, so that it costs the same for everybody.
    """
    identities = [one.pk for one in person.identities.all()]
    posts = Post.objects.filter(identity__in=identities).order_by("-said_at")
    recent = dict.fromkeys(posts.values_list("conversation_id", flat=True)[:POSTS_LOOKED_AT])
    found = (
        Conversation.objects.inbox()
        .with_faces()
        .filter(pk__in=list(recent))
        .order_by("-last_post_at")
    )
    return list(found[:most])


def latest_look_at_origin(conversation: Conversation) -> Lookup | None:
    """When a conversation was last looked at where it began, or is about to be."""
    looks = conversation.lookups.filter(is_at_origin=True).select_related("channel")
    return looks.order_by("-due_at", "-pk").first()
