"""Posts as they were said: pictures, polls, pages, quotes, edits, and what is folded."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.shown import shown
from resonanz.conversations.tests.saying import answered, arrives, naming, post, said, us
from resonanz.people.models import Identity
from resonanz.pictures.addresses import url_in
from resonanz.switchboard.shapes import Card, Choice, Picture, Poll
from resonanz.workspaces.models import Absence, HiddenWord, Member
from resonanz.workspaces.queries import local_day
from resonanz.workspaces.tests.cast import ClientOf

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
EVIL_LINK = "javascript:alert(1)"


def talk(client: Client, name: str) -> str:
    """The talk in which the post of that name is."""
    return client.get(f"/conversations/{post(name).conversation_id}/").content.decode()


def full(name: str, by: str, channel: Channel, **more: Any) -> Any:
    """A post with everything a post can hold."""
    given: dict[str, Any] = {
        "mentions": naming(channel),
        "pictures": (
            Picture(url="https://town.example/1.png", description="A loaf.", width=40, height=30),
            Picture(url="https://town.example/2.png"),
            Picture(url="https://town.example/3.mp4", kind="video"),
        ),
        "poll": Poll(choices=(Choice(text="Rye", votes=3), Choice(text="Oat", votes=1)), votes=4),
        "card": Card(
            url="https://page.example/", title="A page", picture_url="https://p.example/p"
        ),
    }
    return said(by, name, **given | more)


def test_pictures_come_from_copies_of_our_own_with_their_descriptions(
    alice: Member, channel: Channel, client_of: ClientOf
) -> None:
    """No address outside is loaded; one without a description says so; a film stays a link."""
    arrives(channel, full("loaf", "jonas", channel))
    page = talk(client_of(alice), "loaf")
    pictures = [found.src for found in shown(post("loaf")).media]
    assert [url_in(src.strip("/").rpartition("/")[2]) for src in pictures if src] == [
        "https://town.example/1.png",
        "https://town.example/2.png",
    ]
    assert 'alt="A loaf." width="40" height="30"' in page
    assert "Nobody described it." in page
    assert 'src="https://' not in page
    assert 'href="https://town.example/3.mp4"' in page


def test_a_poll_is_told_in_numbers_and_words(
    alice: Member, channel: Channel, client_of: ClientOf
) -> None:
    """Bars are for the eye; votes and shares are text."""
    arrives(channel, full("which", "jonas", channel))
    page = talk(client_of(alice), "which")
    assert "3 votes, 75 %" in page
    assert "one vote, 25 %" in page
    assert "The poll is open." in page


def test_the_end_of_a_poll_is_said(channel: Channel) -> None:
    """Whether the network says so or its time has passed."""
    over = Poll(choices=(Choice(text="Rye"),), ends_at=timezone.now() - timedelta(hours=1))
    arrives(channel, full("ended", "jonas", channel, poll=over))
    with override("en"):
        poll = shown(post("ended")).poll
    assert poll is not None
    assert poll.notes[0] == "The poll is over."


def test_what_is_ours_can_be_quoted_and_leads_to_its_talk(
    alice: Member, channel: Channel, client_of: ClientOf
) -> None:
    """A quote stands below the words; what we do not know says so."""
    arrives(channel, said(us(channel), "ours", text="Open on Sunday."), lane="home")
    ours = f"https://{'town.example'}/posts/ours"
    arrives(channel, full("quoting", "jonas", channel, quotes_uid=ours))
    unknown = "https://elsewhere.example/posts/1"
    arrives(channel, full("blind", "mara", channel, quotes_uid=unknown))
    page = talk(client_of(alice), "quoting")
    assert "Open on Sunday." in page
    assert f"/conversations/{post('ours').conversation_id}/?post={post('ours').pk}" in page
    blind = talk(client_of(alice), "blind")
    assert "What is quoted here is not known to us." in blind
    assert f'href="{unknown}"' in blind


def test_what_changed_is_shown_word_by_word(
    alice: Member, charlie: Member, channel: Channel, client_of: ClientOf
) -> None:
    """For members of the workspace; somebody else finds nothing."""
    arrives(channel, said("ole", "clock", text="It is seven minutes fast."))
    later = timezone.now()
    arrives(channel, said("ole", "clock", text="It is nine minutes fast.", edited_at=later))
    address = f"/conversations/posts/{post('clock').pk}/versions/"
    assert address in talk(client_of(alice), "clock")
    page = client_of(alice).get(address).content.decode()
    assert "<del>" in page
    assert "seven" in page
    assert "<ins>" in page
    assert client_of(charlie).get(address).status_code == 404


def test_nothing_in_what_others_send_becomes_a_part_of_the_page(
    alice: Member, channel: Channel, client_of: ClientOf
) -> None:
    """Titles, choices, descriptions, quotes, versions: text. Addresses lead into the web only."""
    evil = full(
        "evil",
        "jonas",
        channel,
        title=EVIL,
        warning=EVIL,
        pictures=(Picture(url=EVIL_LINK, description=EVIL), Picture(url=EVIL_LINK, kind="video")),
        poll=Poll(choices=(Choice(text=EVIL, votes=1),), votes=1),
        card=Card(url="https://p.example/", title=EVIL, description=EVIL, provider=EVIL),
    )
    arrives(channel, evil)
    arrives(
        channel,
        full("bad-card", "mara", channel, card=Card(url=EVIL_LINK, title="x"),
             quotes_uid="https://town.example/posts/evil"),
    )  # fmt: skip
    arrives(
        channel, full("evil", "jonas", channel, title="Tame", warning="", edited_at=timezone.now())
    )
    versions = f"/conversations/posts/{post('evil').pk}/versions/"
    client = client_of(alice)
    for page in (talk(client, "evil"), talk(client, "bad-card"), talk_at(client, versions)):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert EVIL_LINK not in page


def talk_at(client: Client, address: str) -> str:
    """Any page."""
    return client.get(address).content.decode()


def test_ten_more_posts_with_everything_ask_no_more_questions(
    alice: Member,
    bob: Member,
    channel: Channel,
    client_of: ClientOf,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    """Fifteen at most, with pictures, polls, quotes, edits, and whoever has it is away."""
    HiddenWord.objects.create(workspace=alice.workspace, word="idiot")
    arrives(channel, full("root", "jonas", channel))
    root = "https://town.example/posts/root"
    for number in range(10):
        more = full(f"more-{number}", "mara", channel, answers="root", quotes_uid=root,
                    edited_at=timezone.now())  # fmt: skip
        arrives(channel, more)
    Absence.objects.create(member=bob, from_day=local_day(alice.workspace))
    Conversation.objects.update(assignee=bob)
    client = client_of(alice)
    with django_assert_max_num_queries(15):
        page = talk_in(client, post("root").conversation_id)
    assert page.count("media-picture") >= 20


def talk_in(client: Client, pk: int) -> str:
    """A talk by its id."""
    return client.get(f"/conversations/{pk}/").content.decode()


@pytest.fixture
def hidden(alice: Member) -> HiddenWord:
    """A word that Alice does not want to see unasked."""
    return HiddenWord.objects.create(workspace=alice.workspace, word="blödmann")


@pytest.mark.usefixtures("hidden")
def test_a_text_with_one_of_our_words_is_folded_everywhere(
    alice: Member, channel: Channel, client_of: ClientOf
) -> None:
    """In the talk, the inbox, on Today and in the search, until somebody asks; never ours."""
    arrives(channel, said("jonas", "rude", text="Du Bloedmann.", mentions=naming(channel)))
    client, folded = client_of(alice), "Hidden because of your words: show"
    for page in (talk(client, "rude"), talk_at(client, "/conversations/"), talk_at(client, "/"),
                 talk_at(client, "/search/?q=Bloedmann")):  # fmt: skip
        assert folded in page
        assert "<details" in page
    answered(post("rude"), alice, "Selber Blödmann.")
    assert shown(Post.objects.filter(is_ours=True).get(), hider=alice.workspace.hider).folded == ""


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize("page", ["join", "matter"])
def test_a_page_about_a_talk_does_not_begin_with_what_is_folded_there(
    alice: Member, channel: Channel, client_of: ClientOf, page: str
) -> None:
    arrives(channel, said("jonas", "rude", text="Du Bloedmann.", mentions=naming(channel)))
    arrives(channel, said("mara", "kind", text="Du Liebe.", mentions=naming(channel)))
    client = client_of(alice)
    rude, kind = (post(name).conversation_id for name in ("rude", "kind"))
    assert "Bloedmann" not in client.get(f"/conversations/{rude}/{page}/").content.decode()
    assert "Du Liebe." in client.get(f"/conversations/{kind}/{page}/").content.decode()


def test_a_face_lies_over_the_initials(
    alice: Member, channel: Channel, client_of: ClientOf
) -> None:
    """In lists and talks, from our copy."""
    arrives(channel, said("jonas", "hello", mentions=naming(channel)))
    Identity.objects.filter(is_ours=False).update(avatar_url="https://town.example/face.png")
    for page in (talk(client_of(alice), "hello"), talk_at(client_of(alice), "/conversations/")):
        assert 'alt="" width="60" height="60"' in page
        assert "https://town.example/face.png" not in page
