"""The box in which a post is answered: as whom, where, who sees it, who is told, what counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from resonanz.channels.models import Channel
from resonanz.conversations.manners import answering_with_manners
from resonanz.conversations.models import Post, Sighting
from resonanz.conversations.queries import able_to_answer
from resonanz.outbox.compose import answering_of
from resonanz.outbox.forms import AnswerForm, audiences_for_answer, initial_of
from resonanz.outbox.models import Draft
from resonanz.outbox.sending import counter_of, show
from resonanz.outbox.writing import Writing, writing_of
from resonanz.switchboard.shapes import Answering
from resonanz.workspaces.models import Fact, Member, Voice


@dataclass(frozen=True)
class ReplyBox:
    """Everything the box shows. Without a form nobody can answer, and the page says why."""

    post: Post
    form: AnswerForm | None = None
    draft: Draft | None = None
    channel: Channel | None = None
    names: list[str] = field(default_factory=list)
    counter: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    others: list[Draft] = field(default_factory=list)
    writing: Writing | None = None

    @property
    def voice(self) -> Voice | None:
        """Who speaks."""
        return self.draft.voice if self.draft else None


def reply_box(
    post: Post,
    *,
    member: Member,
    voices: list[Voice],
    sightings: Sequence[Sighting],
    drafts: Sequence[Draft],
    ours: frozenset[str],
    is_thanks: bool = False,
    is_asking: bool = False,
    facts: Sequence[Fact] | None = None,
) -> ReplyBox:
    """The box for a post: with the member's open draft to it, or an empty one.

    `facts` are those of the house, where they are known.
    """
    channels = able_to_answer(post, sightings)
    if not channels or not voices:
        return ReplyBox(post)
    same = [draft for draft in drafts if draft.answering_uid == post.uid]
    own = next((draft for draft in same if draft.author_id == member.pk), None)
    channel = _channel_of(own, channels, sightings)
    draft = own
    if draft is None:
        local_id = next(found.local_id for found in sightings if found.channel_id == channel.pk)
        answering = answering_with_manners(post, local_id, ours)
        draft = _blank(post, member, voices[0], answering)
        draft.is_thanks = is_thanks
    form = form_of(draft, voices, channels, channel)
    shown = show(draft, channel)
    return ReplyBox(
        post=post,
        form=form,
        draft=draft,
        channel=channel,
        names=names_of(draft),
        counter=counter_of(shown, problems=shown.problems),
        others=[draft for draft in same if draft.author_id != member.pk and draft.text.strip()],
        writing=writing_of(draft, member, [channel], [shown], is_asking=is_asking, facts=facts),
    )


def form_of(
    draft: Draft,
    voices: list[Voice],
    channels: list[Channel],
    channel: Channel,
    data: Any = None,
) -> AnswerForm:
    """The form of an answer."""
    answered = str(draft.answering.get("audience", "public"))
    return AnswerForm(
        data,
        voices=voices,
        channels=channels,
        audiences=audiences_for_answer(answered, channel.abilities),
        initial=initial_of(draft) | {"channel": str(channel.pk)},
    )


def names_of(draft: Draft) -> list[str]:
    """The handles of those who will be told."""
    answering = answering_of(draft.answering)
    return [mention.handle for mention in answering.names] if answering else []


def _channel_of(
    draft: Draft | None, channels: list[Channel], sightings: Sequence[Sighting]
) -> Channel:
    """The channel a draft is meant for: the one that knows the post under its local id."""
    wanted = str(draft.answering.get("local_id", "")) if draft else ""
    meant = {found.channel_id for found in sightings if found.local_id == wanted}
    return next((channel for channel in channels if channel.pk in meant), channels[0])


def _blank(post: Post, member: Member, voice: Voice, answering: Answering) -> Draft:
    return Draft(
        workspace=member.workspace,
        author=member,
        voice=voice,
        warning=post.warning,
        language=post.language or member.workspace.language,
        audience=post.audience,
        answering=msgspec.to_builtins(answering),
        answering_uid=post.uid,
    )


def post_to_answer(
    posts: Sequence[Post], waiting: Sequence[Post], sightings: Mapping[int, Sequence[Sighting]]
) -> Post | None:
    """The post the box answers when nobody chose one: who waits longest, else the last word.

    A post that no channel can answer is passed over where another one can be answered.
    """
    there = [post for post in posts if post.gone_at is None]
    theirs = [post for post in reversed(there) if not post.is_ours]
    wished = [*waiting, *theirs, *reversed(there)]
    able = (post for post in wished if able_to_answer(post, sightings.get(post.pk, ())))
    return next(able, next(iter(wished), None))
