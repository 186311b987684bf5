"""Fixtures of letters, loaded by the root conftest, because several rooms have something to tell.

`post` is a mail server that this installation hands its letters to; `send_due` sends what is due;
`no_morning` keeps the letters of the morning away from tests of others.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.headerregistry import Address

import pytest
from django.utils import timezone
from pytest_django import Settings

from resonanz.letters.jobs import due_letters, send_letter
from resonanz.letters.models import Letter
from resonanz.letters.tests.scripted_post import ScriptedPost, scripted_post
from resonanz.plumbing.mail_server import read_address

SendDue = Callable[[], None]


@pytest.fixture
def no_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's day begins: whether one does otherwise depends on the hour of the test."""
    monkeypatch.setattr("resonanz.letters.digest.STILL_MORNING", timedelta())


@pytest.fixture
def post(settings: Settings) -> Iterator[ScriptedPost]:
    """A mail server that says yes until a test scripts something else."""
    with scripted_post() as found:
        settings.RESONANZ_MAIL_SERVER = read_address(found.address)
        settings.RESONANZ_MAIL_FROM = Address("Resonanz", addr_spec="resonanz@bakery.example")
        settings.RESONANZ_PUBLIC_ADDRESS = "https://resonanz.example"
        yield found


@pytest.fixture
def send_due() -> SendDue:
    """Sends everything that is due now, as the worker would."""

    def send() -> None:
        Letter.objects.update(nudged_at=timezone.now() - timedelta(hours=1))
        for pk in due_letters(timezone.now(), 100):
            send_letter.call(pk)

    return send
