"""What people ask of others is kept to in the neighbourhood, and in what is proposed."""

import msgspec
from django.urls import reverse

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.outbox.models import Draft, Gesture
from resonanz.people.joining import join_persons, part_persons
from resonanz.people.models import Identity, KnownAs, Person
from resonanz.relationships.errands import neighbours_due
from resonanz.relationships.models import Contact
from resonanz.relationships.queries import owed_people
from resonanz.relationships.tests.saying import ago, arrive, reacted, said, somebody, speak, us
from resonanz.relationships.tests.test_neighbourhood import page
from resonanz.switchboard.shapes import Audience, ReactionKind
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf


def test_about_whom_bots_are_to_leave_alone_nothing_is_proposed_before_a_human_wrote(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Her words are there to be read and answered; one click is not a word."""
    mara = msgspec.structs.replace(somebody("mara"), bio_html="Bread. #nobot")
    arrive(pretend_channel, said(mara, "1"), said("ole", "2"))
    browser = client_of(alice)
    act = reverse("neighbourhood-share", args=[Post.objects.get(uid__endswith="/1").pk])
    assert act not in page(browser)
    assert neighbours_due(alice, 9) == [str(Post.objects.get(uid__endswith="/2").pk)]
    Contact.objects.create(
        workspace=alice.workspace,
        identity=Identity.objects.get(uid=mara.uid),
        given_count=1,
        last_given_at=ago(days=1),
    )
    assert act in page(browser)
    assert len(neighbours_due(alice, 9)) == 2


def test_who_has_blocked_us_is_left_in_peace(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Nothing is offered, and nothing is done by an address that somebody kept."""
    bert = msgspec.structs.replace(somebody("bert"), blocks_us=True)
    arrive(pretend_channel, said(bert, "1"))
    found, browser = Post.objects.get(), client_of(alice)
    text = page(browser)
    for name in ("neighbourhood-share", "neighbourhood-like"):
        address = reverse(name, args=[found.pk])
        assert address not in text
        browser.post(address)
    assert not Gesture.objects.exists()
    address = reverse("neighbourhood-first-word", args=[found.identity_id])
    told = browser.post(address, follow=True).content.decode()
    assert "Bert has blocked us." in told
    assert not Draft.objects.exists()


def test_what_was_said_for_followers_only_is_not_shared(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Not by an address that somebody kept, either."""
    arrive(pretend_channel, said("mara", "1", audience=Audience.FOLLOWERS))
    client_of(alice).post(reverse("neighbourhood-share", args=[Post.objects.get().pk]))
    assert not Gesture.objects.exists()


def test_a_first_word_says_beforehand_what_somebody_asks(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """On the page where it is typed."""
    mara = msgspec.structs.replace(somebody("mara"), bio_html="Bread. #nobot")
    arrive(pretend_channel, said(mara, "1"))
    address = reverse("neighbourhood-first-word", args=[Post.objects.get().identity_id])
    told = client_of(alice).post(address, follow=True).content.decode()
    assert "Mara asks bots to stay away." in told


def test_whoever_begins_to_follow_us_is_noted_as_following(pretend_channel: Channel) -> None:
    """At once, and not with the next reading of the list."""
    arrive(pretend_channel, reactions=[reacted("mara", ReactionKind.FOLLOW)])
    assert Identity.objects.get(handle="@mara@town.example").follows_us is True
    assert KnownAs.objects.get(local_id="mara").follows_us_at is not None


def test_what_is_owed_and_the_last_contact_are_those_of_the_joined_person(
    alice: Member, pretend_channel: Channel
) -> None:
    """And each one's own when they are parted again."""
    shared = said(us(pretend_channel), "ours", at=ago(days=3))
    passed_on = msgspec.structs.replace(shared, shared_by=somebody("mara"))
    arrive(pretend_channel, passed_on, lane="home")
    arrive(pretend_channel, reactions=[reacted("skipper", ReactionKind.FOLLOW, at=ago(days=9))])
    people = {
        name: Identity.objects.get(handle=f"@{name}@town.example").person
        for name in ("mara", "skipper")
    }
    assert owed_people(alice.workspace).total == 1
    joining = join_persons(person=people["skipper"], other=people["mara"], member=alice)
    speak(alice, pretend_channel, "@skipper@town.example Thank you.")
    owed = Contact.objects.owed().count()
    joined = Person.objects.get(pk=people["skipper"].pk)
    assert joined.last_contact_at is not None
    part_persons(joining=joining, member=alice)
    parted = Person.objects.get(pk=people["mara"].pk)
    assert parted.last_contact_at is not None
    assert Contact.objects.owed().count() >= owed
