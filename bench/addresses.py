"""Prints the addresses of a filled town as JSON, and how many queries each page makes.

RESONANZ_HOME names the folder. The details are spread over the whole town and contain the
longest conversations and the people who spoke most.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")

import django

django.setup()

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.town import EMAIL
from resonanz.conversations.models import Conversation
from resonanz.people.models import Person
from resonanz.workspaces.models import User

MOST = 40


def addresses() -> dict[str, list[str]]:
    """Addresses per page."""
    inbox = Conversation.objects.inbox()
    long_ones = inbox.order_by("-post_count")[: MOST // 2].values_list("pk", flat=True)
    others = inbox.order_by("first_post_at")[: MOST // 2].values_list("pk", flat=True)
    talkers = (
        Person.objects.annotate(posts=Count("identities__posts"))
        .order_by("-posts")[: MOST // 2]
        .values_list("pk", flat=True)
    )
    quiet = Person.objects.order_by("-pk")[: MOST // 2].values_list("pk", flat=True)
    return {
        "today": [reverse("today")],
        "neighbourhood": [reverse("neighbourhood")],
        "inbox": [reverse("conversations")],
        "thread": [reverse("conversations-thread", args=[pk]) for pk in [*long_ones, *others]],
        "people": [reverse("people"), reverse("people") + "?q=guest1"],
        "person": [reverse("people-person", args=[pk]) for pk in [*talkers, *quiet]],
        "outbox": [reverse("outbox")],
        "speak": [reverse("speak")],
        "channels": [reverse("channels")],
        "status": [reverse("status")],
        "settings": [reverse("settings")],
    }


def queries(found: dict[str, list[str]]) -> dict[str, int]:
    """The most queries that any address of a page makes."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(email=EMAIL))
    return {
        page: max(queries_of(client, address) for address in some) for page, some in found.items()
    }


def queries_of(client: Client, address: str) -> int:
    """How many queries one address makes, the session's included."""
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address, follow=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}.")
    return len(caught)


if __name__ == "__main__":
    known = addresses()
    print(json.dumps(queries(known) if sys.argv[1:] == ["queries"] else known))
