"""A talk says what each post is, where it was said, and who sees it."""

import msgspec
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.tests.saying import arrives, naming, post, said
from resonanz.conversations.tests.several import (
    ARTICLE,
    QUESTION,
    Place,
    article,
    below,
    everything,
    kept,
    skeet,
    told_of,
    toot,
    words,
)
from resonanz.switchboard.shapes import Kind, Standing
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    return client_of(alice)


def talk(browser: Client, query: str = "") -> str:
    """The one talk there is."""
    found = browser.get(f"/conversations/{Conversation.objects.get().pk}/{query}")
    assert found.status_code == 200
    return found.content.decode().partition('<div id="talk"')[2]


def test_an_article_and_its_copies_are_read_as_one(
    ours: dict[str, Channel],
    browser: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    """Copies are folded; each word stands once, with the network on which it was said."""
    for slug, pages in everything().items():
        arrives(ours[slug], *pages)
    with django_assert_max_num_queries(15):
        page = talk(browser)
    assert page.count("<summary>Also said on") == 2
    assert page.count("Mara has something to say about this, too.") == 1
    assert "an article of ours" in page
    assert "a comment" in page
    for name in ("Town", "Birds", "Press"):
        assert f'<span class="post-handle">{name}</span>' in page
    assert "Pages</span>" not in page
    assert f'<a href="{toot().url}"' in page.partition("also at")[2]
    assert ">bridge.example</a>" in page


def test_a_long_article_is_shown_by_its_beginning(
    ours: dict[str, Channel], browser: Client
) -> None:
    arrives(ours["press"], article(text="A very long story of bread. " * 200))
    arrives(ours["press"], below("press", "ole", "c", article()))
    page = talk(browser)
    assert "Read all of it" in page


def test_standing_is_said_and_spam_is_folded(ours: dict[str, Channel], browser: Client) -> None:
    arrives(ours["press"], article())
    held = words(
        "press",
        "ole",
        "c",
        answers_uid=article().uid,
        kind=Kind.COMMENT,
        standing=Standing.HELD,
        text=QUESTION,
    )
    arrives(ours["press"], held)
    assert "waits for approval: nobody but us sees it there" in talk(browser)
    arrives(ours["press"], msgspec.structs.replace(held, standing=Standing.SPAM))
    page = talk(browser)
    assert "Called spam, so that nobody else sees it: show" in page
    assert "Nobody but us sees it" in talk(browser, f"?answer={kept(held).pk}")


def test_a_bare_link_says_from_where(ours: dict[str, Channel], browser: Client) -> None:
    arrives(ours["press"], article())
    link = words(
        "pages",
        "ida",
        "x",
        uid="https://news.example/2026/bread",
        url="https://news.example/2026/bread",
        kind=Kind.PING,
        text="",
        answers_uid=ARTICLE,
    )
    arrives(ours["pages"], link)
    assert "linked to us from news.example" in talk(browser)


def test_where_nobody_can_answer_the_page_says_so_and_offers_the_copies(
    around: dict[str, Place], ours: dict[str, Channel], browser: Client
) -> None:
    """Comments are closed on the page; below our toot one can go on."""
    arrives(ours["press"], article(is_closed=True))
    arrives(ours["town"], toot())
    arrives(ours["birds"], skeet())
    comment = words(
        "press",
        "ole",
        "c",
        answers_uid=article().uid,
        kind=Kind.COMMENT,
        is_closed=True,
        text=QUESTION,
    )
    arrives(ours["press"], comment)
    page = talk(browser, f"?answer={kept(comment).pk}")
    assert "Nobody can answer there any more" in page
    assert "Go on below our words on Town" in page
    assert f"?answer={kept(toot()).pk}#reply" in page
    assert 'id="id_text"' not in page


def test_a_post_that_closes_is_not_answered_any_more(ours: dict[str, Channel]) -> None:
    reply = words("town", "mara", "q", text=QUESTION, is_direct_to_us=True)
    arrives(ours["town"], reply)
    arrives(ours["town"], msgspec.structs.replace(reply, is_closed=True))
    assert Post.objects.get().is_closed


def test_the_other_place_is_named_once(ours: dict[str, Channel], browser: Client) -> None:
    reply = words("town", "mara", "q", text=QUESTION, is_direct_to_us=True)
    arrives(ours["town"], reply)
    arrives(ours["pages"], told_of(reply), told_of(reply, uid="https://bridge.example/like/1"))
    assert talk(browser).count(">bridge.example</a>") == 1


def test_what_is_no_comment_is_not_moderated(browser: Client, channel: Channel) -> None:
    arrives(channel, said("mara", "plain", text="Rye again?", mentions=naming(channel)))
    found = post("plain")
    assert (
        "/moderate/" not in browser.get(f"/conversations/{found.conversation_id}/").content.decode()
    )
    told = browser.post(
        f"/conversations/posts/{found.pk}/moderate/", {"standing": "held"}, follow=True
    ).content.decode()
    assert "None of our accounts can moderate this" in told
