"""What the tests of noting by hand share: somebody's browser, and the form as it is sent."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from resonanz.conversations.models import Post
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

Note = Callable[..., HttpResponse]


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


def filled(**told: Any) -> dict[str, Any]:
    """The form of a talk as a browser sends it."""
    usual = {"name": "Zoe Brandt", "text": "The rye was damp.", "place": "counter"}
    return {**usual, "once": str(uuid4()), "turn": "", **told}


@pytest.fixture
def note(browser: Client) -> Note:
    """Alice sends the form; `note(text="…")` gives the page behind it."""

    def send(**told: Any) -> HttpResponse:
        answer: HttpResponse = browser.post("/noting/", filled(**told), follow=True)  # type: ignore[assignment]
        return answer

    return send


def noted() -> Post:
    """What somebody said that was noted last."""
    return Post.objects.filter(noted_by__isnull=False, is_ours=False).latest("pk")
