"""Noticing what others have deleted, which the network does not report.

A notification goes with the post that it told of. So what an earlier look saw among the newest, and
what is missing there now, may have been deleted; whether it was, the author's own server says.
Being muted, blocked or hidden is no deletion.
"""

from collections.abc import Iterable, Sequence

import msgspec

from resonanz.networks.bluesky.addresses import is_post, place_of
from resonanz.networks.bluesky.directory import ask_openly, home_of
from resonanz.networks.bluesky.limits import MISSING_PER_LOOK
from resonanz.networks.bluesky.line import Line
from resonanz.networks.bluesky.records import GET
from resonanz.switchboard.paging import mark_of
from resonanz.switchboard.trouble import Gone, Trouble


def missing_from(seen: Sequence[str], now: Iterable[str]) -> list[str]:
    """Names that stood among the newest and do not any more.

    `seen` are those of an earlier look, newest first, `now` all that this one came by. What is
    older than the oldest of both was not looked for, and is not missing.
    """
    there = set(now)
    places = [at for at, name in enumerate(seen) if name in there]
    return [name for name in seen[: places[-1]] if name not in there] if places else []


def gone_among(line: Line, names: Iterable[str]) -> tuple[str, ...]:
    """The uids of those posts that their authors have deleted. `names` begin with the uid."""
    uris = dict.fromkeys(name.partition(" ")[0] for name in names)
    posts = [uri for uri in uris if is_post(uri)][:MISSING_PER_LOOK]
    return tuple(uri for uri in posts if _is_deleted(line, uri))


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
    except Trouble:
        return False
    return False


def without(cursor: str, names: Iterable[str]) -> str:
    """A cursor that remembers these no more."""
    mark, left_out = mark_of(cursor), set(names)
    seen = tuple(name for name in mark.seen if name not in left_out)
    return msgspec.json.encode(msgspec.structs.replace(mark, seen=seen)).decode()
