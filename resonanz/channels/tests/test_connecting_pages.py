"""Connecting through the pages, and coming back through the inbound door."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from resonanz.channels.actions import note_trouble
from resonanz.channels.models import Channel, PendingConnection
from resonanz.channels.tests.toy import MEMO, TOKEN, Toy
from resonanz.outbox.models import Delivery
from resonanz.switchboard.trouble import (
    Gone,
    NotOffered,
    Refused,
    SignInAgain,
    Trouble,
    TryLater,
    Unreadable,
    Unsure,
)
from resonanz.workspaces.models import Alarm, Member
from resonanz.workspaces.tests.cast import ClientOf

CONNECT = "/channels/connect/toy/"


def begin_oauth(client: Client, again: str = "") -> str:
    """Begin, and give the path of the door that she is to come back to."""
    client.post(CONNECT, {"way": "oauth", "oauth-server": "toy.example", "again": again})
    return f"/door/{PendingConnection.objects.latest('pk').token}"


def test_the_pretend_town_comes_last_and_is_marked(client: Client) -> None:
    """Real networks first."""
    page = client.get("/channels/connect/").content.decode()
    assert page.index("Mastodon") < page.index("A rehearsal with invented people")


def test_what_needs_no_account_is_not_promised_as_one(client: Client) -> None:
    """A website of ours is named by what its own network says of it."""
    door = client.get("/channels/connect/").content.decode().partition("<strong>Webmention<")[2]
    told = door.partition("</a>")[0]
    assert "Hear of links to your website, and tell others of yours." in told
    assert "account" not in told


def test_the_form_asks_what_the_network_asks(client: Client, toy: Toy) -> None:
    """Every way in with its own form; a secret is a password field."""
    page = client.get(CONNECT).content.decode()
    assert page.count('name="way"') == 3
    assert re.search(r'<input type="password"[^>]*name="token-token"', page)


def test_a_token_connects_at_once(client: Client, toy: Toy) -> None:
    """And leads to the channel."""
    answer = client.post(CONNECT, {"way": "token", "token-server": "bakery", "token-token": TOKEN})
    channel = Channel.objects.get()
    assert answer["Location"] == f"/channels/{channel.pk}/"
    assert channel.handle == "@bakery@toy.example"


def test_sending_it_twice_is_one_channel(client: Client, toy: Toy) -> None:
    """A second click changes nothing."""
    for _ in range(2):
        client.post(CONNECT, {"way": "token", "token-server": "bakery", "token-token": TOKEN})
    assert Channel.objects.count() == 1


def test_an_answer_that_is_missing_is_asked_for(client: Client, toy: Toy) -> None:
    """The network is not asked at all."""
    answer = client.post(CONNECT, {"way": "token", "token-server": "bakery", "token-token": ""})
    assert answer.status_code == 422
    assert not toy.asked


@pytest.mark.parametrize(
    "trouble",
    [
        TryLater("ConnectError"),
        SignInAgain("bad token"),
        Refused("computer says no"),
        Gone(),
        Unreadable("<html>"),
        Unsure(),
        NotOffered(),
    ],
)
@pytest.mark.parametrize("who", ["alice", "berta"])
def test_every_trouble_is_a_sentence_and_keeps_what_was_typed(
    who: str, trouble: Trouble, alice: Member, berta: Member, toy: Toy, client_of: ClientOf
) -> None:
    """In both languages; the token is not shown again."""
    toy.trouble = trouble
    member = alice if who == "alice" else berta
    answer = client_of(member).post(
        CONNECT, {"way": "token", "token-server": "bakery.example", "token-token": TOKEN}
    )
    page = answer.content.decode()
    told = re.search(r'<p class="trouble-what">(.*?)</p>\s*<p>(.*?)</p>\s*<p>(.*?)</p>', page)
    assert answer.status_code == 422
    assert told
    assert all(sentence.endswith(".") for sentence in told.groups())
    assert ("Nothing is connected." in told[2]) == (who == "alice")
    assert 'value="bakery.example"' in page
    assert TOKEN not in page
    assert not Channel.objects.exists()


def test_the_other_sides_words_are_shown_as_theirs(client: Client, toy: Toy) -> None:
    """Beside our sentence, not instead of it."""
    toy.trouble = Refused("computer says <no>")
    page = client.post(CONNECT, {"way": "oauth", "oauth-server": "toy.example"}).content.decode()
    assert "The other side says no." in page
    assert "computer says &lt;no&gt;" in page


def test_oauth_leads_to_the_network_by_a_page(client: Client, toy: Toy) -> None:
    """Browsers stop a redirect to elsewhere that follows a form (form-action 'self')."""
    answer = client.post(CONNECT, {"way": "oauth", "oauth-server": "toy.example"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'content="0; url=https://toy.example/allow?app=1&amp;x=2"' in page
    assert 'href="https://toy.example/allow?app=1&amp;x=2"' in page
    assert MEMO not in page
    assert MEMO.encode() not in bytes(PendingConnection.objects.get().memo)


def test_the_callback_is_where_she_is_or_the_public_address(
    client: Client, toy: Toy, settings: Settings
) -> None:
    """The public address wins, because a proxy may stand in front."""
    begin_oauth(client)
    settings.RESONANZ_PUBLIC_ADDRESS = "https://resonanz.example"
    begin_oauth(client)
    assert toy.callbacks[0].startswith("http://testserver/door/")
    assert toy.callbacks[1].startswith("https://resonanz.example/door/")


def test_coming_back_connects(client: Client, toy: Toy) -> None:
    """Through the inbound door."""
    door = begin_oauth(client)
    answer = client.get(door, {"account": "bakery"})
    assert answer["Location"] == f"/channels/{Channel.objects.get().pk}/"
    assert not PendingConnection.objects.exists()


def test_the_door_opens_once(client: Client, toy: Toy) -> None:
    """The second time it says so, and where to look."""
    door = begin_oauth(client)
    client.get(door, {"account": "bakery"})
    again = client.get(door, {"account": "bakery"})
    assert again.status_code == 404
    assert "This connection was finished already" in again.content.decode()
    assert client.get("/door/nobody-knows-this").status_code == 404


def test_the_door_opens_only_to_who_began(
    client: Client, berta: Member, charlie: Member, toy: Toy, client_of: ClientOf
) -> None:
    """Neither to a colleague nor to a stranger, and it stays open for her."""
    door = begin_oauth(client)
    for other in (berta, charlie):
        assert client_of(other).get(door, {"account": "bakery"}).status_code == 404
    assert Client().get(door)["Location"].startswith("/sign-in/?next=/door/")
    assert client.get(door, {"account": "bakery"}).status_code == 302


def test_saying_no_there_is_told_here(client: Client, toy: Toy) -> None:
    """In a sentence, with a way to begin once more."""
    answer = client.get(begin_oauth(client), {"error": "access_denied"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You did not allow Resonanz to use this account" in page
    assert 'href="/channels/connect/toy/"' in page
    assert not Channel.objects.exists()


def test_connecting_again_keeps_the_channel(client: Client, ours: Channel) -> None:
    """What waits for it goes on; the alarm is over."""
    note_trouble(channel=ours, trouble=SignInAgain(), at=ours.connected_at, attempts=1)
    page = client.get(f"/channels/{ours.pk}/").content.decode()
    assert f'href="/channels/connect/toy/?again={ours.pk}"' in page
    client.get(begin_oauth(client, again=str(ours.pk)), {"account": "bakery"})
    ours.refresh_from_db()
    assert ours.state == Channel.State.OK
    assert Channel.objects.count() == 1
    assert not Alarm.objects.filter(over_at=None).exists()


def test_another_account_does_not_take_a_channels_place(client: Client, ours: Channel) -> None:
    """Both names are told, and nothing is changed."""
    answer = client.get(begin_oauth(client, again=str(ours.pk)), {"account": "other"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "@other@toy.example came back, but @bakery@toy.example" in page
    assert Channel.objects.count() == 1
    assert not Delivery.objects.exists()


def test_a_strangers_channel_cannot_be_connected_again(
    ours: Channel, charlie: Member, client_of: ClientOf
) -> None:
    """404, as if it were not there."""
    assert client_of(charlie).get(f"{CONNECT}?again={ours.pk}").status_code == 404
