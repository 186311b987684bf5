"""Accounts, as their network shows them."""

from collections.abc import Iterator
from datetime import datetime

from resonanz.switchboard.shapes.kinds import Wish
from resonanz.switchboard.shapes.shape import Shape


class Mention(Shape):
    """Somebody named in a post."""

    uid: str
    handle: str
    url: str = ""


class Profile(Shape):
    """An account as its network shows it.

    `handle` is what people type to name it (`@ada@town.example`), `bio_html` is untrusted.
    `wishes` are those that the network itself tells; words in `bio_html` are read elsewhere.
    `moved_to` is where the account says that it has gone. `blocks_us` is True where it keeps our
    account away. `is_full` says that everything which the network tells of an account is in it:
    what is empty here is empty there.
    """

    uid: str
    handle: str
    local_id: str = ""
    name: str = ""
    url: str = ""
    avatar_url: str = ""
    bio_html: str = ""
    is_bot: bool = False
    is_locked: bool = False
    is_indexable: bool = True
    created_at: datetime | None = None
    wishes: tuple[Wish, ...] = ()
    moved_to: Mention | None = None
    blocks_us: bool = False
    is_full: bool = False


class Circle(Shape):
    """A part of the accounts that follow us, or that we follow.

    `cursor` is where to go on; it is empty on the last part.
    """

    profiles: tuple[Profile, ...] = ()
    cursor: str = ""


Circles = Iterator[Circle]
