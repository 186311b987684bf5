"""Matters: linked, looked after, settled; and whoever spoke of one hears what became of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.conversations.matter_lists import to_be_told
from resonanz.conversations.matters import (
    hand_over_matters,
    link_matter,
    open_matter,
    settle_matter,
)
from resonanz.conversations.models import Conversation, Matter, MatterLink, MatterStep
from resonanz.conversations.tests.saying import answered, arrives, naming, post, said, talk_of
from resonanz.conversations.today import our_sections
from resonanz.people.privacy import erase_person, export_person
from resonanz.workspaces.models import Absence, Member
from resonanz.workspaces.places import Leaving, Section
from resonanz.workspaces.queries import local_day
from resonanz.workspaces.tests.cast import ClientOf


@pytest.fixture
def talk(channel: Channel) -> Conversation:
    """Mara tells us that the rolls are too dark."""
    arrives(channel, said("mara", "q", text="The rolls are dark.", mentions=naming(channel)))
    return talk_of("q")


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


def section(member: Member, name: str) -> Section:
    """One section of Today as a member reads it."""
    return next(found for found in our_sections(member) if found.name == name)


def to_tell(member: Member) -> Section:
    """Whom she is to tell."""
    return section(member, "to-tell")


def opened(talk: Conversation, by: Member, title: str = "Dark rolls") -> MatterLink:
    return open_matter(conversation=talk, title=title, kind="product", colleague=by, by=by)


def text_of(browser: Client, address: str) -> str:
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_matter_is_opened_from_a_talk_once_and_stands_there(
    talk: Conversation, browser: Client, bob: Member
) -> None:
    told = {"title": "Dark rolls", "kind": "product", "colleague": str(bob.pk)}
    for _ in range(2):
        answer = browser.post(f"/conversations/{talk.pk}/matter/", told)
        assert answer["Location"].endswith("#matters")
    matter = Matter.objects.get()
    assert (matter.colleague, matter.links.get().conversation) == (bob, talk)
    shown = text_of(browser, f"/conversations/{talk.pk}/")
    assert "Dark rolls" in shown
    assert "with Bob" in shown
    assert "Take it back" in shown
    browser.post(f"/conversations/{talk.pk}/matters/{matter.pk}/", {"linked": "no"})
    assert not matter.links.exists()
    browser.post(f"/conversations/{talk.pk}/matters/{matter.pk}/", {"linked": "yes"})
    assert matter.links.count() == 1


def test_a_matter_without_a_title_comes_back_with_a_sentence(
    talk: Conversation, browser: Client
) -> None:
    answer = browser.post(f"/conversations/{talk.pk}/matter/", {"title": " ", "kind": "press"})
    assert answer.status_code == 422
    assert "Say in a few words what it is about." in answer.content.decode()


def test_an_open_matter_is_found_by_words_whatever_their_capitals(
    talk: Conversation, channel: Channel, browser: Client, alice: Member
) -> None:
    arrives(channel, said("jonas", "p", mentions=naming(channel)))
    opened(talk_of("p"), alice, "Öffnungszeiten am Sonntag")
    over = opened(talk_of("p"), alice, "Öffnungszeiten im Sommer").matter
    settle_matter(matter=over, outcome="Longer.", by=alice)
    page = text_of(browser, f"/conversations/{talk.pk}/matter/?q=öffnungszeiten")
    assert "Öffnungszeiten am Sonntag" in page
    assert "Öffnungszeiten im Sommer" not in page
    assert "No open matter has these words" in text_of(
        browser, f"/conversations/{talk.pk}/matter/?q=xyzzy"
    )


def test_whoever_answered_last_is_to_tell_and_an_answer_tells(
    talk: Conversation, channel: Channel, alice: Member, bob: Member, browser: Client
) -> None:
    """Not the answer from before it was settled."""
    matter = opened(talk, bob).matter
    answered(post("q"), alice)
    settle_matter(matter=matter, outcome="A new oven.", by=bob)
    assert [row.key for row in to_tell(alice).rows] == [matter.links.get().pk]
    assert to_tell(bob).rows == []
    shown = text_of(browser, f"/conversations/{talk.pk}/")
    assert "A new oven." in shown
    assert "Those here have not heard it yet." in shown
    assert "A new oven." in text_of(browser, "/")
    answered(post("q"), alice, "The rolls are lighter now.")
    link = matter.links.get()
    assert (link.told_at is not None, link.told_by) == (True, alice)
    assert to_tell(alice).rows == []
    assert "Alice told them" in text_of(browser, f"/matters/{matter.pk}/")


def test_where_nobody_answered_everybody_may_tell_but_guests(
    talk: Conversation, alice: Member, bob: Member, gustav: Member
) -> None:
    settle_matter(matter=opened(talk, alice).matter, outcome="No.", by=alice)
    assert [to_tell(one).total for one in (alice, bob, gustav)] == [1, 1, 0]


def test_what_somebody_who_is_away_is_to_tell_is_her_stand_ins(
    talk: Conversation, alice: Member, bob: Member
) -> None:
    """And her open matters are, too."""
    matter = opened(talk, alice).matter
    answered(post("q"), alice)
    day = local_day(alice.workspace)
    Absence.objects.create(member=alice, stand_in=bob, from_day=day, until_day=day)
    assert [row.key for row in section(bob, "matters").rows] == [matter.pk]
    settle_matter(matter=matter, outcome="No.", by=alice)
    assert to_tell(Member.objects.get(pk=bob.pk)).total == 1


def test_told_elsewhere_is_said_by_hand_and_taken_back(
    talk: Conversation, alice: Member, browser: Client
) -> None:
    matter = opened(talk, alice).matter
    browser.post(f"/matters/{matter.pk}/settle/", {"outcome": "A new oven."})
    address = f"/conversations/{talk.pk}/matters/{matter.pk}/told/"
    for _ in range(2):
        browser.post(address, {"told": "yes"})
    assert not to_be_told(alice).exists()
    assert "Not told after all" in text_of(browser, f"/conversations/{talk.pk}/")
    browser.post(address, {"told": "no"})
    assert to_be_told(alice).get().told_by is None


def test_settling_twice_is_one_step_and_another_outcome_is_told_anew(
    talk: Conversation, alice: Member, browser: Client
) -> None:
    matter = opened(talk, alice).matter
    for _ in range(2):
        browser.post(f"/matters/{matter.pk}/settle/", {"outcome": "A new oven."})
    browser.post(f"/conversations/{talk.pk}/matters/{matter.pk}/told/", {"told": "yes"})
    for _ in range(2):
        browser.post(f"/matters/{matter.pk}/reopen/")
    verbs = list(matter.steps.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["opened", "settled", "reopened"]
    browser.post(f"/matters/{matter.pk}/settle/", {"outcome": "A new oven."})
    assert not to_be_told(alice).exists()
    browser.post(f"/matters/{matter.pk}/reopen/")
    browser.post(f"/matters/{matter.pk}/settle/", {"outcome": "No oven after all."})
    assert to_be_told(alice).count() == 1
    wrong = browser.post(f"/matters/{matter.pk}/settle/", {"outcome": " "})
    assert wrong.status_code == 422


def test_a_note_is_kept_once_and_changes_of_hands_stand_in_the_history(
    talk: Conversation, alice: Member, bob: Member, browser: Client
) -> None:
    matter = opened(talk, alice).matter
    for _ in range(2):
        browser.post(f"/matters/{matter.pk}/", {"text": "The baker <b>knows</b>."})
    told = {"title": "Dark rolls", "kind": "product", "colleague": str(bob.pk)}
    browser.post(f"/matters/{matter.pk}/change/", told)
    shown = text_of(browser, f"/matters/{matter.pk}/")
    assert shown.count("The baker &lt;b&gt;knows&lt;/b&gt;.") == 1
    assert "Alice gave it to Bob" in shown
    assert "Bob looks after it." in shown


def test_the_list_is_chosen_from_by_state_colleague_and_kind(
    talk: Conversation, alice: Member, bob: Member, browser: Client
) -> None:
    opened(talk, alice, "Dark rolls")
    opened(talk, bob, "Longer hours")
    settle_matter(matter=opened(talk, bob, "Gluten").matter, outcome="Yes.", by=bob)
    assert "Dark rolls" in text_of(browser, "/matters/")
    assert "Longer hours" not in text_of(browser, "/matters/?who=me")
    assert "Longer hours" in text_of(browser, f"/matters/?who={bob.pk}")
    assert "Nothing fits this choice" in text_of(browser, "/matters/?kind=press")
    settled = text_of(browser, "/matters/?show=settled")
    assert "Gluten" in settled
    assert "one of them is to be told" in settled
    assert "Dark rolls" in text_of(browser, "/matters/?who=x&kind=y&show=z&before=w")


def test_a_guest_sees_and_settles_her_own_matters_and_their_talks(
    talk: Conversation, alice: Member, gustav: Member, client_of: ClientOf
) -> None:
    his = open_matter(
        conversation=talk, title="Dark rolls", kind="product", colleague=gustav, by=alice
    ).matter
    other = opened(talk, alice, "Longer hours").matter
    guest = client_of(gustav)
    assert "Longer hours" not in text_of(guest, "/matters/")
    assert "The rolls are dark." in text_of(guest, f"/conversations/{talk.pk}/")
    assert guest.get(f"/matters/{other.pk}/").status_code == 404
    guest.post(f"/matters/{his.pk}/settle/", {"outcome": "A new oven."})
    his.refresh_from_db()
    assert his.outcome == "A new oven."


def test_strangers_find_nothing(
    talk: Conversation, alice: Member, charlie: Member, client_of: ClientOf
) -> None:
    matter = opened(talk, alice).matter
    stranger = client_of(charlie)
    assert stranger.get(f"/matters/{matter.pk}/").status_code == 404
    assert "Dark rolls" not in text_of(stranger, "/matters/")


def test_who_leaves_hands_her_open_matters_over(
    talk: Conversation, alice: Member, bob: Member
) -> None:
    matter = opened(talk, bob).matter
    assert hand_over_matters(Leaving(member=bob, successor=alice, by=alice)) == 1
    matter.refresh_from_db()
    assert matter.colleague == alice


def test_whoever_is_forgotten_is_named_in_no_matter(talk: Conversation, alice: Member) -> None:
    """What we wrote about the matter stays, without her handle."""
    person = post("q").identity.person
    matter = opened(talk, alice, "Dark rolls for @mara@town.example").matter
    settle_matter(matter=matter, outcome="@mara@town.example gets lighter ones.", by=alice)
    assert "gets lighter ones" in str(export_person(person))
    erase_person(person)
    kept = Matter.objects.get()
    assert "mara" not in kept.title + kept.outcome
    assert not any("mara" in step.text for step in MatterStep.objects.all())


def test_ten_more_matters_cost_no_more_queries(
    talk: Conversation,
    alice: Member,
    browser: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    first, counts = opened(talk, alice).matter, []
    pages = ("/matters/", f"/matters/{first.pk}/", f"/conversations/{talk.pk}/matter/")
    for begin in (0, 10):
        for number in range(begin, begin + 10):
            opened(talk, alice, f"No. {number}")
            first.steps.create(member=alice, verb="noted", text=str(number))
        told = []
        for page in pages:
            with django_assert_max_num_queries(15) as counted:
                browser.get(page)
            told.append(len(counted))
        counts.append(told)
    assert counts[0] == counts[1]


def test_long_lists_go_on_behind_the_last_row(
    talk: Conversation, alice: Member, browser: Client
) -> None:
    now = timezone.now()
    for number in range(35):
        Matter.objects.create(
            workspace=alice.workspace,
            title=f"No. {number:02}",
            created_at=now - timedelta(minutes=number),
        )
    page = browser.get("/matters/").content.decode()
    assert "No. 29" in page
    assert "No. 30" not in page
    further = page.split('href="/matters/?before=')[1].split('"')[0]
    assert "No. 34" in browser.get(f"/matters/?before={further}").content.decode()


def test_linking_is_safe_to_be_sent_twice(talk: Conversation, alice: Member) -> None:
    matter = opened(talk, alice).matter
    first = link_matter(matter=matter, conversation=talk, by=alice)
    assert link_matter(matter=matter, conversation=talk, by=alice) == first
