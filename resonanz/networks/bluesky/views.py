"""What a server shows beside the words of a post: pictures, pages, quoted posts. Payloads.

Source: lexicons/app/bsky/embed in github.com/bluesky-social/atproto (read 2026-11-22).
"""

from resonanz.networks.bluesky.payloads import LabelPayload, Payload, ProfilePayload, Typed


class AspectRatio(Payload):
    """app.bsky.embed.defs#aspectRatio: width to height, mostly in pixels."""

    width: int = 0
    height: int = 0


class ImageView(Payload):
    """app.bsky.embed.images#viewImage, and gallery#viewImage with its other word for a thumb."""

    fullsize: str = ""
    thumb: str | None = ""
    thumbnail: str | None = ""
    alt: str | None = ""
    aspect_ratio: AspectRatio | None = None


class External(Payload):
    """app.bsky.embed.external#viewExternal; `thumb` is an address in a view only."""

    uri: str = ""
    title: str | None = ""
    description: str | None = ""
    thumb: object = None


class QuotedView(Typed):
    """app.bsky.embed.record#viewRecord and its kin: not found, blocked, detached, feeds, lists."""

    uri: str = ""
    author: ProfilePayload | None = None
    value: object = None
    embeds: list[object] | None = None
    labels: list[LabelPayload] | None = None
    indexed_at: str | None = ""
    display_name: str | None = ""
    name: str | None = ""
    description: str | None = ""


class EmbedView(Typed):
    """Any embed, in a view or in a record. `record` and `media` depend on the `$type`."""

    images: list[object] | None = None
    items: list[object] | None = None
    external: External | None = None
    record: object = None
    media: object = None
    playlist: str | None = ""
    thumbnail: str | None = ""
    alt: str | None = ""
    aspect_ratio: AspectRatio | None = None


class WithRecord(Payload):
    """The inner `record` of app.bsky.embed.recordWithMedia."""

    record: object = None
