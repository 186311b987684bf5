"""What a post carries beside its words: pictures, the page that it links to. Pure.

Any of these may be missing or be sent in another form; then it is left out, and the post is kept.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from resonanz.networks.bluesky.addresses import place_of, profile_page
from resonanz.networks.bluesky.rich_text import is_web
from resonanz.networks.bluesky.views import (
    AspectRatio,
    EmbedView,
    External,
    ImageView,
    QuotedView,
    WithRecord,
)
from resonanz.switchboard.decoding import part_of
from resonanz.switchboard.shapes import Card, Picture

WITH_MEDIA = "app.bsky.embed.recordWithMedia"
RECORD = "app.bsky.embed.record"
# Records that are no posts and have a page of their own, by the last word of their view's type.
PAGES = {"generatorView": "feed", "listView": "lists", "starterPackViewBasic": "starter-pack"}


def embeds_of(sent: object) -> Iterator[EmbedView]:
    """An embed, or both parts of one that quotes and shows something."""
    found = part_of(sent, EmbedView)
    if found is None:
        return
    if not found.kind.startswith(WITH_MEDIA):
        yield found
        return
    # Both parts may be given without their type.
    yield EmbedView(kind=RECORD, record=_inner(found.record))
    yield from embeds_of(found.media)


def _inner(sent: object) -> object:
    found = part_of(sent, WithRecord)
    return found.record if found else None


def quoted_in(sent: object) -> QuotedView | None:
    """What an embed quotes: a view of a record, or only its address."""
    for embed in embeds_of(sent):
        if embed.kind.startswith(RECORD) and embed.record is not None:
            return part_of(embed.record, QuotedView)
    return None


def pictures_of(sent: object) -> tuple[Picture, ...]:
    """The pictures and films of a post, as a server shows them."""
    return tuple(picture for embed in embeds_of(sent) for picture in _pictures_in(embed))


def _pictures_in(embed: EmbedView) -> Iterator[Picture]:
    for one in embed.images or embed.items or ():
        image = part_of(one, ImageView)
        if image is not None and is_web(image.fullsize):
            width, height = _size(image.aspect_ratio)
            yield Picture(
                url=image.fullsize,
                description=image.alt or "",
                preview_url=image.thumb or image.thumbnail or "",
                width=width,
                height=height,
            )
    if embed.playlist and is_web(embed.playlist):
        width, height = _size(embed.aspect_ratio)
        yield Picture(
            url=embed.playlist,
            kind="video",
            description=embed.alt or "",
            preview_url=embed.thumbnail or "",
            width=width,
            height=height,
        )


def _size(ratio: AspectRatio | None) -> tuple[int, int]:
    return (max(ratio.width, 0), max(ratio.height, 0)) if ratio else (0, 0)


def card_of(sent: object) -> Card | None:
    """The page that a post shows: one of the web, or a feed or a list of this network."""
    for embed in embeds_of(sent):
        if embed.external is not None and is_web(embed.external.uri):
            return _page(embed.external)
        if embed.kind.startswith(RECORD) and (found := part_of(embed.record, QuotedView)):
            return _page_here(found)
    return None


def _page(external: External) -> Card:
    thumb = external.thumb if isinstance(external.thumb, str) else ""
    return Card(
        url=external.uri,
        title=external.title or external.uri,
        description=external.description or "",
        picture_url=thumb if is_web(thumb) else "",
        provider=urlsplit(external.uri).netloc.removeprefix("www."),
    )


def _page_here(found: QuotedView) -> Card | None:
    word, place = PAGES.get(found.kind.rpartition("#")[2]), place_of(found.uri)
    if word is None or place is None:
        return None
    return Card(
        url=f"{profile_page(place.repo)}/{word}/{place.key}",
        title=found.display_name or found.name or found.uri,
        description=found.description or "",
        provider="Bluesky",
    )
