"""Writing and the outbox through their addresses."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.outbox.models import Delivery, Draft, Publication
from resonanz.outbox.panels import our_sections
from resonanz.outbox.tests.saying import carry_out, on_its_way, written
from resonanz.outbox.tests.scripted import Scripted, connect
from resonanz.switchboard.trouble import Refused
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


def typed(text: str, *channels: Channel, page: str = "page", **more: str) -> dict[str, object]:
    given: dict[str, object] = {
        "text": text,
        "page": page,
        "audience": "public",
        "language": "en",
        "channels": [str(channel.pk) for channel in channels],
    }
    return given | dict(more)


def test_strangers_find_no_draft_and_no_delivery(
    alice: Member, channel: Channel, charlie: Member, client_of: ClientOf
) -> None:
    stranger, delivery = client_of(charlie), on_its_way(alice, channel)
    draft = written(alice, channel)
    assert stranger.get(f"/outbox/drafts/{draft.pk}/").status_code == 404
    for address in (
        f"/outbox/drafts/{draft.pk}/",
        f"/outbox/drafts/{draft.pk}/discard/",
        f"/outbox/drafts/{draft.pk}/restore/",
        f"/outbox/delivery/{delivery.pk}/again/",
        f"/outbox/delivery/{delivery.pk}/take-back/",
        f"/outbox/nothing/{delivery.pk}/again/",
    ):
        assert stranger.post(address).status_code == 404
    for show in ("drafts", "on-its-way"):
        assert "Good morning" not in stranger.get(f"/outbox/?show={show}").content.decode()


def test_a_word_of_our_own_goes_to_two_channels_with_a_count_for_each(
    alice: Member, channel: Channel, browser: Client, network: Scripted
) -> None:
    other = connect(alice, "second")
    shown = browser.post(
        "/speak/", typed("Hello", channel, other), headers={"HX-Request": "true"}
    ).content.decode()
    assert shown.count("14 of 100 characters") == 2
    browser.post("/speak/", typed("Hello, all.", channel, other, send="1"))
    assert Draft.objects.count() == 1
    assert {row.channel for row in Delivery.objects.all()} == {channel, other}


def test_without_any_account_speaking_leads_to_connecting_one(browser: Client) -> None:
    """The form has a question named `channels` too, which once hid that there are none."""
    page = browser.get("/speak/").content.decode()
    assert "no account yet through which we could speak" in page
    assert "/channels/connect/" in page
    assert 'name="text"' not in page


def test_without_an_account_chosen_nothing_is_sent_and_nothing_lost(
    channel: Channel, browser: Client
) -> None:
    shown = browser.post("/speak/", typed("Hello.", send="1")).content.decode()
    assert "Choose at least one account" in shown
    assert "Hello." in shown
    assert not Publication.objects.exists()


def test_sending_twice_is_sending_once(channel: Channel, browser: Client) -> None:
    for _time in range(2):
        told = browser.post("/speak/", typed("Hello.", channel, send="1"), follow=True)
    assert "This is already on its way." in told.content.decode()
    draft = Draft.objects.get()
    told = browser.post(f"/outbox/drafts/{draft.pk}/", typed("Hello.", channel), follow=True)
    assert "This is already on its way." in told.content.decode()
    assert Publication.objects.count() == 1


def test_a_draft_is_written_further_thrown_away_and_taken_back(
    alice: Member, channel: Channel, browser: Client
) -> None:
    draft = written(alice, channel, text="First.")
    address = f"/outbox/drafts/{draft.pk}/"
    seen = draft.updated_at.isoformat()
    browser.post(address, typed("Second.", channel, keep="1", seen=seen))
    assert "Second." in browser.get(address).content.decode()
    gone = browser.post(f"{address}discard/", follow=True).content.decode()
    assert f'formaction="{address}restore/"' in gone
    assert "thrown away" in browser.get(address).content.decode()
    browser.post(f"{address}restore/")
    draft.refresh_from_db()
    assert (draft.state, draft.text) == (Draft.State.OPEN, "Second.")


def test_a_colleague_sends_in_his_own_voice(
    alice: Member, bob: Member, channel: Channel, client_of: ClientOf
) -> None:
    """Alice prepared it; when Bob sends it, Bob speaks."""
    draft = written(alice, channel, text="Prepared.")
    seen = draft.updated_at.isoformat()
    client_of(bob).post(
        f"/outbox/drafts/{draft.pk}/", typed("Prepared.", channel, send="1", seen=seen)
    )
    publication = Publication.objects.get()
    assert publication.voice == bob.voices.get()
    assert publication.text.endswith("— Bob")


def test_every_segment_is_shown_and_says_when_it_is_empty(
    alice: Member, channel: Channel, browser: Client, network: Scripted
) -> None:
    empty = {
        "drafts": "Nothing is being written",
        "on-its-way": "Nothing is on its way",
        "sent": "Nothing has been sent yet",
        "refused": "Nothing was refused",
    }
    for show, words in empty.items():
        assert words in browser.get(f"/outbox/?show={show}").content.decode()
    written(alice, channel, text="A draft of mine.")
    on_its_way(alice, channel, text="It waits.")
    carry_out(on_its_way(alice, channel, text="It stands there."))
    network.plan = [Refused("No.")]
    carry_out(on_its_way(alice, channel, text="It was refused."))
    full = {
        "drafts": "A draft of mine.",
        "on-its-way": "It waits.",
        "sent": "It stands there.",
        "refused": "It was refused.",
    }
    for show, words in full.items():
        assert words in browser.get(f"/outbox/?show={show}").content.decode()


def test_ten_more_rows_ask_no_more_questions(
    alice: Member,
    channel: Channel,
    browser: Client,
    network: Scripted,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    counted = []
    for rows in (1, 10):
        for number in range(rows):
            written(alice, channel, text=f"Draft {rows} {number}")
            on_its_way(alice, channel, text=f"Way {rows} {number}")
        for show in ("drafts", "on-its-way"):
            with django_assert_max_num_queries(15) as asked:
                browser.get(f"/outbox/?show={show}")
            counted.append(len(asked))
    assert counted[:2] == counted[2:]


def test_today_shows_our_drafts_and_what_failed(
    alice: Member, bob: Member, channel: Channel, network: Scripted
) -> None:
    written(alice, channel, text="Half a word.")
    network.plan = [Refused("No.")]
    carry_out(on_its_way(alice, channel, text="Refused."))
    _, drafts, failed = our_sections(alice)
    assert ([row.words for row in drafts.rows], drafts.total) == (["Half a word."], 1)
    assert [row.words for row in failed.rows] == ["Refused. — Alice"]
    assert our_sections(bob)[1].rows == []


def test_trying_again_goes_back_to_the_page_it_came_from_and_nowhere_else(
    alice: Member, channel: Channel, browser: Client, network: Scripted
) -> None:
    network.plan = [Refused("No.")]
    delivery = carry_out(on_its_way(alice, channel))
    address = f"/outbox/delivery/{delivery.pk}/again/"
    assert browser.post(address, {"next": "/outbox/?show=refused"}).headers["Location"] == (
        "/outbox/?show=refused"
    )
    elsewhere = browser.post(address, {"next": "https://evil.example/"})
    assert elsewhere.headers["Location"] == "/outbox/?show=on-its-way"
