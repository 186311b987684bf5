"""Invented people who say things to us, for the tests of this room."""

from datetime import datetime, timedelta

import msgspec
from django.utils import timezone

from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel
from resonanz.conversations.actions import answer_post
from resonanz.conversations.models import Conversation, Post
from resonanz.outbox.actions import approve_and_send, save_draft
from resonanz.outbox.models import Delivery
from resonanz.outbox.tests.saying import carry_out
from resonanz.switchboard.shapes import Audience, Mention, Page, Profile, Said
from resonanz.workspaces.models import Member

HOST = "town.example"


def somebody(name: str) -> Profile:
    """A profile whose uid, handle and address follow from its name."""
    return Profile(
        uid=f"https://{HOST}/users/{name}",
        local_id=f"account-{name}",
        handle=f"@{name}@{HOST}",
        name=name.title(),
        url=f"https://{HOST}/@{name}",
    )


def naming(*people: Profile | Channel) -> tuple[Mention, ...]:
    """These people named in a post."""
    return tuple(Mention(uid=one.uid, handle=one.handle) for one in people)


def said(
    by: Profile | str,
    name: str,
    *,
    text: str = "Good morning.",
    answers: str = "",
    at: datetime | None = None,
    audience: Audience = Audience.PUBLIC,
    **more: object,
) -> Said:
    """Something said; its uid and local id follow from `name`, as those of what it answers do."""
    author = somebody(by) if isinstance(by, str) else by
    return Said(
        uid=f"https://{HOST}/posts/{name}",
        local_id=name,
        author=author,
        said_at=at or timezone.now() - timedelta(minutes=30),
        html=f"<p>{text}</p>",
        url=f"https://{HOST}/@x/{name}",
        answers_uid=f"https://{HOST}/posts/{answers}" if answers else "",
        audience=audience,
        **more,  # type: ignore[arg-type]
    )


def arrives(channel: Channel, *posts: Said, lane: str = "notifications", **page: object) -> None:
    """A page with these posts comes in."""
    take_in(channel=channel, lane=lane, page=Page(posts=posts, **page))  # type: ignore[arg-type]


def post(name: str) -> Post:
    """The post of that name as it is kept."""
    return Post.objects.get(uid=f"https://{HOST}/posts/{name}")


def talk_of(name: str) -> Conversation:
    """The conversation that the post of that name is in."""
    return post(name).conversation


def answered(found: Post, member: Member, text: str = "Gladly.") -> Delivery:
    """We answer a post, and it is sent."""
    draft = answer_post(post=found, member=member, voice=member.voices.get())
    save_draft(draft=draft, text=text)
    publication = approve_and_send(draft=draft, member=member)
    return carry_out(publication.deliveries.get())


def us(channel: Channel) -> Profile:
    """Our own profile."""
    return msgspec.convert(channel.profile, Profile)
