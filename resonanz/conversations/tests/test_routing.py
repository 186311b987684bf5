"""Rules that share out new conversations: the first that fits wins, a human's word stays."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations import moves
from resonanz.conversations.models import Move, Rule
from resonanz.conversations.routing import Candidate, fits, rules_of
from resonanz.conversations.tests.saying import arrives, naming, said, talk_of
from resonanz.outbox.tests.scripted import connect
from resonanz.workspaces.models import Absence, Member
from resonanz.workspaces.queries import local_day
from resonanz.workspaces.tests.cast import ClientOf

NOBODY_ASKED = {"channel": "", "network": "", "language": "", "words": ""}


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


def rule(alice: Member, to: Member, position: int = 0, **asks: object) -> Rule:
    name = str(asks.pop("name", "Rule"))
    return Rule.objects.create(
        workspace=alice.workspace,
        assignee=to,
        position=position,
        name=name,
        **asks,
    )


@pytest.mark.parametrize(
    ("words", "text", "is_caught"),
    [
        ("rye", "Is there Rye today?", True),
        ("rye", "A dryer.", False),
        ("recipe*", "Your recipes, please.", True),
        ("a loaf\nnothing", "I would like A\nloaf", True),
        ("Straße", "In der STRASSE", False),
        ("Brötchen", "Zwei BRÖTCHEN", True),
        ("c++", "I write c++ here", True),
        (" \n*\n", "anything", True),
        ("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa!", False),
    ],
)
def test_words_are_whole_words_in_any_case(words: str, text: str, is_caught: bool) -> None:
    candidate = Candidate("town", frozenset(), frozenset(), text, is_direct=False)
    assert fits(Rule(words=words), candidate) is is_caught


def test_the_first_rule_that_fits_wins_and_says_so(
    channel: Channel, alice: Member, bob: Member, browser: Client
) -> None:
    rule(alice, alice, 3, name="The rest")
    rule(alice, bob, 1, name="Recipes", words="recipe")
    rule(alice, alice, 2, name="Switched off", is_on=False)
    arrives(channel, said("mara", "q", text="A recipe, please.", mentions=naming(channel)))
    arrives(channel, said("ole", "r", mentions=naming(channel)))
    assert talk_of("q").assignee == bob
    assert talk_of("r").assignee == alice
    shown = browser.get(f"/conversations/{talk_of('q').pk}/").content.decode()
    assert "The rule “Recipes” gave it to Bob" in shown


def test_a_conversation_is_given_away_once_and_never_against_a_human(
    channel: Channel, alice: Member, bob: Member
) -> None:
    arrives(channel, said("mara", "before", mentions=naming(channel)))
    rule(alice, bob)
    arrives(channel, said("mara", "q", mentions=naming(channel)))
    moves.assign(conversations=[talk_of("q")], to=None, by=alice)
    arrives(channel, said("mara", "more", answers="q", mentions=naming(channel)))
    assert talk_of("q").assignee is None
    arrives(channel, said("mara", "again", answers="before", mentions=naming(channel)))
    assert talk_of("before").assignee is None
    assert Move.objects.filter(member=None).count() == 1


def test_what_we_merely_overhear_is_nobodys(channel: Channel, alice: Member, bob: Member) -> None:
    rule(alice, bob)
    arrives(channel, said("mara", "aside"), lane="home")
    assert talk_of("aside").assignee is None
    arrives(channel, said("ole", "reply", answers="aside", mentions=naming(channel)))
    assert talk_of("aside").assignee == bob


def test_channel_network_language_and_privacy_are_asked_for(
    channel: Channel, alice: Member, bob: Member
) -> None:
    other = connect(alice, "second")
    rule(alice, bob, 1, channel=other)
    rule(alice, bob, 2, network="elsewhere")
    rule(alice, bob, 3, language="de")
    rule(alice, bob, 4, only_direct=True)
    arrives(channel, said("ada", "en", language="en", mentions=naming(channel)))
    arrives(channel, said("bea", "de", language="de-at", mentions=naming(channel)))
    arrives(other, said("cem", "there", mentions=naming(other)))
    assert talk_of("en").assignee is None
    assert talk_of("de").assignee == bob
    assert talk_of("there").assignee == bob


def test_who_is_away_is_represented_and_who_left_gets_nothing(
    channel: Channel, alice: Member, bob: Member
) -> None:
    rule(alice, bob)
    away = Absence.objects.create(member=bob, stand_in=alice, from_day=local_day(alice.workspace))
    arrives(channel, said("ada", "q", mentions=naming(channel)))
    assert talk_of("q").assignee == alice
    away.from_day = local_day(alice.workspace) + timedelta(days=3)
    away.save()
    bob.left_at = timezone.now()
    bob.save()
    arrives(channel, said("bea", "r", mentions=naming(channel)))
    assert talk_of("r").assignee is None


def test_rules_are_written_ordered_switched_tried_and_removed(
    channel: Channel, alice: Member, bob: Member, browser: Client
) -> None:
    told = NOBODY_ASKED | {"name": "Rye", "assignee": bob.pk, "words": "rye"}
    assert "There is no rule yet" in browser.get("/conversations/rules/").content.decode()
    assert browser.post("/conversations/rules/add/", told | {"name": ""}).status_code == 422
    browser.post("/conversations/rules/add/", told)
    browser.post("/conversations/rules/add/", told | {"name": "All", "words": ""})
    first, second = rules_of(alice.workspace)
    browser.post(f"/conversations/rules/{second.pk}/act/", {"do": "up"})
    browser.post(f"/conversations/rules/{second.pk}/act/", {"do": "up"})
    assert [one.name for one in rules_of(alice.workspace)] == ["All", "Rye"]
    browser.post(f"/conversations/rules/{second.pk}/act/", {"do": "off"})
    browser.post(f"/conversations/rules/{first.pk}/", told | {"name": "Rye and spelt"})
    arrives(channel, said("mara", "q", text="Rye?", mentions=naming(channel)))
    shown = browser.get("/conversations/rules/?try=1")
    assert [one["rule"].name for one in shown.context["tried"]] == ["Rye and spelt"]
    answer = browser.post(f"/conversations/rules/{first.pk}/act/", {"do": "remove"}, follow=True)
    assert "The rule is removed." in answer.content.decode()
    assert [one.name for one in rules_of(alice.workspace)] == ["All"]
    browser.post(f"/conversations/rules/{first.pk}/act/", {"do": "back"})
    assert [one.name for one in rules_of(alice.workspace)] == ["All", "Rye and spelt"]
    assert browser.post(f"/conversations/rules/{first.pk}/act/", {"do": "x"}).status_code == 302


def test_rules_are_for_those_who_look_after_the_workspace(
    alice: Member, bob: Member, charlie: Member, client_of: ClientOf
) -> None:
    mine = rule(alice, bob)
    assert client_of(bob).get("/conversations/rules/").status_code == 404
    assert client_of(charlie).get(f"/conversations/rules/{mine.pk}/").status_code == 404
    told = NOBODY_ASKED | {"name": "Mine", "assignee": bob.pk}
    assert client_of(charlie).post("/conversations/rules/add/", told).status_code == 422
