"""Changing and removing what was noted by hand."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from resonanz.conversations.by_hand.noting import (
    Words,
    account_of,
    columns_of,
    keep_address,
    place_told,
    settle,
    tell_rooms,
)
from resonanz.conversations.content import keep_version
from resonanz.conversations.models import Conversation, Post, PostAddress
from resonanz.conversations.places import TAKEN_OUT
from resonanz.conversations.search.entries import forget_posts
from resonanz.conversations.turns import refresh_turn
from resonanz.people.by_hand import is_by_hand
from resonanz.people.models import Identity, Person
from resonanz.people.spoken_with import forget_account, note_first_talk
from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Member, Voice


@transaction.atomic
def change_noted(
    *,
    post: Post,
    member: Member,
    words: Words,
    whom: Person | str | None = None,
    voice: Voice | None = None,
) -> Post:
    """Put right what was noted: the words, where and when; who spoke, or with which voice we did.

    What stood there before is kept, as with posts that their authors change.
    """
    before = post.identity
    columns = columns_of(words)
    _tell_it_is_out([post])
    keep_version(post, {"warning": post.warning, "pictures": post.pictures, **columns})
    if post.url and post.url != columns["url"]:
        PostAddress.objects.filter(post=post).delete()
    for column, value in columns.items():
        setattr(post, column, value)
    post.voice = voice if post.is_ours else None
    if whom is not None and not post.is_ours:
        post.identity = account_of(member, whom, words)
    post.edited_at = timezone.now()
    post.save()
    keep_address(post)
    tell_rooms([post])
    settle(_locked(post), "")
    _look_again_at(before)
    if post.identity_id != before.pk:
        _look_again_at(post.identity)
    note_in_trail(
        workspace=member.workspace,
        member=member,
        verb="noted talk changed",
        subject=place_told(post),
    )
    return post


@transaction.atomic
def remove_noted(*, post: Post, member: Member, with_answer: bool = False) -> Conversation | None:
    """Take out what was noted, with what we noted as our answer to it if it is wanted.

    It goes for good, and with it what followed from it: acts, contacts, somebody of whom we know
    nothing else. Gives the conversation, or None where nothing is left of it.
    """
    conversation = _locked(post)
    wanted = Q(pk=post.pk)
    if with_answer:
        wanted |= Q(answers=post, noted_by__isnull=False, is_ours=True)
    gone = list(conversation.posts.filter(wanted).select_related("identity"))
    accounts = {one.identity_id: one.identity for one in gone}
    ids = [one.pk for one in gone]
    note_in_trail(
        workspace=member.workspace,
        member=member,
        verb="noted talk removed",
        subject=place_told(post),
    )
    _tell_it_is_out(gone)
    forget_posts(ids)
    Post.objects.filter(answers__in=ids).update(answers=None, answers_uid="")
    Post.objects.filter(pk__in=ids).delete()
    refresh_turn(conversation)
    for identity in accounts.values():
        _look_again_at(identity)
    return conversation if conversation.pk else None


def _locked(post: Post) -> Conversation:
    return Conversation.objects.select_for_update().get(pk=post.conversation_id)


def _tell_it_is_out(posts: list[Post]) -> None:
    for panel in TAKEN_OUT:
        panel(posts)


def _look_again_at(identity: Identity) -> None:
    """An account that was made for a note goes with the last one; else the first is how we met."""
    if not is_by_hand(identity.network) or identity.is_ours:
        return
    first = identity.posts.order_by("said_at", "pk").first()
    if first is None:
        forget_account(identity)
    elif first.said_at != identity.met_at:
        note_first_talk(identity, at=first.said_at, url=first.url)
