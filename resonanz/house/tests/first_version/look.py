"""Looks into a data folder with the present code, as a script: prints what is there, as JSON."""

import json
import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")
django.setup()

from django.test import Client  # noqa: E402

from resonanz.channels.models import Channel, PendingConnection  # noqa: E402
from resonanz.channels.vault import vault  # noqa: E402
from resonanz.conversations.models import Conversation, Post  # noqa: E402
from resonanz.outbox.models import Delivery, Draft  # noqa: E402
from resonanz.people.models import Person  # noqa: E402
from resonanz.workspaces.models import Alarm, Member, TrailEntry  # noqa: E402

ADDRESSES = ("/", "/neighbourhood/", "/conversations/", "/people/", "/outbox/", "/channels/")


def pages() -> dict[str, int]:
    """The status of pages as the owner sees them."""
    client = Client(headers={"host": "localhost"})
    client.force_login(
        Member.objects.get(name="Alice").user,
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    talks = [f"/conversations/{pk}/" for pk in Conversation.objects.values_list("pk", flat=True)]
    more = ["/outbox/?show=sent", "/outbox/?show=refused", "/settings/", "/status/"]
    people = [f"/people/{person.pk}/" for person in Person.objects.exclude(note="")]
    return {path: client.get(path).status_code for path in [*ADDRESSES, *more, *people, *talks[:9]]}


def main() -> dict[str, Any]:
    """What is there."""
    opened = vault()
    return {
        "credentials": {
            channel.network: opened.open(bytes(channel.credentials))
            for channel in Channel.objects.all()
        },
        "memos": [opened.open(bytes(row.memo)) for row in PendingConnection.objects.all()],
        "posts": Post.objects.exclude(text="").count(),
        "notes": list(Person.objects.exclude(note="").values_list("note", flat=True)),
        "deliveries": [
            [row.state, row.trouble_code, row.first_tried_at is not None]
            for row in Delivery.objects.order_by("pk")
        ],
        "drafts": sorted(Draft.objects.open().values_list("text", flat=True)),
        "alarms": sorted(Alarm.objects.filter(over_at=None).values_list("code", flat=True)),
        "trail": list(TrailEntry.objects.order_by("pk").values_list("verb", flat=True)),
        "pages": pages(),
    }


if __name__ == "__main__":
    print(json.dumps(main()))  # noqa: T201
