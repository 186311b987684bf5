"""Texts that come back as drafts: nothing that a human wrote is lost on its way."""

from collections.abc import Iterable

from resonanz.channels.models import Channel
from resonanz.channels.queries import network_of
from resonanz.outbox.models import Draft, OnItsWay, Upload
from resonanz.workspaces.actions import end_alarm
from resonanz.workspaces.models import Member

NOT_OUT = (OnItsWay.State.WAITING, OnItsWay.State.UNSURE, OnItsWay.State.REFUSED)


def draft_again(
    *,
    old: Draft,
    author: Member | None,
    channels: Iterable[Channel],
    with_pictures: bool = True,
) -> Draft:
    """A new open draft with everything that an old one held."""
    draft = Draft.objects.create(
        workspace_id=old.workspace_id,
        author=author,
        voice=old.voice,
        text=old.text,
        warning=old.warning,
        language=old.language,
        audience=old.audience,
        answering=old.answering,
        answering_uid=old.answering_uid,
        is_article=old.is_article,
        title=old.title,
        stays_draft=old.stays_draft,
        quoting=old.quoting,
        is_thanks=old.is_thanks,
    )
    draft.channels.set(channels)
    if with_pictures:
        bring_pictures(old=old, new=draft)
    return draft


def bring_pictures(*, old: Draft, new: Draft) -> None:
    """Give a draft the pictures of another one, behind its own."""
    behind = new.uploads.count()
    Upload.objects.bulk_create(
        [
            Upload(
                workspace_id=new.workspace_id,
                draft=new,
                sha256=one.sha256,
                content_type=one.content_type,
                width=one.width,
                height=one.height,
                size_bytes=one.size_bytes,
                file_name=one.file_name,
                description=one.description,
                position=behind + place,
            )
            for place, one in enumerate(old.uploads.filter(removed_at=None).order_by("position"))
        ]
    )


def keep_unsent(channel: Channel) -> None:
    """A channel is being removed: what has not gone out through it comes back as drafts.

    What was said in the pretend town goes with the town. Alarms about what was on its way are
    over in any case.
    """
    for name, rows in (
        ("delivery", channel.deliveries),
        ("gesture", channel.gestures),
        ("moderation", channel.moderations),
    ):
        for pk in rows.filter(state__in=NOT_OUT).values_list("pk", flat=True):
            end_alarm(workspace=channel.workspace, matter=f"{name}:{pk}")
    found = network_of(channel.network)
    if found is not None and found.is_pretend:
        return
    waiting = channel.deliveries.filter(state__in=NOT_OUT)
    for delivery in waiting.select_related("publication__draft", "publication__approved_by"):
        publication = delivery.publication
        draft_again(old=publication.draft, author=publication.approved_by, channels=[])
