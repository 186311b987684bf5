"""Where the words of posts stand: writing it down, and finding a post by an address.

An address is compared as `understanding.same_address` writes it. A post stands at an address by
itself (`is_own`: its uid, and its url on the same host), or says so of another one (the original
behind a bridge, the copies of an article), which is believed only after looking at the words.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from resonanz.conversations.models import Post, PostAddress
from resonanz.plumbing.text import kept_address
from resonanz.switchboard.shapes import Said
from resonanz.understanding.same_address import is_front_door, page_at, same_address
from resonanz.understanding.structure import host_of
from resonanz.workspaces.models import Workspace

AT_ONCE = 500
# https://atproto.com/specs/at-uri-scheme, read 2026-11-22.
ORIGINAL = "at://"


@dataclass(frozen=True)
class Spot:
    """One address of a post: the key, what a reader opens, and whether it is its own."""

    address: str
    url: str
    is_own: bool


def spots_of(said: Said) -> list[Spot]:
    """Where something stands by its own word, its own addresses first, each once."""
    return _spots(said.uid, said.url, said.same_as)


def spots_of_post(post: Post) -> list[Spot]:
    """Where a post that is kept stands by itself, as far as its columns tell."""
    return _spots(post.uid, post.url, ())


def _spots(uid: str, url: str, same_as: Iterable[str]) -> list[Spot]:
    host = host_of(uid)
    found: dict[str, Spot] = {}
    told = [(same_address(uid, is_name=True), uid, True)]
    if url:
        told.append((same_address(url), url, not host or host == host_of(url)))
    told += [(same_address(one), one, False) for one in (*same_as, *_within(uid))]
    for address, written, is_own in told:
        if address and not is_front_door(address):
            found.setdefault(address, Spot(address, kept_address(written), is_own))
    return list(found.values())


def _within(uid: str) -> Iterator[str]:
    """The name of an original that a bridge put behind its own (`https://bridge/at://…`)."""
    begin = uid.find(ORIGINAL, 1)
    if begin > 0:
        yield uid[begin:]


@dataclass(frozen=True)
class Occupant:
    """That a post stands somewhere; `network` is where its words were seen there, if they were."""

    post_id: int
    is_own: bool
    network: str = ""


@dataclass
class Whereabouts:
    """Which posts stand at the addresses that one page of arrivals names.

    Asks two questions for the whole page. What is noted here is written by `write`.
    """

    workspace_id: int
    known: dict[str, Occupant] = field(default_factory=dict)
    _new: dict[str, tuple[Spot, int, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace_id: int, addresses: Collection[str]) -> "Whereabouts":
        """Look up what is known of these addresses, as they came."""
        found = cls(workspace_id)
        told = [address for address in addresses if address]
        found._look_up({key for one in told for key in _keys(one)})
        found._look_at_urls({kept_address(one) for one in told})
        return found

    def _look_up(self, keys: set[str]) -> None:
        for some in _portions(keys):
            rows = PostAddress.objects.filter(workspace=self.workspace_id, address__in=some)
            for row in rows:
                self.known[row.address] = Occupant(row.post_id, row.is_own, row.network)

    def _look_at_urls(self, urls: set[str]) -> None:
        """What was kept before addresses were noted is found by its url, as it was written."""
        for some in _portions({url for url in urls if url}):
            rows = Post.objects.filter(workspace=self.workspace_id, url__in=some).exclude(url="")
            for post in rows.only("uid", "url", "network"):
                for spot in spots_of_post(post):
                    occupant = Occupant(post.pk, spot.is_own, post.network)
                    self.known.setdefault(spot.address, occupant)

    def at(self, address: str) -> Occupant | None:
        """What stands at an address (of `same_address`)."""
        return self.known.get(address)

    def answered(self, address: str) -> Post | None:
        """The post that an address means as something that is answered: itself, or its page."""
        for key in _keys(address):
            found = self.post(self.known.get(key))
            if found is not None:
                return found
        return None

    def post(self, occupant: Occupant | None) -> Post | None:
        """The post that stands there, as it is now."""
        if occupant is None:
            return None
        rows = Post.objects.select_related("conversation", "identity")
        return rows.filter(pk=occupant.post_id).first()

    def note(self, post: Post, spots: Iterable[Spot], network: str) -> None:
        """A post stands at these addresses. What somebody else claimed yields to its owner."""
        for told in spots:
            known, spot, seen_on = self.known.get(told.address), told, network
            if known is not None and known.post_id == post.pk:
                spot = replace(told, is_own=told.is_own or known.is_own)
                seen_on = known.network or network
            elif known is not None and (known.is_own or not told.is_own):
                continue
            self.known[spot.address] = Occupant(post.pk, spot.is_own, seen_on)
            self._new[spot.address] = (spot, post.pk, seen_on)

    def occupied_by(self, post_id: int) -> list[tuple[str, Occupant]]:
        """At which addresses a post stands, as far as this page tells."""
        return [(key, one) for key, one in self.known.items() if one.post_id == post_id]

    def with_claims(self) -> set[int]:
        """The posts that told of an address which is not their own."""
        return {post_id for spot, post_id, _network in self._new.values() if not spot.is_own}

    def move(self, gone: int, kept: int) -> None:
        """Two posts are one: what stood there stands here."""
        for address, occupant in self.known.items():
            if occupant.post_id == gone:
                self.known[address] = Occupant(kept, occupant.is_own, occupant.network)
        for address, (spot, post_id, network) in self._new.items():
            if post_id == gone:
                self._new[address] = (spot, kept, network)

    def write(self, posts: Collection[int]) -> None:
        """Write down where these posts stand, as far as it is new."""
        wanted = {address: told for address, told in self._new.items() if told[1] in posts}
        for some in _portions(set(wanted)):
            _write(self.workspace_id, [wanted[address] for address in some])


def _write(workspace_id: int, told: Collection[tuple[Spot, int, str]]) -> None:
    rows = PostAddress.objects.filter(
        workspace=workspace_id, address__in=[spot.address for spot, _pk, _network in told]
    )
    known = {row.address: row for row in rows}
    new = []
    for spot, post_id, network in told:
        row = known.get(spot.address)
        if row is None:
            row = PostAddress(workspace_id=workspace_id, address=spot.address)
            new.append(row)
        elif (row.post_id, row.is_own) == (post_id, spot.is_own) and row.network:
            continue
        row.post_id, row.is_own = post_id, spot.is_own
        row.url, row.network = spot.url or row.url, network or row.network
        if row.pk:
            row.save(update_fields=["post", "is_own", "url", "network"])
    PostAddress.objects.bulk_create(new, ignore_conflicts=True)


def note_addresses(
    *, post: Post, addresses: Iterable[str], network: str = "", is_own: bool = False
) -> None:
    """A post stands at these addresses, too. What is somebody else's own stays so."""
    spots = [
        Spot(key, kept_address(told), is_own)
        for told in addresses
        if (key := same_address(told)) and not is_front_door(key)
    ]
    found = Whereabouts(post.workspace_id)
    found._look_up({spot.address for spot in spots})
    found.note(post, spots, network)
    found.write({post.pk})


def find_post(workspace: Workspace | int, address: str, *, network: str = "") -> Post | None:
    """The post with this uid on that network, or that stands at this address; else None.

    Finds a post also under the uid that it had elsewhere before two were found to be one.
    """
    pk = workspace if isinstance(workspace, int) else workspace.pk
    rows = Post.objects.select_related("conversation", "identity")
    if not address:
        return None
    if network and (found := rows.filter(workspace=pk, network=network, uid=address).first()):
        return found
    return Whereabouts.of(pk, [address]).answered(address)


def _keys(address: str) -> Iterator[str]:
    """The keys under which an address may be known, the most exact first."""
    keys = (same_address(address, is_name=True), same_address(address), page_at(address))
    yield from (key for key in dict.fromkeys(keys) if not is_front_door(key))


def _portions(keys: set[str]) -> Iterator[list[str]]:
    ordered = sorted(keys)
    for begin in range(0, len(ordered), AT_ONCE):
        yield ordered[begin : begin + AT_ONCE]
