"""From a link that somebody tells of to a post in a conversation, and back out again."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from resonanz.conversations.models import Conversation, Post
from resonanz.mentions import receiving
from resonanz.mentions.models import Endpoint, ReceivedMention
from resonanz.mentions.tests.web import ENGLISH, OUR_RYE, Web, look, received, reply_to, tell
from resonanz.people.models import Identity
from resonanz.relationships.models import Act

State = ReceivedMention.State


def told_and_seen(endpoint: Endpoint, web: Web, *, kind: str = "in-reply-to") -> str:
    """Ada answers our page on rye, and it was looked at. Gives her page's address."""
    rye = web.ours("/rye", OUR_RYE)
    source = web.theirs("/1", reply_to(rye, kind=kind))
    tell(endpoint, source, rye)
    look()
    return source


def test_a_reply_stands_below_our_page_and_waits_for_us(endpoint: Endpoint, web: Web) -> None:
    source = told_and_seen(endpoint, web)
    assert (received().state, received().kind, received().by_name) == (State.KEPT, "reply", "Ada")
    theirs = Post.objects.get(uid=source)
    assert (theirs.text, theirs.is_to_us, theirs.kind) == (
        "How long does it rest?",
        True,
        "comment",
    )
    assert theirs.answers is not None
    assert (theirs.answers.title, theirs.answers.is_ours) == ("On rye", True)
    talk = theirs.conversation
    assert (talk.concerns_us, talk.turn) == (True, Conversation.Turn.OURS)
    assert talk.posts.count() == 2


def test_a_page_that_says_something_else_later_is_changed(endpoint: Endpoint, web: Web) -> None:
    source = told_and_seen(endpoint, web)
    rye = web.our_address("/rye")
    web.theirs("/1", reply_to(rye, "How long, and how warm?"))
    tell(endpoint, source, rye)
    look()
    changed = Post.objects.get(uid=source)
    assert (changed.text, changed.edited_at is not None) == ("How long, and how warm?", True)
    # Looked at once more, nothing has changed.
    tell(endpoint, source, rye)
    look()
    assert Post.objects.get(uid=source).edited_at == changed.edited_at


@pytest.mark.parametrize(("status", "html"), [(410, ""), (404, ""), (200, "No link any more.")])
def test_a_page_that_is_gone_or_links_no_more_leaves_a_gap(
    endpoint: Endpoint, web: Web, status: int, html: str
) -> None:
    source = told_and_seen(endpoint, web)
    web.theirs("/1", html, status=status)
    tell(endpoint, source, web.our_address("/rye"))
    look()
    gone = Post.objects.get(uid=source)
    assert (gone.gone_at is not None, gone.text, received().state) == (True, "", State.GONE)


@pytest.mark.parametrize("kind", ["like-of", "repost-of"])
def test_likes_and_reposts_are_acts_towards_us(endpoint: Endpoint, web: Web, kind: str) -> None:
    """Once, however often they are told of; what they are about is our page."""
    source = told_and_seen(endpoint, web, kind=kind)
    tell(endpoint, source, web.our_address("/rye"))
    look()
    given = Act.objects.get(direction=Act.Direction.RECEIVED)
    assert given.identity.name == "Ada"
    assert given.post == Post.objects.get()
    assert Post.objects.get().is_ours


def test_what_does_not_link_to_us_is_refused_and_the_sender_sees_why(
    endpoint: Endpoint, web: Web
) -> None:
    rye = web.ours("/rye", OUR_RYE)
    answer = tell(endpoint, web.theirs("/1", "<p>Nothing.</p>"), rye)
    look()
    assert (received().state, Post.objects.exists()) == (State.REFUSED, False)
    status = Client(headers=ENGLISH).get(urlsplit(answer["Location"]).path)
    assert "does not link to ours" in status.content.decode()


def test_nobody_makes_us_look_into_our_own_network(endpoint: Endpoint, web: Web) -> None:
    """Other ports of this machine are inside, and so are private addresses."""
    rye = web.ours("/rye", OUR_RYE)
    for source in ("http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/x"):
        tell(endpoint, source, rye)
    look()
    rows = ReceivedMention.objects.all()
    assert {row.state for row in rows} == {State.REFUSED}
    assert all("private network" in row.reason for row in rows)


@pytest.mark.parametrize("status", [301, 302, 307])
def test_nor_does_a_page_that_sends_us_on_into_it(
    endpoint: Endpoint, web: Web, status: int
) -> None:
    rye = web.ours("/rye", OUR_RYE)
    tell(endpoint, web.theirs("/1", status=status, Location="http://169.254.169.254/latest/"), rye)
    look()
    assert received().state == State.REFUSED
    assert "private network" in received().reason
    assert not Post.objects.exists()


def test_an_author_who_is_said_to_live_there_is_not_asked(endpoint: Endpoint, web: Web) -> None:
    rye = web.ours("/rye", OUR_RYE)
    author = '<a class="u-author" href="http://10.0.0.1/ada">'
    html = reply_to(rye).replace('<a class="p-author h-card" href="/">', author)
    source = web.theirs("/1", html)
    tell(endpoint, source, rye)
    look()
    assert received().state == State.KEPT
    assert Post.objects.get(uid=source).identity.name == ""


def test_a_site_that_is_down_is_tried_again_and_not_for_ever(
    endpoint: Endpoint, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    rye = web.ours("/rye", OUR_RYE)
    tell(endpoint, web.theirs("/1", status=503), rye)
    look()
    row = received()
    assert (row.state, row.attempts) == (State.WAITING, 1)
    assert row.due_at > row.asked_at
    monkeypatch.setattr(receiving, "MOST_ATTEMPTS", 2)
    look()
    assert received().state == State.REFUSED


def test_what_was_kept_stays_while_its_site_is_down(
    endpoint: Endpoint, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = told_and_seen(endpoint, web)
    web.theirs("/1", status=500)
    tell(endpoint, source, web.our_address("/rye"))
    monkeypatch.setattr(receiving, "MOST_ATTEMPTS", 1)
    look()
    assert (received().state, Post.objects.get(uid=source).gone_at) == (State.KEPT, None)


def test_a_blocked_author_lies_on_nobodys_desk(endpoint: Endpoint, web: Web) -> None:
    source = told_and_seen(endpoint, web)
    Identity.objects.filter(name="Ada").update(blocked_at=received().asked_at)
    rye = web.our_address("/rye")
    web.theirs("/2", reply_to(rye, "And again."))
    tell(endpoint, web.their_address("/2"), rye)
    look()
    talk = Post.objects.get(uid=source).conversation
    assert talk.turn != Conversation.Turn.OURS
