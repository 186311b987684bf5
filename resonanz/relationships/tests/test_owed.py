"""Whom we owe a word: who spoke well of us or passed us on, and heard nothing."""

from collections.abc import Callable

from resonanz.channels.models import Channel
from resonanz.conversations.actions import answer_post, react_to_post
from resonanz.outbox.actions import approve_and_send, save_draft
from resonanz.outbox.jobs import deliver, make_gesture
from resonanz.people.models import Identity, Person
from resonanz.relationships.actions import refresh_contact, reopen_debts, settle_debts
from resonanz.relationships.models import Act, Contact
from resonanz.relationships.tests.saying import (
    ago,
    arrive,
    reacted,
    said,
    speak,
    us,
)
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.switchboard.shapes import ReactionKind
from resonanz.workspaces.models import Member

LINK = ["https://bakery.example/rye"]


def owed() -> list[str]:
    """Whom we owe, the longest first."""
    return [contact.identity.handle for contact in Contact.objects.owed()]


def person(name: str) -> Person:
    """The person behind a handle of the test's town."""
    return Person.objects.get(identities__handle=f"@{name}@town.example")


def test_a_kindness_is_owed_a_word(pretend_channel: Channel) -> None:
    """The longest wait first; a mere like or follow asks for nothing."""
    ours = said(us(pretend_channel), "ours", at=ago(days=9))
    arrive(
        pretend_channel,
        ours,
        said("ada", "1", links=LINK, at=ago(days=2)),
        reactions=[
            reacted("bo", ReactionKind.BOOST, ours, at=ago(days=4)),
            reacted("cy", ReactionKind.FAVOURITE, ours),
            reacted("di", ReactionKind.FOLLOW),
        ],
    )
    assert owed() == ["@bo@town.example", "@ada@town.example"]


def test_the_oldest_kindness_counts(pretend_channel: Channel) -> None:
    """Whoever was kind three times has been waiting since the first."""
    times = [ago(days=7), ago(days=5), ago(days=3)]
    arrive(
        pretend_channel,
        *(said("ada", str(at.day), links=LINK, at=at) for at in times),
    )
    contact = Contact.objects.owed().get()
    assert contact.owed_since == times[0]
    assert contact.owed_act is not None
    assert contact.owed_act.at == times[0]


def test_our_word_settles_and_a_later_kindness_is_owed_again(
    alice: Member, pretend_channel: Channel, clock: HandClock
) -> None:
    """Quits is quits until somebody is kind again."""
    arrive(pretend_channel, said("ada", "1", links=LINK))
    clock.advance(minutes=1)
    speak(alice, pretend_channel, "@ada@town.example Thank you for passing the rye on.")
    assert owed() == []
    clock.advance(hours=5)
    arrive(pretend_channel, said("ada", "2", links=LINK, at=ago(minutes=10)))
    assert owed() == ["@ada@town.example"]


def test_our_answer_settles(
    alice: Member, pretend_channel: Channel, read_all: Callable[[Channel], None]
) -> None:
    """Answering the very post in which we were recommended."""
    read_all(pretend_channel)
    contact = Contact.objects.owed().filter(owed_act__kind=Act.Kind.LINK).first()
    assert contact is not None
    assert contact.owed_act is not None
    post = contact.owed_act.post
    assert post is not None
    draft = answer_post(post=post, member=alice, voice=alice.voices.get(), is_thanks=True)
    save_draft(draft=draft, text="That is kind of you, thank you.")
    deliver.call(approve_and_send(draft=draft, member=alice).deliveries.get().pk)
    contact.refresh_from_db()
    assert contact.owed_since is None


def test_our_gesture_settles(
    alice: Member, pretend_channel: Channel, read_all: Callable[[Channel], None]
) -> None:
    """Passing on what the kind person wrote is an answer too."""
    read_all(pretend_channel)
    contact = Contact.objects.owed().filter(owed_act__kind=Act.Kind.LINK).first()
    assert contact is not None
    assert contact.owed_act is not None
    post = contact.owed_act.post
    assert post is not None
    gesture = react_to_post(
        post=post, voice=alice.voices.get(), channel=pretend_channel, kind=ReactionKind.BOOST
    )
    make_gesture.call(gesture.pk)
    contact.refresh_from_db()
    assert contact.owed_since is None


def test_settled_by_hand_and_taken_back(pretend_channel: Channel, clock: HandClock) -> None:
    """Undo gives the debt back as it was."""
    arrive(pretend_channel, said("ada", "1", links=LINK))
    before = Contact.objects.get().owed_since
    clock.advance(hours=1)
    assert settle_debts(person=person("ada")) == 1
    assert owed() == []
    assert reopen_debts(person=person("ada")) == 1
    assert Contact.objects.get().owed_since == before


def test_settling_and_taking_back_twice_changes_nothing(
    pretend_channel: Channel, clock: HandClock
) -> None:
    """A second click, on either button. What was settled long ago stays settled."""
    arrive(pretend_channel, said("ada", "1", links=LINK))
    clock.advance(hours=1)
    settle_debts(person=person("ada"))
    clock.advance(hours=1)
    arrive(pretend_channel, said("ada", "2", links=LINK, at=ago(minutes=1)))
    later = Contact.objects.get().owed_since
    clock.advance(hours=1)
    assert settle_debts(person=person("ada")) == 1
    assert settle_debts(person=person("ada")) == 0
    assert reopen_debts(person=person("ada")) == 1
    assert reopen_debts(person=person("ada")) == 0
    assert Contact.objects.get().owed_since == later


def test_after_settling_a_later_kindness_is_owed_again(
    pretend_channel: Channel, clock: HandClock
) -> None:
    """Settling is about what was, not about the person."""
    arrive(pretend_channel, said("ada", "1", links=LINK))
    settle_debts(person=person("ada"))
    clock.advance(hours=5)
    arrive(pretend_channel, said("ada", "2", links=LINK, at=ago(minutes=10)))
    assert owed() == ["@ada@town.example"]


def test_giving_at_one_account_settles_what_is_owed_at_another(
    alice: Member, pretend_channel: Channel, clock: HandClock
) -> None:
    """It is a person that we owe; and a later kindness is owed again at either account."""
    arrive(pretend_channel, said("ada", "1", links=LINK), said("ada2", "2"))
    second = Identity.objects.get(handle="@ada2@town.example")
    second.person = person("ada")
    second.save()
    clock.advance(minutes=1)
    speak(alice, pretend_channel, "@ada2@town.example Thank you.")
    assert owed() == []
    clock.advance(hours=5)
    arrive(pretend_channel, said("ada", "3", links=LINK, at=ago(minutes=10)))
    assert owed() == ["@ada@town.example"]


def test_an_old_account_does_not_flood_anybody(pretend_channel: Channel) -> None:
    """Of what lies before our first look, only the last thirty days are put on the desk."""
    arrive(
        pretend_channel,
        said("ada", "1", links=LINK, at=ago(days=400)),
        said("bo", "2", links=LINK, at=ago(days=3)),
        is_backlog=True,
    )
    assert owed() == ["@bo@town.example"]
    assert Act.objects.count() == 2


def test_an_old_post_found_late_is_owed(pretend_channel: Channel) -> None:
    """What is no backlog was not there before we looked."""
    arrive(pretend_channel, said("ada", "1", links=LINK, at=ago(days=400)))
    assert owed() == ["@ada@town.example"]


def test_a_deleted_post_leaves_its_act(pretend_channel: Channel) -> None:
    """Acts outlive the texts they came from, and sums stay true."""
    post = said("ada", "1", links=LINK)
    arrive(pretend_channel, post)
    arrive(pretend_channel, gone=(post.uid,))
    refresh_contact(Identity.objects.get(handle="@ada@town.example"))
    assert owed() == ["@ada@town.example"]
