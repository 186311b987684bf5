"""Prints the addresses of a filled town as JSON, and how many queries each page makes.

RESONANZ_HOME names the folder. The details are spread over the whole town and contain the
longest conversations and the people who spoke most. `every_page` holds this list and the table
of all pages (`tests/pages.py`) together: a new page without an address here is said.
"""

import json
import os
import sys
from collections.abc import Iterable
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")

import django

django.setup()

from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone

from bench.searching import search_addresses
from bench.town import EMAIL, OWNER
from resonanz.conversations.models import Conversation, Matter, Note, Post, Rule
from resonanz.outbox.models import Delivery, Draft
from resonanz.people.models import Identity, Person
from resonanz.workspaces.models import Fact, User
from tests.pages import Stage, pages_at

MOST = 40
SEGMENTS = ("", "?turn=theirs", "?turn=done", "?turn=aside", "?turn=all", "?who=me")
FILTERS = (
    *("?who=nobody", "?who=others", "?turn=all&who=me", "?turn=done&who=nobody"),
    *("?language=fi", "?turn=all&language=fi", "?direct=1", "?turn=all&direct=1"),
    *("?matter=1", "?turn=all&matter=1", "?where=network:mastodon"),
    *("?standing=held", "?turn=all&standing=held"),
    *("?where=network:by-hand", "?turn=all&where=network:by-hand"),
    *("?turn=all&where=channel:1", "?turn=aside&where=channel:1"),
    *("?who=others&language=fi&direct=1", "?turn=all&who=2&language=fi"),
)
OUTBOX = ("", "?show=on-its-way", "?show=sent", "?show=refused", "?show=to-agree")
PEOPLE = ("", "?show=everybody", "?q=guest1", "?q=guest77", "?q=xyzzy")
# Pages on which nothing depends on how full the town is, or which show a single form.
NOT_MEASURED = {
    *("account_change_password", "account_logout", "account_reauthenticate", "mfa_activate_totp"),
    *(
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_edit_webauthn",
        "mfa_generate_recovery_codes",
    ),
    *("mfa_list_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("mfa_remove_webauthn", "mfa_view_recovery_codes", "channels-connect-network"),
    *("channels-door", "channels-list", "mentions-domain", "conversations-by-hand-change"),
}


def addresses() -> dict[str, list[str]]:
    """Addresses per page, in the order in which the pages are measured."""
    return {**_headline(), **_of_conversations(), **_of_the_house()}


def _headline() -> dict[str, list[str]]:
    """The pages a member lives in."""
    inbox = Conversation.objects.inbox()
    talkers = Person.objects.others().order_by("pk")
    return {
        "inbox": [reverse("conversations") + query for query in SEGMENTS],
        "thread": _details(
            "conversations-thread", inbox.order_by("-post_count"), inbox.order_by("first_post_at")
        ),
        # Whoever comes first in the town speaks most.
        "person": _details("people-person", talkers, talkers.reverse()),
        "search": search_addresses(),
        "today": [reverse("today")],
        "neighbourhood": [reverse("neighbourhood")],
    }


def _of_conversations() -> dict[str, list[str]]:
    yesterday = timezone.localdate() - timedelta(days=1)
    since = f"?turn=all&since={yesterday.isoformat()}"
    here = reverse("conversations")
    return {
        "inbox_filtered": [here + query for query in (*FILTERS, since)],
        "inbox_many": [f"{here}?turn=all&many=1"],
        "rules": [reverse("conversations-rules"), reverse("conversations-rules") + "?try=1"],
        "rule": [reverse("conversations-rule-add"), *_details("conversations-rule", _all(Rule))],
        "matters": [*_plain("matters"), *_details("matters-matter", _all(Matter))],
        "matters_change": _details("matters-change", _all(Matter)),
        "matter_here": _details("conversations-matter", Conversation.objects.inbox()),
        "join": _details("conversations-join", Conversation.objects.inbox()),
        "shield": _details("conversations-shield", Identity.objects.others().order_by("pk")),
        "versions": _details("conversations-versions", Post.objects.exclude(edited_at=None)),
        "by_hand": _plain("conversations-by-hand", "conversations-by-hand-tools"),
        "answered_there": _details(
            "conversations-answered-there", Post.objects.filter(is_to_us=True).order_by("pk")
        ),
        "pulse": _plain("conversations-pulse"),
        "note": _details(
            "conversations-note", Note.objects.filter(author__name=OWNER).order_by("pk")
        ),
        "views": [reverse("conversations-views")],
    }


def _of_the_house() -> dict[str, list[str]]:
    sent = Delivery.objects.filter(state=Delivery.State.SENT).order_by("-pk")
    owed = reverse("today-owed")
    return {
        "today_owed": [owed],
        "today_faces": [reverse("today-faces")],
        "not_me": [reverse("today-not-me")],
        "programme": _plain("today-programme"),
        "people": [reverse("people") + query for query in PEOPLE],
        "outbox": [reverse("outbox") + query for query in OUTBOX],
        "draft": _details("outbox-draft", Draft.objects.open().order_by("pk")),
        "change": _details("outbox-change", sent),
        "speak": _plain("speak", "speak-article"),
        "channels": _plain("channels", "channels-connect"),
        "channel": [*_at_one("channels-channel"), *_at_one("channels-remove")],
        "mentions": _plain("mentions", "mentions-sent"),
        "settings": _plain("settings", "settings-hours", "settings-speaking", "settings-letters"),
        "fact": _details("settings-fact", _all(Fact)),
        "members": [reverse("members"), *_at_one("members-member")],
        "workspaces": _plain("workspaces", "workspaces-found", "welcome"),
        "trail": [reverse("trail")],
        "kept": [reverse("kept-writing")],
        "status": [reverse("status")],
        "words": _plain("words"),
        "security": _plain("mfa_index", "usersessions_list"),
    }


def _all(model: type[Model]) -> Iterable[Model]:
    return model._default_manager.order_by("pk")


def _details(name: str, *found: Iterable[Model]) -> list[str]:
    """The addresses of some rows of every order."""
    return [
        reverse(name, args=[row.pk])
        for rows in found
        for row in rows[: MOST // len(found)]  # type: ignore[index]
    ]


def _plain(*names: str) -> list[str]:
    return [reverse(name) for name in names]


def _at_one(name: str) -> list[str]:
    return [reverse(name, args=[1])]


def every_page(found: dict[str, list[str]]) -> None:
    """Complain where a page of the house is neither measured nor left out on purpose."""
    measured = {
        resolve(address.partition("?")[0]).url_name for some in found.values() for address in some
    }
    known = {page.url_name for page in pages_at(Stage.LIVED_IN)}
    missing = known - measured - NOT_MEASURED
    if missing:
        raise RuntimeError(f"bench/addresses.py has no address of: {', '.join(sorted(missing))}.")


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
    if answer.status_code not in (200, 204):
        raise RuntimeError(f"{address} answered {answer.status_code}.")
    return len(caught)


if __name__ == "__main__":
    known = addresses()
    every_page(known)
    print(json.dumps(queries(known) if sys.argv[1:] == ["queries"] else known))
