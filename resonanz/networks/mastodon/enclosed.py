"""What a post carries beside its words: pictures, a poll, the page that it links to. Pure.

Any of these may be missing or be sent in another form by some server; then it is left out, and
the post is kept.
"""

from resonanz.networks.mastodon.moments import moment
from resonanz.networks.mastodon.payloads import (
    CardPayload,
    MediaMeta,
    MediaPayload,
    MediaSize,
    PollPayload,
    StatusPayload,
)
from resonanz.switchboard.decoding import part_of
from resonanz.switchboard.shapes import Card, Choice, Picture, Poll

MEDIA_KINDS = {"image": "image", "gifv": "video", "video": "video", "audio": "audio"}


def pictures_of(status: StatusPayload) -> tuple[Picture, ...]:
    """The pictures, films and sounds of a post."""
    return tuple(map(_picture_of, status.media_attachments or ()))


def _picture_of(media: MediaPayload) -> Picture:
    meta = part_of(media.meta, MediaMeta) or MediaMeta()
    size = meta.original or MediaSize()
    return Picture(
        url=media.url or media.remote_url or "",
        kind=MEDIA_KINDS.get(media.type or "", "other"),
        description=media.description or "",
        preview_url=media.preview_url or "",
        width=size.width or 0,
        height=size.height or 0,
    )


def poll_of(status: StatusPayload) -> Poll | None:
    """The poll of a post, as it stands now."""
    found = part_of(status.poll, PollPayload)
    if found is None or not found.options:
        return None
    return Poll(
        choices=tuple(
            Choice(text=option.title, votes=option.votes_count) for option in found.options
        ),
        ends_at=moment(found.expires_at),
        is_multiple=bool(found.multiple),
        votes=found.votes_count or 0,
        is_over=bool(found.expired),
    )


def card_of(status: StatusPayload) -> Card | None:
    """What the server found at the address that a post links to."""
    found = part_of(status.card, CardPayload)
    if found is None or not found.url:
        return None
    return Card(
        url=found.url,
        title=found.title or "",
        description=found.description or "",
        picture_url=found.image or "",
        provider=found.provider_name or "",
    )
