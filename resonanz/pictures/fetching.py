"""Getting a picture from where it was shown, through the guarded client."""

from functools import cache

import httpx
from django.conf import settings
from django.utils import timezone

from resonanz.plumbing.outgoing import guarded_client
from resonanz.switchboard.http import send
from resonanz.switchboard.registry import networks

MAX_BYTES = 12_000_000


@cache
def picture_client() -> httpx.Client:
    """The guarded client for pictures: larger answers than elsewhere, and little patience."""
    return guarded_client(
        allowed_hosts=settings.RESONANZ_ALLOWED_HOSTS_INSIDE,
        user_agent=settings.RESONANZ_USER_AGENT,
        max_bytes=MAX_BYTES,
        total_seconds=30,
    )


def content_at(url: str) -> bytes:
    """The bytes at an address, whatever they are. Raises a `Trouble`.

    A network may draw its own pictures (the pretend town does): then nothing is asked for.
    """
    for network in networks().values():
        drawn = network.drawn(url)
        if drawn is not None:
            return drawn
    answer = send(
        picture_client(),
        "GET",
        url,
        writing=False,
        now=timezone.now(),
        headers={"Accept": "image/*"},
    )
    return answer.content
