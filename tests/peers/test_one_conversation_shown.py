"""Our article, its copies and what was said below them: one talk in a real browser."""

import os
from pathlib import Path
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from resonanz.channels.models import Channel
from resonanz.conversations.by_hand.noting import Words, note_talk
from resonanz.conversations.models import Conversation
from resonanz.conversations.tests.conftest import around, ours
from resonanz.conversations.tests.saying import arrives
from resonanz.conversations.tests.several import everything
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf
from tests.peers.servers.chromium import NARROW, WIDE, visitor

__all__ = ["around", "ours"]

pytestmark = [pytest.mark.peer, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["de", "en"])
def test_one_talk_with_nothing_twice_is_read_by_everybody(
    ours: dict[str, Channel],
    alice: Member,
    client_of: ClientOf,
    live_server: LiveServer,
    browser: Browser,
    tmp_path: Path,
    language: str,
) -> None:
    """Wide and narrow, in both languages, axe finds nothing; with a note from the counter."""
    for slug, said in everything().items():
        arrives(ours[slug], *said)
    talk = Conversation.objects.get()
    words = Words(
        text="She read the article and would like to see the trough.",
        network="by-hand:counter",
        said_at=timezone.now(),
    )
    note_talk(member=alice, whom="Frau Sommer", words=words, once=uuid4(), below=talk)
    assert Conversation.objects.get().post_count == 9
    cookie = client_of(alice).cookies[settings.SESSION_COOKIE_NAME].value
    alice.language = language
    alice.save(update_fields=["language"])
    folder = Path(os.environ.get("RESONANZ_PICTURES", tmp_path))
    for size in (WIDE, NARROW):
        context = visitor(browser, language=language, size=size, base_url=live_server.url)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page = context.new_page()
        page.goto(f"/conversations/{talk.pk}/")
        text = page.locator("#talk").inner_text()
        assert text.count("Mara has something to say about this, too.") == 1
        assert page.locator("#talk details.talk-gap > summary").count() == 2
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()
        page.screenshot(path=str(folder / f"one-talk-{language}-{size[0]}.png"), full_page=True)
        page.goto(f"/conversations/{talk.pk}/join/")
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()
        page.screenshot(path=str(folder / f"join-{language}-{size[0]}.png"), full_page=True)
        context.close()
