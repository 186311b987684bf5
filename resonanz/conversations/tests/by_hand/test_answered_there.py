"""“I answered there”: our answer to what stands where we cannot write."""

from uuid import uuid4

import pytest
from django.test import Client

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.tests.by_hand.conftest import Note, noted
from resonanz.conversations.tests.saying import arrives, naming, post, said, talk_of
from resonanz.relationships.models import Act
from resonanz.workspaces.models import Member, TrailEntry


@pytest.fixture
def unable(channel: Channel) -> Channel:
    """An account that only reads."""
    channel.abilities = ["notifications"]
    channel.save()
    return channel


def answer(browser: Client, to: Post, **told: str) -> str:
    voice = str(to.workspace.voices.earliest("pk").pk)
    sent = {"text": "We did, gladly.", "voice": voice, "once": str(uuid4()), **told}
    return browser.post(f"/noting/answered/{to.pk}/", sent, follow=True).content.decode()


def test_where_we_cannot_write_the_answer_is_noted(unable: Channel, browser: Client) -> None:
    arrives(unable, said("mara", "q", mentions=naming(unable)))
    talk = talk_of("q")
    assert talk.turn == Conversation.Turn.OURS
    path = f"/noting/answered/{post('q').pk}/"
    assert path in browser.get(f"/conversations/{talk.pk}/").content.decode()
    page = answer(browser, post("q"), url="https://town.example/@bakery/7")
    assert "We did, gladly." in page
    assert "noted by Alice" in page
    talk.refresh_from_db()
    assert talk.turn == Conversation.Turn.THEIRS
    ours = Post.objects.get(is_ours=True)
    assert (ours.network, ours.answers) == (unable.network, post("q"))
    assert Act.objects.filter(kind="answer", direction="given").count() == 1
    assert TrailEntry.objects.filter(verb="answer noted").count() == 1


def test_one_click_takes_it_back(unable: Channel, browser: Client) -> None:
    arrives(unable, said("mara", "q", mentions=naming(unable)))
    page = answer(browser, post("q"))
    ours = Post.objects.get(is_ours=True)
    assert f'formaction="/noting/{ours.pk}/remove/"' in page
    browser.post(f"/noting/{ours.pk}/remove/")
    assert not Post.objects.filter(is_ours=True).exists()
    assert talk_of("q").turn == Conversation.Turn.OURS
    assert not Act.objects.filter(direction="given").exists()


def test_where_we_can_write_it_is_not_offered(channel: Channel, browser: Client) -> None:
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    assert (
        "/noting/answered/"
        not in browser.get(f"/conversations/{talk_of('q').pk}/").content.decode()
    )


def test_a_note_from_the_counter_is_answered_so(note: Note, browser: Client) -> None:
    note()
    assert "What we answered" in browser.get(f"/noting/answered/{noted().pk}/").content.decode()
    page = answer(browser, noted())
    assert "at the counter, noted by Alice" in page
    # Nobody can be muted at the counter.
    assert "/shield/" not in page
    assert noted().conversation.turn == Conversation.Turn.THEIRS


def test_an_answer_without_words_comes_back(note: Note, browser: Client) -> None:
    note()
    assert "in a word or two" in answer(browser, noted(), text=" ")
    assert not Post.objects.filter(is_ours=True).exists()


def test_the_same_answer_sent_twice_is_one(note: Note, browser: Client) -> None:
    note()
    once = str(uuid4())
    for _time in range(2):
        answer(browser, noted(), once=once)
    assert Post.objects.filter(is_ours=True).count() == 1


def test_nobody_speaks_with_the_voice_of_another_house(
    note: Note, browser: Client, charlie: Member
) -> None:
    note()
    theirs = str(charlie.workspace.voices.get().pk)
    assert "Select a valid choice" in answer(browser, noted(), voice=theirs)
