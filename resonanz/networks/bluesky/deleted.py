"""Noticing what others have deleted, which the network does not report.

A notification goes with the post that it told of. So what an earlier look saw among the newest, and
what is missing there now, may have been deleted; whether it was, the author's own server says.
Being muted, blocked or hidden is no deletion.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from resonanz.networks.bluesky.addresses import is_post, place_of
from resonanz.networks.bluesky.directory import ask_openly, home_of
from resonanz.networks.bluesky.limits import MISSING_PER_LOOK
from resonanz.networks.bluesky.line import Line
from resonanz.networks.bluesky.records import GET
from resonanz.switchboard.paging import mark_of
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain, TryLater, Unreadable


def missing_from(seen: Sequence[str], now: Iterable[str], *, is_all: bool) -> list[str]:
    """Names that stood among the newest and do not any more.

    `seen` are those of an earlier look, newest first, `now` all that this one came by; `is_all`
    where it came to the end of the list. Otherwise what is older than the oldest of both was not
    looked for, and is not missing.
    """
    there = set(now)
    places = [at for at, name in enumerate(seen) if name in there]
    looked_for = len(seen) if is_all else max(places, default=0)
    return [name for name in seen[:looked_for] if name not in there]


def to_look_after(missing: Iterable[str]) -> list[str]:
    """Those of the missing that are settled now: no posts, and not too many posts at once."""
    names = list(missing)
    posts = [name for name in names if is_post(_uri(name))]
    wait = set(posts[MISSING_PER_LOOK:])
    return [name for name in names if name not in wait]


class Findings(NamedTuple):
    """Uids of posts that are gone, and the names that are settled and need not be kept."""

    gone: tuple[str, ...]
    settled: tuple[str, ...]


def findings(line: Line, names: Sequence[str]) -> Findings:
    """What became of the missing. `names` begin with the uid.

    Of whom nobody answers at the moment, nothing is settled: the next look asks again. It is
    somebody else's server, and no trouble of ours.
    """
    gone: list[str] = []
    settled: list[str] = []
    for name in names:
        try:
            if is_post(_uri(name)) and _is_deleted(line, _uri(name)):
                gone.append(_uri(name))
        except TryLater:
            continue
        settled.append(name)
    return Findings(tuple(dict.fromkeys(gone)), tuple(settled))


def _uri(name: str) -> str:
    return name.partition(" ")[0]


def _is_deleted(line: Line, uri: str) -> bool:
    """Whether the server where it was written says that it is not there. In doubt it is."""
    place = place_of(uri)
    if place is None:
        return False
    asked = {"repo": place.repo, "collection": place.collection, "rkey": place.key}
    try:
        url = f"{home_of(place.repo, line.surroundings)}/xrpc/{GET}"
        ask_openly(line.surroundings, url, asked)
    except Gone:
        return True
    except (Refused, SignInAgain, Unreadable):
        return False
    return False


def without(cursor: str, names: Iterable[str]) -> str:
    """A cursor that remembers these no more."""
    mark, left_out = mark_of(cursor), set(names)
    seen = tuple(name for name in mark.seen if name not in left_out)
    return msgspec.json.encode(msgspec.structs.replace(mark, seen=seen)).decode()
