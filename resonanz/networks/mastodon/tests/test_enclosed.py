"""Pictures, polls, cards and quotes, as servers send them."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from resonanz.networks.mastodon.facts import facts_of
from resonanz.networks.mastodon.payloads import InstancePayload, StatusPayload
from resonanz.networks.mastodon.tests.town import account, status
from resonanz.networks.mastodon.translate import said_of, viewpoint_of
from resonanz.switchboard.shapes import Card, Choice, Facts, Picture, Poll, Said

POLL = {
    "id": "3",
    "expires_at": "2026-03-11T12:00:00.000Z",
    "expired": False,
    "multiple": True,
    "votes_count": 7,
    "options": [{"title": "Roggen", "votes_count": 7}, {"title": "Dinkel", "votes_count": None}],
}
CARD = {
    "url": "https://blog.example/brot",
    "title": "Vom Brot",
    "description": "Ein Jahr mit Roggen.",
    "image": "https://town.example/card.png",
    "provider_name": "Ofenblick",
    "type": "link",
}


def read(**more: Any) -> Said:
    payload = msgspec.convert(status(9, **more), StatusPayload, strict=False)
    return said_of(payload, viewpoint_of(account()))


def test_a_picture_brings_its_description_and_its_size() -> None:
    media = {
        "id": "1",
        "type": "image",
        "url": "https://town.example/1.png",
        "preview_url": "https://town.example/1s.png",
        "description": "Ein Brot.",
        "meta": {"original": {"width": 640, "height": 480}, "focus": {"x": 0}},
    }
    assert read(media_attachments=[media]).pictures == (
        Picture(
            url="https://town.example/1.png",
            preview_url="https://town.example/1s.png",
            description="Ein Brot.",
            width=640,
            height=480,
        ),
    )


def test_a_poll_is_read_as_it_stands() -> None:
    assert read(poll=POLL).poll == Poll(
        choices=(Choice(text="Roggen", votes=7), Choice(text="Dinkel")),
        ends_at=datetime(2026, 3, 11, 12, tzinfo=UTC),
        is_multiple=True,
        votes=7,
    )


def test_a_link_brings_the_page_behind_it() -> None:
    assert read(card=CARD).card == Card(
        url="https://blog.example/brot",
        title="Vom Brot",
        description="Ein Jahr mit Roggen.",
        picture_url="https://town.example/card.png",
        provider="Ofenblick",
    )


@pytest.mark.parametrize("wrap", [True, False])
def test_a_quoted_post_comes_along(wrap: bool) -> None:
    """Wrapped as Mastodon 4.5 does, or bare as older forks do; what it quotes stays away."""
    quoted = status(5, "<p>Das Original</p>", quote={"quoted_status": status(4)})
    post = read(quote={"state": "accepted", "quoted_status": quoted} if wrap else quoted)
    assert post.quoted is not None
    assert (post.quoted.html, post.quotes_uid) == ("<p>Das Original</p>", post.quoted.uid)
    assert post.quoted.quotes_uid == ""


@pytest.mark.parametrize(
    ("sent", "uid"),
    [
        ({"state": "pending", "quoted_status": None}, ""),
        ({"state": "accepted", "quoted_status": {"uri": 5}}, ""),
        ({"uri": "https://hill.example/posts/5"}, "https://hill.example/posts/5"),
        ("nothing that anybody knows", ""),
    ],
)
def test_a_quote_that_cannot_be_shown_hides_no_post(sent: object, uid: str) -> None:
    post = read(quote=sent)
    assert (post.quoted, post.quotes_uid) == (None, uid)


@pytest.mark.parametrize("broken", [{}, [], "x", {"options": 3}, {"url": None}, {"options": []}])
def test_a_broken_poll_or_card_hides_no_post(broken: object) -> None:
    post = read(poll=broken, card=broken)
    assert (post.poll, post.card) == (None, None)


def test_limits_of_pictures_are_those_the_server_names() -> None:
    """Else those of Mastodon; kinds that nobody named are unknown."""
    told = {
        "version": "4.4.0",
        "configuration": {
            "statuses": {"max_media_attachments": 6},
            "media_attachments": {
                "supported_mime_types": ["image/png", "video/mp4"],
                "image_size_limit": 1000,
                "description_limit": 99,
            },
        },
    }

    def named(facts: Facts) -> tuple[int, int, tuple[str, ...], int]:
        limits = (facts.picture_limit, facts.picture_bytes)
        return (*limits, facts.picture_types, facts.description_limit)

    assert named(facts_of(msgspec.convert(told, InstancePayload))) == (6, 1000, ("image/png",), 99)
    silent = facts_of(InstancePayload(version="4.2.0"))
    assert named(silent) == (4, 16 * 1024 * 1024, (), 1500)
