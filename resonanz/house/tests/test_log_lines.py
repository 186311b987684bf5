"""What stands in the log, and what never does."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.clockwork.duties import sweep_and_run
from resonanz.conversations.models import Post
from resonanz.house.log_lines import Discreet, Json, blotted
from resonanz.outbox.models import Delivery
from resonanz.people.models import Identity
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import PASSWORD, ClientOf

WORDS = "Our rye bread is baked at four in the morning."


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that any part of the program logs, at its most talkative, as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Json())
    root, ours = logging.getLogger(), logging.getLogger("resonanz")
    before = root.level, ours.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    ours.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before[0])
    ours.setLevel(before[1])


def record_of(error: Exception) -> logging.LogRecord:
    """What `log.exception` makes."""
    try:
        raise error
    except type(error):
        return logging.LogRecord("x", logging.ERROR, "x.py", 1, "trouble", None, sys.exc_info())


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /password/reset/key/1-c8h2x1-6b1fd0d5b1d94f6d9a2b6f0a5a3c7e91/",
        "mail to alice@bakery.example failed",
        "unknown handle @jonas@town.example",
        "GET https://social.example/api?access_token=abc failed",
        "Authorization: Bearer abc.def",
        "invitation /join/Zk3vQw9rT1yXs8Lm4Np7Bc2Vd6/ is over",
        'answered {"access_token": "abc"}',
        "client_secret=abc is not known",
        "GET /a?b?c?next=abc",
        "\N{LEFT DOUBLE QUOTATION MARK}x@alice@bakery.example\N{RIGHT DOUBLE QUOTATION MARK}",
    ],
)
def test_addresses_handles_and_tokens_are_blotted_out(line: str) -> None:
    told = blotted(line)
    assert "…" in told
    for secret in ("6b1fd0d5", "alice@", "jonas@", "abc", "Zk3v"):
        assert secret not in told


@pytest.mark.parametrize(
    "line",
    [
        "delivery 17: sent",
        "daily backup: resonanz-2026-11-22-084908-before-upgrade.tar.gz, 60256 bytes",
        "lane 3: read, 48 posts",
        "resonanz.house.tests.test_log_lines:17 in test_addresses_handles_and_tokens_are_told",
    ],
)
def test_what_helps_stays(line: str) -> None:
    assert blotted(line) == line


@pytest.mark.usefixtures("no_hanging")
@pytest.mark.parametrize("run", ["a", "a.", "a?", "-", "key", "ä", "@a", "a=?"])
def test_a_long_line_costs_no_long_time(run: str) -> None:
    """A library may quote whatever a server sent."""
    assert blotted(run * 50_000)


@pytest.mark.parametrize("form", [Discreet, Json])
def test_what_a_line_quotes_begins_no_line_of_its_own(form: type[logging.Formatter]) -> None:
    """Or somebody could write into the log what never happened."""
    quoted = "x\n2026-11-22 08:00:00 INFO resonanz: all is well\r\u2028y"
    record = logging.LogRecord("x", logging.WARNING, "x.py", 1, "not found: %s", (quoted,), None)
    assert len(form().format(record).splitlines()) == 1


@pytest.mark.parametrize("form", [Discreet, Json])
def test_of_an_error_its_kind_is_told_and_not_its_words(form: type[logging.Formatter]) -> None:
    """A database quotes the row that it refuses."""
    told = form().format(record_of(ValueError(f"DETAIL: Key (text)=({WORDS}) exists")))
    assert "builtins.ValueError" in told
    assert "in record_of" in told
    assert "rye" not in told


def test_one_object_a_line() -> None:
    told = Json().format(record_of(ValueError("x")))
    assert "\n" not in told
    assert {"at", "level", "logger", "message", "error", "where"} <= set(json.loads(told))


@pytest.mark.django_db
def test_a_whole_day_leaves_nobody_in_the_log(
    alice: Member, pretend_channel: Channel, client_of: ClientOf, lines: io.StringIO
) -> None:
    """Everything is read, somebody is answered through the pages, and a page breaks."""
    sweep_and_run(timezone.now())
    client = client_of(alice)
    post = Post.objects.filter(is_to_us=True).latest("said_at")
    client.get(f"/conversations/{post.conversation_id}/")
    client.get("/people/?q=jonas%40town.example")
    client.get("/nobody/jonas@town.example/")
    Client().post(reverse("account_login"), {"login": alice.user.email, "password": "wrong"})
    Client().post(reverse("account_login"), {"login": alice.user.email, "password": PASSWORD})
    typed = {"text": WORDS, "page": "page", "audience": "direct", "language": "en"}
    client.post(f"/conversations/posts/{post.pk}/answer/", typed | {"do": "send"})
    Delivery.objects.update(due_at=timezone.now())
    sweep_and_run(timezone.now())
    assert Delivery.objects.filter(publication__text__contains=WORDS, state="sent").exists()
    told = lines.getvalue()
    assert "lane" in told
    secrets = {alice.user.email, PASSWORD, WORDS, "wrong", "town.example"}
    secrets |= {text for text in Post.objects.values_list("text", flat=True) if len(text) > 12}
    secrets |= {handle for handle in Identity.objects.values_list("handle", flat=True) if handle}
    assert {secret for secret in secrets if secret in told} == set()
