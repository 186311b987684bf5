"""The names of things: at:// addresses, the pages that people see, handles and DIDs. Pure.

Sources: https://atproto.com/specs/at-uri-scheme, …/did, …/handle (read 2026-11-22).
"""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from resonanz.networks.bluesky.limits import WEB

POST = "app.bsky.feed.post"
LIKE = "app.bsky.feed.like"
REPOST = "app.bsky.feed.repost"
FOLLOW = "app.bsky.graph.follow"
BLOCK = "app.bsky.graph.block"
# What stands in place of a handle that leads nowhere any more.
INVALID_HANDLE = "handle.invalid"

_DID = r"did:[a-z]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._-]"
_LABEL = r"(?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
HANDLE = rf"(?:[a-zA-Z0-9]{_LABEL}\.)+[a-zA-Z]{_LABEL}"
IS_DID = re.compile(_DID)
IS_HANDLE = re.compile(HANDLE)
AT_URI = re.compile(
    rf"at://(?P<repo>{_DID})/(?P<collection>[a-zA-Z0-9.-]+)/(?P<key>[A-Za-z0-9._:~-]{{1,512}})"
)
PAGE_OF_A_POST = re.compile(r"/profile/(?P<who>[^/]+)/post/(?P<key>[A-Za-z0-9._:~-]{1,512})/?")
# Pages of other readers of the network have the same paths.
HOSTS_OF_PAGES = frozenset({urlsplit(WEB).netloc, "staging.bsky.app", "main.bsky.dev"})
LONGEST_HANDLE_CHARACTERS = 253


class Place(NamedTuple):
    """Where a record stands: in whose repository, in which collection, under which key."""

    repo: str
    collection: str
    key: str


def place_of(uri: str) -> Place | None:
    """The parts of an at:// address that names a record by DID; None for anything else."""
    found = AT_URI.fullmatch(uri)
    return Place(found["repo"], found["collection"], found["key"]) if found else None


def is_post(uri: str) -> bool:
    """Whether an address names a post."""
    place = place_of(uri)
    return place is not None and place.collection == POST


def uri_of(repo: str, collection: str, key: str) -> str:
    """The at:// address of a record."""
    return f"at://{repo}/{collection}/{key}"


def is_did(text: str) -> bool:
    """Whether this names an account for ever."""
    return bool(IS_DID.fullmatch(text))


def is_handle(text: str) -> bool:
    """Whether this has the form of a handle, without its @."""
    return len(text) <= LONGEST_HANDLE_CHARACTERS and bool(IS_HANDLE.fullmatch(text))


def profile_page(did: str, handle: str = "") -> str:
    """The page of an account, by its handle where that leads somewhere."""
    return f"{WEB}/profile/{_shown(did, handle)}"


def post_page(uri: str, handle: str = "") -> str:
    """The page of a post, "" for what is no post."""
    place = place_of(uri)
    if place is None or place.collection != POST:
        return ""
    return f"{profile_page(place.repo, handle)}/post/{place.key}"


def _shown(did: str, handle: str) -> str:
    return handle if is_handle(handle) and handle != INVALID_HANDLE else did


def named_on_page(url: str) -> tuple[str, str] | None:
    """Whose post a page shows (a handle or a DID) and its key; None for any other page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    found = PAGE_OF_A_POST.fullmatch(parts.path)
    if not found or parts.scheme not in ("http", "https") or parts.netloc not in HOSTS_OF_PAGES:
        return None
    who = unquote(found["who"])
    return (who, found["key"]) if is_did(who) or is_handle(who) else None
