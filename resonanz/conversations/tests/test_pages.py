"""The inbox and a talk through their addresses: what is shown, kept, sent, and to whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation, Move, Post, Promise
from resonanz.conversations.tests.saying import (
    answered,
    arrives,
    naming,
    post,
    said,
    talk_of,
)
from resonanz.outbox.models import Delivery, Draft, Gesture, Publication
from resonanz.outbox.tests.scripted import Scripted, connect
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Audience
from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import local_day
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


def test_strangers_find_nothing_here(
    talk: Conversation, charlie: Member, client_of: ClientOf, alice: Member, channel: Channel
) -> None:
    """Charlie gets 404 for every address of a conversation that is not his."""
    stranger = client_of(charlie)
    promise = Promise.objects.create(
        workspace=alice.workspace,
        conversation=talk,
        voice=alice.voices.get(),
        what="Bake.",
        due_on=local_day(alice.workspace),
    )
    assert stranger.get(url_of(talk)).status_code == 404
    for address in (
        f"{url_of(talk)}move/",
        f"{url_of(talk)}notes/",
        f"{url_of(talk)}whole/",
        f"{url_of(talk)}promises/",
        f"/conversations/promises/{promise.pk}/kept/",
        answer_url(),
        f"/conversations/posts/{post('q').pk}/react/",
        f"/conversations/accounts/{post('q').identity.pk}/follow/",
    ):
        assert stranger.post(address, {"turn": "done", "kind": "boost"}).status_code == 404
    assert "Rye today" not in page_of(stranger, "/conversations/?turn=all")


def test_the_inbox_shows_who_waits_the_longest_first(channel: Channel, browser: Client) -> None:
    now = timezone.now()
    for name, hours in (("late", 1), ("early", 9), ("middle", 4)):
        moment = now - timedelta(hours=hours)
        arrives(channel, said(name, name, mentions=naming(channel), at=moment))
    shown = page_of(browser, "/conversations/")
    assert shown.index("Early") < shown.index("Middle") < shown.index("Late")


def test_the_inbox_goes_on_from_where_one_stands(channel: Channel, browser: Client) -> None:
    """35 wait: thirty on the first page, the other five on the next, nobody twice."""
    for number in range(35):
        moment = timezone.now() - timedelta(minutes=35 - number)
        arrives(
            channel, said(f"guest{number:02}", f"p{number}", mentions=naming(channel), at=moment)
        )
    first = browser.get("/conversations/")
    second = browser.get(first.context["older_url"])
    names = [row.name for row in (*first.context["rows"], *second.context["rows"])]
    assert names == [f"Guest{number:02}" for number in range(35)]


def test_many_more_rows_ask_no_more_questions(
    channel: Channel,
    browser: Client,
    alice: Member,
    network: Scripted,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    """At most fifteen, in a small talk and in a long one with drafts, promises and deliveries."""
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    counted = []
    for round_ in range(2):
        for address in ("/conversations/", "/conversations/?turn=all", url_of(talk_of("q"))):
            with django_assert_max_num_queries(MOST_QUERIES) as asked:
                page_of(browser, address)
            counted.append(len(asked))
        if not round_:
            # More than one part, so that what they answer is not on the page.
            for number in range(13):
                name = f"p{number}"
                arrives(
                    channel,
                    said(f"g{number}", name, answers="q", mentions=naming(channel)),
                    said(f"h{number}", f"own{number}", mentions=naming(channel)),
                )
            browser.post(answer_url("p12"), typed("Begun.", keep="1"))
            browser.post(answer_url("p11"), typed("On its way.", page="other"))
    assert counted[3] <= counted[0]
    assert counted[4] <= counted[1]
    assert counted[5] <= MOST_QUERIES


def test_a_direct_word_is_never_offered_to_be_shared_or_widened(
    channel: Channel, browser: Client
) -> None:
    arrives(channel, said("mara", "q", audience=Audience.DIRECT, is_direct_to_us=True))
    shown = page_of(browser, url_of(talk_of("q")))
    assert 'value="boost"' not in shown
    assert 'value="favourite"' in shown
    assert '<option value="public"' not in shown
    kind = {"kind": "boost", "channel": str(channel.pk)}
    told = browser.post(f"/conversations/posts/{post('q').pk}/react/", kind, follow=True)
    assert "not said to everybody" in told.content.decode()
    assert not Gesture.objects.exists()
    browser.post(answer_url(), typed("Hush.", audience="public"))
    assert not Publication.objects.exists()


def test_sharing_twice_is_one_gesture(
    talk: Conversation, browser: Client, channel: Channel
) -> None:
    address = f"/conversations/posts/{post('q').pk}/react/"
    for _time in range(2):
        browser.post(address, {"kind": "boost", "channel": str(channel.pk)})
    assert Gesture.objects.count() == 1
    assert "Shared" in page_of(browser, url_of(talk))


def test_what_a_channel_cannot_do_is_not_offered(
    talk: Conversation, browser: Client, channel: Channel
) -> None:
    channel.abilities = [Can.ANSWER.value]
    channel.save()
    shown = page_of(browser, url_of(talk))
    assert 'value="boost"' not in shown
    assert 'value="favourite"' not in shown
    address = f"/conversations/posts/{post('q').pk}/react/"
    kind = {"kind": "boost", "channel": str(channel.pk)}
    assert browser.post(address, kind).status_code == 404


def test_thanking_is_an_answer_that_knows_it_is_thanks(talk: Conversation, browser: Client) -> None:
    shown = browser.get(f"{url_of(talk)}?answer={post('q').pk}&thanks=1")
    assert "Thank Mara" in shown.content.decode()
    browser.post(answer_url(), typed("Thank you!", keep="1", is_thanks="True"))
    assert Draft.objects.get().is_thanks


def test_one_can_answer_a_certain_post_through_a_certain_channel(
    alice: Member, channel: Channel, browser: Client, network: Scripted
) -> None:
    """Two accounts know the post: the answer goes through the one that was chosen."""
    other = connect(alice, "second")
    words = said("mara", "q", mentions=naming(channel))
    arrives(channel, words)
    arrives(other, said("mara", "q", mentions=naming(channel)), lane="home")
    assert "@second@scripted.example" in page_of(browser, url_of(talk_of("q")))
    browser.post(answer_url(), typed("Yes.", channel=str(other.pk)))
    assert Delivery.objects.get().channel == other


def test_the_turn_is_set_by_hand_and_taken_back(talk: Conversation, browser: Client) -> None:
    shown = browser.post(f"{url_of(talk)}move/", {"do": "done"}, follow=True).content.decode()
    assert "Done, until somebody speaks again." in shown
    batch = Move.objects.get().batch
    assert f'formaction="/conversations/moves/{batch}/undo/"' in shown
    assert talk_of("q").turn == "done"
    browser.post(f"/conversations/moves/{batch}/undo/")
    assert talk_of("q").turn == "ours"
    assert browser.post(f"{url_of(talk)}move/", {"do": "nothing"}).status_code == 404


def test_a_promise_is_written_down_and_kept(talk: Conversation, browser: Client) -> None:
    due = local_day(talk.workspace) - timedelta(days=1)
    wrong = browser.post(f"{url_of(talk)}promises/", {"what": "", "due_on": "soon"})
    assert wrong.status_code == 200
    browser.post(f"{url_of(talk)}promises/", {"what": "Keep two loaves", "due_on": due})
    assert "was due on" in page_of(browser, url_of(talk))
    promise = Promise.objects.get()
    browser.post(f"/conversations/promises/{promise.pk}/kept/", {"kept": "yes"})
    promise.refresh_from_db()
    assert promise.kept_at is not None
    browser.post(f"/conversations/promises/{promise.pk}/kept/", {"kept": "no"})
    promise.refresh_from_db()
    assert promise.kept_at is None


def test_a_long_talk_is_shown_in_parts_and_nothing_is_missing(
    channel: Channel, browser: Client
) -> None:
    """130 posts: the newest sixty first, each earlier part by a link; a post opens its part."""
    start = timezone.now() - timedelta(hours=5)
    arrives(channel, said("mara", "p0", mentions=naming(channel), at=start))
    words = [
        said("ole", f"p{number}", answers="p0", at=start + timedelta(minutes=number))
        for number in range(1, 130)
    ]
    arrives(channel, *words, lane="thread")
    talk, seen = talk_of("p0"), []
    address = url_of(talk)
    while address:
        response = browser.get(address)
        seen += [line.post.pk for line in response.context["lines"] if line.kind == "post"]
        earlier = response.context["earlier"]
        address = f"{url_of(talk)}?upto={earlier}" if earlier else ""
    assert sorted(seen) == sorted(Post.objects.values_list("pk", flat=True))
    assert len(seen) == 130
    wanted = post("p3").pk
    shown = browser.get(f"{url_of(talk)}?post={wanted}")
    assert any(line.is_here for line in shown.context["lines"])


def test_a_deleted_post_is_a_gap_and_an_edited_one_is_marked(
    channel: Channel, browser: Client
) -> None:
    arrives(channel, said("mara", "q", mentions=naming(channel)), said("ole", "r", answers="q"))
    arrives(channel, gone=(post("q").uid,))
    arrives(channel, said("ole", "r", text="Better.", edited_at=timezone.now()))
    shown = page_of(browser, url_of(talk_of("q")))
    assert "Here stood something that Mara has deleted." in shown
    assert "edited" in shown


def test_what_was_refused_stands_at_its_place_with_its_reason(
    talk: Conversation, alice: Member, browser: Client, network: Scripted
) -> None:
    from resonanz.switchboard.trouble import Refused  # noqa: PLC0415

    network.plan = [Refused("Too many crumbs.")]
    answered(post("q"), alice, text="Gladly.")
    shown = page_of(browser, url_of(talk))
    for words in ("not sent", "did not accept it", "Too many crumbs.", "Try again", "Take it back"):
        assert words in shown
    delivery = Delivery.objects.get()
    taken = browser.post(f"/outbox/delivery/{delivery.pk}/take-back/", follow=True)
    assert "The text is a draft again." in taken.content.decode()
    assert Draft.objects.open().get().text == "Gladly."


def test_scripts_from_outside_are_never_shown(channel: Channel, browser: Client) -> None:
    arrives(
        channel,
        said(
            "mara",
            "q",
            text='<script>alert(1)</script><b onclick="x()">Hi</b>',
            mentions=naming(channel),
        ),
    )
    shown = page_of(browser, url_of(talk_of("q")))
    assert "alert(1)" not in shown
    assert "onclick" not in shown
    assert "<b>Hi</b>" in shown


def test_a_member_without_a_voice_is_told_so(
    talk: Conversation, alice: Member, browser: Client
) -> None:
    alice.voices.update(left_at=timezone.now())
    shown = page_of(browser, url_of(talk))
    assert "You have no voice of your own here" in shown
    assert 'id="id_text"' not in shown


def test_german_is_spoken_to_bob(talk: Conversation, bob: Member, client_of: ClientOf) -> None:
    shown = page_of(client_of(bob), url_of(talk))
    assert "Antwort an Mara" in shown
    assert "Waiting for us" not in shown


def test_following_somebody_is_offered_where_it_can_be_done(
    alice: Member, channel: Channel, browser: Client, network: Scripted
) -> None:
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    assert "follow/" not in page_of(browser, url_of(talk_of("q")))
    channel.abilities = [*channel.abilities, Can.FOLLOW.value]
    channel.save()
    address = f"/conversations/accounts/{post('q').identity.pk}/follow/"
    assert address in page_of(browser, url_of(talk_of("q")))
    browser.post(address, {"channel": str(channel.pk)})
    gesture: Any = Gesture.objects.get()
    assert (gesture.kind, gesture.target_local_id) == ("follow", "account-mara")
