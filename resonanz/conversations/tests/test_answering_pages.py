"""Answering through its address: what is typed is kept, counted, and sent once."""

import re

import pytest
from django.test import Client

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation
from resonanz.conversations.tests.saying import (
    arrives,
    naming,
    post,
    said,
    talk_of,
)
from resonanz.outbox.models import Delivery, Draft, Publication
from resonanz.outbox.tests.saying import carry_out
from resonanz.outbox.tests.scripted import Scripted
from resonanz.switchboard.contract import Can
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

MOST_QUERIES = 15


@pytest.fixture
def talk(channel: Channel) -> Conversation:
    """Mara asks us something."""
    arrives(channel, said("mara", "q", text="Rye today?", mentions=naming(channel)))
    return talk_of("q")


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


def typed(text: str, page: str = "page", **more: str) -> dict[str, str]:
    """What the box posts."""
    return {"text": text, "page": page, "audience": "public", "language": "en"} | more


def answer_url(name: str = "q") -> str:
    return f"/conversations/posts/{post(name).pk}/answer/"


def url_of(talk: Conversation) -> str:
    return f"/conversations/{talk.pk}/"


def page_of(browser: Client, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_agency_asks_for_agreement_from_the_talk(
    talk: Conversation, alice: Member, bob: Member, client_of: ClientOf
) -> None:
    """There is no button that sends, and one that asks her in whose name it is."""
    bob.role = Member.Role.AGENCY
    bob.save()
    shown = page_of(client_of(bob), url_of(talk))
    assert re.search(r"<button class=\"button primary\">.*Um Zustimmung bitten</button>", shown)
    client_of(bob).post(answer_url(), typed("Since eight.", voice=str(alice.voices.get().pk)))
    assert Draft.objects.get().state == Draft.State.REVIEW
    assert not Publication.objects.exists()


def test_the_box_says_as_whom_where_and_who_will_be_told(
    talk: Conversation, browser: Client
) -> None:
    shown = page_of(browser, url_of(talk))
    for words in ("Alice", "@us@scripted.example", "@mara@town.example", "Answer to Mara"):
        assert words in shown
    assert "of 100 characters" in shown


def test_a_warning_made_of_labels_is_in_the_readers_language_and_goes_out_as_labels(
    channel: Channel, alice: Member, bob: Member, client_of: ClientOf, network: Scripted
) -> None:
    """Bob reads German: in the inbox, in the talk, and in the box of his answer."""
    warning = "Graphic pictures, Hidden by the moderators"
    arrives(channel, said("mara", "q", mentions=naming(channel), warning=warning))
    his = client_of(bob)
    assert post("q").warning == talk_of("q").opening == warning
    for address in ("/conversations/", url_of(talk_of("q"))):
        shown = page_of(his, address)
        assert "Drastische Bilder, Von der Moderation ausgeblendet" in shown
        assert "Graphic pictures" not in shown
    (box,) = re.findall(r'<input type="text" name="warning" value="([^"]*)"', shown)
    assert box == "Drastische Bilder"
    his.post(answer_url(), typed("Danke.", warning=box, voice=str(bob.voices.get().pk)))
    carry_out(Delivery.objects.get())
    (sent,) = network.said
    assert (sent.warning, sent.labels) == ("Drastische Bilder", ("Graphic pictures",))


def test_an_answer_is_kept_sent_and_shown_at_its_place(
    talk: Conversation, browser: Client, network: Scripted
) -> None:
    kept = browser.post(answer_url(), typed("Yes, from", keep="1"), follow=True)
    assert "The draft is kept." in kept.content.decode()
    assert "Yes, from" in page_of(browser, url_of(talk))
    sent = browser.post(answer_url(), typed("Yes, from eight."), follow=True)
    assert "It is on its way." in sent.content.decode()
    assert "Yes, from eight." in sent.content.decode()
    publication = Publication.objects.get()
    assert publication.answering_uid == post("q").uid
    assert Draft.objects.get().state == Draft.State.SENT


def test_a_second_click_is_the_same_answer_and_says_so(talk: Conversation, browser: Client) -> None:
    browser.post(answer_url(), typed("Yes."))
    again = browser.post(answer_url(), typed("Yes."), follow=True)
    assert "This is already on its way." in again.content.decode()
    from_another_tab = browser.post(answer_url(), typed("Yes.", page="tab two"), follow=True)
    assert "This is already on its way." in from_another_tab.content.decode()
    assert Publication.objects.count() == 1
    assert Delivery.objects.count() == 1


def test_a_text_that_is_too_long_stays_with_a_sentence(talk: Conversation, browser: Client) -> None:
    text = "so " * 60
    shown = browser.post(answer_url(), typed(text)).content.decode()
    assert "signs too long for @us@scripted.example" in shown
    assert text.strip() in shown
    assert not Publication.objects.exists()
    assert Draft.objects.get().text == text


def test_an_empty_answer_is_not_sent(talk: Conversation, browser: Client) -> None:
    assert "Nothing is written yet." in browser.post(answer_url(), typed("  ")).content.decode()
    assert not Publication.objects.exists()


def test_what_is_typed_is_kept_and_counted_while_it_is_typed(
    talk: Conversation, browser: Client
) -> None:
    """The count is the network's: with the names it adds and the signature."""
    shown = browser.post(
        answer_url(), typed("Hello"), headers={"HX-Request": "true"}
    ).content.decode()
    length = len("@mara@town.example Hello\n\n— Alice")
    assert f"<span data-count-length>{length}</span>" in shown
    assert "The draft is kept." in shown
    assert Draft.objects.get().text == "Hello"


def test_what_is_typed_after_sending_changes_nothing(talk: Conversation, browser: Client) -> None:
    """The last keystroke's saving arrives after the click on “send”."""
    browser.post(answer_url(), typed("Yes."))
    browser.post(answer_url(), typed("Yes. An"), headers={"HX-Request": "true"})
    assert Draft.objects.count() == 1
    assert Draft.objects.get().text == "Yes."


def test_two_windows_are_both_shown_and_neither_is_lost(
    talk: Conversation, browser: Client
) -> None:
    browser.post(answer_url(), typed("From the first window.", keep="1"))
    shown = browser.post(answer_url(), typed("From the second.", page="two", keep="1"))
    text = shown.content.decode()
    assert "From the first window." in text
    assert "From the second." in text
    assert Draft.objects.get().text == "From the first window."
    seen = shown.context["box"].form["seen"].value()
    browser.post(answer_url(), typed("From the second.", page="two", keep="1", seen=seen))
    assert Draft.objects.get().text == "From the second."


def test_a_lost_session_loses_no_draft(
    talk: Conversation, client_of: ClientOf, alice: Member
) -> None:
    browser = client_of(alice)
    browser.post(answer_url(), typed("Half a sentence"), headers={"HX-Request": "true"})
    browser.logout()
    assert browser.post(answer_url(), typed("Half a sentence more")).status_code == 302
    assert "Half a sentence" in page_of(client_of(alice), url_of(talk))


def test_when_nobody_can_answer_the_page_says_so_before_anybody_types(
    channel: Channel, browser: Client
) -> None:
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    channel.abilities = [Can.HOME.value]
    channel.save()
    shown = page_of(browser, url_of(talk_of("q")))
    assert "None of our accounts can answer this" in shown
    assert 'id="id_text"' not in shown
    refused = browser.post(answer_url(), typed("Typed in an old tab.")).content.decode()
    assert "Typed in an old tab." in refused
