"""One post is one row, however often, in whatever order and through whatever it is seen."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
from django.utils import timezone

from resonanz.channels.actions import remove_channel
from resonanz.channels.models import Channel
from resonanz.conversations.actions import answer_post
from resonanz.conversations.models import (
    Conversation,
    Lookup,
    Note,
    Post,
    Promise,
    Sighting,
)
from resonanz.conversations.tests.saying import (
    answered,
    arrives,
    naming,
    post,
    said,
    somebody,
    talk_of,
    us,
)
from resonanz.outbox.actions import approve_and_send, save_draft
from resonanz.outbox.models import Delivery, Draft, Publication
from resonanz.outbox.tests.saying import carry_out, on_its_way
from resonanz.outbox.tests.scripted import Scripted, connect
from resonanz.people.models import Identity, Person
from resonanz.relationships.models import Act
from resonanz.switchboard.shapes import Audience, Choice, Link, Poll, Said
from resonanz.workspaces.models import Alarm, Member
from resonanz.workspaces.queries import local_day

Turn = Conversation.Turn


def everything() -> list[int]:
    """How many rows there are of each kind."""
    kinds = (Post, Conversation, Sighting, Lookup, Identity, Person, Act)
    return [kind.objects.count() for kind in kinds]


def test_the_same_page_twice_changes_nothing(channel: Channel) -> None:
    page = [
        said("mara", "q", mentions=naming(channel)),
        said("ole", "a", answers="q"),
    ]
    arrives(channel, *page)
    before = everything()
    arrives(channel, *page)
    assert everything() == before
    assert Post.objects.count() == 2


def test_addresses_of_many_bytes_stop_no_page(channel: Channel) -> None:
    """PostgreSQL refuses what does not fit into its indexes; one such post would stop them all."""
    wide = "".join(chr(0x4E00 + 19 * number) for number in range(950))
    told = msgspec.structs.replace(
        said("mara", "q", mentions=naming(channel)),
        url=f"https://town.example/?q={wide}",
        same_as=(f"https://mill.example/?q={wide}",),
    )
    arrives(channel, told, said("ole", "a", answers="q"))
    assert post("a").answers == post("q")
    assert post("q").addresses.count() == 3


def test_a_parent_that_comes_after_its_child_joins_the_two(channel: Channel) -> None:
    arrives(channel, said("ole", "child", answers="parent", mentions=naming(channel)))
    assert talk_of("child").may_be_incomplete
    arrives(channel, said("mara", "parent"), lane="thread")
    assert Conversation.objects.count() == 1
    assert post("child").answers == post("parent")
    assert talk_of("parent").concerns_us
    assert not talk_of("parent").may_be_incomplete


def test_a_child_that_names_its_parent_by_its_local_id_finds_it(channel: Channel) -> None:
    arrives(channel, said("mara", "one"), lane="home")
    arrives(channel, said("ole", "two", answers_local_id="one", mentions=naming(channel)))
    assert post("two").answers == post("one")
    arrives(channel, said("ida", "four", answers_local_id="three"), lane="home")
    arrives(channel, said("mara", "three"), lane="home")
    assert post("four").answers == post("three")


def test_three_generations_in_any_order_are_one_conversation(channel: Channel) -> None:
    for one in (
        said("mara", "c", answers="b"),
        said("mara", "a"),
        said("ole", "b", answers="a"),
    ):
        arrives(channel, one, lane="home")
    assert Conversation.objects.count() == 1
    assert Conversation.objects.get().post_count == 3


def test_promises_and_lookups_move_with_a_joined_conversation(
    channel: Channel, alice: Member
) -> None:
    arrives(channel, said("ole", "child", answers="parent", mentions=naming(channel)))
    Promise.objects.create(
        workspace=alice.workspace,
        conversation=talk_of("child"),
        voice=alice.voices.get(),
        what="Bake.",
        due_on=local_day(alice.workspace),
    )
    arrives(channel, said("mara", "parent"), lane="thread")
    assert Promise.objects.get().conversation == talk_of("parent")


def test_an_edit_replaces_the_text_and_is_marked(channel: Channel) -> None:
    first = said("mara", "q", text="Brod?", mentions=naming(channel))
    arrives(channel, first)
    edited_at = timezone.now()
    arrives(channel, said("mara", "q", text="Bread?", edited_at=edited_at))
    assert (post("q").text, post("q").edited_at) == ("Bread?", edited_at)
    arrives(channel, first)
    assert post("q").text == "Bread?"


def test_a_deletion_leaves_a_gap_without_its_words(channel: Channel) -> None:
    arrives(channel, said("mara", "q", mentions=naming(channel)), said("ole", "r", answers="q"))
    arrives(channel, gone=(post("q").uid,))
    assert post("q").gone_at is not None
    assert (post("q").text, post("q").html) == ("", "")
    arrives(channel, gone_local=("r",))
    assert post("r").gone_at is not None
    assert talk_of("q").turn == Turn.DONE


def test_what_was_deleted_does_not_come_back_with_an_old_page(channel: Channel) -> None:
    words = said("mara", "q", mentions=naming(channel), edited_at=timezone.now())
    arrives(channel, words)
    arrives(channel, gone=(words.uid,))
    arrives(channel, words)
    assert post("q").text == ""


def test_a_direct_word_concerns_us_and_is_marked(channel: Channel) -> None:
    direct = said("mara", "q", audience=Audience.DIRECT, is_direct_to_us=True)
    arrives(channel, direct)
    found = talk_of("q")
    assert (found.is_direct, found.concerns_us, found.turn) == (True, True, Turn.OURS)


def test_a_bare_reply_to_ours_concerns_us(channel: Channel) -> None:
    """Nobody is named: the reply is known by what it answers, on whatever lane it comes."""
    arrives(channel, said(us(channel), "ours"), lane="home")
    arrives(channel, said("mara", "bare", answers="ours"), lane="home")
    assert post("bare").is_to_us
    assert talk_of("bare").turn == Turn.OURS
    assert Identity.objects.get(uid=somebody("mara").uid).met_how == Identity.Met.NEIGHBOUR


def test_a_bare_reply_that_came_before_our_post_concerns_us_once_ours_is_there(
    channel: Channel,
) -> None:
    arrives(channel, said("mara", "bare", answers="ours"), lane="home")
    assert not talk_of("bare").concerns_us
    arrives(channel, said(us(channel), "ours"), lane="home")
    assert post("bare").is_to_us
    assert talk_of("bare").turn == Turn.OURS


def test_a_mention_on_any_lane_is_to_us(channel: Channel) -> None:
    arrives(channel, said("mara", "q", mentions=naming(channel)), lane="home")
    assert talk_of("q").turn == Turn.OURS
    assert post("q").identity.met_how == Identity.Met.MENTIONED_US


def test_a_bare_link_to_our_domain_concerns_us_but_nobody_waits(channel: Channel) -> None:
    link = Link(url="https://www.bakery.example/rye")
    arrives(channel, said("mara", "q", links=(link,)), lane="home")
    found = talk_of("q")
    assert (found.concerns_us, found.turn) == (True, Turn.DONE)
    assert Act.objects.get().kind == Act.Kind.LINK


def test_what_neighbours_say_among_themselves_does_not_concern_us(channel: Channel) -> None:
    arrives(channel, said("mara", "q"), said("ole", "a", answers="q"), lane="home")
    assert not Conversation.objects.inbox().exists()
    assert post("q").reason == Post.Reason.NEIGHBOURHOOD


def test_old_news_is_kept_and_laid_on_nobodys_desk(channel: Channel) -> None:
    """The first look at an old account: what is a year old waits for nobody."""
    arrives(
        channel,
        said(
            "mara",
            "old",
            mentions=naming(channel),
            at=timezone.now() - timedelta(days=365),
        ),
        is_backlog=True,
    )
    assert talk_of("old").concerns_us
    assert talk_of("old").turn == Turn.DONE


def test_a_server_whose_clock_runs_ahead_does_not_speak_from_the_future(channel: Channel) -> None:
    arrives(
        channel,
        said("mara", "q", mentions=naming(channel), at=timezone.now() + timedelta(days=2)),
    )
    assert post("q").said_at < timezone.now() + timedelta(minutes=6)


def test_our_post_that_comes_through_the_timeline_before_the_receipt_stays_one(
    channel: Channel, alice: Member, network: Scripted
) -> None:
    """The home lane is quicker than our note of the receipt: one post, with its voice."""
    arrives(channel, said("mara", "q", mentions=naming(channel)))

    voice = alice.voices.get()
    draft = save_draft(draft=answer_post(post=post("q"), member=alice, voice=voice), text="Yes.")
    delivery = approve_and_send(draft=draft, member=alice).deliveries.get()
    early = said(us(channel), "x", answers="q", at=timezone.now())
    arrives(channel, _renamed(early, "https://scripted.example/posts/0", "own-0"), lane="home")
    carry_out(delivery)
    ours = Post.objects.get(is_ours=True)
    assert (ours.delivery, ours.voice, ours.answers) == (delivery, voice, post("q"))
    assert talk_of("q").turn == Turn.THEIRS
    assert talk_of("q").post_count == 2


def _renamed(one: Said, uid: str, local_id: str) -> Said:
    return msgspec.structs.replace(one, uid=uid, local_id=local_id)


def test_a_reply_that_overtakes_our_receipt_is_joined_to_our_post(
    channel: Channel, alice: Member, network: Scripted
) -> None:
    """Somebody answers our post before we noted that it stands there."""
    words = said("mara", "quick")
    quick = msgspec.structs.replace(words, answers_uid="https://scripted.example/posts/0")
    arrives(channel, quick, lane="home")

    carry_out(on_its_way(alice, channel))
    assert Conversation.objects.count() == 1
    assert post("quick").answers == Post.objects.get(is_ours=True)
    assert talk_of("quick").turn == Turn.OURS


def test_two_channels_that_see_the_same_post_share_one_row(channel: Channel, alice: Member) -> None:
    other = connect(alice, "second")
    words = said("mara", "q", mentions=naming(channel))
    arrives(channel, words)
    arrives(other, _renamed(words, words.uid, "q-elsewhere"), lane="home")
    assert Post.objects.count() == 1
    assert sorted(post("q").sightings.values_list("local_id", flat=True)) == ["q", "q-elsewhere"]


def test_leaving_the_pretend_town_erases_everything(
    alice: Member, pretend_channel: Channel, read_all: Callable[[Channel], None]
) -> None:
    """Posts, people, texts of ours to it, acts, alarms: as if it had never been."""
    read_all(pretend_channel)
    answered(Post.objects.filter(is_to_us=True).first(), alice)  # type: ignore[arg-type]
    assert Act.objects.exists()
    remove_channel(channel=pretend_channel, member=alice)
    kinds = (Post, Conversation, Sighting, Lookup, Identity, Person, Act)
    texts = (Draft, Publication, Delivery)
    assert {kind.__name__: kind.objects.count() for kind in (*kinds, *texts)} == {
        kind.__name__: 0 for kind in (*kinds, *texts)
    }
    assert not Alarm.objects.filter(over_at=None).exists()


def test_leaving_the_town_leaves_the_real_world_alone(
    alice: Member, pretend_channel: Channel, channel: Channel, read_all: Callable[[Channel], None]
) -> None:
    read_all(pretend_channel)
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    answered(post("q"), alice)
    remove_channel(channel=pretend_channel, member=alice)
    assert Post.objects.count() == 2
    assert Publication.objects.count() == 1
    assert Person.objects.count() == 2


def test_an_edit_keeps_what_was_said_before(channel: Channel) -> None:
    arrives(channel, said("mara", "q", text="Bred?", mentions=naming(channel)))
    arrives(channel, said("mara", "q", text="Bread?", edited_at=timezone.now()))
    assert [version.text for version in post("q").versions.all()] == ["Bred?"]


def test_an_edit_that_changes_no_words_keeps_no_version(channel: Channel) -> None:
    arrives(channel, said("mara", "q", text="Bread?", mentions=naming(channel)))
    arrives(channel, said("mara", "q", text="Bread?", edited_at=timezone.now()))
    assert not post("q").versions.exists()


def test_a_deletion_takes_earlier_versions_with_it(channel: Channel) -> None:
    arrives(channel, said("mara", "q", text="Bred?", mentions=naming(channel)))
    arrives(channel, said("mara", "q", text="Bread?", edited_at=timezone.now()))
    arrives(channel, gone=[post("q").uid])
    assert not post("q").versions.exists()
    assert post("q").text == ""


def test_votes_are_counted_without_an_edit(channel: Channel) -> None:
    choices = Choice(text="Rye", votes=1), Choice(text="Spelt", votes=0)
    arrives(channel, said("mara", "q", mentions=naming(channel), poll=Poll(choices=choices)))
    later = Poll(choices=(Choice(text="Rye", votes=5), choices[1]), votes=5)
    arrives(channel, said("mara", "q", mentions=naming(channel), poll=later))
    assert post("q").poll["votes"] == 5
    assert post("q").edited_at is None


def test_a_label_comes_and_goes_without_an_edit(channel: Channel) -> None:
    """Moderators look at a post after it was said; it is no other version of it."""
    names = naming(channel)
    for warning in ("Graphic pictures", ""):
        arrives(channel, said("mara", "q", mentions=names, warning=warning), lane="thread")
        assert post("q").warning == warning
        assert not post("q").versions.exists()
        assert talk_of("q").opening == (warning or "Good morning.")


def test_an_old_copy_of_a_post_does_not_take_its_warning_away(channel: Channel) -> None:
    """Another server that has not heard of the edit."""
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    arrives(channel, said("mara", "q", warning="Kuchen", edited_at=timezone.now()))
    arrives(channel, said("mara", "q"), lane="home")
    assert post("q").warning == "Kuchen"


def test_what_is_quoted_is_linked_whichever_comes_first(channel: Channel) -> None:
    old = said("ole", "old", text="Rye is best.")
    arrives(channel, said("mara", "q", mentions=naming(channel), quotes_uid=old.uid))
    assert post("q").quotes is None
    arrives(channel, old, lane="home")
    assert post("q").quotes == post("old")


def test_a_quoted_post_that_comes_along_is_kept_and_lies_on_nobodys_desk(channel: Channel) -> None:
    old = said("ole", "old", text="Rye is best.")
    arrives(channel, said("mara", "q", mentions=naming(channel), quotes_uid=old.uid, quoted=old))
    assert post("q").quotes == post("old")
    assert not post("old").is_to_us
    assert not talk_of("old").concerns_us


def test_joined_conversations_keep_notes_and_who_has_them(channel: Channel, bob: Member) -> None:
    arrives(channel, said("ole", "child", answers="parent", mentions=naming(channel)))
    talk = talk_of("child")
    Note.objects.create(conversation=talk, author=bob, text="Mine.")
    Conversation.objects.filter(pk=talk.pk).update(assignee=bob)
    arrives(channel, said("mara", "parent"), lane="thread")
    assert talk_of("parent").assignee == bob
    assert talk_of("parent").notes.get().text == "Mine."
