"""What a bookmarklet or a phone brings: prefilled, known already, or looked for."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from resonanz.channels.models import Channel
from resonanz.conversations.by_hand.bookmarklet import bookmarklet
from resonanz.conversations.by_hand.bringing import bring_post
from resonanz.conversations.by_hand.brought import Brought
from resonanz.conversations.models import Bringing, Conversation, Post
from resonanz.conversations.tests.saying import arrives, naming, post, said
from resonanz.outbox.tests.scripted import Scripted
from resonanz.people.by_hand import place_at
from resonanz.switchboard.shapes import Thread
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import PASSWORD

SHARED = {
    "title": "Bread, tested",
    "text": "The best of all",
    "url": "https://www.linkedin.com/p/1",
}


@pytest.mark.parametrize(
    ("told", "url", "title", "text"),
    [
        ({"url": "https://a.example/b"}, "https://a.example/b", "", ""),
        (
            {"title": "Bread", "text": "Read this: https://a.example/b?c=1."},
            "https://a.example/b?c=1",
            "Bread",
            "Read this: .",
        ),
        ({"text": "https://a.example/b"}, "https://a.example/b", "", ""),
        ({"text": "https://a.example/Rye_(bread)"}, "https://a.example/Rye_(bread)", "", ""),
        ({"text": "Bread (https://a.example/b)."}, "https://a.example/b", "", "Bread ()."),
        ({"url": "javascript:alert(1)", "text": "Words"}, "", "", "Words"),
        ({"url": "https://[broken", "title": "T"}, "", "T", ""),
        ({}, "", "", ""),
    ],
)
def test_an_address_is_found_wherever_an_app_puts_it(
    told: dict[str, str], url: str, title: str, text: str
) -> None:
    assert Brought.of(told) == Brought(url=url, title=title, text=text)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://www.instagram.com/p/1", "instagram"),
        ("https://x.com/a/status/1", "x"),
        ("https://phoenix.com/", "web"),
        ("https://m.facebook.com/1", "facebook"),
        ("https://[broken", "web"),
    ],
)
def test_a_place_follows_from_an_address(url: str, code: str) -> None:
    assert place_at(url) == code


def test_what_is_shared_stands_in_the_form_and_nothing_is_kept(browser: Client) -> None:
    page = browser.get("/noting/", SHARED).content.decode()
    for words in (*SHARED.values(), 'value="linkedin" checked'):
        assert words in page
    assert not Post.objects.exists()


def test_it_survives_signing_in(alice: Member, client: Client) -> None:
    door = client.get("/noting/", SHARED)
    assert door.status_code == 302
    entered = client.post(
        door["Location"], {"login": alice.user.email, "password": PASSWORD}, follow=True
    )
    assert entered.request["PATH_INFO"] == "/noting/"
    assert "The best of all" in entered.content.decode()


def test_what_was_typed_survives_a_session_that_ended(
    browser: Client, client: Client, alice: Member
) -> None:
    told = {"name": "Zoe", "text": "Half a talk", "place": "phone", "answer": "Half an answer"}
    door = client.post("/noting/", told)
    assert door["Location"] == "/sign-in/?next=/kept/"
    shown = client.post(
        door["Location"], {"login": alice.user.email, "password": PASSWORD}, follow=True
    ).content.decode()
    assert "Half a talk" in shown
    back = client.post("/noting/", told | {"keep": "1"}).content.decode()
    for words in ("Half a talk", "Half an answer", 'value="Zoe"', 'value="phone" checked'):
        assert words in back
    assert not Post.objects.exists()


def test_what_we_have_is_offered(channel: Channel, browser: Client) -> None:
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    for url in (post("q").url, post("q").uid, f"{post('q').url}/?utm_source=x"):
        page = browser.get("/noting/", {"url": url}).content.decode()
        assert "This is here already, by Mara" in page, url
        assert f"post={post('q').pk}" in page


def test_another_house_is_told_nothing(channel: Channel, charlie: Member, client: Client) -> None:
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    client.force_login(charlie.user)
    assert "here already" not in client.get("/noting/", {"url": post("q").url}).content.decode()


@pytest.fixture
def reader(channel: Channel) -> Channel:
    """An account that reads whole conversations."""
    channel.abilities = [*channel.abilities, "thread"]
    channel.save()
    return channel


def look(browser: Client, url: str) -> str:
    answer = browser.post("/noting/look/", {"url": url, "title": "T", "text": ""}, follow=True)
    return answer.content.decode()


def test_an_account_looks_for_what_we_do_not_have(
    reader: Channel, network: Scripted, browser: Client
) -> None:
    url, far = "https://town.example/@x/far", said("mara", "far")
    assert "Look for it" in browser.get("/noting/", {"url": url}).content.decode()
    assert "We are looking for it" in look(browser, url)
    network.known_elsewhere[url] = far.local_id
    network.threads[far.local_id] = Thread(posts=(far,))
    bring_post.call(Bringing.objects.get().pk)
    page = browser.get("/noting/", {"url": url}).content.decode()
    assert "This is here already, by Mara" in page
    assert Conversation.objects.get().concerns_us
    assert Bringing.objects.get().post == post("far")


def test_what_nobody_finds_is_said(reader: Channel, browser: Client) -> None:
    url = "https://town.example/@x/nowhere"
    look(browser, url)
    look(browser, url)
    bring_post.call(Bringing.objects.get().pk)
    page = browser.get("/noting/", {"url": url}).content.decode()
    assert "None of our accounts finds this" in page


def test_what_is_closed_to_others_is_not_looked_for(reader: Channel, browser: Client) -> None:
    assert "Look for it" not in browser.get("/noting/", SHARED).content.decode()


def test_without_an_account_nothing_is_offered(browser: Client) -> None:
    assert "Look for it" not in browser.get("/noting/?url=https://a.example/b").content.decode()
    look(browser, "https://a.example/b")
    assert not Bringing.objects.exists()


def test_the_bookmarklet_leads_to_the_page_of_notes(browser: Client) -> None:
    code = bookmarklet("https://house.example/noting/")
    assert code.startswith("javascript:(()=>{")
    assert '"https://house.example/noting/?"' in code
    assert "%" not in code
    page = browser.get("/noting/from-anywhere/").content.decode()
    assert "data-bookmarklet" in page
    assert "http://testserver/noting/" in page


def test_the_manifest_names_the_share_target_and_a_shortcut(db: None, client: Client) -> None:
    told = client.get("/manifest.webmanifest").json()
    assert told["share_target"]["action"] == "/noting/"
    assert told["share_target"]["method"] == "GET"
    assert set(told["share_target"]["params"]) == {"title", "text", "url"}
    assert told["shortcuts"][0]["url"] == "/noting/"
    sizes = {icon["sizes"] for icon in told["icons"]}
    assert {"192x192", "512x512", "any"} <= sizes
    query = urlencode(dict.fromkeys(told["share_target"]["params"].values(), "x"))
    assert client.get(f"{told['share_target']['action']}?{query}").status_code == 302
