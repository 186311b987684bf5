"""Finds the feed that somebody means by what she typed: a feed's address, a page's, or half of one.

In this order: what is there itself; the feeds that the page names (not those of comments, if
there are others); the usual places beside the page and at the top of the site.
"""

import html as entities
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import httpx
import nh3

from resonanz.networks.feeds import limits
from resonanz.networks.feeds.fetch import Fetched, Login, fetch, without_login
from resonanz.networks.feeds.sniff import Found
from resonanz.networks.feeds.translate import NoFeed, Reading, read_feed
from resonanz.switchboard.trouble import Refused, Trouble, TryLater
from resonanz.switchboard.wording import N_

FEED_TYPES = frozenset(
    [
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/rss+xml",
        "application/x-rss+xml",
        "application/x.atom+xml",
        "text/rss+xml",
    ]
)
USUAL_PLACES = ("feed", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json", "rss")
NO_ADDRESS = N_(
    "This is no address of a page or a feed. It looks like blog.example or "
    "https://blog.example/feed."
)

_HAS_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"^feed:(?://)?(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
# What people type who think of a person; her profile page names her feed.
_HANDLE = re.compile(r"^@?([\w.-]+)@([\w-]+\.[\w.-]+)$")
_OF_COMMENTS = re.compile(r"comment|kommentar|replies|antworten", re.IGNORECASE)
_OPENING = re.compile(r"<[a-zA-Z]")
_NAMED = re.compile(r'<(link|a|base)((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_CHARSET = re.compile(r"charset=[\"']?([\w.-]+)", re.IGNORECASE)
# nh3's reader slows down with the square of nested tags; the head of a page comes first.
_TAGS_READ = 4000
_link_finder = nh3.Cleaner(
    tags={"link", "a", "base"},
    clean_content_tags={"script", "style"},
    attributes={
        "link": {"rel", "type", "href", "title"},
        "a": {"rel", "type", "href"},
        "base": {"href"},
    },
    url_relative="pass_through",
    url_schemes={"http", "https", "feed"},
    link_rel=None,
)


def discover(http: httpx.Client, typed: str, *, now: datetime) -> tuple[Fetched, Reading, Login]:
    """The feed that is meant, fetched and read. Raises troubles with sentences."""
    addresses, login = addresses_meant(typed)
    for address in addresses[:-1]:
        try:
            return _feed_at_or_beside(http, address, login, now)
        except TryLater as trouble:
            # Nobody speaks https there; the last address is the plain one.
            if trouble.is_overload:
                raise
    return _feed_at_or_beside(http, addresses[-1], login, now)


def addresses_meant(typed: str) -> tuple[list[str], Login]:
    """The addresses to try for what was typed, and the login that stood in it. Raises `Refused`."""
    text = typed.strip().strip("<>\"'„“”").strip()
    if found := _FEED_SCHEME.match(text):
        text = found["rest"]
    if found := _HANDLE.match(text):
        text = f"https://{found[2]}/@{found[1]}"
    tries = (
        [text]
        if _HAS_SCHEME.match(text)
        else [f"https://{text.lstrip('/')}", f"http://{text.lstrip('/')}"]
    )
    try:
        parts = urlsplit(tries[0])
        is_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
        has_port = parts.port is None or parts.port > 0
        httpx.URL(tries[0])
    except (ValueError, httpx.InvalidURL) as cause:
        raise Refused(NO_ADDRESS) from cause
    if not is_web or not has_port or any(blank in text for blank in " \n\t\0"):
        raise Refused(NO_ADDRESS)
    if (
        "." not in (parts.hostname or "")
        and parts.hostname != "localhost"
        and ":" not in parts.netloc
    ):
        raise Refused(NO_ADDRESS)
    cleaned = [without_login(address) for address in tries]
    return [address for address, _ in cleaned], cleaned[0][1]


def _feed_at_or_beside(
    http: httpx.Client, address: str, login: Login, now: datetime
) -> tuple[Fetched, Reading, Login]:
    fetched = fetch(http, address, now=now, login=login)
    try:
        return fetched, reading_of(fetched, now), login
    except NoFeed as no_feed:
        if no_feed.found is not Found.WEB_PAGE:
            raise Refused(no_feed.found.value) from no_feed
    for candidate in _candidates(fetched):
        own_login = login if _same_host(candidate, address) else Login()
        try:
            found = fetch(http, candidate, now=now, login=own_login)
            return found, reading_of(found, now), own_login
        except (NoFeed, Trouble):
            continue
    raise Refused(Found.WEB_PAGE.value)


def reading_of(fetched: Fetched, now: datetime, scope: str = "") -> Reading:
    """Read what was fetched. Raises `NoFeed`."""
    return read_feed(
        fetched.body,
        address=fetched.place,
        scope=scope or fetched.address,
        now=now,
        content_type=fetched.content_type,
    )


def _candidates(page: Fetched) -> Iterator[str]:
    """Where the feed may be, best first, each once."""
    named = feeds_named_by(page_text(page), page.place)
    main = [address for address, title in named if not _OF_COMMENTS.search(f"{title} {address}")]
    others = [address for address, _ in named if address not in main]
    yield from main[: limits.CANDIDATES_TRIED]
    tried = {*main, page.place}
    for place in _usual_places(page.place):
        if place not in tried:
            tried.add(place)
            yield place
    yield from others[: limits.CANDIDATES_TRIED]


def _usual_places(page: str) -> list[str]:
    folder = page if page.endswith("/") else f"{page.partition('?')[0]}/"
    beside = [urljoin(folder, name) for name in ("feed", "feed.xml")]
    top = [urljoin(page, f"/{name}") for name in USUAL_PLACES]
    return list(dict.fromkeys([*beside, *top]))[: limits.USUAL_PLACES_TRIED]


def page_text(page: Fetched) -> str:
    """The beginning of a page as text, by its own charset as far as it tells one."""
    told = _CHARSET.search(page.content_type) or _CHARSET.search(page.body[:2000].decode("latin-1"))
    start = page.body[: limits.PAGE_CHARACTERS]
    try:
        return start.decode(told[1] if told else "utf-8", "replace")
    except LookupError:
        return start.decode("utf-8", "replace")


def feeds_named_by(html: str, place: str) -> list[tuple[str, str]]:
    """The feeds that a page names, as (address, title), in its order."""
    found: dict[str, str] = {}
    base = place
    for tag in _NAMED.finditer(_link_finder.clean(_beginning(html))):
        told = {name: entities.unescape(value) for name, value in _ATTRIBUTE.findall(tag[2])}
        if tag[1] == "base":
            base = _joined(place, told.get("href", "")) or place
        elif _is_feed_link(told) and (address := _joined(base, told.get("href", ""))):
            found.setdefault(address, told.get("title", ""))
    return list(found.items())


def _beginning(html: str) -> str:
    """The page up to a bounded number of tags, without halves of characters."""
    sound = html.replace("\0", "").encode("utf-8", "replace").decode()
    for count, tag in enumerate(_OPENING.finditer(sound)):
        if count == _TAGS_READ:
            return sound[: tag.start()]
    return sound


def _is_feed_link(told: dict[str, str]) -> bool:
    rel = told.get("rel", "").lower().split()
    kind = told.get("type", "").partition(";")[0].strip().lower()
    if "feed" in rel:
        return True
    return "alternate" in rel and kind in FEED_TYPES


def _joined(base: str, href: str) -> str:
    if found := _FEED_SCHEME.match(href.strip()):
        rest = found["rest"]
        href = rest if _HAS_SCHEME.match(rest) else f"https://{rest.lstrip('/')}"
    try:
        address = urljoin(base, href.strip())
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return address if href.strip() and is_web else ""


def _same_host(one: str, other: str) -> bool:
    return urlsplit(one)[:2] == urlsplit(other)[:2]
