"""Whose turn it is: kept by itself with every post, and by hand until somebody speaks."""

from datetime import datetime, timedelta

from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.actions import answering_to
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.moves import call_done, leave_to_them, reopen
from resonanz.conversations.tests.saying import (
    answered,
    arrives,
    naming,
    post,
    said,
    somebody,
    talk_of,
)
from resonanz.outbox.tests.scripted import Scripted, connect
from resonanz.switchboard.shapes import Audience
from resonanz.workspaces.models import Member

Turn = Conversation.Turn


def ago(**span: float) -> datetime:
    return timezone.now() - timedelta(**span)


def test_whoever_speaks_to_us_waits_until_we_answer(
    channel: Channel, alice: Member, network: Scripted
) -> None:
    moment = timezone.now() - timedelta(hours=3)
    arrives(channel, said("mara", "q", mentions=naming(channel), at=moment))
    assert (talk_of("q").turn, talk_of("q").waiting_since) == (Turn.OURS, moment)
    answered(post("q"), alice)
    assert (talk_of("q").turn, talk_of("q").waiting_since) == (Turn.THEIRS, None)


def test_of_two_who_wait_in_one_talk_answering_one_leaves_the_other_waiting(
    channel: Channel, alice: Member, network: Scripted
) -> None:
    names = naming(channel)
    arrives(
        channel,
        said("mara", "q", mentions=names, at=ago(hours=5)),
        said("ole", "r", answers="q", mentions=names, at=ago(hours=2)),
    )
    answered(post("q"), alice)
    found = talk_of("q")
    assert (found.turn, found.waiting_since) == (Turn.OURS, post("r").said_at)
    assert (found.with_whom, found.opening) == ("Ole, Mara", "Good morning.")
    answered(post("r"), alice)
    assert talk_of("q").turn == Turn.THEIRS


def test_who_spoke_in_the_second_in_which_we_answered_her_waits(
    channel: Channel, alice: Member, network: Scripted
) -> None:
    """Blogs tell time in seconds: we had read her first word, and not yet the second."""
    arrives(channel, said("mara", "q", mentions=naming(channel), at=ago(hours=3)))
    answered(post("q"), alice)
    ours = Post.objects.get(is_ours=True)
    again = said("mara", "r", answers="q", mentions=naming(channel), at=ours.said_at)
    arrives(channel, again)
    assert (talk_of("q").turn, talk_of("q").waiting_since) == (Turn.OURS, ours.said_at)


def test_one_answer_that_names_both_answers_both(
    channel: Channel, alice: Member, network: Scripted
) -> None:
    mara = somebody("mara")
    arrives(
        channel,
        said(mara, "q", mentions=naming(channel), at=ago(hours=5)),
        said("ole", "r", answers="q", mentions=naming(channel, mara)),
    )
    answered(post("r"), alice)
    assert talk_of("q").turn == Turn.THEIRS


def test_an_answer_names_everybody_named_and_never_ourselves(
    channel: Channel, alice: Member
) -> None:
    """The author first, then those he names; our other account is not named either."""
    second = connect(alice, "second")
    ole = somebody("ole")
    arrives(channel, said("mara", "q", mentions=naming(channel, second, ole)))
    names = [mention.handle for mention in answering_to(post("q"), channel).names]
    assert names == ["@mara@town.example", "@ole@town.example"]


def test_an_answer_to_a_direct_word_is_direct(
    channel: Channel, alice: Member, network: Scripted
) -> None:
    arrives(channel, said("mara", "q", audience=Audience.DIRECT, is_direct_to_us=True))
    answered(post("q"), alice)
    assert network.said[0].audience is Audience.DIRECT


def test_an_answer_takes_over_warning_and_language(
    channel: Channel, alice: Member, network: Scripted
) -> None:
    arrives(channel, said("mara", "q", mentions=naming(channel), warning="Illness", language="nl"))
    answered(post("q"), alice)
    assert (network.said[0].warning, network.said[0].language) == ("Illness", "nl")


def test_done_by_hand_holds_until_somebody_speaks_to_us(channel: Channel, alice: Member) -> None:
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    call_done(conversations=[talk_of("q")], by=alice)
    arrives(channel, said("ole", "aside", answers="q"), lane="thread")
    assert talk_of("q").turn == Turn.DONE
    arrives(channel, said("mara", "more", answers="q", mentions=naming(channel)))
    assert talk_of("q").turn == Turn.OURS
    assert talk_of("q").waiting_since == post("more").said_at


def test_taking_done_back_lets_whoever_waited_wait_as_long_as_before(
    channel: Channel, alice: Member
) -> None:
    moment = timezone.now() - timedelta(days=4)
    arrives(channel, said("mara", "q", mentions=naming(channel), at=moment))
    arrives(channel, said("ole", "aside", answers="q"), lane="thread")
    call_done(conversations=[talk_of("q")], by=alice)
    reopen(conversations=[talk_of("q")], by=alice)
    assert (talk_of("q").turn, talk_of("q").waiting_since) == (Turn.OURS, moment)


def test_our_turn_by_hand_ends_when_we_have_spoken(
    channel: Channel, alice: Member, network: Scripted
) -> None:
    """Nobody waited, we wanted to say more; after we did, it is their turn."""
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    answered(post("q"), alice)
    reopen(conversations=[talk_of("q")], by=alice)
    assert talk_of("q").turn == Turn.OURS
    answered(post("q"), alice, text="And one more thing.")
    assert talk_of("q").turn == Turn.THEIRS


def test_their_turn_by_hand_holds_when_the_same_page_is_read_again(
    channel: Channel, alice: Member
) -> None:
    words = said("mara", "q", mentions=naming(channel))
    arrives(channel, words)
    leave_to_them(conversations=[talk_of("q")], by=alice)
    arrives(channel, words)
    assert talk_of("q").turn == Turn.THEIRS


def test_a_deleted_question_waits_no_more(channel: Channel) -> None:
    words = said("mara", "q", mentions=naming(channel))
    arrives(channel, words)
    arrives(channel, gone=(words.uid,))
    assert talk_of("q").turn == Turn.DONE
