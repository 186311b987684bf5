"""Looking at a conversation where it began, as anybody may, without our token.

Mastodon shows public posts and a part of their conversations to everybody unless its people
chose otherwise (docs.joinmastodon.org/methods/statuses/#context, read 2026-11-22: at most 40
posts above and 60 below). GoToSocial and snac2 want a token and answer 401.
"""

import re
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from resonanz.networks.mastodon.payloads import ContextPayload, StatusPayload
from resonanz.networks.mastodon.server import ask_openly
from resonanz.networks.mastodon.translate import Viewpoint, thread_of
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.decoding import NOT_AS_ASKED, read
from resonanz.switchboard.elsewhere import without_local_names
from resonanz.switchboard.shapes import Thread
from resonanz.switchboard.trouble import Refused, SignInAgain, Unreadable
from resonanz.switchboard.wording import N_

NOT_SHOWN = N_(
    "The server where this was said shows conversations to its own people only. The post can "
    "be opened there in the browser."
)
NO_WAY_TO_ASK = N_(
    "Resonanz cannot ask the server where this was said. The post can be opened there in the "
    "browser."
)
# Mastodon: /@ada/1, /users/ada/statuses/1, /ap/users/7/statuses/1; Pleroma: /notice/A1;
# GoToSocial: /@ada/statuses/01J, /users/ada/statuses/01J
PATH = re.compile(
    r"/(?:@[^/]+(?:/statuses)?|(?:ap/)?users/[^/]+/statuses|notice)/(?P<id>[0-9A-Za-z]+)/?"
)

Payload = TypeVar("Payload")


def thread_at_origin(uid: str, url: str, view: Viewpoint, surroundings: Surroundings) -> Thread:
    """The conversation around a post as its own server shows it to anybody. Two requests."""
    address, local_id = _place_of(uid, url)
    there = f"{address}/api/v1/statuses/{local_id}"
    status = _asked(there, StatusPayload, surroundings)
    if uid not in (status.uri, status.url) and url not in (status.uri, status.url):
        raise Unreadable(NOT_AS_ASKED)
    context = _asked(f"{there}/context", ContextPayload, surroundings)
    seen_there = msgspec.structs.replace(view, home=urlsplit(address).netloc)
    thread = thread_of(status, context, seen_there)
    return msgspec.structs.replace(thread, posts=tuple(map(without_local_names, thread.posts)))


def _place_of(uid: str, url: str) -> tuple[str, str]:
    """The server's address and its id for a post, read from the post's own addresses."""
    for name in (uid, url):
        try:
            parts = urlsplit(name)
        except ValueError:
            continue
        found = PATH.fullmatch(parts.path)
        if found and parts.scheme in ("http", "https") and parts.netloc:
            return f"{parts.scheme}://{parts.netloc}", found["id"]
    raise Refused(NO_WAY_TO_ASK)


def _asked(url: str, shape: type[Payload], surroundings: Surroundings) -> Payload:
    try:
        answer = ask_openly(surroundings, "GET", url)
    except SignInAgain as cause:
        raise Refused(NOT_SHOWN) from cause
    return read(answer.content, shape)
