"""What goes out names whom it must, is counted as the server counts, and is never wider."""

import msgspec
import pytest

from resonanz.networks.mastodon.compose import characters, compose, counted_length
from resonanz.networks.mastodon.tests.town import account
from resonanz.switchboard.shapes import Answering, Audience, Mention, Outgoing

ADA = Mention(uid="ada@hill.example", handle="@ada@hill.example")
BOB = Mention(uid="bob@town.example", handle="@bob@town.example")
US = Mention(uid="backstube@town.example", handle="@backstube@town.example")


def answer(text: str, *names: Mention, **more: object) -> Outgoing:
    answering = Answering(
        uid="https://hill.example/posts/9",
        local_id="9",
        audience=more.pop("answered", Audience.PUBLIC),  # type: ignore[arg-type]
        names=names,
    )
    return Outgoing(key="k", text=text, answering=answering, **more)  # type: ignore[arg-type]


def test_everybody_who_has_to_be_told_is_named_in_front() -> None:
    found = compose(answer("Gern.", ADA, BOB), account())
    assert found.text == "@ada@hill.example @bob@town.example Gern."
    assert found.names_added == (ADA, BOB)


def test_nobody_is_named_twice_and_we_do_not_name_ourselves() -> None:
    twice = Mention(uid="ada@hill.example", handle="@Ada@Hill.example")
    text = "Danke, @bob, und @ADA@hill.example."
    found = compose(answer(text, US, ADA, twice, BOB), account())
    assert found.text == text
    assert found.names_added == ()


def test_a_name_without_host_is_of_our_own_server() -> None:
    """`@ada` in our text is ada of our server, not the one that has to be told."""
    assert compose(answer("Hallo @ada", ADA), account()).names_added == (ADA,)


def test_an_address_that_holds_a_name_names_nobody() -> None:
    text = "Siehe https://hill.example/@ada@hill.example und post@ada@hill.example"
    assert compose(answer(text, ADA), account()).names_added == (ADA,)


def test_a_link_costs_what_the_server_says() -> None:
    text = "Neu: https://brot.example/" + "x" * 300
    assert counted_length(text, link_cost=23) == 5 + 23
    assert counted_length(text, link_cost=30) == 5 + 30
    assert counted_length("(https://brot.example/a).", link_cost=23) == 23 + 3
    assert counted_length("https://a.example/(b) ok", link_cost=23) == 23 + 3


def test_a_handle_counts_without_its_host() -> None:
    assert counted_length("@ada@hill.example hi", link_cost=23) == len("@ada hi")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("abc", 3),
        ("ü", 1),
        ("u\u0308", 1),
        ("👍", 1),
        ("👍🏽", 1),
        ("👩‍👩‍👧‍👦", 1),
        ("🏳️‍🌈", 1),
        ("🇩🇪🇫🇷", 2),
        ("❤️", 1),
        ("a\r\nb", 3),
        ("Straße", 6),
        ("", 0),
    ],
)
def test_a_character_is_what_a_reader_sees(text: str, count: int) -> None:
    assert characters(text) == count


def test_the_content_warning_counts_and_the_servers_own_limit_holds() -> None:
    outgoing = Outgoing(key="k", text="x" * 90, warning="Kuchen")
    assert compose(outgoing, account(text_limit=96)).problems == ()
    short = compose(outgoing, account(text_limit=95))
    assert (short.length, short.limit, short.problems) == (96, 95, ("too_long",))


def test_the_names_that_are_added_count_too() -> None:
    assert compose(answer("x" * 496, ADA), account()).problems == ("too_long",)
    assert compose(answer("x" * 495, ADA), account()).problems == ()


def test_an_empty_text_is_not_sent_even_if_it_would_name_somebody() -> None:
    assert "empty" in compose(answer("  \n ", ADA), account()).problems


@pytest.mark.parametrize("answered", list(Audience))
def test_an_answer_is_never_wider_than_what_it_answers(answered: Audience) -> None:
    for audience in Audience:
        outgoing = answer("Ja.", answered=answered, audience=audience)
        is_refused = "wider_than_answered" in compose(outgoing, account()).problems
        assert is_refused == audience.is_wider_than(answered)


def test_a_server_without_posts_for_followers_says_so_before_anything_is_lost() -> None:
    outgoing = Outgoing(key="k", text="Nur für euch", audience=Audience.FOLLOWERS)
    assert compose(outgoing, account(software="snac")).problems == ("audience_not_offered",)
    assert compose(outgoing, account()).problems == ()
    direct = msgspec.structs.replace(outgoing, audience=Audience.DIRECT)
    assert compose(direct, account(software="snac")).problems == ()
