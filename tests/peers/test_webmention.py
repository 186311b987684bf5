"""Links between Resonanz and websites with other people's software, both ways.

Our own site is served on `127.0.0.1`, the others are on `localhost`; Resonanz itself is a live
server in this process, and the tests call its jobs.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit
from xmlrpc.client import Fault, ServerProxy, dumps, loads

import pytest
from django.utils import timezone
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from resonanz.channels.actions import begin_connection
from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel
from resonanz.channels.opening import connector_without_requests
from resonanz.conversations.models import Post
from resonanz.mentions.jobs import look_at_own_site
from resonanz.mentions.models import Endpoint, ReceivedMention, SentMention
from resonanz.mentions.tests.web import OUR_RYE, Web, look, reply_to, tell_all
from resonanz.plumbing.tests.loopback import Asked, serving
from resonanz.switchboard.contract import Can, Way
from resonanz.switchboard.shapes import Kind, Link, Page, Profile, Said
from resonanz.workspaces.models import Member
from tests.peers.servers.webmention_django import WebmentionDjango
from tests.peers.servers.webmention_library import WebmentionLibrary

pytestmark = [pytest.mark.peer, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebmentionLibrary]:
    """A website with the package `webmentions`."""
    found = WebmentionLibrary(tmp_path_factory.mktemp("library") / "site")
    yield found
    found.stop()


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebmentionDjango]:
    """A website with the package `django-webmention`."""
    found = WebmentionDjango(tmp_path_factory.mktemp("receiver") / "site")
    yield found
    found.stop()


class OurSite:
    """The bakery's own site, its domain in Resonanz, and its feed."""

    def __init__(self, web: Web, endpoint: Endpoint, feed: Channel, house: str) -> None:
        """Announce the endpoint on the first page and on every other one."""
        self.web, self.endpoint, self.feed = web, endpoint, feed
        self.door = f"{house}/pingback/{endpoint.token}"
        self.line = (
            f'<link rel="webmention" href="{house}/webmention/{endpoint.token}">'
            f'<link rel="pingback" href="{self.door}">'
        )
        web.ours("/", f"<title>Daybreak</title>{self.line}")
        self.rye = web.ours("/rye", OUR_RYE.replace("<head>", f"<head>{self.line}"))
        self.said_at = timezone.now() + timedelta(minutes=2)

    def says(self, *links: str, hours: int = 0) -> str:
        """Put up an article with links, or change it hours later, and let the feed bring it."""
        text = " ".join(f'<a href="{link}">a page</a>' for link in links)
        # The library keeps no link of a page without a date.
        page = (
            '<title>On water</title><article class="h-entry"><h1 class="p-name">On water</h1>'
            '<time class="dt-published" datetime="2026-03-01T08:00:00Z">1 March</time>'
            f'<p class="e-content">Water. {text}</p></article>'
        )
        address = self.web.ours("/water", page)
        said = Said(
            uid=address,
            url=address,
            author=Profile(uid=self.feed.uid, handle="127.0.0.1"),
            said_at=self.said_at,
            html=f"<p>{text}</p>",
            links=tuple(Link(url=link) for link in links),
            edited_at=self.said_at + timedelta(hours=hours) if hours else None,
            kind=Kind.ARTICLE,
        )
        take_in(channel=self.feed, lane="home", page=Page(posts=(said,)))
        return address

    def takes_down(self) -> None:
        """The article is gone, and its feed says so."""
        address = self.web.ours("/water", status=410)
        take_in(channel=self.feed, lane="home", page=Page(gone=(address,)))


@pytest.fixture
def site(
    alice: Member, live_server: LiveServer, settings: Settings, allow_inside: Callable[..., None]
) -> Iterator[OurSite]:
    """The bakery's site, connected; the guarded client may go wherever these tests are."""
    settings.RESONANZ_PUBLIC_ADDRESS = live_server.url
    web = Web()
    with serving(web.answer) as served:
        web.port = served.port
        allow_inside("127.0.0.1", "localhost")
        web.ours("/", "<title>Daybreak</title>")
        domain = begin_connection(
            member=alice,
            network_slug="webmention",
            way=Way.ADDRESS,
            answers={"address": web.our_address("/")},
            callback_base="",
        )
        assert isinstance(domain, Channel)
        assert Can.LINKBACKS in connector_without_requests(domain).can
        feed = Channel.objects.create(
            workspace=alice.workspace,
            network="feeds",
            uid=web.our_address("/feed"),
            handle="127.0.0.1",
            address=web.our_address("/feed"),
            credentials=b"",
            abilities=["home"],
        )
        yield OurSite(web, domain.endpoint, feed, live_server.url)


def test_our_site_is_seen_to_announce_the_endpoint(site: OurSite):
    look_at_own_site.call(site.endpoint.pk)
    found = Endpoint.objects.get()
    assert (found.is_announced, found.is_announced_for_pingback) == (True, True)


def test_a_reply_by_the_library_arrives_is_changed_and_goes(
    site: OurSite, library: WebmentionLibrary
):
    """The library finds our endpoint by itself, tells of its page, of its change and its end."""
    source = library.put("answer", reply_to(site.rye, "How long does it rest?"))
    library.tell("answer")
    look()
    kept = Post.objects.get(uid=source)
    assert (kept.text, kept.kind, kept.answers.title) == (
        "How long does it rest?",
        "comment",
        "On rye",
    )
    library.put("answer", reply_to(site.rye, "How long, and how warm?"))
    library.tell("answer")
    look()
    changed = Post.objects.get(uid=source)
    assert (changed.text, changed.edited_at is not None) == ("How long, and how warm?", True)
    library.take_down("answer")
    library.tell("answer")
    look()
    assert Post.objects.get(uid=source).gone_at is not None
    assert ReceivedMention.objects.get().state == ReceivedMention.State.GONE


def test_the_library_hears_of_our_article_of_its_change_and_of_its_end(
    site: OurSite, library: WebmentionLibrary
):
    one = library.put("one", "<!doctype html><title>One</title><p>One.</p>")
    other = library.put("other", "<!doctype html><title>Other</title><p>Other.</p>")
    article = site.says(one)
    tell_all()
    assert [told["source"] for told in library.heard("one")] == [article]
    site.says(other, hours=1)
    tell_all()
    assert [told["source"] for told in library.heard("other")] == [article]
    assert SentMention.objects.get(target=one).is_wanted is False
    site.takes_down()
    tell_all()
    assert library.heard("other") == []


def test_the_receiver_hears_of_our_article_and_of_its_end(
    site: OurSite, receiver: WebmentionDjango
):
    article = site.says(receiver.page)
    tell_all()
    (told,) = receiver.heard()
    assert (told["source"], told["response_to"], told["current"]) == (article, receiver.page, True)
    site.says(receiver.page, hours=1)
    tell_all()
    assert len(receiver.heard()) == 1
    site.takes_down()
    tell_all()
    # It answers 400 to the end of a link, and believes it all the same.
    assert receiver.heard()[0]["current"] is False


def test_a_blog_that_only_knows_pingback_pings_us(site: OurSite):
    """By Python's own XML-RPC client, which stands in for such a blog."""
    source = site.web.theirs(
        "/note", f'<title>Notes</title><p>See <a href="{site.rye}">rye</a>.</p>'
    )
    with ServerProxy(site.door) as door:
        assert door.pingback.ping(source, site.rye)
        look()
        kept = Post.objects.get(uid=source)
        assert (kept.kind, kept.title, kept.text) == ("ping", "Notes", "See rye.")
        with pytest.raises(Fault) as fault:
            door.pingback.ping(source, "https://elsewhere.example/")
        assert fault.value.faultCode == 33


def test_a_blog_that_only_knows_pingback_is_pinged(site: OurSite):
    pings: list[tuple[str, str]] = []

    def blog(asked: Asked) -> None:
        if asked.command == "POST":
            pings.append((asked.path, asked.headers["Content-Type"]))
            asked.give(dumps(("Thanks.",), methodresponse=True).encode(), Content_Type="text/xml")
        else:
            asked.give(b"<title>Blog</title>", Content_Type="text/html", X_Pingback="/xmlrpc.php")

    with serving(blog) as served:
        target = f"http://localhost:{served.port}/post"
        site.says(target)
        tell_all()
    sent = SentMention.objects.get()
    assert (sent.state, sent.way, urlsplit(sent.endpoint).path) == (
        "told",
        "pingback",
        "/xmlrpc.php",
    )
    assert pings == [("/xmlrpc.php", "text/xml; charset=utf-8")]
    assert loads(dumps((sent.source, target), "pingback.ping"))[1] == "pingback.ping"
