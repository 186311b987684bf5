"""From a page that links to ours to our shapes. Pure.

Names. What a page says goes by the page's own address. Its author goes by hers only where it is
on the page's own site; elsewhere it stands behind the site (`https://bridge.example/#author=…`):
whoever writes a page can name anybody as its author. So nobody speaks under another's name, and
a bridge that carries many authors keeps them apart. Likewise, an address of the text on another
site is told as `same_as`, as the page's own claim, and never taken for its name.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import msgspec

from resonanz.networks.webmention import limits
from resonanz.networks.webmention.addresses import (
    as_page,
    same_page,
    same_site,
    site_of,
    web_address,
    without_fragment,
)
from resonanz.networks.webmention.microformats import (
    Item,
    addresses,
    is_link_to,
    text_of,
    texts,
    values,
)
from resonanz.networks.webmention.page import language_of, title_of, words_around
from resonanz.networks.webmention.source import Source
from resonanz.plumbing.text import as_html, clean_html, excerpt, links_of, pictures_of, plain_text
from resonanz.switchboard.shapes import (
    Kind,
    Link,
    Linkback,
    LinkKind,
    Page,
    Picture,
    Profile,
    Reaction,
    ReactionKind,
    Said,
)
from resonanz.understanding.structure import host_of

# What a link says that it does, the strongest first.
KINDS = (
    ("in-reply-to", LinkKind.REPLY),
    ("like-of", LinkKind.LIKE),
    ("repost-of", LinkKind.REPOST),
    ("bookmark-of", LinkKind.BOOKMARK),
)
REACTIONS = {LinkKind.LIKE: ReactionKind.FAVOURITE, LinkKind.REPOST: ReactionKind.BOOST}
EARLIEST_YEAR = 1900
# Our page stood there before anybody could link to it.
BEFORE = timedelta(seconds=1)
EXCERPT_CHARACTERS = 600
# https://atproto.com/specs/at-uri-scheme, read 2026-11-22.
ORIGINAL = "at://"
NOBODY = Profile(uid="", handle="")
NO_TIME = datetime.fromtimestamp(0, UTC)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What was found at a page that links to ours.

    `address` is the page as it was named to us, and `target` ours. `entry` is None where the page
    does not say what its text is. `card` and `author_address` are its author's, as far as known.
    """

    address: str
    target: str
    source: Source
    entry: Item | None = None
    card: Item | None = None
    author_address: str = ""


def linkback_of(found: Found, ours: Said, now: datetime) -> Linkback:
    """A link to us as the switchboard has it; `ours` is our page."""
    kind = kind_of(found)
    author = author_of(found)
    said_at = _published(found.entry, now)
    ours = msgspec.structs.replace(ours, said_at=min(ours.said_at, said_at - BEFORE))
    if kind in REACTIONS:
        reaction = Reaction(
            uid=named_by(found.address), kind=REACTIONS[kind], by=author, at=said_at, post=ours
        )
        return Linkback(kind=kind, page=Page(reactions=(reaction,)))
    said = _bare_link(found, ours) if found.entry is None else _said(found, found.entry, kind)
    # What is answered: our page, or the part of it that was named, like a comment.
    answered = found.target if "#" in found.target else ours.uid
    edited_at = said.edited_at if said.edited_at and said.edited_at > said_at else None
    said = msgspec.structs.replace(
        said, author=author, said_at=said_at, edited_at=edited_at, answers_uid=answered
    )
    return Linkback(kind=kind, page=Page(posts=(ours, said)))


def kind_of(found: Found) -> LinkKind:
    """What the link does."""
    if found.entry is not None:
        for name, kind in KINDS:
            if is_link_to(found.entry, name, found.target, found.source.place):
                return kind
    return LinkKind.MENTION


def author_of(found: Found) -> Profile:
    """Who wrote the page; the site itself where it does not say."""
    place, card = found.source.place, found.card
    told = addresses(card, "url", place) if card is not None else []
    address = found.author_address or next(iter(told), "")
    name = _short(next(iter(texts(card, "name")), ""), limits.NAME_CHARACTERS) if card else ""
    photos = addresses(card, "photo", place) if card is not None else []
    if not address and not name:
        return profile_of_site(place)
    return Profile(
        uid=_uid_of_author(address, name, place),
        handle=_handle(address) or host_of(place),
        name="" if name.startswith("http") else name,
        url=address or site_of(place),
        avatar_url=next(iter(photos), ""),
        bio_html=as_html(next(iter(texts(card, "note")), "")[:1000]) if card else "",
    )


def profile_of_site(place: str) -> Profile:
    """A site as an author."""
    host = host_of(place)
    return Profile(uid=site_of(place), handle=host, name=host, url=site_of(place))


def named_by(address: str) -> str:
    """An address as a name."""
    return as_page(address) + _fragment(address)


def our_page(
    place: str, entry: Item | None, source: Source | None, author: Profile, now: datetime
) -> Said:
    """A page of ours as a post; `entry` is what it is about, where it says so."""
    page = source.html if source else None
    title = title_of(page) if page is not None else ""
    address = _own_address(place, entry, source)
    if entry is None:
        return Said(
            uid=named_by(address),
            url=address,
            author=author,
            said_at=now,
            title=title or _handle(address),
            html="",
            kind=Kind.ARTICLE,
            language=language_of(page) if page is not None else "",
        )
    html = clean_html(_html_of(entry), place)
    return Said(
        uid=named_by(address),
        url=address,
        author=author,
        said_at=_published(entry, now),
        title=_title(entry, html) or title,
        html=html,
        kind=Kind.ARTICLE,
        language=language_of(page) if page is not None else "",
        links=_links(html, place),
        same_as=_elsewhere(entry, address, place),
    )


def _own_address(place: str, entry: Item | None, source: Source | None) -> str:
    """The address that our page gives itself, as far as it stays on our site."""
    told = addresses(entry, "url", place) if entry is not None else []
    if source is not None and source.html is not None:
        link = source.html.find("link", rel="canonical", href=True)
        href = link.get("href") if link is not None else None  # type: ignore[union-attr]
        told.append(web_address(href, place) if isinstance(href, str) else "")
    own = next((a for a in told if a and host_of(a) == host_of(place)), place)
    return as_page(own)


def _said(found: Found, entry: Item, kind: LinkKind) -> Said:
    """What the page says; author, time and what it answers are filled in by the caller."""
    place, page = found.source.place, found.source.html
    raw = _html_of(entry)
    html = clean_html(raw, place)
    title = _title(entry, html)
    own = [a for a in addresses(entry, "url", place) if same_site(a, place)]
    is_quote = is_link_to(entry, "quotation-of", found.target, place)
    return Said(
        uid=named_by(found.address),
        url=next(iter(own), found.address),
        author=NOBODY,
        said_at=NO_TIME,
        title=title,
        html=html,
        language=language_of(page) if page is not None else "",
        quotes_uid=found.target if is_quote else "",
        links=_links(html, place),
        tags=_tags(entry),
        pictures=_pictures(entry, raw, place),
        edited_at=_moment(next(iter(texts(entry, "updated")), "")),
        kind=_kind(kind, title, html),
        same_as=_elsewhere(entry, found.address, place),
    )


def _kind(kind: LinkKind, title: str, html: str) -> Kind:
    if kind is LinkKind.REPLY:
        return Kind.COMMENT
    if kind is LinkKind.BOOKMARK or not html:
        return Kind.PING
    return Kind.ARTICLE if title else Kind.POST


def _bare_link(found: Found, ours: Said) -> Said:
    """A page that only links to us: its title, and the words around the link."""
    source, page = found.source, found.source.html
    words = (
        words_around(source.link)
        if source.link is not None
        else excerpt(source.text, EXCERPT_CHARACTERS)
    )
    return Said(
        uid=named_by(found.address),
        url=found.address,
        author=NOBODY,
        said_at=NO_TIME,
        title=title_of(page) if page is not None else "",
        html=as_html(words),
        language=language_of(page) if page is not None else "",
        links=(Link(url=ours.url),),
        kind=Kind.PING,
    )


def _elsewhere(entry: Item, address: str, place: str) -> tuple[str, ...]:
    """Other addresses that the same words go by, as the page claims."""
    told = [*addresses(entry, "syndication", place), *addresses(entry, "url", place)]
    told += addresses(entry, "uid", place)
    # A bridge tells the original of Bluesky by its own name, too, which is no web address.
    told += [name for name in texts(entry, "uid") if name.startswith(ORIGINAL)]
    found = [a for a in dict.fromkeys(told) if not same_page(a, address)]
    return tuple(a for a in found if len(a) <= limits.ADDRESS_CHARACTERS)[: limits.SYNDICATIONS]


def _html_of(entry: Item) -> str:
    """The text as it came: its content, else its summary, its name, or whether she comes."""
    for name in ("content", "summary", "description"):
        for value in values(entry, name):
            told = value.get("html") if isinstance(value, dict) else None
            if isinstance(told, str) and told.strip():
                return told[: limits.HTML_CHARACTERS]
            if text := text_of(value):
                return as_html(text[: limits.HTML_CHARACTERS])
    name = next(iter(texts(entry, "name")), "")
    rsvp = next(iter(texts(entry, "rsvp")), "")
    return as_html(name[: limits.HTML_CHARACTERS]) or as_html(rsvp[: limits.NAME_CHARACTERS])


def _title(entry: Item, html: str) -> str:
    """The title of an article; "" for a note, whose name is only the beginning of its text."""
    name = _short(next(iter(texts(entry, "name")), ""), limits.TITLE_CHARACTERS)
    text = " ".join(plain_text(html).split())
    start = name.rstrip("….").rstrip()
    return "" if name.startswith("http") or text.startswith(start) else name


def _links(html: str, place: str) -> tuple[Link, ...]:
    return tuple(Link(url=url, text=text[:300]) for url, text in links_of(html, place))[
        : limits.LINKS
    ]


def _tags(entry: Item) -> tuple[str, ...]:
    found = dict.fromkeys(_short(tag, 100).lstrip("#") for tag in texts(entry, "category"))
    return tuple(tag for tag in found if tag and not tag.startswith("http"))[: limits.TAGS]


def _pictures(entry: Item, html: str, place: str) -> tuple[Picture, ...]:
    found: dict[str, Picture] = {}
    for value in [*values(entry, "photo"), *values(entry, "featured")]:
        alt = value.get("alt") if isinstance(value, dict) else ""
        url = web_address(text_of(value), place) if text_of(value) else ""
        if url and url not in found:
            words = _short(alt if isinstance(alt, str) else "", 300)
            found[url] = Picture(url=url, description=words)
    for url, words in pictures_of(html, place):
        found.setdefault(url, Picture(url=url, description=_short(words, 300)))
    return tuple(found.values())[: limits.PICTURES]


def _published(entry: Item | None, now: datetime) -> datetime:
    """When it was said, as far as that can be; now where the page does not tell."""
    told = texts(entry, "published") if entry is not None else []
    moment = next((m for m in map(_moment, told) if m is not None), None)
    return min(moment, now) if moment is not None else now


def _moment(told: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(told.strip().replace("z", "Z"))
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if found.year > EARLIEST_YEAR else None


def _uid_of_author(address: str, name: str, place: str) -> str:
    if address and same_site(address, place):
        return named_by(address)
    return f"{site_of(place)}#author={quote(address or name, safe='')}"


def _handle(address: str) -> str:
    """An address as people say it: host and path."""
    bare = without_fragment(address).partition("://")[2].removeprefix("www.").rstrip("/")
    return _short(bare.partition("?")[0], limits.NAME_CHARACTERS)


def _fragment(address: str) -> str:
    _, sign, fragment = address.partition("#")
    return sign + fragment if fragment else ""


def _short(text: str, most: int) -> str:
    return " ".join(text.replace("\0", "").split())[:most].rstrip()
