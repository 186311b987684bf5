"""Lists of this network, read from new to old down to what was seen last time."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from resonanz.networks.mastodon.limits import FIRST_LOOK_PAGES, IDS_REMEMBERED
from resonanz.switchboard import paging
from resonanz.switchboard.paging import Fetched, Mark, Step, mark_of

__all__ = ["Fetched", "Mark", "Step", "mark_of", "walk"]

Item = TypeVar("Item")


def walk(
    cursor: str, fetch: Callable[[str], Fetched[Item]], *, most_pages: int
) -> Iterator[Step[Item]]:
    """Steps from the newest entry down to what is known; see `switchboard/paging.py`.

    `fetch` takes the id below which to read, "" for the newest.
    """
    return paging.walk(
        cursor,
        fetch,
        most_pages=most_pages,
        first_pages=FIRST_LOOK_PAGES,
        remembered=IDS_REMEMBERED,
    )
