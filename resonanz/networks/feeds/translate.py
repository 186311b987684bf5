"""From the bytes of a feed to our shapes. Pure: no request, no clock, no memory.

Names. An entry's own id is kept as its uid where it is an address on the feed's own site, so
that the RSS and the Atom feed of a blog name the same post. Any other id is put behind the
feed's address, because "1" is an id in many feeds, and because a feed must not be able to speak
under the name of somebody else's post. Authors likewise.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from urllib.parse import quote, urljoin, urlsplit

from resonanz.networks.feeds import limits
from resonanz.networks.feeds.json_feed import read_json
from resonanz.networks.feeds.raw import NotReadable, RawAuthor, RawEntry, RawFeed, RawPicture
from resonanz.networks.feeds.sniff import Found, what_is
from resonanz.networks.feeds.xml_feed import read_xml
from resonanz.plumbing.text import clean_html, links_of, pictures_of, plain_text
from resonanz.switchboard.shapes import Link, Picture, Profile, Said, Shape

# Names that stand for no human being.
NO_NAMES = frozenset(
    ["", "admin", "administrator", "author", "editor", "redaktion", "root", "unknown", "webmaster"]
)
# Some programs write the year 1 where they know no date.
EARLIEST_YEAR = 1900


class NoFeed(Exception):
    """The bytes are no feed. `found` says what they are."""

    def __init__(self, found: Found) -> None:
        """Keep what was found."""
        super().__init__(found.value)
        self.found = found


class Reason(StrEnum):
    """Why an entry was not kept."""

    NOTHING_IN_IT = "nothing in it: no title, no text, no link, no file"
    REPEATED = "the same entry stands twice in the feed"
    TOO_MANY = "more entries than are looked at; the newest were taken"
    UNREADABLE = "the entry itself is broken"


class Dropped(Shape, frozen=True):
    """How many entries were not kept for one reason."""

    reason: Reason
    count: int


class Reading(Shape, frozen=True):
    """A feed, read: who speaks, what was said (newest first), and what was not kept.

    `pause` is how long the feed itself asks to be left alone (zero: it does not say).
    """

    format: str
    profile: Profile
    language: str = ""
    software: str = ""
    pause: timedelta = timedelta(0)
    entries: tuple[Said, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def read_feed(
    body: bytes, *, address: str, now: datetime, scope: str = "", content_type: str = ""
) -> Reading:
    """Read a feed from its bytes. Raises `NoFeed`.

    `address` is where the bytes came from, `scope` the address that stays the same when the feed
    moves (default: `address`); it is part of names. `content_type` is the header's value.
    """
    feed = _raw_feed(body, address, content_type)
    naming = _Naming(scope or address, feed, address)
    said, dropped = [], Counter({Reason.UNREADABLE: feed.unreadable})
    shared_ids = _ids_of_several(feed.entries)
    dated = _newest_first(feed, now)
    dropped[Reason.TOO_MANY] = max(len(dated) - limits.ENTRIES_LOOKED_AT, 0)
    for said_at, entry in dated[: limits.ENTRIES_LOOKED_AT]:
        if _is_empty(entry):
            dropped[Reason.NOTHING_IN_IT] += 1
        else:
            said.append(_said(entry, naming, said_at, now, entry.id in shared_ids))
    kept = {entry.uid: entry for entry in reversed(said)}
    dropped[Reason.REPEATED] = len(said) - len(kept)
    return Reading(
        format=feed.format,
        profile=naming.feed_profile,
        language=_language(feed.language),
        software=feed.software[: limits.NAME_CHARACTERS],
        pause=min(timedelta(seconds=feed.pause_seconds), limits.LONGEST_PAUSE),
        entries=tuple(reversed(kept.values())),
        dropped=tuple(Dropped(reason=r, count=count) for r, count in dropped.items() if count),
    )


def fingerprint(said: Said) -> str:
    """Eight characters that change when the words of an entry change, and not when mark-up does."""
    words = " ".join(f"{said.title} {plain_text(said.html)}".split())
    return sha256(words.encode("utf-8", "replace")).hexdigest()[:8]


def _raw_feed(body: bytes, address: str, content_type: str) -> RawFeed:
    start = body[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    try:
        if start.startswith(b"{"):
            return read_json(body, address)
        found = what_is(body, content_type)
        if found in (Found.NOTHING, Found.IMAGE, Found.MEDIA, Found.DOCUMENT):
            raise NoFeed(found)
        if found is Found.WEB_PAGE and b"<rss" not in body and b"<feed" not in body:
            raise NoFeed(found)
        if body.count(b"<") > limits.TAGS_A_FEED:
            raise NoFeed(Found.TOO_LARGE)
        return read_xml(body, address, content_type)
    except NotReadable as cause:
        raise NoFeed(what_is(body, content_type)) from cause


class _Naming:
    """Gives entries and authors of one feed their names. See the module's docstring."""

    def __init__(self, scope: str, feed: RawFeed, address: str) -> None:
        self.scope = scope.partition("#")[0]
        self.host = (urlsplit(self.scope).hostname or "").removeprefix("www.")
        self.language = _language(feed.language)
        site = _web_address(feed.site, address)
        self.feed_profile = Profile(
            uid=self.scope,
            handle=(urlsplit(site).hostname or self.host).removeprefix("www.") or self.host,
            name=_short(feed.title, limits.NAME_CHARACTERS) or self.host,
            url=site or self.scope,
            avatar_url=_web_address(feed.image, address),
            bio_html=clean_html(feed.description_html[: limits.HTML_CHARACTERS], address),
        )
        self.feed_author = self.profile_of(feed.author, self.feed_profile)

    def profile_of(self, author: RawAuthor, otherwise: Profile) -> Profile:
        """The author's own profile if a human name is given, else the other one."""
        name = _short(author.name, limits.NAME_CHARACTERS)
        if name.casefold() in NO_NAMES or name == self.feed_profile.name:
            return otherwise
        url = _web_address(author.url, self.scope)
        uid = url if url and self.is_own(url) else self.scoped("author", name.casefold())
        return Profile(uid=uid, handle=self.feed_profile.handle, name=name, url=url)

    def uid_of(self, entry: RawEntry, link: str, *, is_id_shared: bool) -> str:
        """The name of an entry: its id, or its address, or a fingerprint of its words."""
        own_id = "" if is_id_shared else entry.id.strip()
        if own_id and self.is_own(own_id) and len(own_id) <= limits.UID_CHARACTERS:
            return own_id
        if own_id:
            return self.scoped("id", own_id)
        if link:
            return link if self.is_own(link) else self.scoped("link", link)
        words = f"{entry.title}\n{plain_text(entry.html)}"
        return self.scoped("words", sha256(words.encode("utf-8", "replace")).hexdigest())

    def scoped(self, kind: str, name: str) -> str:
        """A name that is valid within this feed only."""
        whole = f"{self.scope}#{kind}={quote(name, safe='', errors='replace')}"
        if len(whole) <= limits.UID_CHARACTERS:
            return whole
        short = sha256(name.encode("utf-8", "replace")).hexdigest()
        return f"{self.scope[: limits.UID_CHARACTERS - 80]}#{kind}={short}"

    def is_own(self, address: str) -> bool:
        """Whether an address is on the site that the feed itself came from."""
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").removeprefix("www.")
        except ValueError:
            return False
        if parts.scheme not in ("http", "https") or not host or not self.host:
            return False
        shorter, longer = sorted((host, self.host), key=len)
        return longer == shorter or ("." in shorter and longer.endswith(f".{shorter}"))


def _said(
    entry: RawEntry, naming: _Naming, said_at: datetime, now: datetime, is_id_shared: bool
) -> Said:
    base = _web_address(entry.base, naming.scope) or naming.scope
    html = entry.html[: limits.HTML_CHARACTERS]
    link = _web_address(entry.link, base)
    edited_at = _sound(entry.updated, now)
    words = links_of(html, base)
    related = [(found, "") for href in entry.links if (found := _web_address(href, base))]
    links = list(dict([*related, *words]).items())[: limits.LINKS_AN_ENTRY]
    return Said(
        uid=naming.uid_of(entry, link, is_id_shared=is_id_shared),
        author=naming.profile_of(entry.author, naming.feed_author),
        said_at=said_at,
        html=clean_html(html, base),
        url=link,
        title=_short(entry.title, limits.TITLE_CHARACTERS),
        language=_language(entry.language) or naming.language,
        answers_uid=entry.answers[: limits.ADDRESS_CHARACTERS],
        links=tuple(Link(url=url, text=_short(text, 300)) for url, text in links),
        tags=_tags(entry.tags),
        pictures=_pictures(entry.pictures, html, base),
        edited_at=edited_at if edited_at and edited_at > said_at else None,
    )


def _newest_first(feed: RawFeed, now: datetime) -> list[tuple[datetime, RawEntry]]:
    """The entries with their times. Those without one keep their order, by a second each."""
    fallback = _sound(feed.updated, now) or now
    dated = [
        (
            _sound(entry.published, now)
            or _sound(entry.updated, now)
            or fallback - timedelta(seconds=at),
            entry,
        )
        for at, entry in enumerate(feed.entries)
    ]
    return sorted(dated, key=lambda pair: pair[0], reverse=True)


def _is_empty(entry: RawEntry) -> bool:
    html = entry.html[: limits.HTML_CHARACTERS]
    has_form = entry.title.strip() or entry.link.strip() or entry.pictures
    return not (has_form or plain_text(html) or pictures_of(html, entry.base))


def _ids_of_several(entries: Iterable[RawEntry]) -> set[str]:
    """Ids that a careless feed gives to entries with different addresses."""
    links: dict[str, set[str]] = {}
    for entry in entries:
        if entry.id and entry.link:
            links.setdefault(entry.id, set()).add(entry.link)
    return {id for id, found in links.items() if len(found) > 1}


def _pictures(files: Iterable[RawPicture], html: str, base: str) -> tuple[Picture, ...]:
    """The attached files, then the pictures within the text."""
    found: dict[str, Picture] = {}
    for file in files:
        kind = file.type.partition("/")[0].strip().lower()
        kind = kind if kind in ("image", "video", "audio") else "other"
        if (url := _web_address(file.url, base)) and url not in found:
            found[url] = Picture(url=url, kind=kind, description=_short(file.title, 300))
    for url, words in pictures_of(html, base):
        if len(url) <= limits.ADDRESS_CHARACTERS and url not in found:
            found[url] = Picture(url=url, description=_short(words, 300))
    return tuple(found.values())[: limits.PICTURES_AN_ENTRY]


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(_short(tag, 100).lstrip("#") for tag in tags)
    return tuple(tag for tag in found if tag)[: limits.TAGS_AN_ENTRY]


def _sound(moment: datetime | None, now: datetime) -> datetime | None:
    """A moment that can be: not before 1900, and not later than now."""
    return None if moment is None or moment.year < EARLIEST_YEAR else _clamped(moment, now)


def _clamped(moment: datetime, now: datetime) -> datetime:
    return min(moment, now).astimezone(UTC)


def _web_address(href: str, base: str) -> str:
    """The absolute http(s) address, or "" if there is none or it is beyond all measure."""
    if not (href := href.strip()):
        return ""
    try:
        address = urljoin(base, href)
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return address if is_web and len(address) <= limits.ADDRESS_CHARACTERS else ""


def _short(text: str, most: int) -> str:
    return " ".join(text.replace("\0", "").split())[:most].rstrip()


def _language(tag: str) -> str:
    """The primary language of a tag: "de" for "de-AT"; "" for what is none."""
    primary = tag.strip().replace("_", "-").partition("-")[0].lower()
    return primary if primary.isascii() and primary.isalpha() and len(primary) in (2, 3) else ""
