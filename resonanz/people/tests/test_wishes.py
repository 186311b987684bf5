"""What people ask of others: read from their profiles, kept up to date, said on their page."""

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.utils.translation import override

from resonanz.channels.models import Channel
from resonanz.people.models import Honouring, Identity, Person
from resonanz.people.named import people_named
from resonanz.people.tests.test_people import met
from resonanz.people.wishes import (
    before_writing,
    may_be_proposed,
    why_not_quoted,
    why_not_written_to,
    wish_sentences,
)
from resonanz.switchboard.shapes import Mention, Wish
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


def test_wishes_come_from_words_and_from_the_network(pretend_channel: Channel) -> None:
    mara = met(
        pretend_channel,
        "Mara",
        bio_html="<p>Ships. #nobot</p>",
        wishes=(Wish.ONLY_SIGNED_IN,),
        is_indexable=False,
    )
    assert mara.wishes == ["no_bots", "no_search", "only_signed_in"]
    assert not mara.is_indexable


def test_a_word_against_search_counts_as_much_as_the_setting(pretend_channel: Channel) -> None:
    assert not met(pretend_channel, "Mara", bio_html="Bitte nicht indexieren.").is_indexable


def test_a_wish_that_is_taken_back_disappears(pretend_channel: Channel) -> None:
    met(pretend_channel, "Mara", bio_html="Ships. #nobot #nobridge", is_indexable=False)
    mara = met(pretend_channel, "Mara", bio_html="Ships. #nobot")
    assert (mara.wishes, mara.is_indexable) == (["no_bots"], True)
    assert met(pretend_channel, "Mara", bio_html="", is_full=True).wishes == []


def test_a_thin_profile_takes_no_wish_back(pretend_channel: Channel) -> None:
    met(pretend_channel, "Mara", bio_html="Ships. #nobot")
    assert met(pretend_channel, "Mara").wishes == ["no_bots"]
    assert Identity.objects.others().get().bio == "Ships. #nobot"


def test_what_is_empty_in_a_full_profile_is_empty(pretend_channel: Channel) -> None:
    there = Mention(uid="x", handle="@mara@dale.example")
    met(pretend_channel, "Mara", bio_html="Ships.", is_locked=True, moved_to=there, blocks_us=True)
    mara = met(pretend_channel, "Mara", is_full=True)
    assert (mara.bio, mara.is_locked, mara.moved_to, mara.moved_to_uid) == ("", False, {}, "")
    assert not mara.blocks_us


def test_words_have_to_be_seen_to_when_a_wish_about_them_comes_or_goes(
    pretend_channel: Channel,
) -> None:
    met(pretend_channel, "Mara", bio_html="#nobot")
    assert not Honouring.objects.exists()
    met(pretend_channel, "Mara", bio_html="#nobot #noarchive")
    assert Honouring.objects.get().identity.handle == "@mara@town.example"
    Honouring.objects.all().delete()
    met(pretend_channel, "Mara", bio_html="#nobridge #noarchive")
    assert not Honouring.objects.exists()
    met(pretend_channel, "Mara", bio_html="Ships.")
    assert Honouring.objects.count() == 1


def test_nothing_is_proposed_about_somebody_who_asks_bots_to_stay_away(
    pretend_channel: Channel,
) -> None:
    mara = met(pretend_channel, "Mara", bio_html="#nobot")
    assert not may_be_proposed(mara, wrote_to_her=False)
    assert may_be_proposed(mara, wrote_to_her=True)
    assert may_be_proposed(met(pretend_channel, "Jonas"), wrote_to_her=False)
    blocking = met(pretend_channel, "Bert", blocks_us=True)
    assert not may_be_proposed(blocking, wrote_to_her=True)


def test_words_do_not_travel_where_they_are_not_to_go(pretend_channel: Channel) -> None:
    plain = met(pretend_channel, "Jonas")
    assert why_not_quoted(plain, on_network="mastodon") == ""
    for name, told in (("Mara", {"bio_html": "#nobridge"}), ("Nora", {"wishes": ("x",)})):
        wishes = {"wishes": (Wish.ONLY_SIGNED_IN,)} if "wishes" in told else told
        asking = met(pretend_channel, name, **wishes)
        assert why_not_quoted(asking, on_network="pretend") == ""
        assert name in why_not_quoted(asking, on_network="mastodon")
    blocking = met(pretend_channel, "Bert", blocks_us=True)
    assert why_not_quoted(blocking, on_network="pretend")
    assert why_not_written_to(blocking)
    assert not why_not_written_to(plain)


def test_before_writing_one_knows_what_matters_then(pretend_channel: Channel) -> None:
    there = Mention(uid="x", handle="@mara@dale.example")
    mara = met(pretend_channel, "Mara", bio_html="#nobot #noindex", moved_to=there)
    with override("en"):
        told = before_writing(mara)
    assert len(told) == 2
    assert "@mara@dale.example" in told[0]
    assert "bots" in told[1]
    assert before_writing(met(pretend_channel, "Jonas", is_locked=True)) == []


def test_the_page_says_every_wish_in_a_sentence(
    pretend_channel: Channel, browser: Client, bob: Member, client_of: ClientOf
) -> None:
    mara = met(
        pretend_channel,
        "Mara",
        bio_html="#nobot #nobridge #noindex #noarchive",
        wishes=(Wish.ONLY_SIGNED_IN,),
        is_locked=True,
        blocks_us=True,
    )
    assert len(wish_sentences(mara)) == 7
    page = browser.get(f"/people/{mara.person_id}/").content.decode()
    assert "What they ask of others" in page
    with override("en"):
        sentences = wish_sentences(mara)
    assert [sentence for sentence in sentences if sentence not in page] == []
    german = client_of(bob).get(f"/people/{mara.person_id}/").content.decode()
    assert "Mara hat uns blockiert" in german
    plain = met(pretend_channel, "Jonas")
    assert "What they ask" not in browser.get(f"/people/{plain.person_id}/").content.decode()


def test_who_does_not_want_to_be_found_is_not_suggested_by_name(pretend_channel: Channel) -> None:
    workspace = pretend_channel.workspace
    person = met(pretend_channel, "Mara", bio_html="#noindex", how=Identity.Met.NEIGHBOUR).person
    assert people_named(workspace, ["mara"], most=5, is_search=True) == []
    assert people_named(workspace, ["mara"], most=5) == [person]
    Person.objects.filter(pk=person.pk).update(last_contact_at=person.created_at)
    assert people_named(workspace, ["mara"], most=5, is_search=True) == [person]


def test_those_who_are_known_already_are_read_once_when_the_house_is_brought_up_to_date(
    pretend_channel: Channel,
) -> None:
    """By their tags and by what was known of them; the migration can be run twice."""
    met(pretend_channel, "Mara", bio_html="#NoBot and #no-archive, https://x.example/#nosearch")
    met(pretend_channel, "Jonas", bio_html="#nobody")
    met(pretend_channel, "Ole")
    Identity.objects.update(wishes=[], is_indexable=True)
    Identity.objects.filter(handle="@ole@town.example").update(is_indexable=False)
    Honouring.objects.all().delete()
    migration = import_module("resonanz.people.migrations.0009_wishes_of_those_we_know")
    for _ in range(2):
        migration.read_tags(apps, None)
    told = dict(Identity.objects.others().values_list("handle", "wishes"))
    assert told["@mara@town.example"] == ["no_archive", "no_bots"]
    assert told["@jonas@town.example"] == []
    assert told["@ole@town.example"] == ["no_search"]
    assert Honouring.objects.count() == 2
