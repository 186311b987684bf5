"""Notes for colleagues: written, found, changed, removed; and never for anybody outside."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation, Note, NoteMention
from resonanz.conversations.notes import named_in
from resonanz.conversations.places import NOTED, Noted
from resonanz.conversations.tests.saying import arrives, naming, post, said, talk_of
from resonanz.people.privacy import erase_person, export_person
from resonanz.workspaces.models import Member, User
from resonanz.workspaces.tests.cast import ClientOf


@pytest.fixture
def talk(channel: Channel) -> Conversation:
    """Mara waits for us."""
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    return talk_of("q")


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


def colleague(alice: Member, name: str) -> Member:
    user = User.objects.create_user(email=f"{name}@bakery.example".replace(" ", "."), password="x")
    return Member.objects.create(workspace=alice.workspace, user=user, name=name, language="en")


def write(browser: Client, talk: Conversation, text: str, **more: str) -> str:
    told = {"text": text, **more}
    answer = browser.post(f"/conversations/{talk.pk}/notes/", told, follow=True)
    return answer.content.decode()


def test_a_note_stands_in_the_talk_is_marked_as_ours_and_goes_nowhere(
    talk: Conversation, browser: Client, bob: Member
) -> None:
    shown = write(browser, talk, "She bought <b>two</b> loaves. @bob, do you know her?")
    assert "only for us" in shown
    assert "&lt;b&gt;two&lt;/b&gt;" in shown
    assert "for Bob" in shown
    assert Note.objects.get().conversation == talk
    write(browser, talk, "She bought <b>two</b> loaves. @bob, do you know her?")
    assert Note.objects.count() == 1
    assert "Write something first." in write(browser, talk, "  ")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Bob please", ["Bob"]),
        ("@BOB: please", ["Bob"]),
        ("@Bobby", []),
        ("@bob@town.example", []),
        ("mail bob@bob.example", []),
        ("@Ann Marie Fox and @Ann", ["Ann", "Ann Marie Fox"]),
        ("@ann-marie", []),
        ("Nobody", []),
    ],
)
def test_colleagues_are_found_by_their_names(
    alice: Member, bob: Member, text: str, names: list[str]
) -> None:
    everybody = [bob, colleague(alice, "Ann"), colleague(alice, "Ann Marie Fox")]
    assert sorted(one.name for one in named_in(text, everybody).members) == names


def test_a_name_that_fits_two_is_asked_about(
    talk: Conversation, browser: Client, alice: Member
) -> None:
    fox, bear = colleague(alice, "Kim Fox"), colleague(alice, "Kim Bear")
    shown = write(browser, talk, "@Kim, look.")
    assert "Whom do you mean by @Kim?" in shown
    assert "@Kim, look." in shown
    assert not Note.objects.exists()
    write(browser, talk, "@Kim, look.", meant_0=str(bear.pk))
    assert [one.member for one in NoteMention.objects.all()] == [bear]
    write(browser, talk, "@Kim Fox, and you?")
    assert NoteMention.objects.filter(member=fox).count() == 1


def test_who_is_named_finds_it_on_today_until_she_opens_the_talk(
    talk: Conversation, browser: Client, bob: Member, client_of: ClientOf
) -> None:
    told: list[Noted] = []
    panel = NOTED.add(1, told.append)
    try:
        write(browser, talk, "Do you know her?", also=str(bob.pk))
    finally:
        NOTED._panels.remove((1, panel))
    assert [one.members for one in told] == [[bob]]
    his = client_of(bob)
    assert "Do you know her?" in his.get("/").content.decode()
    shown = his.get(f"/conversations/{talk.pk}/").content.decode()
    assert "note-new" in shown
    assert "Do you know her?" not in his.get("/").content.decode()
    assert "note-new" not in his.get(f"/conversations/{talk.pk}/").content.decode()


def test_one_changes_and_removes_only_ones_own(
    talk: Conversation, browser: Client, bob: Member, client_of: ClientOf
) -> None:
    write(browser, talk, "First words for @Bob")
    note = Note.objects.get()
    address = f"/conversations/notes/{note.pk}/"
    for act in (address, f"{address}remove/"):
        assert client_of(bob).post(act, {"text": "Mine"}).status_code == 404
    assert "First words" in browser.get(address).content.decode()
    assert browser.post(address, {"text": ""}).status_code == 422
    answer = browser.post(address, {"text": "Second words"}, follow=True).content.decode()
    assert "Second words" in answer
    assert "edited" in answer
    assert not NoteMention.objects.exists()
    answer = browser.post(f"{address}remove/", follow=True).content.decode()
    assert "The note is removed." in answer
    assert "Second words" not in answer
    answer = browser.post(f"{address}remove/", {"removed": "no"}, follow=True).content.decode()
    assert "Second words" in answer


def test_a_guest_reads_and_writes_notes_where_she_is_named_and_nothing_else(
    talk: Conversation, browser: Client, bob: Member, client_of: ClientOf, channel: Channel
) -> None:
    bob.role = Member.Role.GUEST
    bob.save()
    his = client_of(bob)
    assert his.get(f"/conversations/{talk.pk}/").status_code == 404
    assert his.post(f"/conversations/{talk.pk}/notes/", {"text": "Hello"}).status_code == 404
    write(browser, talk, "@Bob, is this yours?")
    shown = his.get(f"/conversations/{talk.pk}/").content.decode()
    assert 'id="id_text"' not in shown
    assert "/move/" not in shown
    write(his, talk, "Yes.")
    assert Note.objects.filter(author=bob).exists()
    browser.post(f"/conversations/notes/{Note.objects.earliest('pk').pk}/remove/")
    assert his.get(f"/conversations/{talk.pk}/").status_code == 404


def test_notes_are_exported_and_erased_with_whom_they_are_about(
    talk: Conversation, browser: Client
) -> None:
    write(browser, talk, "She said: rye.")
    person = post("q").identity.person
    assert export_person(person)["conversations.note"][0]["text"] == "She said: rye."
    erase_person(person)
    assert not Note.objects.exists()


def test_notes_of_an_earlier_part_stand_there_and_not_at_the_end(
    channel: Channel, browser: Client
) -> None:
    """Every note stands in exactly one part of a long talk."""
    now = timezone.now()
    start = now - timedelta(hours=5)
    arrives(channel, said("mara", "p0", mentions=naming(channel), at=start))
    later = [
        said("ole", f"p{n}", answers="p0", at=start + timedelta(minutes=n)) for n in range(1, 40)
    ]
    arrives(channel, *later, lane="thread")
    talk = talk_of("p0")
    for minutes in (3, 9.5, 39.5):
        at = start + timedelta(minutes=minutes)
        Note.objects.create(conversation=talk, author=None, text=f"at {minutes}", at=at)
    seen, address = [], f"/conversations/{talk.pk}/"
    while address:
        response = browser.get(address)
        seen.append([line.note.text for line in response.context["lines"] if line.note])
        earlier = response.context["earlier"]
        address = f"/conversations/{talk.pk}/?upto={earlier}" if earlier else ""
    assert seen == [["at 39.5"], [], ["at 9.5"], ["at 3"]]
