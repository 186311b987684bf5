"""What is true of every page: the policy, no scripts or styles inside, few queries, German too."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from resonanz.channels.models import Channel
from resonanz.house.tests.every_address import (
    OF_A_THING,
    OF_A_WORKSPACE,
    OPEN,
    OWN_LOGIN,
    address,
)
from resonanz.house.tests.things import Things
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

QUERIES_AT_MOST = 15
# What a script puts into a page that stands there already.
FRAGMENTS = {"conversations-by-hand-people"}
PAGES = sorted([*OF_A_WORKSPACE, *OF_A_THING, *OWN_LOGIN, *OPEN])
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")


class Inside(HTMLParser):
    """Collects what the policy would forbid, and ids that stand there twice."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        # Data that a script reads is no script: browsers run nothing of this type.
        is_data = given.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.found.append(f"<{tag}> inside the page")
        self.found += [f"{name}=" for name in given if name == "style" or name.startswith("on")]
        source = given.get("src") or ""
        if tag in ("script", "img", "link", "iframe") and source.startswith(("http", "//")):
            self.found.append(f"{tag} from {source}")
        if given.get("id"):
            self.ids.append(str(given["id"]))


def test_every_page_keeps_the_policy(things: Things, alice: Member, client_of: ClientOf) -> None:
    """The header is there, and nothing inside the page needs more; each id stands there once."""
    client = client_of(alice)
    for name in PAGES:
        with transaction.atomic():
            answer = client.get(address(name, things))
            transaction.set_rollback(True)
        policy = answer["Content-Security-Policy"]
        # A picture of ours needs nothing at all.
        missing = [part for part in POLICY if part not in policy]
        assert missing == [] or policy == "default-src 'none'; sandbox", name
        if answer["Content-Type"].startswith("text/html"):
            inside = Inside()
            inside.feed(answer.content.decode())
            assert inside.found == [], name
            assert sorted(inside.ids) == sorted(set(inside.ids)), name


def test_fifteen_queries_are_enough(
    things: Things, alice: Member, client_of: ClientOf, read_all: Callable[[Channel], None]
) -> None:
    """On every page, in a town full of people."""
    read_all(things.channel)
    client, counts = client_of(alice), {}
    for name in PAGES:
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            client.get(address(name, things))
            transaction.set_rollback(True)
        questions = [query for query in asked if "SAVEPOINT" not in query["sql"]]
        counts[name] = len(questions)
    assert {name: count for name, count in counts.items() if count > QUERIES_AT_MOST} == {}


def test_every_page_speaks_german_to_bob(things: Things, bob: Member, client_of: ClientOf) -> None:
    """His own language, whatever the workspace's or the browser's is."""
    client = client_of(bob)
    for name in sorted([*OF_A_WORKSPACE, *OF_A_THING, *OWN_LOGIN]):
        answer = client.get(address(name, things), headers={"accept-language": "en"})
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            assert answer["Content-Language"] == "de", name
            assert name in FRAGMENTS or '<html lang="de"' in answer.content.decode(), name


@pytest.mark.parametrize(("language", "sentence"), [("de", "Hier ist nichts"), ("en", "nothing")])
def test_what_is_not_there_is_said_calmly(language: str, sentence: str, alice: Member) -> None:
    """In the reader's language, and without asking the database."""
    answer = Client(headers={"accept-language": language}).get("/nowhere/at/all")
    assert answer.status_code == 404
    assert sentence in answer.content.decode()
    assert answer["Content-Security-Policy"]


def test_the_page_of_what_is_not_there_asks_for_nothing(
    alice: Member, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Beyond who is signed in: session, user, membership."""
    client = client_of(alice)
    with django_assert_num_queries(3):
        assert client.get("/nowhere/at/all").status_code == 404


def test_a_page_that_stood_open_for_too_long_says_so(alice: Member) -> None:
    """Nothing was sent, and what to do."""
    answer = Client(enforce_csrf_checks=True, headers={"accept-language": "en"}).post("/sign-in/")
    assert answer.status_code == 403
    assert "This page stood open for too long" in answer.content.decode()


def test_health_needs_no_sign_in(db: None, settings: Settings) -> None:
    """And is answered over plain http too, from the same machine."""
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
