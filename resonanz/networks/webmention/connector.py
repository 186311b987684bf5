"""The network "webmention": one domain of ours, to which other pages link. Glue only."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from resonanz.networks.webmention import limits
from resonanz.networks.webmention.addresses import same_page, site_of, web_address
from resonanz.networks.webmention.discover import endpoints_of
from resonanz.networks.webmention.fetch import NOT_OPEN, Fetched, fetch
from resonanz.networks.webmention.microformats import (
    Item,
    Microformats,
    author_told,
    card_at,
    entry_about,
    first_entry,
    microformats_of_html,
    microformats_of_json,
    representative_card,
)
from resonanz.networks.webmention.page import read_page, title_of
from resonanz.networks.webmention.pingback import check_answer, ping
from resonanz.networks.webmention.source import Source, source_of
from resonanz.networks.webmention.translate import Found, author_of, linkback_of, our_page
from resonanz.plumbing.xml_rpc import CONTENT_TYPE
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
from resonanz.switchboard.http import send
from resonanz.switchboard.offering import OffersNothing
from resonanz.switchboard.shapes import (
    Account,
    Endpoints,
    Facts,
    Linkback,
    Profile,
    Said,
    Secret,
)
from resonanz.switchboard.trouble import Gone, NotOffered, Refused, Trouble
from resonanz.switchboard.wording import N_
from resonanz.understanding.structure import host_of

ONLY_LINKS = N_(
    "This is a domain to which other pages link. Nothing can be written there from here; answer "
    "by an article of your own that links to the page."
)
NO_DOMAIN = N_("This is no address of a website. It looks like bakery.example.")
NO_SUCH_PAGE = N_("There is no such page on our site.")
ITSELF = N_("A page that links to itself is not told of.")
NOTHING_KEPT = Secret(value="{}")


class WebmentionNetwork:
    """Pages that link to one another, as a network."""

    slug = "webmention"
    name = N_("Webmention")
    icon = Path(__file__).parent / "icon.svg"
    ways_in: tuple[WayIn, ...] = (
        WayIn(
            way=Way.ADDRESS,
            label=N_("Hear of links to your website, and tell others of yours"),
            fields=(
                Field(
                    name="address",
                    label=N_("Your website"),
                    help=N_(
                        "The domain is enough. Afterwards you are shown the line that has to "
                        "stand in its pages."
                    ),
                    kind="url",
                    example="bakery.example",
                ),
            ),
        ),
    )
    polling = Polling(requests_per_minute=limits.REQUESTS_PER_MINUTE)
    is_pretend = False
    address_list: AddressList | None = None

    def drawn(self, url: str) -> bytes | None:
        """Draws nothing itself."""
        del url
        return None

    def begin(
        self, way: Way, answers: Mapping[str, str], callback: str, surroundings: Surroundings
    ) -> Account | Begun:
        """Look at the website; done at once."""
        del way, callback
        typed = "".join(answers.get("address", "").split())
        address = typed if "://" in typed else f"https://{typed.strip('/')}/"
        host = host_of(address)
        if not web_address(address) or not ("." in host or ":" in address.partition("://")[2]):
            raise Refused(NO_DOMAIN)
        return _account(fetch(surroundings.http, address, now=surroundings.clock()))

    def finish(self, memo: str, answers: Mapping[str, str], surroundings: Surroundings) -> Account:
        """Nobody is sent anywhere, so nobody comes back."""
        del memo, answers, surroundings
        raise NotOffered(ONLY_LINKS)

    def open(self, account: Account, surroundings: Surroundings) -> "WebmentionConnector":
        """A connector on the domain. Makes no request."""
        return WebmentionConnector(account, surroundings)

    def forget(self, account: Account, surroundings: Surroundings) -> None:
        """Nothing is kept elsewhere; the line in the pages is taken out by whoever put it there."""
        del account, surroundings


class WebmentionConnector(OffersNothing):
    """One domain of ours."""

    can = frozenset({Can.LINKBACKS})
    why_not = ONLY_LINKS

    def __init__(self, account: Account, surroundings: Surroundings) -> None:
        """Keep what is needed to ask."""
        self._account = account
        self._world = surroundings

    def verify(self) -> Account:
        """Look at the website afresh; its name for us stays."""
        found = _account(self._fetch(self._account.address))
        profile = msgspec.structs.replace(
            found.profile, uid=self._account.profile.uid, handle=self._account.profile.handle
        )
        return msgspec.structs.replace(found, profile=profile, address=self._account.address)

    def linked_from(self, source: str, target: str) -> Linkback:
        """Look at the page, at ours, and at the author's, where the page names only that."""
        if same_page(source, target):
            raise Refused(ITSELF)
        now = self._world.clock()
        found = source_of(self._fetch(source), target)
        ours = self._our_page(target, now)
        return linkback_of(self._told(source, target, found), ours, now)

    def endpoints_of(self, address: str) -> Endpoints:
        """Ask the page."""
        return endpoints_of(self._fetch(address))

    def tell_of_link(self, endpoints: Endpoints, source: str, target: str) -> None:
        """By webmention where that is offered, else by pingback.

        The other side only looks at our page again, so a line that broke may be tried again.
        """
        http, now = self._world.http, self._world.clock()
        if endpoints.webmention:
            form = {"source": source, "target": target}
            send(http, "POST", endpoints.webmention, writing=False, now=now, data=form)
        elif endpoints.pingback:
            headers = {"Content-Type": CONTENT_TYPE}
            call = ping(source, target)
            response = send(
                http,
                "POST",
                endpoints.pingback,
                writing=False,
                now=now,
                content=call,
                headers=headers,
            )
            check_answer(response.content)
        else:
            raise NotOffered

    def _fetch(self, address: str) -> Fetched:
        return fetch(self._world.http, address, now=self._world.clock())

    def _told(self, address: str, target: str, source: Source) -> Found:
        told = _microformats(source)
        entry = entry_about(told, target)
        if entry is None:
            card, author_address = representative_card(told, source.place), ""
        else:
            card, author_address = author_told(entry, told, source.place)
        if card is None and author_address:
            card = self._card_at(author_address)
        return Found(
            address=address,
            target=target,
            source=source,
            entry=entry,
            card=card,
            author_address=author_address,
        )

    def _card_at(self, address: str) -> Item | None:
        """The card on an author's own page; None where it cannot be had, which is no trouble."""
        try:
            fetched = self._fetch(address)
        except Trouble:
            return None
        if not fetched.is_html:
            return None
        told = microformats_of_html(read_page(fetched.text), fetched.place)
        return card_at(told, address) or representative_card(told, fetched.place)

    def _our_page(self, target: str, now: datetime) -> Said:
        """Our page as a post of ours. Raises `Gone` where we have none there.

        One that our own site or a firewall refuses to us is taken by its address alone.
        """
        author = self._account.profile
        try:
            fetched = self._fetch(target)
        except Gone as cause:
            raise Gone(NO_SUCH_PAGE) from cause
        except Refused as refused:
            if refused.reason == NOT_OPEN:
                raise
            return our_page(target, None, None, author, now)
        if not fetched.is_html:
            return our_page(fetched.place, None, None, author, now)
        source = Source(place=fetched.place, html=read_page(fetched.text))
        return our_page(fetched.place, first_entry(_microformats(source)), source, author, now)


def _microformats(source: Source) -> Microformats:
    if source.html is not None:
        return microformats_of_html(source.html, source.place)
    return microformats_of_json(source.json)


def _account(fetched: Fetched) -> Account:
    """A website as an account: named by its host, with the card that stands for it."""
    host, place = host_of(fetched.place), fetched.place
    page = read_page(fetched.text) if fetched.is_html else None
    card = None
    if page is not None:
        card = representative_card(microformats_of_html(page, place), place)
    source = Source(place=place, html=page)
    shown = author_of(Found(address=place, target=place, source=source, card=card))
    title = title_of(page) if page is not None else ""
    return Account(
        address=place,
        profile=Profile(
            uid=site_of(place),
            handle=host,
            name=shown.name if card is not None and shown.name else title or host,
            url=place,
            avatar_url=shown.avatar_url,
        ),
        credentials=NOTHING_KEPT,
        facts=Facts(title=title),
    )


network = WebmentionNetwork()
