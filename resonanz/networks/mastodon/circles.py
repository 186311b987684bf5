"""Who follows us and whom we follow, part by part."""

from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
from mastodon import Mastodon

from resonanz.networks.mastodon.limits import ACCOUNTS_PER_PAGE
from resonanz.networks.mastodon.line import Line
from resonanz.networks.mastodon.payloads import AccountPayload
from resonanz.networks.mastodon.translate import Viewpoint, profile_of
from resonanz.switchboard.decoding import read, read_each
from resonanz.switchboard.shapes import Circle, Circles


def circle_parts(line: Line, view: Viewpoint, asked: Callable[..., object], cursor: str) -> Circles:
    """The accounts of a list, from the beginning or from where an earlier reading stopped.

    `asked` is the method of Mastodon.py that asks for the list. Where it goes on is told by the
    Link header alone: it names rows that stand in no entry. Without one the list ends here.
    Source: docs.joinmastodon.org/methods/accounts/#followers (read 2026-11-22).
    """
    before, places, known = cursor, {cursor}, set[str]()
    while True:
        answer = line.ask(partial(_ask_before, asked, view.us.local_id, before))
        accounts = read_each(read(answer.content, list[msgspec.Raw]), AccountPayload)
        profiles = [profile_of(account, view.host) for account in accounts]
        fresh = {profile.uid: profile for profile in profiles if profile.uid not in known}
        known.update(fresh)
        before = _next_place(answer)
        # A server that gives the same part for ever is left.
        is_end = before in places or bool(profiles and not fresh)
        yield Circle(profiles=tuple(fresh.values()), cursor="" if is_end else before)
        if is_end or not before:
            return
        places.add(before)


def _ask_before(asked: Callable[..., object], us: str, before: str, api: Mastodon) -> object:
    return asked(api, us, max_id=before or None, limit=ACCOUNTS_PER_PAGE)


def _next_place(answer: httpx.Response) -> str:
    url = answer.links.get("next", {}).get("url", "")
    return (parse_qs(urlsplit(url).query).get("max_id") or [""])[0]
