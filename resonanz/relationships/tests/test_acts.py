"""What is said and done becomes acts, from its structure alone."""

from collections.abc import Callable

import pytest

from resonanz.channels.models import Channel
from resonanz.conversations.actions import answer_post, react_to_post
from resonanz.conversations.models import Post
from resonanz.outbox.actions import approve_and_send, save_draft
from resonanz.outbox.jobs import deliver, make_gesture
from resonanz.relationships.models import Act, Contact
from resonanz.relationships.tests.saying import (
    ago,
    arrive,
    reacted,
    said,
    somebody,
    speak,
    us,
)
from resonanz.switchboard.shapes import Audience, ReactionKind
from resonanz.workspaces.models import Member

Row = tuple[str, str, str]


def acts() -> set[Row]:
    """Who did what: handle, direction, kind."""
    rows = Act.objects.values_list("identity__handle", "direction", "kind")
    assert len(set(rows)) == Act.objects.count(), "no act stands there twice"
    return set(rows)


def test_who_names_us_has_named_us(pretend_channel: Channel) -> None:
    """Wherever it was heard."""
    arrive(pretend_channel, said("ada", "1", names=[us(pretend_channel)]))
    assert acts() == {("@ada@town.example", "received", "mention")}


def test_a_direct_message_is_a_word_to_us(pretend_channel: Channel) -> None:
    """Also without our name in it."""
    arrive(
        pretend_channel,
        said("ada", "1", audience=Audience.DIRECT, is_direct_to_us=True),
        lane="notifications",
    )
    assert acts() == {("@ada@town.example", "received", "mention")}


def test_what_is_merely_overheard_is_no_act(pretend_channel: Channel) -> None:
    """Neighbours talking about the weather do nothing to us."""
    arrive(pretend_channel, said("ada", "1"))
    assert acts() == set()


def test_an_answer_to_us_is_an_answer_and_not_a_mention_too(
    pretend_channel: Channel,
) -> None:
    """One word, one act, though it names us as well."""
    ours = said(us(pretend_channel), "ours")
    answer = said("ada", "1", answers_uid=ours.uid, names=[us(pretend_channel)])
    arrive(pretend_channel, ours, answer)
    assert acts() == {("@ada@town.example", "received", "answer")}


def test_a_mention_becomes_an_answer_when_what_it_answers_arrives(
    pretend_channel: Channel,
) -> None:
    """The order in which posts arrive changes nothing in the end."""
    ours = said(us(pretend_channel), "ours", at=ago(hours=2))
    answer = said("ada", "1", answers_uid=ours.uid, names=[us(pretend_channel)])
    arrive(pretend_channel, answer)
    assert acts() == {("@ada@town.example", "received", "mention")}
    arrive(pretend_channel, ours)
    arrive(pretend_channel, answer)
    assert acts() == {("@ada@town.example", "received", "answer")}


@pytest.mark.parametrize(
    "address",
    ["https://bakery.example/rye", "https://shop.bakery.example/", "http://www.bakery.example"],
)
def test_a_bare_link_to_us_is_a_recommendation(pretend_channel: Channel, address: str) -> None:
    """Our name need not stand there."""
    arrive(pretend_channel, said("ada", "1", links=[address]))
    assert acts() == {("@ada@town.example", "received", "link")}


@pytest.mark.parametrize(
    "address", ["https://notbakery.example/", "https://bakery.example.evil.example/"]
)
def test_a_link_to_somebody_else_is_none(pretend_channel: Channel, address: str) -> None:
    """A name that ends like ours is not ours."""
    arrive(pretend_channel, said("ada", "1", links=[address]))
    assert acts() == set()


def test_what_stands_on_our_own_ground_does_not_recommend_us(pretend_channel: Channel) -> None:
    """Our own blog, read as a feed, links to itself all day."""
    own = said("blog", "1", links=["https://bakery.example/rye"])
    at_home = {"url": "https://bakery.example/blog/1"}
    arrive(
        pretend_channel,
        type(own)(**{**{k: getattr(own, k) for k in own.__struct_fields__}, **at_home}),
    )
    assert acts() == set()


def test_our_name_is_no_link_to_us(pretend_channel: Channel) -> None:
    """Networks show a name as a link; with an account at our own domain it would be one to us."""
    home = us(pretend_channel)
    named = type(home)(uid=home.uid, handle=home.handle, url="https://bakery.example/@us")
    arrive(pretend_channel, said("ada", "1", names=[named], links=["https://bakery.example/@us"]))
    assert acts() == {("@ada@town.example", "received", "mention")}


def test_favourite_boost_and_follow(pretend_channel: Channel) -> None:
    """Each is an act of its own."""
    ours = said(us(pretend_channel), "ours")
    arrive(
        pretend_channel,
        lane="notifications",
        reactions=[
            reacted("ada", ReactionKind.FAVOURITE, ours),
            reacted("ada", ReactionKind.BOOST, ours),
            reacted("ada", ReactionKind.FOLLOW),
        ],
    )
    assert acts() == {
        ("@ada@town.example", "received", "favourite"),
        ("@ada@town.example", "received", "share"),
        ("@ada@town.example", "received", "follow"),
    }


def test_a_boost_that_is_seen_twice_is_one_act(pretend_channel: Channel) -> None:
    """Once as a notification, once in the timeline."""
    ours = said(us(pretend_channel), "ours")
    arrive(
        pretend_channel,
        lane="notifications",
        reactions=[reacted("ada", ReactionKind.BOOST, ours)],
    )
    arrive(pretend_channel, said(us(pretend_channel), "ours", shared_by=somebody("ada")))
    assert acts() == {("@ada@town.example", "received", "share")}


def test_passing_somebody_elses_words_on_is_nothing_towards_us(pretend_channel: Channel) -> None:
    """Neighbours share each other."""
    arrive(pretend_channel, said("bo", "1", shared_by=somebody("ada")))
    assert acts() == set()


def test_what_we_do_to_ourselves_is_no_act(pretend_channel: Channel) -> None:
    """We answer ourselves, link to ourselves and share ourselves."""
    ours = said(us(pretend_channel), "ours", links=["https://bakery.example/"])
    again = said(us(pretend_channel), "again", answers_uid=ours.uid, shared_by=us(pretend_channel))
    arrive(pretend_channel, ours, again)
    assert acts() == set()


def test_our_answer_is_given_to_whom_it_answers_and_names(
    alice: Member, pretend_channel: Channel, read_all: Callable[[Channel], None]
) -> None:
    """The author gets an answer; whoever else is named is named by us."""
    read_all(pretend_channel)
    post = Post.objects.filter(is_to_us=True).earliest("said_at")
    Act.objects.all().delete()
    draft = answer_post(post=post, member=alice, voice=alice.voices.get())
    save_draft(draft=draft, text="Thank you, we will look into it.")
    delivery = approve_and_send(draft=draft, member=alice).deliveries.get()
    deliver.call(delivery.pk)
    given = Act.objects.filter(direction=Act.Direction.GIVEN)
    assert [(act.identity, act.kind) for act in given] == [(post.identity, Act.Kind.ANSWER)]


def test_a_first_word_counts_as_given(alice: Member, pretend_channel: Channel) -> None:
    """Nobody told us whom our text names but its handles."""
    arrive(pretend_channel, said("ada", "1"))
    speak(alice, pretend_channel, "@ada@town.example Good morning, how is the sourdough?")
    assert acts() == {("@ada@town.example", "given", "mention")}


def test_our_gestures_are_given_to_their_author(alice: Member, pretend_channel: Channel) -> None:
    """The network is not asked here: what matters is that it is noted once it was made."""
    arrive(pretend_channel, said("ada", "1"))
    post = Post.objects.get()
    for kind in (ReactionKind.BOOST, ReactionKind.FAVOURITE):
        gesture = react_to_post(
            post=post, voice=alice.voices.get(), channel=pretend_channel, kind=kind
        )
        make_gesture.call(gesture.pk)
    # The pretend town does not know this post and says so; nothing may count as given then.
    assert acts() == set()


def test_a_gesture_that_was_made_counts(
    alice: Member, pretend_channel: Channel, read_all: Callable[[Channel], None]
) -> None:
    """Sharing a neighbour's post is something we gave."""
    read_all(pretend_channel)
    post = Post.objects.filter(reason=Post.Reason.NEIGHBOURHOOD).latest("said_at")
    Act.objects.all().delete()
    for kind in (ReactionKind.BOOST, ReactionKind.FAVOURITE):
        gesture = react_to_post(
            post=post, voice=alice.voices.get(), channel=pretend_channel, kind=kind
        )
        make_gesture.call(gesture.pk)
        make_gesture.call(gesture.pk)
    handle = post.identity.handle
    assert acts() == {(handle, "given", "share"), (handle, "given", "favourite")}


def test_the_same_page_twice_gives_the_same_acts(pretend_channel: Channel) -> None:
    """Reading again changes nothing, sums included."""
    ours = said(us(pretend_channel), "ours", at=ago(hours=3))
    page = [
        ours,
        said("ada", "1", answers_uid=ours.uid),
        said("bo", "2", links=["https://bakery.example/"]),
        said("cy", "3", names=[us(pretend_channel)]),
    ]
    boosts = [reacted("ada", ReactionKind.BOOST, ours)]
    arrive(pretend_channel, *page, reactions=boosts)
    before, sums = acts(), list(Contact.objects.order_by("pk").values("received_count"))
    arrive(pretend_channel, *page, reactions=boosts)
    assert acts() == before
    assert list(Contact.objects.order_by("pk").values("received_count")) == sums


def test_two_acts_with_very_long_names_stay_two(pretend_channel: Channel) -> None:
    """Identifiers may be as long as they like."""
    long = "x" * 490
    for name in ("a", "b"):
        post = said("ada", f"{long[:400]}{name}", links=["https://bakery.example/"])
        arrive(pretend_channel, post)
    assert Act.objects.count() == 2


def test_contacts_tell_the_last_word_each_way(alice: Member, pretend_channel: Channel) -> None:
    """Received and given, with their times and how many."""
    first, later = ago(days=3), ago(days=2)
    ours = [us(pretend_channel)]
    arrive(
        pretend_channel,
        said("ada", "1", at=first, names=ours),
        said("ada", "2", at=later, names=ours),
    )
    speak(alice, pretend_channel, "@ada@town.example Good morning.")
    contact = Contact.objects.get(identity__handle="@ada@town.example")
    assert (contact.first_at, contact.last_received_at) == (first, later)
    assert (contact.received_count, contact.given_count) == (2, 1)
    assert contact.last_given_at is not None
    assert contact.last_given_at > later
