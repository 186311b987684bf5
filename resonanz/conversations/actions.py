"""Every write of this room that a human or a delivery causes."""

from datetime import date
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.addresses import Whereabouts, spots_of_post
from resonanz.conversations.changes import mark_changed
from resonanz.conversations.copies import (
    join_same_publication,
    links_in,
    seek_copies,
    seek_original,
)
from resonanz.conversations.joining import adopt_by_address, adopt_children, attach
from resonanz.conversations.manners import answering_with_manners
from resonanz.conversations.models import Conversation, Lookup, Post, Promise, Sighting
from resonanz.conversations.places import KEPT, Kept
from resonanz.conversations.queries import channels_for_answer, posts_by_uid, sighting_on
from resonanz.conversations.turns import refresh_turn
from resonanz.outbox.actions import (
    gesture,
    save_draft,
    start_article,
    start_draft,
    start_quote,
    take_back_gesture,
    undo_from_elsewhere,
)
from resonanz.outbox.compose import text_of
from resonanz.outbox.models import Delivery, Draft, Gesture, Publication
from resonanz.outbox.showing import shown_pictures
from resonanz.people.actions import meet
from resonanz.people.models import Identity, KnownAs
from resonanz.people.queries import our_uids_beside
from resonanz.people.wishes import why_not_quoted, why_not_written_to
from resonanz.plumbing.content_warnings import warning_of_an_answer
from resonanz.plumbing.text import as_html
from resonanz.switchboard.shapes import (
    Answering,
    Audience,
    Profile,
    Quoting,
    ReactionKind,
)
from resonanz.workspaces.models import Member, Voice
from resonanz.workspaces.queries import own_hosts


class NobodyCanAnswer(Exception):
    """No connected channel can answer this post; the page says so before anybody types.

    Neither can anybody where its author has blocked us.
    """


def _check_not_blocked(identity: Identity) -> None:
    if why_not_written_to(identity):
        raise NobodyCanAnswer


def answering_to(post: Post, channel: Channel) -> Answering:
    """What an answer to this post has to know: whom to name, who may see it."""
    _check_not_blocked(post.identity)
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
        warning=warning_of_an_answer(post.warning),
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


def answer_with_article(
    *, post: Post, member: Member, voice: Voice | None, channel: Channel
) -> Draft:
    """An article of our own that answers a post, wherever that was said."""
    return start_article(
        author=member,
        voice=voice,
        channel=channel,
        answering=answering_with_manners(post, "", ()),
        language=post.language,
    )


def quote_post(*, post: Post, member: Member, voice: Voice | None, channel: Channel) -> Draft:
    """A word of our own that quotes a post. Raises `NobodyCanAnswer` where it is not known."""
    sighting = sighting_on(post, channel)
    if sighting is None or why_not_quoted(post.identity, on_network=channel.network):
        raise NobodyCanAnswer
    return start_quote(
        author=member,
        voice=voice,
        channel=channel,
        quoting=Quoting(uid=post.uid, local_id=sighting.local_id, url=post.url),
        audience=Audience(post.audience),
        language=post.language,
    )


def react_to_post(*, post: Post, voice: Voice, channel: Channel, kind: ReactionKind) -> Gesture:
    """Share or like a post. Raises `NobodyCanAnswer` when the channel does not know it."""
    _check_not_blocked(post.identity)
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


def unfollow_author(
    *, identity: Identity, channel: Channel, voice: Voice | None = None
) -> Gesture | None:
    """Stop following somebody. None where we do not.

    Who was followed in the network's own program is let go in the name of `voice`.
    """
    kind = ReactionKind.FOLLOW
    found = take_back_gesture(channel=channel, kind=kind, target_uid=identity.uid)
    followed = KnownAs.objects.filter(identity=identity, channel=channel, followed_at__isnull=False)
    known = followed.first()
    if found is not None or voice is None or known is None:
        return found
    return undo_from_elsewhere(
        channel=channel,
        voice=voice,
        kind=kind,
        target_uid=identity.uid,
        target_local_id=known.local_id,
    )


def follow_author(*, identity: Identity, voice: Voice, channel: Channel) -> Gesture:
    """Follow somebody. Raises `NobodyCanAnswer` when the channel does not know the account."""
    _check_not_blocked(identity)
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
        answered = _answered_by(delivery)
        if answered is not None and post.answers_id is None:
            attach(child=post, parent=answered)
    Sighting.objects.get_or_create(
        channel=channel, local_id=delivery.local_id, defaults={"post": post, "lane": "sent"}
    )
    adopt_children(post=post, channel=channel, local_id=delivery.local_id)
    _find_its_place(post)
    for panel in KEPT:
        panel([Kept(post, channel, is_new=is_new)])
    refresh_turn(Conversation.objects.select_for_update().get(pk=post.conversation_id))


def _find_its_place(post: Post) -> None:
    """Its copies elsewhere, the article that it is a copy of, and who waits at its address."""
    own = own_hosts(post.workspace)
    spots = spots_of_post(post)
    known = Whereabouts.of(post.workspace_id, [post.uid, post.url, *links_in(post)])
    known.note(post, spots, post.network)
    known.write({post.pk})
    adopt_by_address({spot.address: post.pk for spot in spots}, workspace_id=post.workspace_id)
    join_same_publication(post)
    if post.kind == Post.Kind.ARTICLE:
        seek_copies(post, [spot.address for spot in spots], own)
    else:
        seek_original(post, own, known)
    post.refresh_from_db(fields=["conversation", "copy_of"])


def _answered_by(delivery: Delivery) -> Post | None:
    """What it answers: on its own network, or on another one where it is an article of ours."""
    uid = delivery.after.uid if delivery.after else delivery.publication.answering_uid
    found = posts_by_uid(delivery.publication.workspace, [uid]) if uid else []
    here = [post for post in found if post.network == delivery.channel.network]
    return next(iter([*here, *found]), None)


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
        **_what_it_is(publication),
        **_what_it_quotes(delivery),
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


def _what_it_is(publication: Publication) -> dict[str, Any]:
    """An article that is laid there as a draft is seen by nobody yet."""
    return {
        "title": publication.title,
        "kind": Post.Kind.ARTICLE if publication.title else Post.Kind.POST,
        "standing": Post.Standing.HELD if publication.stays_draft else Post.Standing.PUBLISHED,
    }


def _what_it_quotes(delivery: Delivery) -> dict[str, Any]:
    uid = "" if delivery.position else str(delivery.publication.quoting.get("uid", ""))
    found = posts_by_uid(delivery.publication.workspace, [uid]) if uid else []
    return {"quotes_uid": uid, "quotes": next(iter(found), None)}


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
