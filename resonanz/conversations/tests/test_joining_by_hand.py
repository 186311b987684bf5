"""Two conversations put together by hand, and parted again: nothing is lost in either direction."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.conversations.joining_by_hand import CannotJoin, CannotPart, join_by_hand, part
from resonanz.conversations.matters import link_matter, open_matter
from resonanz.conversations.models import Conversation, Joining, Matter, Move, Note, Post, Promise
from resonanz.conversations.moves import assign, call_done, leave_to_them, snooze, undo
from resonanz.conversations.notes import write_note
from resonanz.conversations.tests.saying import answered, arrives, naming, post, said, talk_of
from resonanz.workspaces.models import Member, TrailEntry
from resonanz.workspaces.queries import local_day
from resonanz.workspaces.tests.cast import ClientOf

Turn = Conversation.Turn
COLUMNS = ("turn", "turn_by_hand", "settled_at", "assignee_id", "is_snoozed", "wakes_at", "network")


@pytest.fixture
def here(channel: Channel) -> Conversation:
    """Mara asks for rye."""
    arrives(channel, said("mara", "rye", text="Rye today?", mentions=naming(channel)))
    return talk_of("rye")


@pytest.fixture
def there(channel: Channel, here: Conversation) -> Conversation:
    """Ole asks for oats, and Ida answers him."""
    arrives(
        channel,
        said("ole", "oats", text="Oats, too?", mentions=naming(channel)),
        said("ida", "below", text="I would like that.", answers="oats"),
    )
    return talk_of("oats")


def columns(pk: int) -> dict[str, object]:
    return dict(Conversation.objects.values(*COLUMNS).get(pk=pk))


def joined(here: Conversation, there: Conversation, member: Member) -> Joining:
    return join_by_hand(conversation=here, other=there, member=member)


def promise(talk: Conversation, member: Member) -> Promise:
    return Promise.objects.create(
        workspace=member.workspace,
        conversation=talk,
        voice=member.voices.get(),
        what="Bake oats.",
        due_on=local_day(talk.workspace),
    )


def test_everything_of_both_is_in_one_and_comes_apart_again(
    here: Conversation, there: Conversation, alice: Member, bob: Member
) -> None:
    """Posts, notes, promises, matters, moves and every column: there, back, and there again."""
    assign(conversations=[there], to=bob, by=alice)
    snooze(conversations=[here], until=timezone.now() + timedelta(days=3), by=alice)
    note = write_note(conversation=there, author=alice, text="He is the miller.", named=[])
    own = write_note(conversation=here, author=alice, text="She is a regular.", named=[])
    owed = promise(there, alice)
    matter = open_matter(
        conversation=there, by=alice, title="Oats", kind=Matter.Kind.PRODUCT, colleague=bob
    ).matter
    there_pk, before = there.pk, {pk: columns(pk) for pk in (here.pk, there.pk)}
    posts = {pk: set(Post.objects.filter(conversation=pk)) for pk in before}
    for _time in range(2):
        there = Conversation.objects.get(pk=there_pk)
        joining = joined(here, there, alice)
        whole = Conversation.objects.get()
        assert set(whole.posts.all()) == posts[here.pk] | posts[there_pk]
        assert (whole.pk, whole.post_count, whole.turn) == (here.pk, 3, Turn.OURS)
        assert (whole.assignee, whole.is_snoozed) == (bob, False)
        assert set(whole.notes.all()) == {note, own}
        assert whole.promises.get() == owed
        assert whole.matter_links.get().matter == matter
        back = part(joining=joining, member=alice)
        assert back.pk == there_pk
        assert {pk: columns(pk) for pk in before} == before
        assert {pk: set(Post.objects.filter(conversation=pk)) for pk in before} == posts
        assert back.notes.get() == note
        assert back.promises.get() == owed
        assert back.matter_links.get().matter == matter
        assert Note.objects.get(pk=own.pk).conversation_id == here.pk
    assert [one.verb for one in TrailEntry.objects.filter(verb__startswith="conv")] == [
        "conversations put together",
        "conversations parted",
    ] * 2


def test_a_hundred_posts_of_each_go_and_come_back_in_both_directions(
    channel: Channel, alice: Member
) -> None:
    for side in ("rye", "oats"):
        names = [side, *(f"{side}-{number}" for number in range(99))]
        begun = said("mara", side, text=f"{side}?", mentions=naming(channel))
        below = (said("ole", one, answers=above) for above, one in pairwise(names))
        arrives(channel, begun, *below)
    before = dict(Post.objects.values_list("uid", "conversation"))
    addresses = {side: talk_of(side).pk for side in ("rye", "oats")}
    for here, there in (("rye", "oats"), ("oats", "rye")):
        joining = joined(talk_of(here), talk_of(there), alice)
        assert Conversation.objects.get().posts.count() == 200
        assert Conversation.objects.get().post_count == 200
        part(joining=joining, member=alice)
        assert dict(Post.objects.values_list("uid", "conversation")) == before
        assert {side: talk_of(side).pk for side in addresses} == addresses
        assert {one.post_count for one in Conversation.objects.all()} == {100}


def test_nobody_waits_less_because_the_other_talk_was_done(
    channel: Channel, here: Conversation, there: Conversation, alice: Member
) -> None:
    """What was called done stays done, what waits goes on waiting, together and apart."""
    call_done(conversations=[here], by=alice)
    since = Conversation.objects.get(pk=there.pk).waiting_since
    joining = joined(Conversation.objects.get(pk=here.pk), there, alice)
    whole = Conversation.objects.get()
    assert (whole.turn, whole.waiting_since) == (Turn.OURS, since)
    for name in ("oats", "below"):
        answered(post(name), alice)
    assert Conversation.objects.get().turn == Turn.THEIRS
    part(joining=joining, member=alice)
    assert columns(here.pk)["turn"] == Turn.DONE
    assert columns(there.pk)["turn"] == Turn.THEIRS


def test_what_came_since_goes_with_what_it_answers(
    channel: Channel, here: Conversation, there: Conversation, alice: Member
) -> None:
    joining = joined(here, there, alice)
    arrives(
        channel,
        said("finn", "to-ole", answers="below"),
        said("finn", "to-mara", answers="rye"),
        said("finn", "deeper", answers="to-ole"),
    )
    back = part(joining=joining, member=alice)
    assert {one.uid.rpartition("/")[2] for one in back.posts.all()} == {
        "oats",
        "below",
        "to-ole",
        "deeper",
    }
    arrives(channel, said("jonas", "later", answers="deeper"))
    assert talk_of("later") == back
    assert back.pk == there.pk or Conversation.objects.filter(pk=back.pk).exists()


def test_what_was_decided_for_the_whole_holds_for_both(
    here: Conversation, there: Conversation, alice: Member, bob: Member
) -> None:
    joining = joined(here, there, alice)
    whole = Conversation.objects.get()
    assign(conversations=[whole], to=bob, by=alice)
    leave_to_them(conversations=[whole], by=alice)
    back = part(joining=joining, member=alice)
    for one in (Conversation.objects.get(pk=here.pk), Conversation.objects.get(pk=back.pk)):
        assert (one.assignee, one.turn) == (bob, Turn.THEIRS)


def test_joining_and_parting_twice_does_it_once(
    here: Conversation, there: Conversation, alice: Member
) -> None:
    joining = joined(here, there, alice)
    with pytest.raises(CannotJoin):
        joined(here, there.__class__(pk=joining.joined_pk, workspace=alice.workspace), alice)
    with pytest.raises(CannotJoin):
        joined(here, here, alice)
    first = part(joining=joining, member=alice)
    assert part(joining=joining, member=alice).pk == first.pk
    assert Conversation.objects.count() == 2


def test_three_are_parted_in_whatever_order(
    channel: Channel, here: Conversation, there: Conversation, alice: Member
) -> None:
    arrives(channel, said("finn", "cake", text="Cake?", mentions=naming(channel)))
    third, ids = talk_of("cake"), {here.pk, there.pk, talk_of("cake").pk}
    for outer_first in (True, False):
        inner = joined(Conversation.objects.get(pk=here.pk), talk_of("oats"), alice)
        outer = joined(Conversation.objects.get(pk=third.pk), talk_of("rye"), alice)
        assert Conversation.objects.get().post_count == 4
        for joining in (outer, inner) if outer_first else (inner, outer):
            joining.refresh_from_db()
            part(joining=joining, member=alice)
        assert set(Conversation.objects.values_list("pk", flat=True)) == ids
        assert [talk_of(name).pk for name in ("rye", "oats", "below", "cake")] == [
            here.pk,
            post("oats").conversation_id,
            post("oats").conversation_id,
            third.pk,
        ]
        assert talk_of("oats").post_count == 2


def test_what_answers_the_other_side_by_now_cannot_be_told_apart(
    channel: Channel, here: Conversation, alice: Member
) -> None:
    arrives(channel, said("ole", "late", answers="missing", mentions=naming(channel)))
    joining = joined(here, talk_of("late"), alice)
    arrives(channel, said("ida", "missing", answers="rye"))
    with pytest.raises(CannotPart):
        part(joining=joining, member=alice)
    assert Conversation.objects.count() == 1


def test_a_matter_of_both_stays_with_both(
    here: Conversation, there: Conversation, alice: Member
) -> None:
    matter = open_matter(
        conversation=here, by=alice, title="Bread", kind=Matter.Kind.PRODUCT, colleague=None
    ).matter
    link_matter(conversation=there, matter=matter, by=alice)
    joining = joined(here, there, alice)
    assert matter.links.count() == 1
    part(joining=joining, member=alice)
    assert set(matter.links.values_list("conversation", flat=True)) == {here.pk, there.pk}


def test_the_moves_of_joining_are_not_undone_as_columns(
    here: Conversation, there: Conversation, alice: Member
) -> None:
    joined(here, there, alice)
    move = Move.objects.get(verb=Move.Verb.JOIN)
    assert undo(batch=move.batch, member=alice).count == 0


def test_by_its_pages_it_says_what_will_happen_does_it_and_takes_it_back(
    here: Conversation, there: Conversation, alice: Member, client_of: ClientOf
) -> None:
    browser, there_pk = client_of(alice), there.pk
    page = browser.get(f"/conversations/{here.pk}/").content.decode()
    assert f"/conversations/{here.pk}/join/" in page
    found = browser.get(f"/conversations/{here.pk}/join/", {"q": "Ole"}).content.decode()
    assert f"?with={there_pk}" in found
    for typed in (
        "oats",
        post("oats").url,
        f"http://testserver/conversations/{there_pk}/",
    ):
        told = browser.get(f"/conversations/{here.pk}/join/", {"q": typed}).content.decode()
        assert f"?with={there_pk}" in told, typed
    asked = browser.get(f"/conversations/{here.pk}/join/", {"with": there_pk}).content.decode()
    assert "2 posts of the other conversation stand here" in asked
    assert Conversation.objects.count() == 2
    done = browser.post(f"/conversations/{here.pk}/join/", {"with": there_pk}, follow=True)
    shown = done.content.decode()
    joining = Joining.objects.get()
    assert f"/conversations/joinings/{joining.pk}/part/" in shown
    assert "put this together with a conversation with Ole" in shown
    moved = browser.get(f"/conversations/{there_pk}/?post=1")
    assert (moved.status_code, moved["Location"]) == (302, f"/conversations/{here.pk}/?post=1")
    again = browser.post(f"/conversations/{here.pk}/join/", {"with": there_pk}, follow=True)
    assert "not there on its own any more" in again.content.decode()
    back = browser.post(f"/conversations/joinings/{joining.pk}/part/", follow=True)
    assert "two conversations again" in back.content.decode()
    assert browser.get(f"/conversations/{there_pk}/").status_code == 200
    assert "parted it from another conversation" in back.content.decode()


def test_strangers_and_guests_put_nothing_together(
    here: Conversation, there: Conversation, alice: Member, charlie: Member, client_of: ClientOf
) -> None:
    joining = joined(here, there, alice)
    stranger = client_of(charlie)
    assert stranger.get(f"/conversations/{here.pk}/join/").status_code == 404
    assert stranger.post(f"/conversations/{here.pk}/join/", {"with": 1}).status_code == 404
    assert stranger.post(f"/conversations/joinings/{joining.pk}/part/").status_code == 404
    assert stranger.get(f"/conversations/{joining.joined_pk}/").status_code == 404


def test_ten_more_conversations_ask_no_more(
    channel: Channel,
    here: Conversation,
    alice: Member,
    client_of: ClientOf,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser: Client = client_of(alice)
    for number in range(12):
        arrives(channel, said("mara", f"m{number}", text="Rye again?", mentions=naming(channel)))
    for query in ({}, {"q": "Mara"}, {"q": "rye"}, {"with": str(talk_of("m1").pk)}):
        with django_assert_max_num_queries(15):
            browser.get(f"/conversations/{here.pk}/join/", query)
    for number in range(12):
        joined(Conversation.objects.get(pk=here.pk), talk_of(f"m{number}"), alice)
    with django_assert_max_num_queries(15):
        browser.get(f"/conversations/{here.pk}/")
