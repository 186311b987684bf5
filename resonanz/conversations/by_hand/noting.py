"""Noting a talk: what somebody said, where and when, and what we answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from resonanz.conversations.addresses import note_addresses
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.moves import TURN
from resonanz.conversations.places import KEPT, Kept
from resonanz.conversations.routing import route
from resonanz.conversations.turns import refresh_turn, say_turn
from resonanz.people.by_hand import BY_HAND, place_of
from resonanz.people.models import Identity, Person
from resonanz.people.spoken_with import ourselves, spoke_with, spoke_with_somebody_new
from resonanz.plumbing.text import as_html, kept_address, web_address
from resonanz.switchboard.shapes import Audience
from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Member, Voice

TITLE_CHARACTERS = 400


@dataclass(frozen=True)
class Words:
    """What was said, when (aware), and at which place, as its network names it.

    `url` is where it stands, "" where it stands nowhere.
    """

    text: str
    network: str
    said_at: datetime
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Reply:
    """What we answered there, by which voice."""

    text: str
    voice: Voice


@transaction.atomic
def note_talk(
    *,
    member: Member,
    whom: Person | str,
    words: Words,
    once: UUID,
    reply: Reply | None = None,
    below: Conversation | None = None,
    turn: str = "",
) -> Post:
    """Note what somebody said, below an open conversation or as a new one.

    `whom` is a person we know, or the name of somebody new. `turn` says by hand whose turn it is
    then; empty, it follows from the words. The same note sent twice (`once`) is one.
    """
    _one_at_a_time(member)
    known = noted_already(member, once, words.text)
    if known is not None:
        return known
    identity = account_of(member, whom, words)
    conversation = _lock(below) if below else _begin(member, words)
    said = _keep(
        member,
        words,
        conversation=conversation,
        identity=identity,
        uid=_uid_of(member, once),
        is_to_us=True,
        reason=Post.Reason.TO_US,
    )
    kept = [said]
    if reply is not None:
        kept.append(_keep_reply(member, words, reply, said))
    tell_rooms(kept)
    settle(conversation, turn)
    _note_in_trail(member, "talk noted", said)
    return said


@transaction.atomic
def note_answer(*, member: Member, post: Post, words: Words, voice: Voice, once: UUID) -> Post:
    """Note what we answered to a post where it stands. Whoever said it is answered by that."""
    _one_at_a_time(member)
    known = noted_already(member, once, words.text)
    if known is not None:
        return known
    conversation = _lock(post.conversation)
    ours = _keep(
        member,
        words,
        conversation=conversation,
        identity=ourselves(workspace=member.workspace),
        uid=_uid_of(member, once),
        answers=post,
        answers_uid=post.uid,
        is_ours=True,
        voice=voice,
        reason=Post.Reason.OURS,
    )
    tell_rooms([ours])
    settle(conversation, "")
    _note_in_trail(member, "answer noted", ours)
    return ours


def noted_already(member: Member, once: UUID, text: str) -> Post | None:
    """The post that this very note of hers has become, if it was sent before."""
    found = Post.objects.filter(noted_by=member, uid=f"{BY_HAND}:{once}").first()
    return found if found is not None and found.text == _as_kept(text) else None


def _as_kept(text: str) -> str:
    """A text without the way in which a browser ends lines."""
    return text.replace("\r\n", "\n").strip()


def account_of(member: Member, whom: Person | str, words: Words) -> Identity:
    """The account of whoever spoke."""
    url = web_address(words.url)
    if isinstance(whom, Person):
        return spoke_with(person=whom, at=words.said_at, url=url)
    return spoke_with_somebody_new(workspace=member.workspace, name=whom, at=words.said_at, url=url)


def tell_rooms(posts: Sequence[Post]) -> None:
    """Let the rooms above and the search take these posts in."""
    for panel in KEPT:
        panel([Kept(post, None, is_new=True) for post in posts])


def settle(conversation: Conversation, turn: str) -> None:
    """Find anew whose turn it is, or take a member's word for it; and ask the rules."""
    refresh_turn(conversation)
    if turn in Conversation.Turn.values and turn != conversation.turn:
        say_turn(conversation, turn)
        conversation.save(update_fields=list(TURN))
    route(conversation.workspace, [conversation])


def columns_of(words: Words) -> dict[str, Any]:
    """The columns of a post that its words are."""
    place = place_of(words.network)
    text = _as_kept(words.text)
    return {
        "network": words.network,
        "url": kept_address(words.url),
        "title": words.title.strip()[:TITLE_CHARACTERS],
        "text": text,
        "html": as_html(text),
        "said_at": words.said_at,
        "audience": (Audience.DIRECT if place and place.is_private else Audience.PUBLIC).value,
    }


def keep_address(post: Post) -> None:
    """Whatever arrives under the address of this post may be this post."""
    if post.url:
        note_addresses(post=post, addresses=[post.url])


def _one_at_a_time(member: Member) -> None:
    """A button that is pressed twice is heard once, and then once more."""
    Member.objects.select_for_update().get(pk=member.pk)


def _lock(conversation: Conversation) -> Conversation:
    return Conversation.objects.select_for_update().get(pk=conversation.pk)


def _uid_of(member: Member, once: UUID) -> str:
    """The name of a new post. Other words under a name that was used are a note of their own."""
    is_taken = Post.objects.filter(noted_by=member, uid=f"{BY_HAND}:{once}").exists()
    return f"{BY_HAND}:{uuid4() if is_taken else once}"


def _begin(member: Member, words: Words) -> Conversation:
    return Conversation.objects.create(
        workspace=member.workspace,
        network=words.network,
        concerns_us=True,
        first_post_at=words.said_at,
        last_post_at=words.said_at,
    )


def _keep(member: Member, words: Words, **more: Any) -> Post:
    post = Post.objects.create(
        workspace=member.workspace,
        noted_by=member,
        language=member.workspace.language,
        **columns_of(words),
        **more,
    )
    keep_address(post)
    return post


def _keep_reply(member: Member, words: Words, reply: Reply, said: Post) -> Post:
    return _keep(
        member,
        Words(text=reply.text, network=words.network, said_at=words.said_at),
        conversation=said.conversation,
        identity=ourselves(workspace=member.workspace),
        uid=f"{said.uid}/answer",
        answers=said,
        answers_uid=said.uid,
        is_ours=True,
        voice=reply.voice,
        reason=Post.Reason.OURS,
    )


def _note_in_trail(member: Member, verb: str, post: Post) -> None:
    note_in_trail(workspace=member.workspace, member=member, verb=verb, subject=place_told(post))


def place_told(post: Post) -> str:
    """Where something was noted, for the trail, which holds nobody's words."""
    place = place_of(post.network)
    return place.code if place else post.network
