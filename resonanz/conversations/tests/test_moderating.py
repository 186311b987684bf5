"""Comments on pages of ours: approved, held back, spam, trash; here at once, there by and by."""

from datetime import timedelta

import msgspec
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.clockwork.duties import DUTIES
from resonanz.conversations.models import Post
from resonanz.conversations.tests.saying import answered, arrives, naming, post, said, talk_of, us
from resonanz.outbox.jobs import deliver, moderate
from resonanz.outbox.models import Delivery, Moderation, OnItsWay
from resonanz.outbox.tests.scripted import Killed, Scripted, heard
from resonanz.people.privacy import erase_person, export_person
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Standing
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain, TryLater, Unsure
from resonanz.workspaces.models import Alarm, Member, TrailEntry
from resonanz.workspaces.tests.cast import ClientOf

MOST_QUERIES = 15


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


def held(channel: Channel, *names: str, text: str = "Rye, please.") -> Post:
    """Comments wait for approval; gives the last of them."""
    for name in names:
        arrives(channel, said(f"guest-{name}", name, text=text, mentions=naming(channel)))
        Post.objects.filter(pk=post(name).pk).update(standing="held", kind="comment")
    return post(names[-1])


def decide(browser: Client, found: Post, standing: str) -> str:
    """Press a button below a comment; gives the page that follows."""
    address = f"/conversations/posts/{found.pk}/moderate/"
    return browser.post(address, {"standing": standing}, follow=True).content.decode()


def carry_out() -> Moderation:
    """What the worker does when the only wish is due."""
    row: Moderation = Moderation.objects.get()
    past = timezone.now() - timedelta(seconds=1)
    Moderation.objects.filter(pk=row.pk).update(due_at=past, leased_until=past)
    moderate.call(row.pk)
    row.refresh_from_db()
    return row


def test_a_held_comment_is_approved_with_one_click_and_held_again_with_another(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    """Here at once, there by the worker; each in the trail."""
    found = held(channel, "q")
    page = browser.get(f"/conversations/{found.conversation_id}/").content.decode()
    assert "What Guest-Q wrote waits for approval" in page
    page = decide(browser, found, "published")
    assert "The comment is approved." in page
    assert "It is being approved there." in page
    assert "waits for approval</p>" not in page
    assert post("q").standing == "published"
    assert network.moderated == []
    assert carry_out().state == OnItsWay.State.SENT
    batch = Moderation.objects.get().batch
    page = browser.post(f"/conversations/moderations/{batch}/undo/", follow=True).content.decode()
    assert "It is as it was before." in page
    assert post("q").standing == "held"
    carry_out()
    assert network.moderated == [("q", Standing.PUBLISHED), ("q", Standing.HELD)]
    verbs = TrailEntry.objects.filter(subject__startswith="moderation").order_by("pk")
    assert [one.verb for one in verbs] == ["comment approved", "comment held back"]


def test_pressing_twice_is_pressing_once(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    found = held(channel, "q")
    decide(browser, found, "spam")
    page = decide(browser, found, "spam")
    assert "It was like this already, so nothing was changed." in page
    carry_out()
    moderate.call(Moderation.objects.get().pk)
    assert network.moderated == [("q", Standing.SPAM)]
    assert TrailEntry.objects.filter(verb="comment called spam").count() == 1


def test_what_the_network_has_not_heard_of_goes_nowhere_when_it_is_taken_back(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    found = held(channel, "q")
    decide(browser, found, "trash")
    decide(browser, found, "held")
    assert carry_out().state == OnItsWay.State.WITHDRAWN
    assert network.moderated == []
    assert post("q").standing == "held"


def test_the_latest_wish_counts_also_while_the_first_is_being_said(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    """The worker was killed in the middle of approving; it is spam by now."""
    found = held(channel, "q")
    decide(browser, found, "published")
    network.plan = [Killed()]
    with pytest.raises(Killed):
        carry_out()
    decide(browser, found, "spam")
    assert carry_out().state == OnItsWay.State.SENT
    assert network.moderated == [("q", Standing.SPAM)]
    assert post("q").standing == "spam"


def test_a_refusal_puts_our_page_right_and_raises_one_alarm(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    """The outbox says why; it can be tried again, or let be."""
    found = held(channel, "q")
    decide(browser, found, "published")
    network.plan = [Refused("Only editors may do this."), Refused("Only editors may do this.")]
    row = carry_out()
    assert (row.state, post("q").standing) == (OnItsWay.State.REFUSED, "held")
    assert Alarm.objects.filter(over_at=None, matter=row.matter).count() == 1
    talk = browser.get(f"/conversations/{found.conversation_id}/").content.decode()
    assert "It could not be moderated there." in talk
    page = browser.get("/outbox/?show=refused").content.decode()
    assert "approves a comment" in page
    assert "Only editors may do this." in page
    assert "Rye, please." in page
    assert "What did not go out" in browser.get("/").content.decode()
    browser.post(f"/outbox/moderation/{row.pk}/again/")
    carry_out()
    assert Alarm.objects.filter(over_at=None, matter=row.matter).count() == 1
    answer = browser.post(f"/outbox/moderations/{row.pk}/let-be/", follow=True).content.decode()
    assert "It stays as it was." in answer
    assert not Alarm.objects.filter(over_at=None).exists()
    assert "What did not go out" not in browser.get("/").content.decode()


def test_tried_again_with_success_our_page_shows_it(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    found = held(channel, "q")
    decide(browser, found, "published")
    network.plan = [Refused("Not now.")]
    row = carry_out()
    browser.post(f"/outbox/moderation/{row.pk}/again/")
    assert carry_out().state == OnItsWay.State.SENT
    assert post("q").standing == "published"


@pytest.mark.parametrize("trouble", [TryLater("Busy."), Unsure(), heard(Unsure())])
def test_a_broken_line_is_tried_again_and_the_sweep_finds_it(
    browser: Client, channel: Channel, network: Scripted, trouble: BaseException
) -> None:
    """Doing it twice changes nothing, so nothing is looked up."""
    found = held(channel, "q")
    decide(browser, found, "trash")
    network.plan = [trouble]
    row = carry_out()
    assert row.state in OnItsWay.State.still_to_do()
    duty = next(one for one in DUTIES if one.name == "moderations")
    assert duty.find(timezone.now() + timedelta(days=1), 10) == [row.pk]
    assert carry_out().state == OnItsWay.State.SENT
    assert network.moderated[-1] == ("q", Standing.TRASH)


def test_what_is_gone_there_is_no_spam_any_more_and_cannot_be_approved(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    found = held(channel, "q")
    decide(browser, found, "spam")
    network.plan = [Gone()]
    assert carry_out().state == OnItsWay.State.SENT
    decide(browser, found, "published")
    network.plan = [Gone()]
    assert carry_out().state == OnItsWay.State.REFUSED
    assert post("q").standing == "spam"


def test_an_account_that_has_to_sign_in_again_keeps_the_wish(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    """It waits, with one alarm about the account; meanwhile nothing more can be moderated."""
    found = held(channel, "q")
    decide(browser, found, "published")
    network.plan = [SignInAgain()]
    carry_out()
    assert carry_out().state == OnItsWay.State.WAITING
    assert post("q").standing == "published"
    page = decide(browser, found, "spam")
    assert "None of our accounts can moderate this at the moment" in page


def test_what_arrives_while_it_is_on_its_way_does_not_put_it_back(
    browser: Client, channel: Channel
) -> None:
    """The page that was read still says that it waits."""
    found = held(channel, "q")
    decide(browser, found, "published")
    Post.objects.filter(pk=found.pk).update(standing="held")
    arrives(channel, said("guest-q", "q", text="Rye, please.", mentions=naming(channel)))
    assert post("q").standing == "published"


def test_answering_a_held_comment_approves_it_in_the_same_click(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    """Only when the box says so, and only when the answer goes out."""
    found = held(channel, "q")
    page = browser.get(f"/conversations/{found.conversation_id}/").content.decode()
    assert "Approve the comment with the same click" in page
    address = f"/conversations/posts/{found.pk}/answer/"
    typed = {"text": "Gladly.", "page": "page", "seen": "", "audience": "public", "approve": "1"}
    browser.post(address, typed | {"keep": "1"})
    assert post("q").standing == "held"
    page = browser.post(address, typed, follow=True).content.decode()
    assert "The comment is approved." in page
    assert post("q").standing == "published"
    deliver.call(Delivery.objects.get().pk)
    assert network.said == [], "it waits until others can see what it answers"
    carry_out()
    deliver.call(Delivery.objects.get().pk)
    assert network.moderated == [("q", Standing.PUBLISHED)]
    assert network.said[0].answering is not None


def test_who_leaves_the_tick_out_answers_without_approving(
    browser: Client, channel: Channel
) -> None:
    found = held(channel, "q")
    typed = {"text": "Gladly.", "page": "page", "seen": "", "audience": "public"}
    browser.post(f"/conversations/posts/{found.pk}/answer/", typed)
    assert post("q").standing == "held"
    assert not Moderation.objects.exists()


def test_an_answer_of_ours_that_is_held_back_there_says_so_until_it_is_approved(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    """A site may hold what its own user says; whoever waits for it has not seen it yet."""
    arrives(channel, said("guest", "q", mentions=naming(channel)))
    network.standing = Standing.HELD
    delivery = answered(post("q"), channel.workspace.members.get(), "Gladly.")
    ours = Post.objects.get(delivery=delivery)
    assert (ours.standing, ours.conversation.turn) == ("held", "ours")
    page = browser.get(f"/conversations/{ours.conversation_id}/").content.decode()
    assert "waits for approval: nobody but us sees it there" in page
    seen = said(us(channel), "0", text="Gladly.", answers="q")
    arrives(channel, msgspec.structs.replace(seen, uid=delivery.uid, local_id=delivery.local_id))
    ours.refresh_from_db()
    assert (ours.standing, ours.conversation.turn) == ("published", "theirs")


def test_spam_and_trash_cannot_be_answered_and_can_be_fetched_back(
    browser: Client, channel: Channel
) -> None:
    found = held(channel, "q")
    decide(browser, found, "trash")
    page = browser.get(f"/conversations/{found.conversation_id}/?answer={found.pk}")
    told = page.content.decode()
    assert "This lies in the trash" in told
    assert "Fetch it back and publish it" in told
    decide(browser, found, "published")
    assert post("q").standing == "published"


def test_many_that_wait_are_approved_at_once_and_taken_back_at_once(
    browser: Client, channel: Channel
) -> None:
    """From the inbox, where only those in which something waits are shown."""
    held(channel, "a", "b", "c")
    arrives(channel, said("mara", "other", mentions=naming(channel)))
    page = browser.get("/conversations/?turn=all&standing=held").content.decode()
    assert "Approve what waits" in page
    assert "Mara" not in page
    ticked = [str(talk_of(name).pk) for name in ("a", "b", "other")]
    data = {"pk": ticked, "standing": "published", "next": "/conversations/"}
    page = browser.post("/conversations/moderate/", data, follow=True).content.decode()
    assert "2 comments are approved." in page
    assert [post(name).standing for name in "abc"] == ["published", "published", "held"]
    batches = set(Moderation.objects.values_list("batch", flat=True))
    assert len(batches) == 1
    browser.post(f"/conversations/moderations/{batches.pop()}/undo/")
    assert [post(name).standing for name in "abc"] == ["held", "held", "held"]


def test_nothing_ticked_changes_nothing(browser: Client, channel: Channel) -> None:
    held(channel, "q")
    page = browser.post("/conversations/moderate/", {"standing": "spam"}, follow=True)
    assert "Nothing was ticked" in page.content.decode()
    assert post("q").standing == "held"


def test_taking_back_leaves_alone_what_somebody_decided_since(
    browser: Client, channel: Channel, bob: Member, client_of: ClientOf
) -> None:
    found = held(channel, "q")
    decide(browser, found, "published")
    batch = Moderation.objects.get().batch
    decide(client_of(bob), found, "spam")
    browser.post(f"/conversations/moderations/{batch}/undo/", follow=True)
    assert post("q").standing == "spam"


def test_held_comments_stand_on_today_for_whoever_may_decide(
    browser: Client, channel: Channel, agatha: Member, client_of: ClientOf
) -> None:
    """An agency prepares texts; what others see of our pages is not hers to decide."""
    found = held(channel, "q")
    page = browser.get("/").content.decode()
    assert "Comments that wait for approval" in page
    assert "Rye, please." in page
    other = client_of(agatha)
    assert "Comments that wait for approval" not in other.get("/").content.decode()
    talk = other.get(f"/conversations/{found.conversation_id}/").content.decode()
    assert "waits for approval" in talk
    assert "/moderate/" not in talk
    address = f"/conversations/posts/{found.pk}/moderate/"
    assert other.post(address, {"standing": "spam"}).status_code == 404
    assert post("q").standing == "held"


def test_strangers_and_nonsense_find_nothing(
    browser: Client, channel: Channel, charlie: Member, client_of: ClientOf
) -> None:
    found = held(channel, "q")
    address = f"/conversations/posts/{found.pk}/moderate/"
    assert browser.post(address, {"standing": "loved"}).status_code == 404
    assert client_of(charlie).post(address, {"standing": "spam"}).status_code == 404
    decide(browser, found, "spam")
    row = Moderation.objects.get()
    stranger = client_of(charlie)
    assert stranger.post(f"/conversations/moderations/{row.batch}/undo/").status_code == 404
    assert stranger.post(f"/outbox/moderations/{row.pk}/let-be/").status_code == 404
    assert stranger.post(f"/outbox/moderation/{row.pk}/again/").status_code == 404


def test_where_the_account_cannot_moderate_nothing_is_offered(
    browser: Client, channel: Channel
) -> None:
    found = held(channel, "q")
    channel.abilities = [one for one in channel.abilities if one != Can.MODERATE]
    channel.save()
    page = browser.get(f"/conversations/{found.conversation_id}/").content.decode()
    assert "/moderate/" not in page
    assert (
        "only with comments that wait for approval"
        not in browser.get("/conversations/").content.decode()
    )
    told = decide(browser, found, "spam")
    assert "None of our accounts can moderate this" in told


def test_whoever_is_forgotten_leaves_no_wish_behind(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    """How she was moderated is told before, and gone afterwards."""
    found = held(channel, "q")
    decide(browser, found, "spam")
    person = found.identity.person
    assert [one["wanted"] for one in export_person(person)["outbox.moderation"]] == ["spam"]
    erase_person(person)
    assert not Moderation.objects.exists()


def test_the_pages_speak_german(channel: Channel, bob: Member, client_of: ClientOf) -> None:
    found = held(channel, "q")
    client = client_of(bob)
    assert "Kommentare, die auf Freigabe warten" in client.get("/").content.decode()
    page = client.get(f"/conversations/{found.conversation_id}/").content.decode()
    assert "wartet auf Freigabe" in page
    assert "Freigeben" in page
    told = decide(client, found, "published")
    assert "Der Kommentar ist freigegeben." in told
    assert "Moderieren" in told


def test_ten_more_held_comments_cost_no_question_more(browser: Client, channel: Channel) -> None:
    """On Today, in the inbox and in a talk."""
    found = held(channel, "q")
    pages = (
        "/",
        "/conversations/?turn=all&standing=held",
        f"/conversations/{found.conversation_id}/",
    )

    def asked() -> list[int]:
        counts = []
        for address in pages:
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(address).status_code == 200
            counts.append(len(caught))
        return counts

    asked()
    before = asked()
    for name in "abcdefghij":
        arrives(
            channel,
            said(f"guest-{name}", name, answers="q", mentions=naming(channel)),
            lane="replies",
        )
        Post.objects.filter(pk=post(name).pk).update(standing="held")
    assert asked() == before
    assert max(before) <= MOST_QUERIES
