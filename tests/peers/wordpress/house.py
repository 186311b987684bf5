"""A blog in the rooms of the house: its posts, and what we say there."""

from collections.abc import Callable

from resonanz.conversations.models import Post
from resonanz.outbox.actions import approve_and_send, save_draft
from resonanz.outbox.jobs import deliver
from resonanz.outbox.models import Delivery, Draft, OnItsWay
from resonanz.workspaces.models import Member, Voice

Read = Callable[..., None]


def post(local_id: str) -> Post:
    """The post of that name; there is one."""
    return Post.objects.get(sightings__local_id=local_id)


def send(draft: Draft, member: Member, text: str, **more: object) -> Delivery:
    """Write it, approve it, and let it go out."""
    voice = Voice.objects.get(member=member)
    draft = save_draft(draft=draft, text=text, voice=voice, **more)  # type: ignore[arg-type]
    publication = approve_and_send(draft=draft, member=member)
    [delivery] = publication.deliveries.all()
    deliver.func(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == OnItsWay.State.SENT, delivery.trouble_reason
    return delivery
