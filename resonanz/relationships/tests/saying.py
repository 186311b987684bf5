"""Small invented people who say and do things, for the tests of this room."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel
from resonanz.outbox.actions import approve_and_send, start_draft
from resonanz.outbox.jobs import deliver
from resonanz.outbox.models import Delivery
from resonanz.switchboard.shapes import (
    Link,
    Mention,
    Page,
    Profile,
    Reaction,
    ReactionKind,
    Said,
)
from resonanz.workspaces.models import Member

HOST = "town.example"


def somebody(name: str) -> Profile:
    """A profile whose uid, handle and address follow from its name."""
    return Profile(
        uid=f"https://{HOST}/users/{name}",
        local_id=name,
        handle=f"@{name}@{HOST}",
        name=name.title(),
        url=f"https://{HOST}/@{name}",
    )


def us(channel: Channel) -> Profile:
    """Our own profile on a channel."""
    return Profile(uid=channel.uid, handle=channel.handle, name=channel.name)


def ago(**span: float) -> datetime:
    """A moment in the past."""
    return timezone.now() - timedelta(**span)


def said(
    author: Profile | str,
    name: str,
    *,
    html: str = "<p>Good morning.</p>",
    links: Iterable[str] = (),
    names: Iterable[Profile] = (),
    at: datetime | None = None,
    **more: object,
) -> Said:
    """Something said. `name` makes its uid and local id."""
    profile = somebody(author) if isinstance(author, str) else author
    return Said(
        uid=f"https://{HOST}/posts/{name}",
        local_id=name,
        url=f"https://{HOST}/@{profile.local_id}/{name}",
        author=profile,
        said_at=at or ago(hours=1),
        html=html,
        links=tuple(Link(url=url) for url in links),
        mentions=tuple(Mention(uid=who.uid, handle=who.handle, url=who.url) for who in names),
        **more,  # type: ignore[arg-type]
    )


def reacted(
    who: str, kind: ReactionKind, post: Said | None = None, *, at: datetime | None = None
) -> Reaction:
    """Somebody did something without words."""
    about = post.uid if post else ""
    return Reaction(
        uid=f"{kind} {who} {about}", kind=kind, by=somebody(who), at=at or ago(hours=1), post=post
    )


def arrive(
    channel: Channel,
    *posts: Said,
    lane: str = "home",
    reactions: Iterable[Reaction] = (),
    **more: object,
) -> None:
    """Let posts arrive through a lane of the channel."""
    page = Page(posts=posts, reactions=tuple(reactions), **more)  # type: ignore[arg-type]
    take_in(channel=channel, lane=lane, page=page)


def speak(member: Member, channel: Channel, text: str) -> Delivery:
    """Say a first word of our own on a channel, and let it arrive there."""
    draft = start_draft(
        workspace=channel.workspace,
        author=member,
        voice=member.voices.get(),
        channels=[channel],
        text=text,
    )
    delivery = approve_and_send(draft=draft, member=member).deliveries.get()
    deliver.call(delivery.pk)
    delivery.refresh_from_db()
    return delivery
