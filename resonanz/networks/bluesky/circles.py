"""Who follows us, and whom we follow: lists of any length, in parts."""

from resonanz.networks.bluesky.limits import ACCOUNTS_PER_PAGE, CIRCLES_PER_READING
from resonanz.networks.bluesky.line import Line
from resonanz.networks.bluesky.payloads import CirclePayload, ProfilePayload
from resonanz.networks.bluesky.translate import profile_of
from resonanz.switchboard.decoding import NOT_AS_ASKED, read, read_each
from resonanz.switchboard.shapes import Circle, Circles
from resonanz.switchboard.trouble import Unreadable

FOLLOWERS, FOLLOWED = "app.bsky.graph.getFollowers", "app.bsky.graph.getFollows"


def circles(line: Line, name: str, cursor: str) -> Circles:
    """One of the lists, from the beginning or from a cursor on, each account once.

    A server that gives the same part again is at its end. A list that is longer than one
    reading takes ends with a cursor.
    """
    known: set[str] = set()
    before = cursor
    for _ in range(CIRCLES_PER_READING):
        answer = line.ask(name, actor=line.us, limit=ACCOUNTS_PER_PAGE, cursor=before)
        page = read(answer.content, CirclePayload)
        raws = page.followers if name == FOLLOWERS else page.follows
        if raws is None:
            raise Unreadable(NOT_AS_ASKED)
        profiles = [profile_of(one, is_full=True) for one in read_each(raws, ProfilePayload)]
        fresh = {one.uid: one for one in profiles if one.uid not in known}
        known.update(fresh)
        is_stuck = (bool(profiles) and not fresh) or page.cursor == before
        before = "" if is_stuck else page.cursor or ""
        yield Circle(profiles=tuple(fresh.values()), cursor=before)
        if not before:
            return
