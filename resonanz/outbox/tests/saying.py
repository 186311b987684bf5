"""Writing and sending, in the few words a test needs."""

from datetime import timedelta

from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.outbox.actions import approve_and_send, save_draft, start_draft
from resonanz.outbox.jobs import deliver
from resonanz.outbox.models import Delivery, Draft
from resonanz.switchboard.shapes import Answering, Audience, Mention
from resonanz.workspaces.models import Member

QUESTION = Answering(
    uid="https://elsewhere.example/posts/7",
    local_id="7",
    audience=Audience.FOLLOWERS,
    names=(Mention(uid="https://elsewhere.example/users/mara", handle="@mara"),),
)


def written(
    member: Member,
    *channels: Channel,
    text: str = "Good morning.",
    answering: Answering | None = None,
) -> Draft:
    """A draft of a member's own voice."""
    draft = start_draft(
        workspace=member.workspace,
        author=member,
        voice=member.voices.get(),
        channels=channels,
        answering=answering,
    )
    return save_draft(draft=draft, text=text)


def on_its_way(member: Member, *channels: Channel, **more: object) -> Delivery:
    """The first delivery of something that was written and approved."""
    draft = written(member, *channels, **more)  # type: ignore[arg-type]
    publication = approve_and_send(draft=draft, member=member)
    first: Delivery = Delivery.objects.filter(publication=publication).order_by("pk")[0]
    return first


def carry_out(delivery: Delivery) -> Delivery:
    """What the worker does when the delivery is due and nobody holds it; gives the fresh row."""
    past = timezone.now() - timedelta(seconds=1)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=past, leased_until=past)
    deliver.call(delivery.pk)
    delivery.refresh_from_db()
    return delivery
