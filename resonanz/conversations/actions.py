"""Every write of this room that a human or a delivery causes."""

from datetime import date
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.changes import mark_changed
from resonanz.conversations.joining import adopt_children
from resonanz.conversations.manners import answering_with_manners
from resonanz.conversations.models import Conversation, Lookup, Post, Promise, Sighting
from resonanz.conversations.places import KEPT, Kept
from resonanz.conversations.queries import channels_for_answer, sighting_on
from resonanz.conversations.turns import refresh_turn
from resonanz.outbox.actions import gesture, save_draft, start_draft, take_back_gesture
from resonanz.outbox.compose import text_of
from resonanz.outbox.models import Delivery, Draft, Gesture
from resonanz.outbox.showing import shown_pictures
from resonanz.people.actions import meet
from resonanz.people.models import Identity, KnownAs
from resonanz.people.queries import our_uids_beside
from resonanz.plumbing.text import as_html
from resonanz.switchboard.shapes import (
    Answering,
    Profile,
    ReactionKind,
)
from resonanz.workspaces.models import Member, Voice


class NobodyCanAnswer(Exception):
    """No connected channel can answer this post; the page says so before anybody types."""


def answering_to(post: Post, channel: Channel) -> Answering:
    """What an answer to this post has to know: whom to name, who may see it."""
    sighting = sighting_on(post, channel)
    if sighting is None:
        raise NobodyCanAnswer
    return answering_with_manners(post, sighting.local_id, our_uids_beside(channel))


@transaction.atomic
def answer_post(
    *,
    post: Post,
    member: Member,
    voice: Voice | None,
    channel: Channel | None = None,
    is_thanks: bool = False,
    edited_in: str = "",
) -> Draft:
    """A draft that answers a post, with the manners of what it answers.

    Raises `NobodyCanAnswer`.
    """
    chosen = channel or next(iter(channels_for_answer(post)), None)
    if chosen is None:
        raise NobodyCanAnswer
    return start_draft(
        workspace=post.workspace,
        author=member,
        voice=voice,
        channels=[chosen],
        answering=answering_to(post, chosen),
        warning=post.warning,
        language=post.language,
        is_thanks=is_thanks,
        edited_in=edited_in,
    )


@transaction.atomic
def keep_answer(
    *,
    post: Post,
    member: Member,
    channel: Channel | None,
    is_thanks: bool,
    columns: dict[str, Any],
) -> Draft:
    """Keep what somebody is writing in answer to a post. `columns` are those of `save_draft`.

    Raises `NobodyCanAnswer`, and `WrittenElsewhere` when another window wrote it meanwhile.
    """
    chosen = channel or next(iter(channels_for_answer(post)), None)
    if chosen is None:
        raise NobodyCanAnswer
    draft = answer_post(
        post=post,
        member=member,
        voice=columns["voice"],
        channel=chosen,
        is_thanks=is_thanks,
        edited_in=columns["edited_in"],
    )
    return save_draft(
        draft=draft,
        channels=[chosen],
        answering=answering_to(post, chosen),
        is_thanks=is_thanks,
        **columns,
    )


def react_to_post(*, post: Post, voice: Voice, channel: Channel, kind: ReactionKind) -> Gesture:
    """Share or like a post. Raises `NobodyCanAnswer` when the channel does not know it."""
    sighting = sighting_on(post, channel)
    if sighting is None:
        raise NobodyCanAnswer
    return gesture(
        channel=channel,
        voice=voice,
        kind=kind,
        target_uid=post.uid,
        target_local_id=sighting.local_id,
    )


def unreact_to_post(*, post: Post, channel: Channel, kind: ReactionKind) -> Gesture | None:
    """Take a share or a like back. None where there is none."""
    return take_back_gesture(channel=channel, kind=kind, target_uid=post.uid)


def unfollow_author(*, identity: Identity, channel: Channel) -> Gesture | None:
    """Stop following somebody. None where we do not."""
    return take_back_gesture(channel=channel, kind=ReactionKind.FOLLOW, target_uid=identity.uid)


def follow_author(*, identity: Identity, voice: Voice, channel: Channel) -> Gesture:
    """Follow somebody. Raises `NobodyCanAnswer` when the channel does not know the account."""
    known = KnownAs.objects.filter(identity=identity, channel=channel).first()
    if known is None:
        raise NobodyCanAnswer
    return gesture(
        channel=channel,
        voice=voice,
        kind=ReactionKind.FOLLOW,
        target_uid=identity.uid,
        target_local_id=known.local_id,
    )


def keep_our_post(delivery: Delivery) -> None:
    """What we sent becomes a post in its conversation. Runs in the delivery's transaction."""
    channel, publication = delivery.channel, delivery.publication
    post = Post.objects.filter(
        workspace_id=publication.workspace_id, network=channel.network, uid=delivery.uid
    ).first()
    is_new = post is None
    if post is None:
        post = _new_post_of_ours(delivery)
    else:
        # It came back through a timeline before the receipt did.
        post.delivery, post.voice = delivery, publication.voice
        post.save(update_fields=["delivery", "voice"])
    Sighting.objects.get_or_create(
        channel=channel, local_id=delivery.local_id, defaults={"post": post, "lane": "sent"}
    )
    adopt_children(post=post, channel=channel, local_id=delivery.local_id)
    for panel in KEPT:
        panel([Kept(post, channel, is_new=is_new)])
    refresh_turn(Conversation.objects.select_for_update().get(pk=post.conversation_id))


def _answered_by(delivery: Delivery) -> Post | None:
    return Post.objects.filter(
        workspace_id=delivery.publication.workspace_id,
        network=delivery.channel.network,
        uid=(delivery.after.uid if delivery.after else delivery.publication.answering_uid) or "-",
    ).first()


def _new_post_of_ours(delivery: Delivery) -> Post:
    channel, publication = delivery.channel, delivery.publication
    said_at = delivery.sent_at or timezone.now()
    us = meet(
        workspace=publication.workspace,
        channel=channel,
        profile=msgspec.convert(channel.profile, Profile),
        how=Identity.Met.OURSELVES,
    )
    answered = _answered_by(delivery)
    conversation = (
        answered.conversation
        if answered
        else Conversation.objects.create(
            workspace=publication.workspace,
            network=channel.network,
            first_post_at=said_at,
            last_post_at=said_at,
        )
    )
    return Post.objects.create(
        workspace=publication.workspace,
        conversation=conversation,
        identity=us,
        network=channel.network,
        uid=delivery.uid,
        url=delivery.url,
        html=as_html(text_of(delivery)),
        text=text_of(delivery),
        warning=publication.warning,
        language=publication.language,
        audience=publication.audience,
        mentions=publication.answering.get("names", []),
        pictures=shown_pictures(delivery),
        answers=answered,
        answers_uid=answered.uid if answered else "",
        is_ours=True,
        voice=publication.voice,
        delivery=delivery,
        reason=Post.Reason.OURS,
        said_at=said_at,
    )


def make_promise(*, conversation: Conversation, voice: Voice, what: str, due_on: date) -> Promise:
    """Write down what we said we would do, and by when."""
    mark_changed(conversation.pk)
    return Promise.objects.create(
        workspace_id=conversation.workspace_id,
        conversation=conversation,
        voice=voice,
        what=what.strip()[:300],
        due_on=due_on,
    )


def keep_promise(*, promise: Promise, is_kept: bool = True) -> Promise:
    """Say that a promise was kept, or take that back."""
    promise.kept_at = timezone.now() if is_kept else None
    promise.save(update_fields=["kept_at"])
    mark_changed(promise.conversation_id)
    return promise


@transaction.atomic
def read_whole_thread(*, conversation: Conversation) -> int:
    """Ask the servers that know this conversation for all of it. Gives how many were asked."""
    now = timezone.now()
    asked = 0
    sightings = Sighting.objects.filter(
        post__conversation=conversation, channel__state=Channel.State.OK
    ).select_related("channel")
    for sighting in {found.channel_id: found for found in sightings}.values():
        if "thread" in sighting.channel.abilities:
            Lookup.objects.update_or_create(
                channel=sighting.channel,
                local_id=sighting.local_id,
                is_at_origin=False,
                defaults={
                    "conversation": conversation,
                    "due_at": now,
                    "done_at": None,
                    "attempts": 0,
                },
            )
            asked += 1
    return asked
