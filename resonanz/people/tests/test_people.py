"""Meeting somebody, finding her again, and her page as a letter."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.people.actions import meet, note_contact, rename_person, write_note
from resonanz.people.models import Identity, KnownAs, Person
from resonanz.people.names import words_of
from resonanz.people.queries import list_people
from resonanz.switchboard.shapes import Profile
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf


def met(channel: Channel, name: str, **more: object) -> Identity:
    """Somebody we met because she named us."""
    how = str(more.pop("how", Identity.Met.MENTIONED_US))
    profile = Profile(
        uid=f"https://town.example/users/{name.split(maxsplit=1)[0].lower()}",
        handle=f"@{name.split(maxsplit=1)[0].lower()}@town.example",
        name=name,
        **more,  # type: ignore[arg-type]
    )
    return meet(workspace=channel.workspace, channel=channel, profile=profile, how=how)


def found(channel: Channel, words: str) -> list[str]:
    return [one.name for one in list_people(channel.workspace, "everybody", words=words).rows]


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


def test_meeting_twice_is_one_person_with_a_fresh_profile(pretend_channel: Channel) -> None:
    met(pretend_channel, "Mara Okonkwo", bio_html="<p>Ships.</p>")
    identity = met(pretend_channel, "Mara O.", bio_html="<p>Ships and rye.</p>")
    assert Identity.objects.others().count() == 1
    assert (identity.name, identity.bio) == ("Mara O.", "Ships and rye.")


def test_a_thin_profile_does_not_wipe_out_what_we_know(pretend_channel: Channel) -> None:
    met(pretend_channel, "Mara Okonkwo", bio_html="<p>Ships.</p>")
    identity = met(pretend_channel, "Mara Okonkwo")
    assert identity.bio == "Ships."


def test_somebody_overheard_is_met_when_she_turns_to_us(pretend_channel: Channel) -> None:
    met(pretend_channel, "Mara", how=Identity.Met.NEIGHBOUR)
    assert met(pretend_channel, "Mara").met_how == Identity.Met.MENTIONED_US
    assert met(pretend_channel, "Mara", how=Identity.Met.FOLLOWED_US).met_how == (
        Identity.Met.MENTIONED_US
    )


def test_the_same_uid_on_two_networks_is_not_the_same_person(pretend_channel: Channel) -> None:
    met(pretend_channel, "Mara")
    Identity.objects.others().update(network="elsewhere")
    met(pretend_channel, "Mara")
    assert Identity.objects.others().count() == 2


def test_a_channel_remembers_what_its_server_calls_an_account(pretend_channel: Channel) -> None:
    identity = met(pretend_channel, "Mara", local_id="7")
    met(pretend_channel, "Mara", local_id="7")
    assert KnownAs.objects.get(identity=identity).local_id == "7"


def test_people_are_found_by_how_their_names_and_handles_begin(pretend_channel: Channel) -> None:
    met(pretend_channel, "Zoë Lindqvist")
    met(pretend_channel, "Jonas Lindqvist")
    assert found(pretend_channel, "lind") == ["Jonas Lindqvist", "Zoë Lindqvist"]
    assert found(pretend_channel, "zoe") == ["Zoë Lindqvist"]
    assert found(pretend_channel, "JON lin") == ["Jonas Lindqvist"]
    assert found(pretend_channel, "@jonas@town") == ["Jonas Lindqvist"]
    assert found(pretend_channel, "qvist") == []
    assert found(pretend_channel, "100%_") == []


def test_a_renamed_person_is_found_by_both_names(pretend_channel: Channel) -> None:
    person = met(pretend_channel, "Mara Okonkwo").person
    rename_person(person=person, name="Captain Mara")
    assert found(pretend_channel, "capt") == ["Captain Mara"]
    assert found(pretend_channel, "okon") == ["Captain Mara"]
    rename_person(person=person, name="   ")
    assert Person.objects.get(pk=person.pk).name == "Captain Mara"


def test_words_of_names_are_plain_and_few() -> None:
    assert words_of("@Zoë@town.example", "Zoë Ähre") == ["zoe", "town", "example", "ahre"]
    assert words_of("Straße") == ["strasse"]
    assert len(words_of(" ".join(f"w{number}" for number in range(50)))) == 12
    assert words_of("🌻") == []


def test_the_list_begins_with_the_latest_contact_and_hides_nobody(
    pretend_channel: Channel, browser: Client
) -> None:
    now = timezone.now()
    for name, hours in (("Early", 9), ("Late", 1)):
        note_contact(identity=met(pretend_channel, name), at=now - timedelta(hours=hours))
    met(pretend_channel, "Quiet", how=Identity.Met.NEIGHBOUR)
    shown = browser.get("/people/").content.decode()
    assert shown.index("Late") < shown.index("Early")
    assert "Quiet" not in shown
    assert "Quiet" in browser.get("/people/?show=everybody").content.decode()
    assert "Quiet" in browser.get("/people/?q=qui").content.decode()


def test_an_older_contact_does_not_replace_a_newer_one(pretend_channel: Channel) -> None:
    identity, now = met(pretend_channel, "Mara"), timezone.now()
    note_contact(identity=identity, at=now)
    note_contact(identity=identity, at=now - timedelta(days=3))
    assert Person.objects.get(pk=identity.person_id).last_contact_at == now


def test_a_page_reads_like_a_letter(pretend_channel: Channel, browser: Client) -> None:
    identity = met(pretend_channel, "Mara Okonkwo", bio_html="<p>Ships.</p>")
    write_note(person=identity.person, note="Likes rye.")
    shown = browser.get(f"/people/{identity.person_id}/").content.decode()
    for words in ("when Mara Okonkwo named us", "Ships.", "Likes rye.", "Kept because of what"):
        assert words in shown


def test_a_note_and_a_name_are_written_on_the_page(
    pretend_channel: Channel, browser: Client
) -> None:
    person = met(pretend_channel, "Mara").person
    browser.post(f"/people/{person.pk}/note/", {"note": "Rye, never white."})
    browser.post(f"/people/{person.pk}/name/", {"name": "Captain"})
    person.refresh_from_db()
    assert (person.note, person.name) == ("Rye, never white.", "Captain")
    assert browser.post(f"/people/{person.pk}/name/", {"name": ""}).status_code == 200


def test_strangers_find_nobody(
    pretend_channel: Channel, charlie: Member, client_of: ClientOf
) -> None:
    person, stranger = met(pretend_channel, "Mara").person, client_of(charlie)
    assert stranger.get(f"/people/{person.pk}/").status_code == 404
    assert stranger.post(f"/people/{person.pk}/note/", {"note": "x"}).status_code == 404
    assert stranger.post(f"/people/{person.pk}/name/", {"name": "x"}).status_code == 404
    assert "Mara" not in stranger.get("/people/?q=mara").content.decode().replace("mara", "")


def test_ten_more_people_ask_no_more_questions(
    pretend_channel: Channel,
    browser: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    counted = []
    for people in (1, 10):
        for number in range(people):
            identity = met(pretend_channel, f"Guest{people}x{number} Gast")
            note_contact(identity=identity, at=timezone.now())
        for address in ("/people/", "/people/?show=everybody", "/people/?q=gast"):
            with django_assert_max_num_queries(15) as asked:
                assert browser.get(address).status_code == 200
            counted.append(len(asked))
    assert counted[:3] == counted[3:]
