"""Before a second answer goes out, whoever writes it hears of the first."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from resonanz.channels.models import Channel
from resonanz.conversations.changes import mark_changed
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.tests.saying import answered, arrives, naming, post, said, us
from resonanz.outbox.models import Draft, Publication
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

HERS = "At seven, as always."
ASKS = "has been writing here within the last two minutes"
TELLS = "Bob has answered this meanwhile"


@pytest.fixture
def hello(channel: Channel) -> Post:
    arrives(channel, said("anna", "hello", text="When?", mentions=naming(us(channel))))
    return post("hello")


def opened(client: Client, hello: Post) -> dict[str, str]:
    """What the form of a page that is opened now sends."""
    thread = reverse("conversations-thread", args=[hello.conversation_id])
    page = client.get(thread)
    form = page.context["box"].form
    fields = {name: form[name].value() or "" for name in ("page", "seen", "audience", "language")}
    return {**fields, "answers_shown_until": page.context["answers_shown_until"], "text": HERS}


def pressed(client: Client, hello: Post, form: dict[str, str], **headers: str) -> Any:
    return client.post(reverse("conversations-answer", args=[hello.pk]), form, headers=headers)


def test_nobody_else_is_there_and_it_goes_out(
    hello: Post, alice: Member, client_of: ClientOf
) -> None:
    client = client_of(alice)
    assert pressed(client, hello, opened(client, hello)).status_code == 302
    assert Publication.objects.get().text.startswith(HERS)


def test_a_colleague_was_faster(
    hello: Post, alice: Member, bob: Member, client_of: ClientOf
) -> None:
    """She is asked, her text is kept, and the second press sends."""
    client = client_of(alice)
    form = opened(client, hello)
    answered(hello, bob, "Seven.")
    page = pressed(client, hello, form)
    assert TELLS in page.content.decode()
    assert HERS in page.content.decode()
    assert Publication.objects.count() == 1
    assert Draft.objects.get(author=alice).text == HERS
    form |= {
        "answers_shown_until": page.context["answers_shown_until"],
        "asked_for_colleagues": "1",
    }
    assert pressed(client, hello, form).status_code == 302
    assert Publication.objects.count() == 2


def test_a_third_answer_is_asked_about_again(
    hello: Post, alice: Member, bob: Member, client_of: ClientOf
) -> None:
    client = client_of(alice)
    form = opened(client, hello) | {"asked_for_colleagues": "1"}
    answered(hello, bob, "Seven.")
    assert TELLS in pressed(client, hello, form).content.decode()


def test_what_the_page_shows_already_is_not_asked_about(
    hello: Post, alice: Member, bob: Member, client_of: ClientOf
) -> None:
    answered(hello, bob, "Seven.")
    client = client_of(alice)
    assert pressed(client, hello, opened(client, hello)).status_code == 302


def test_an_answer_from_an_app_elsewhere_counts(
    hello: Post, channel: Channel, alice: Member, client_of: ClientOf
) -> None:
    client = client_of(alice)
    form = opened(client, hello)
    arrives(channel, said(us(channel), "from-the-app", answers="hello"))
    page = pressed(client, hello, form)
    assert "has answered this meanwhile" in page.content.decode()
    assert page.context["meanwhile"].url.endswith(f"#post-{post('from-the-app').pk}")


def test_a_colleague_is_writing(
    hello: Post, alice: Member, bob: Member, client_of: ClientOf
) -> None:
    """By what her page keeps while she types; asked once, and forgotten after two minutes."""
    hers, his = client_of(alice), client_of(bob)
    form = opened(hers, hello)
    kept = pressed(his, hello, opened(his, hello), **{"HX-Request": "true"})
    assert kept.status_code == 200
    page = pressed(hers, hello, form)
    assert f"Bob {ASKS}" in page.content.decode()
    again = opened(hers, hello) | {"asked_for_colleagues": "1"}
    assert pressed(hers, hello, again).status_code == 302


def test_writing_is_over_when_it_is_sent_or_long_ago(
    hello: Post, alice: Member, bob: Member, client_of: ClientOf, clock: HandClock
) -> None:
    hers, his = client_of(alice), client_of(bob)
    pressed(his, hello, opened(his, hello), **{"HX-Request": "true"})
    clock.advance(minutes=3)
    page = pressed(hers, hello, opened(hers, hello))
    assert page.status_code == 302


@pytest.mark.parametrize("told", ["", "x", "2020-01-01", "2020-01-01T00:00", "9999-12-31T00:00Z"])
def test_a_page_that_does_not_say_what_it_shows_can_send(
    hello: Post, told: str, alice: Member, client_of: ClientOf
) -> None:
    client = client_of(alice)
    form = opened(client, hello) | {"answers_shown_until": told}
    assert pressed(client, hello, form).status_code == 302


def test_open_pages_hear_of_an_answer_on_its_way(
    hello: Post, alice: Member, client_of: ClientOf
) -> None:
    client = client_of(alice)
    mark_changed(hello.conversation_id)
    before = Conversation.objects.get().changed_at
    pressed(client, hello, opened(client, hello))
    assert Conversation.objects.get().changed_at > before
