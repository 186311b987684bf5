"""The network "feeds": one source that is read. Glue only."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from resonanz.networks.feeds import limits
from resonanz.networks.feeds.cursors import (
    Memory,
    changed_since,
    cursor_of,
    remembered,
    seen_now,
)
from resonanz.networks.feeds.discover import discover, reading_of
from resonanz.networks.feeds.fetch import Fetched, Login, fetch, login_of
from resonanz.networks.feeds.opml import OpmlLists
from resonanz.networks.feeds.translate import NoFeed, Reading
from resonanz.switchboard.contract import (
    AddressList,
    Begun,
    Can,
    Field,
    Polling,
    Surroundings,
    Way,
    WayIn,
)
from resonanz.switchboard.offering import OffersNothing
from resonanz.switchboard.shapes import (
    Account,
    Facts,
    Page,
    Pages,
    Said,
    Secret,
)
from resonanz.switchboard.trouble import NotOffered, Refused, TryLater
from resonanz.switchboard.wording import N_

ONLY_READ = N_("A feed can be read and nothing else. Answer on the page itself, or by a network.")


class Feeds:
    """RSS, Atom and JSON Feed as a network."""

    slug = "feeds"
    name = N_("Blogs and feeds")
    icon = Path(__file__).parent / "icon.svg"
    ways_in: tuple[WayIn, ...] = (
        WayIn(
            way=Way.ADDRESS,
            label="Read a blog or a feed",
            fields=(
                Field(
                    name="address",
                    label="Address of the page or of its feed",
                    help="The page is enough: its feed is looked for.",
                    kind="url",
                    example="blog.example",
                ),
            ),
        ),
    )
    polling = Polling(
        home_seconds=int(limits.POLLING.total_seconds()),
        requests_per_minute=limits.REQUESTS_PER_MINUTE,
    )
    is_pretend = False
    address_list: AddressList | None = OpmlLists()

    def drawn(self, url: str) -> bytes | None:
        """Draws nothing itself."""
        del url
        return None

    def begin(
        self, way: Way, answers: Mapping[str, str], callback: str, surroundings: Surroundings
    ) -> Account | Begun:
        """Find the feed behind the address that was given; done at once."""
        del way, callback
        fetched, reading, login = discover(
            surroundings.http, answers.get("address", ""), now=surroundings.clock()
        )
        return _account(fetched, reading, login)

    def finish(self, memo: str, answers: Mapping[str, str], surroundings: Surroundings) -> Account:
        """Nobody is sent anywhere to read a feed, so nobody comes back."""
        del memo, answers, surroundings
        raise NotOffered(ONLY_READ)

    def open(self, account: Account, surroundings: Surroundings) -> "FeedConnector":
        """A connector on the feed. Makes no request."""
        return FeedConnector(account, surroundings)

    def forget(self, account: Account, surroundings: Surroundings) -> None:
        """Nothing is kept elsewhere, so there is nothing to do."""
        del account, surroundings


class FeedConnector(OffersNothing):
    """One feed. The name of its profile (`uid`) is what its entries' names are scoped by."""

    can = frozenset({Can.HOME})
    why_not = ONLY_READ

    def __init__(self, account: Account, surroundings: Surroundings) -> None:
        """Keep what is needed to ask."""
        self._account = account
        self._scope = account.profile.uid
        self._login = login_of(account.credentials)
        self._world = surroundings

    def verify(self) -> Account:
        """Read the feed afresh; its name for us stays, its address is the present one."""
        now = self._world.clock()
        fetched = fetch(self._world.http, self._account.address, now=now, login=self._login)
        return _account(fetched, self._read(fetched, now), self._login)

    def home(self, cursor: str) -> Pages:
        """What is new or changed in the feed, oldest first; a page with the cursor comes last.

        What is older than our first look is backlog. While the feed asks to be left alone, the
        same cursor comes back and no request is made. A failure is counted in the cursor, which
        is handed over before `TryLater` is raised with the pause that grew out of it.
        """
        memory, now = remembered(cursor), self._world.clock()
        if memory.not_before is not None and now < memory.not_before:
            yield Page(cursor=cursor)
            return
        try:
            fetched = self._fetch(memory, now)
        except TryLater as trouble:
            failed = msgspec.structs.replace(memory, failures=memory.failures + 1)
            yield Page(cursor=cursor_of(failed))
            after = trouble.after or failed.back_off()
            raise TryLater(
                trouble.reason, after=after, is_overload=trouble.is_overload
            ) from trouble
        yield from self._news(fetched, memory, now)

    def _fetch(self, memory: Memory, now: datetime) -> Fetched:
        return fetch(
            self._world.http,
            memory.address or self._account.address,
            now=now,
            login=self._login,
            etag=memory.etag,
            modified=memory.modified,
        )

    def _news(self, fetched: Fetched, memory: Memory, now: datetime) -> Pages:
        after = msgspec.structs.replace(
            memory,
            address=fetched.address if fetched.address != self._account.address else "",
            etag=fetched.etag,
            modified=fetched.modified,
            not_before=now + fetched.pause if fetched.pause else None,
            failures=0,
        )
        if fetched.is_same or (memory.body and fetched.digest == memory.body):
            yield Page(cursor=cursor_of(after))
            return
        reading = self._read(fetched, now)
        pause = max(fetched.pause, reading.pause)
        after = msgspec.structs.replace(
            after,
            body=fetched.digest,
            first_look=memory.first_look or now,
            not_before=now + pause if pause else None,
            seen=seen_now(reading.entries, memory),
        )
        yield from _pages(reading, memory, now, cursor_of(after))

    def _read(self, fetched: Fetched, now: datetime) -> Reading:
        try:
            return reading_of(fetched, now, self._scope)
        except NoFeed as cause:
            raise Refused(cause.found.value) from cause


def _account(fetched: Fetched, reading: Reading, login: Login) -> Account:
    return Account(
        address=fetched.address,
        profile=reading.profile,
        credentials=Secret(value=msgspec.json.encode(login).decode()),
        facts=Facts(
            software=reading.software or reading.format,
            title=reading.profile.name,
            language=reading.language,
        ),
    )


def _pages(reading: Reading, memory: Memory, now: datetime, cursor: str) -> Iterator[Page]:
    """The backlog, then the news; each page oldest first, the cursor on the last one."""
    new, edited = changed_since(reading.entries, memory, now)
    fresh: tuple[Said, ...] = ()
    if memory.first_look is None:
        backlog = new[: limits.ENTRIES_AT_FIRST]
    else:
        # A blog that moves or digs out its archive must not look like a hundred news.
        backlog = tuple(entry for entry in new if entry.said_at < memory.first_look)
        fresh = (*(entry for entry in new if entry.said_at >= memory.first_look), *edited)
    for posts, is_backlog in ((backlog, True), (fresh, False)):
        for part in _parts(posts):
            yield Page(posts=part, is_backlog=is_backlog)
    yield Page(cursor=cursor, is_backlog=memory.first_look is None)


def _parts(posts: Sequence[Said]) -> Iterator[tuple[Said, ...]]:
    ordered = sorted(posts, key=lambda post: post.said_at)
    for start in range(0, len(ordered), limits.ENTRIES_A_PAGE):
        yield tuple(ordered[start : start + limits.ENTRIES_A_PAGE])


network = Feeds()
