"""Fixtures of letters."""

from collections.abc import Iterator
from email.headerregistry import Address

import pytest
from pytest_django import Settings

from resonanz.letters.tests.scripted_post import ScriptedPost, scripted_post
from resonanz.plumbing.mail_server import read_address


@pytest.fixture
def post(settings: Settings) -> Iterator[ScriptedPost]:
    """A mail server that this installation hands its letters to."""
    with scripted_post() as found:
        settings.RESONANZ_MAIL_SERVER = read_address(found.address)
        settings.RESONANZ_MAIL_FROM = Address("Resonanz", addr_spec="resonanz@bakery.example")
        settings.RESONANZ_PUBLIC_ADDRESS = "https://resonanz.example"
        yield found
