"""Two real blogs that link to one another, ours in the house: answers, and pings both ways.

Resonanz tells the other blog of our links, which WordPress does as well; and the other blog, which
knows nothing of Resonanz, pings the endpoint that our pages name.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from resonanz.channels.actions import begin_connection
from resonanz.channels.jobs import read_lane
from resonanz.channels.models import Channel, Lane
from resonanz.conversations.actions import answer_with_article
from resonanz.conversations.models import Post
from resonanz.mentions.jobs import look_at_own_site
from resonanz.mentions.models import Endpoint, ReceivedMention, SentMention
from resonanz.mentions.tests.web import look, tell_all
from resonanz.outbox.actions import start_article
from resonanz.outbox.models import Draft
from resonanz.switchboard.contract import Can, Way
from resonanz.switchboard.shapes import Standing
from resonanz.workspaces.models import Member, Voice
from tests.peers.servers.wordpress import WordPressServer
from tests.peers.wordpress.house import Read, send
from tests.peers.wordpress.looking import ELSEWHERE

pytestmark = [pytest.mark.peer, pytest.mark.django_db(transaction=True)]

Answer = Callable[[str], Draft]


@pytest.fixture
def domain(
    alice: Member,
    channel: Channel,
    blog: WordPressServer,
    live_server: LiveServer,
    settings: Settings,
) -> Endpoint:
    """The domain of our blog, to which others link and from which we do; connected a while ago."""
    settings.RESONANZ_PUBLIC_ADDRESS = live_server.url
    found = begin_connection(
        member=alice,
        network_slug="webmention",
        way=Way.ADDRESS,
        answers={"address": f"{blog.address}/"},
        callback_base="",
    )
    assert isinstance(found, Channel)
    assert Can.LINKBACKS.value in found.abilities
    found.endpoint.opened_at -= timedelta(minutes=5)
    found.endpoint.save()
    return found.endpoint


@pytest.fixture
def answer(alice: Member, channel: Channel, read: Read, other_blog: WordPressServer) -> Answer:
    """Begins an article of ours about what stands at an address of the other blog.

    We follow that blog by its feed.
    """
    feed = begin_connection(
        member=alice,
        network_slug="feeds",
        way=Way.ADDRESS,
        answers={"address": other_blog.address},
        callback_base="",
    )
    assert isinstance(feed, Channel)

    def begin(address: str) -> Draft:
        lane = Lane.objects.get(channel=feed, kind=Can.HOME.value)
        read_lane.func(lane.pk)
        asked = Post.objects.get(network="feeds", url=address)
        voice = Voice.objects.get(member=alice)
        return answer_with_article(post=asked, member=alice, voice=voice, channel=channel)

    return begin


def test_an_article_answers_another_blog_and_is_told_there_once(
    alice: Member,
    blog: WordPressServer,
    other_blog: WordPressServer,
    domain: Endpoint,
    answer: Answer,
):
    """Published at once. The other blog holds the ping, and shows it once it is approved."""
    theirs = other_blog.write("Roggen ist tot", "<p>Niemand isst mehr Roggen.</p>")
    link = other_blog.link(theirs)
    delivery = send(answer(link), alice, "Doch, jeden Freitag.", title="Roggen lebt")
    laid = blog.article(int(delivery.local_id[1:]))
    assert laid["post_status"] == "publish"
    assert f'class="u-in-reply-to" rel="in-reply-to" href="{link}"' in laid["post_content"]
    ours = Post.objects.get(delivery=delivery)
    assert (ours.answers.url, ours.conversation) == (link, ours.answers.conversation)
    tell_all()
    sent = SentMention.objects.get()
    assert (sent.state, sent.way, sent.reason) == (SentMention.State.TOLD, "pingback", "")
    assert (sent.source, sent.target) == (delivery.url, link)
    [ping] = other_blog.wait_for_pings(theirs)
    assert (ping["comment_author_url"], ping["comment_approved"]) == (delivery.url, "0")
    assert ping["comment_author"].startswith("Roggen lebt")
    # WordPress tells of it, too, and learns that it is known there.
    blog.send_pings()
    assert len(other_blog.comments(post_id=theirs)) == 1
    assert "Roggen lebt" not in httpx.get(link, trust_env=False).text
    other_blog.decide(int(ping["comment_ID"]), "approve")
    assert "Roggen lebt" in httpx.get(link, trust_env=False).text


def test_what_is_laid_there_as_a_draft_is_told_when_it_is_published(
    alice: Member,
    blog: WordPressServer,
    other_blog: WordPressServer,
    domain: Endpoint,
    read: Read,
    answer: Answer,
):
    """Somebody at the blog gives it other words and another link, and publishes it."""
    theirs = other_blog.write("Dinkel auch", "<p>Und Dinkel.</p>")
    beside = other_blog.write("Emmer", "<p>Und Emmer.</p>")
    link = other_blog.link(theirs)
    delivery = send(answer(link), alice, "Nein.", title="Dinkel lebt", stays_draft=True)
    number = int(delivery.local_id[1:])
    laid = blog.article(number)
    assert laid["post_status"] == "draft"
    assert f'href="{link}"' in laid["post_content"]
    ours = Post.objects.get(delivery=delivery)
    assert (ours.standing, ours.answers.url) == (Standing.HELD.value, link)
    read(Can.HOME)
    tell_all()
    assert not SentMention.objects.exists()
    assert other_blog.comments(post_id=theirs) == []
    html = f'{laid["post_content"]} <p>Und <a href="{other_blog.link(beside)}">Emmer</a>.</p>'
    told = {"ID": number, "post_content": html, "post_status": "publish", "edit_date": True}
    blog.php("wp_update_post(wp_slash($told['post']));", post=told)
    read(Can.HOME)
    ours.refresh_from_db()
    assert (ours.standing, ours.url) == (Standing.PUBLISHED.value, blog.link(number))
    assert "Emmer" in ours.text
    tell_all()
    sent = SentMention.objects.order_by("pk")
    assert [(one.state, one.target) for one in sent] == [
        (SentMention.State.TOLD, link),
        (SentMention.State.TOLD, other_blog.link(beside)),
    ]
    for article in (theirs, beside):
        [ping] = other_blog.wait_for_pings(article)
        assert ping["comment_author_url"] == blog.link(number)


def test_a_blog_that_was_pinged_a_moment_ago_is_told_a_little_later(
    alice: Member, channel: Channel, other_blog: WordPressServer, domain: Endpoint
):
    """WordPress as it is delivered takes no two pings within seconds, whoever sends them."""
    first, second = (other_blog.write(f"Teig {n}", "<p>Teig.</p>") for n in (1, 2))
    text = f"Beides: {other_blog.link(first)} und {other_blog.link(second)}"
    voice = Voice.objects.get(member=alice)
    draft = start_article(author=alice, voice=voice, channel=channel)
    # Its clock is ahead, so that this moment lasts as long as the test.
    pinged = """
        return wp_insert_comment(array('comment_post_ID' => $told['id'],
            'comment_author' => 'Hafer', 'comment_type' => 'pingback',
            'comment_date_gmt' => gmdate('Y-m-d H:i:s', time() + 600)));
    """
    ping = other_blog.php(pinged, id=first)
    other_blog.set("comments_come_slowly", "1")
    try:
        send(draft, alice, text, title="Zwei Teige")
        before = timezone.now()
        tell_all()
        for waits in SentMention.objects.all():
            assert (waits.state, waits.trouble_code) == (SentMention.State.WAITING, "try_later")
            assert waits.due_at - before > timedelta(seconds=14)
    finally:
        other_blog.set("comments_come_slowly", "")
        other_blog.php("return wp_delete_comment($told['id'], true);", id=ping)
    tell_all()
    assert [one.state for one in SentMention.objects.all()] == [SentMention.State.TOLD] * 2
    assert [len(other_blog.comments(post_id=one)) for one in (first, second)] == [1, 1]


@pytest.fixture
def named(
    blog: WordPressServer, domain: Endpoint, live_server: LiveServer
) -> Iterator[Callable[[str], str]]:
    """The pages of our blog name the endpoint for a while; gives its address for a way."""

    def door(way: str) -> str:
        return f"{live_server.url}/{way}/{domain.token}"

    lines = [f'<link rel="{way}" href="{door(way)}">' for way in ("webmention", "pingback")]
    blog.set("line_in_the_head", "".join(lines))
    yield door
    blog.set("line_in_the_head", "")


def test_a_blog_pings_the_endpoint_that_our_pages_name(
    blog: WordPressServer,
    other_blog: WordPressServer,
    domain: Endpoint,
    read: Read,
    named: Callable[[str], str],
):
    """It is verified in the background, and belongs to the conversation about our article."""
    # Without its own pings WordPress does not name its own endpoint.
    article = blog.write("Vom Wasser", "<p>Wasser ist wichtig.</p>", ping_status="closed")
    look_at_own_site.func(domain.pk)
    domain.refresh_from_db()
    assert (domain.is_announced, domain.is_announced_for_pingback) == (True, True)
    read(Can.HOME)
    link = blog.link(article)
    text = f'<p>Lest <a href="{link}">über das Wasser</a>, es lohnt sich.</p>'
    theirs = other_blog.write("Gelesen", text)
    other_blog.send_pings()
    waiting = ReceivedMention.objects.get()
    assert (waiting.way, waiting.state) == ("pingback", ReceivedMention.State.WAITING)
    assert (waiting.source, waiting.target) == (other_blog.link(theirs), link)
    assert not Post.objects.filter(network="webmention").exists()
    look()
    kept = Post.objects.get(url=other_blog.link(theirs))
    assert "über das Wasser" in kept.text
    assert kept.answers == Post.objects.get(sightings__local_id=f"p{article}")
    assert kept.is_to_us
    assert blog.comments(post_id=article) == []
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (ReceivedMention.State.KEPT, "")
    # Its page goes, and it pings once more: what it said goes, too.
    other_blog.php("wp_trash_post($told['id']);", id=theirs)
    form = {"source": waiting.source, "target": waiting.target}
    assert httpx.post(named("webmention"), data=form, trust_env=False).status_code == 201
    look()
    kept.refresh_from_db()
    assert kept.gone_at is not None


def test_a_ping_that_lies_is_not_kept(
    blog: WordPressServer,
    other_blog: WordPressServer,
    domain: Endpoint,
    live_server: LiveServer,
):
    """Their page is real, and does not link to ours; nor is everything ours that is told to us."""
    ours = blog.link(blog.write("Vom Salz"))
    theirs = other_blog.link(other_blog.write("Kein Link", "<p>Nichts über Salz.</p>"))
    ping = """
        include_once ABSPATH . WPINC . '/class-IXR.php';
        include_once ABSPATH . WPINC . '/class-wp-http-ixr-client.php';
        $client = new WP_HTTP_IXR_Client($told['door']);
        $done = $client->query('pingback.ping', $told['source'], $told['target']);
        return $done ? 0 : $client->error->code;
    """
    door = f"{live_server.url}/pingback/{domain.token}"
    elsewhere = f"http://{ELSEWHERE}/"
    assert other_blog.php(ping, door=door, source=theirs, target=elsewhere) == 33
    assert other_blog.php(ping, door=door, source=theirs, target=ours) == 0
    look()
    received = ReceivedMention.objects.get()
    assert received.state == ReceivedMention.State.REFUSED
    assert not Post.objects.filter(network="webmention").exists()
