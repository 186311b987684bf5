"""Every address of the house with somebody's things behind it, for tests that try them all."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from resonanz.house.tests.things import Things
from resonanz.pictures.actions import digest_of
from resonanz.pictures.addresses import shown_at
from resonanz.pictures.files import path_of
from resonanz.pictures.models import PictureCopy

Arguments = Callable[[Things], dict[str, Any]]


def read_whole(answer: Any) -> None:
    """Read what comes piece by piece to its end, so that its files are closed.

    `close()` would take the test's own connection along, which PostgreSQL minds.
    """
    if answer.streaming:
        answer.getvalue()


def _pk(name: str) -> Arguments:
    return lambda things: {"pk": getattr(things, name).pk}


def _of_matter(things: Things) -> dict[str, Any]:
    return {"pk": things.matter.matter_id}


def _of_link(things: Things) -> dict[str, Any]:
    return {"pk": things.conversation.pk, "matter": things.matter.matter_id}


FACE = "https://town.example/face.png"


def _picture(things: Things) -> dict[str, Any]:
    """Our copy of a picture in her workspace, with its file."""
    found, _ = PictureCopy.objects.get_or_create(
        workspace=things.channel.workspace,
        digest=digest_of(FACE),
        defaults={"url": FACE, "state": PictureCopy.State.KEPT},
    )
    path_of(found).parent.mkdir(parents=True, exist_ok=True)
    path_of(found).write_bytes(b"A picture.")
    return {"token": shown_at(FACE).strip("/").rpartition("/")[2]}


# Whoever knocks may see these.
OPEN = {
    "healthz",
    # Behind a token; `house/tests/test_metrics.py` tries it.
    "metrics",
    "setup",
    "set_language",
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    # Whoever has the link; `letters/tests/test_stopping.py` tries what it stops.
    "letters-stop",
    "manifest",
    "service-worker",
    # Whoever has the link; `workspaces/tests/test_members.py` tries what it opens.
    "invitation",
    "mfa_authenticate",
    "mfa_login_webauthn",
    # Whoever links to us; `mentions/tests/test_door.py` tries what they take.
    "mentions-status",
    "pingback",
    "webmention",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_login_cancelled",
}
# One's own login; there is nothing of a workspace behind them.
OWN_LOGIN = {
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "security-untie",
    "usersessions_list",
    "workspaces",
    "workspaces-enter",
}
# What addresses of a login, or in front of the door, take.
TAKEN: dict[str, dict[str, Any]] = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "nobody-knows-this"},
    "invitation": {"secret": "nobody-knows-this"},
    "letters-stop": {"token": "nobody-knows-this"},
    "mentions-status": {"token": "nobody-knows-this"},
    "pingback": {"token": "nobody-knows-this"},
    "webmention": {"token": "nobody-knows-this"},
    "workspaces-enter": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
    "openid_connect_callback": {"provider_id": "house"},
    "openid_connect_login": {"provider_id": "house"},
}
# Pages that show what is in the reader's own workspace. The values are what the address takes.
OF_A_WORKSPACE: dict[str, dict[str, Any]] = {
    "channels": {},
    "channels-connect": {},
    "channels-connect-network": {"slug": "pretend"},
    "channels-list-bring": {"slug": "feeds"},
    "channels-list-file": {"slug": "feeds"},
    "conversations": {},
    "conversations-moderate-many": {},
    "conversations-by-hand": {},
    "conversations-by-hand-look": {},
    "conversations-by-hand-people": {},
    "conversations-by-hand-tools": {},
    "conversations-move-many": {},
    "conversations-pulse": {},
    "conversations-rule-add": {},
    "conversations-rules": {},
    "conversations-views": {},
    "kept-writing": {},
    "matters": {},
    "mentions": {},
    "mentions-sent": {},
    "neighbourhood": {},
    "neighbourhood-pulse": {},
    "neighbourhood-walked": {},
    "outbox": {},
    "people": {},
    "search": {},
    "security-everybody": {},
    "members": {},
    "members-invite": {},
    "settings": {},
    "settings-absence": {},
    "settings-hours": {},
    "settings-letters": {},
    "settings-letters-browser": {},
    "settings-letters-trial": {},
    "settings-letters-wishes": {},
    "settings-hours-save": {},
    "settings-member": {},
    "settings-hidden-words": {},
    "settings-fact-add": {},
    "settings-speaking": {},
    "settings-voice": {},
    "settings-workspace": {},
    "speak": {},
    "speak-article": {},
    "status": {},
    "today": {},
    "today-faces": {},
    "today-not-me": {},
    "today-owed": {},
    "today-programme": {},
    "today-programme-begin": {},
    "today-programme-leave-out": {},
    "today-programme-more": {},
    "today-programme-stop": {},
    "trail": {},
    "trail-export": {"form": "csv"},
    "welcome": {},
    "words": {},
    "workspaces-found": {},
}
# Pages of one thing: a stranger gets 404.
OF_A_THING: dict[str, Arguments] = {
    "channels-channel": _pk("channel"),
    "channels-door": lambda things: {"token": things.pending.token},
    "channels-list": _pk("list_import"),
    "channels-list-again": _pk("list_import"),
    "channels-look": _pk("channel"),
    "channels-pause": _pk("channel"),
    "channels-remove": _pk("channel"),
    "channels-resume": _pk("channel"),
    "conversations-answer": _pk("post"),
    "conversations-article": _pk("post"),
    "conversations-answered-there": _pk("post"),
    "conversations-by-hand-change": _pk("noted"),
    "conversations-by-hand-remove": _pk("noted"),
    "conversations-fetch": _pk("post"),
    "conversations-follow": _pk("identity"),
    "conversations-join": _pk("conversation"),
    "conversations-matter": _pk("conversation"),
    "conversations-matter-link": _of_link,
    "conversations-matter-told": _of_link,
    "conversations-moderate": _pk("post"),
    "conversations-moderate-undo": lambda things: {"batch": things.moderation.batch},
    "conversations-move": _pk("conversation"),
    "conversations-note": _pk("note"),
    "conversations-note-remove": _pk("note"),
    "conversations-notes": _pk("conversation"),
    "conversations-part": _pk("joined_talk"),
    "conversations-promise": _pk("conversation"),
    "conversations-promise-kept": _pk("promise"),
    "conversations-quote": _pk("post"),
    "conversations-react": _pk("post"),
    "conversations-rule": _pk("rule"),
    "conversations-rule-act": _pk("rule"),
    "conversations-talk-pulse": _pk("conversation"),
    "conversations-thread": _pk("conversation"),
    "conversations-undo": lambda things: {"batch": things.move.batch},
    "conversations-view": _pk("view"),
    "conversations-view-remove": _pk("view"),
    "conversations-shield": _pk("identity"),
    "conversations-versions": _pk("post"),
    "conversations-whole": _pk("conversation"),
    "matters-change": _of_matter,
    "matters-matter": _of_matter,
    "matters-reopen": _of_matter,
    "matters-settle": _of_matter,
    "mentions-again": _pk("received_mention"),
    "mentions-domain": lambda things: {"pk": things.received_mention.channel_id},
    "mentions-domain-look": lambda things: {"pk": things.received_mention.channel_id},
    "mentions-sent-again": _pk("sent_mention"),
    "members-leave": _pk("member"),
    "members-member": _pk("member"),
    "members-renew": _pk("invitation"),
    "members-role": _pk("member"),
    "members-withdraw": _pk("invitation"),
    "neighbourhood-answer": _pk("post"),
    "neighbourhood-first-word": _pk("identity"),
    "neighbourhood-like": _pk("post"),
    "neighbourhood-share": _pk("post"),
    "outbox-again": lambda things: {"kind": "delivery", "pk": things.delivery.pk},
    "outbox-agree": _pk("draft"),
    "outbox-change": _pk("standing"),
    "outbox-delete": _pk("standing"),
    "outbox-discard": _pk("draft"),
    "outbox-draft": _pk("draft"),
    "outbox-give-back": _pk("draft"),
    "outbox-let-be": _pk("amendment"),
    "outbox-moderation-let-be": _pk("moderation"),
    "outbox-picture": _pk("upload"),
    "outbox-picture-restore": _pk("upload"),
    "outbox-restore": _pk("draft"),
    "outbox-short-text": _pk("draft"),
    "outbox-take-back": _pk("delivery"),
    "outbox-text-take-back": _pk("publication"),
    "outbox-write-on": _pk("draft"),
    "people-join": _pk("person"),
    "people-name": _pk("person"),
    "people-note": _pk("person"),
    "people-part": _pk("joining"),
    "people-person": _pk("person"),
    "pictures-copy": _picture,
    "settings-absence-end": _pk("absence"),
    "settings-fact": _pk("fact"),
    "settings-fact-drop": _pk("fact"),
    "settings-letters-browser-stop": _pk("browser"),
    "today-owed-settle": _pk("person"),
    "today-owed-thank": _pk("person"),
    "today-owed-unsettle": _pk("person"),
}


def filled_in(things: Things) -> dict[str, str]:
    """What the small forms send along, all of them at once."""
    found = {"kind": "favourite", "channel": str(things.channel.pk), "do": "done", "text": "x"}
    return found | {"standing": "spam", "other": str(things.noted.identity.person_id)}


def address_names() -> list[str]:
    """The names of all addresses of the house. A pattern without a name has "" as its name."""
    return [pattern.name or "" for pattern in patterns_of(get_resolver())]


def patterns_of(resolver: URLResolver) -> Iterator[URLPattern]:
    """All patterns, also those of rooms."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns_of(entry)
        else:
            yield entry


def address(name: str, things: Things) -> str:
    """The address of a page with the workspace's own things."""
    if name in OF_A_THING:
        return reverse(name, kwargs=OF_A_THING[name](things))
    return reverse(name, kwargs=OF_A_WORKSPACE.get(name) or TAKEN.get(name))
