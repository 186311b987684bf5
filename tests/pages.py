"""Every page there is, and how to come to it.

The screenshots and the tests of every page walk through this table. `tests/test_pages.py`
compares it with the addresses of the house, so that a new page without a picture fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Stage(Enum):
    """When, and as whom, a page is looked at."""

    UNFOUNDED = "before the first visit"
    EMPTY = "signed in, with nothing connected yet"
    LIVED_IN = "signed in, on a busy morning"
    OUTSIDE = "not signed in"


@dataclass(frozen=True)
class Shown:
    """A page in a state worth looking at.

    `path` may name things that the house on show knows, like `{talk}`. `fields` are filled
    (selector: value) and `pressed` is pressed before one looks; `status` is what the answer is.
    One that `asks_for_password` may want it said again first. One with `its_own_language` is in
    that of whom it is for, whatever the browser asks for.
    """

    name: str
    url_name: str
    path: str
    stage: Stage = Stage.LIVED_IN
    status: int = 200
    fields: Mapping[str, str] = field(default_factory=dict)
    pressed: str = ""
    asks_for_password: bool = False
    its_own_language: bool = False


SEND = "main form button.primary"
# What Alice of the house on show signs in with.
PASSWORD = "rye-and-caraway-17"


def confirmed(name: str, url_name: str, path: str, stage: Stage = Stage.LIVED_IN) -> Shown:
    """A page that is shown once the password was said again."""
    return Shown(name, url_name, path, stage, asks_for_password=True)


PAGES = (
    # Before anybody is there.
    Shown("setup", "setup", "/setup/", Stage.UNFOUNDED),
    Shown(
        "setup-wrong",
        "setup",
        "/setup/",
        Stage.UNFOUNDED,
        status=422,
        fields={
            "#id_name": "Morgenrot",
            "#id_domains": "morgenrot",
            "#id_member_name": "Alice",
            "#id_email": "alice@bakery.example",
            "#id_password": "abc",
            "#id_password_again": "abd",
        },
        pressed=SEND,
    ),
    # A house in which nothing is connected.
    Shown("welcome", "welcome", "/welcome/", Stage.EMPTY),
    Shown("today-empty", "today", "/", Stage.EMPTY),
    Shown("neighbourhood-empty", "neighbourhood", "/neighbourhood/", Stage.EMPTY),
    Shown("conversations-empty", "conversations", "/conversations/", Stage.EMPTY),
    Shown("people-empty", "people", "/people/", Stage.EMPTY),
    Shown("outbox-empty", "outbox", "/outbox/", Stage.EMPTY),
    Shown("speak-empty", "speak", "/speak/", Stage.EMPTY),
    Shown("speak-article-empty", "speak-article", "/speak/article/", Stage.EMPTY),
    Shown("channels-empty", "channels", "/channels/", Stage.EMPTY),
    Shown("mentions-empty", "mentions", "/mentions/", Stage.EMPTY),
    Shown("owed-empty", "today-owed", "/today/owed/", Stage.EMPTY),
    Shown("faces-empty", "today-faces", "/today/faces/", Stage.EMPTY),
    Shown("status-empty", "status", "/status/", Stage.EMPTY),
    # A busy morning.
    Shown("today", "today", "/"),
    Shown("owed", "today-owed", "/today/owed/"),
    Shown("faces", "today-faces", "/today/faces/"),
    Shown("neighbourhood", "neighbourhood", "/neighbourhood/"),
    Shown("conversations", "conversations", "/conversations/"),
    Shown("conversations-theirs", "conversations", "/conversations/?turn=theirs"),
    Shown("conversations-done", "conversations", "/conversations/?turn=done"),
    Shown("conversations-all", "conversations", "/conversations/?turn=all"),
    Shown("talk", "conversations-thread", "/conversations/{talk}/"),
    Shown("talk-answered", "conversations-thread", "/conversations/{answered}/"),
    Shown("talk-refused", "conversations-thread", "/conversations/{refused}/"),
    Shown("talk-promise", "conversations-thread", "/conversations/{promised}/"),
    Shown("rules", "conversations-rules", "/conversations/rules/"),
    Shown("rules-tried", "conversations-rules", "/conversations/rules/?try=1"),
    Shown("rule-add", "conversations-rule-add", "/conversations/rules/add/"),
    Shown("rule", "conversations-rule", "/conversations/rules/{rule}/"),
    Shown("matters", "matters", "/matters/"),
    Shown("matters-settled", "matters", "/matters/?show=settled"),
    Shown("matter", "matters-matter", "/matters/{matter}/"),
    Shown("matter-change", "matters-change", "/matters/{matter}/change/"),
    Shown("join", "conversations-join", "/conversations/{talk}/join/"),
    Shown("join-found", "conversations-join", "/conversations/{talk}/join/?q=a"),
    Shown("join-ask", "conversations-join", "/conversations/{talk}/join/?with={answered}"),
    Shown("matter-here", "conversations-matter", "/conversations/{talk}/matter/"),
    Shown("programme-begin", "today-programme", "/today/programme/"),
    Shown(
        "programme",
        "today-programme",
        "/",
        status=302,
        fields={},
        pressed="form[action='/today/programme/begin/'] button",
    ),
    Shown("note-a-talk", "conversations-by-hand", "/noting/"),
    Shown("note-below", "conversations-by-hand", "/noting/?talk={talk}"),
    Shown(
        "note-shared",
        "conversations-by-hand",
        "/noting/?title=Brot%20im%20Test&text=Das%20beste%20der%20Stadt"
        "&url=https%3A%2F%2Fwww.linkedin.com%2Fposts%2Fbrot",
    ),
    Shown(
        "note-unsaid",
        "conversations-by-hand",
        "/noting/",
        status=422,
        pressed=SEND,
    ),
    Shown("note-tools", "conversations-by-hand-tools", "/noting/from-anywhere/"),
    Shown("answered-there", "conversations-answered-there", "/noting/answered/{post}/"),
    Shown("noted-change", "conversations-by-hand-change", "/noting/{noted}/"),
    Shown("talk-noted", "conversations-thread", "/conversations/{noted_talk}/"),
    Shown("talk-joined", "conversations-thread", "/conversations/{joined}/"),
    Shown("talk-held", "conversations-thread", "/conversations/{held}/"),
    Shown("note", "conversations-note", "/conversations/notes/{note}/"),
    Shown("views", "conversations-views", "/conversations/views/"),
    Shown("search", "search", "/search/?q=br%C3%B6tchen"),
    Shown("search-how", "search", "/search/"),
    Shown("search-nothing", "search", "/search/?q=xyzzy"),
    Shown("talk-pictures", "conversations-thread", "/conversations/{pictured}/"),
    Shown("talk-poll", "conversations-thread", "/conversations/{polled}/"),
    Shown("talk-quote", "conversations-thread", "/conversations/{quoting}/"),
    Shown("talk-part", "conversations-thread", "/conversations/{parted}/"),
    Shown("shield", "conversations-shield", "/conversations/accounts/{account}/shield/"),
    Shown("versions", "conversations-versions", "/conversations/posts/{post}/versions/"),
    Shown("people", "people", "/people/"),
    Shown("people-everybody", "people", "/people/?show=everybody"),
    Shown("people-nobody", "people", "/people/?q=xyzzy"),
    Shown("person", "people-person", "/people/{person}/"),
    Shown("person-moved", "people-person", "/people/{moved}/"),
    Shown("person-asking", "people-person", "/people/{asking}/"),
    Shown("outbox", "outbox", "/outbox/"),
    Shown("outbox-on-its-way", "outbox", "/outbox/?show=on-its-way"),
    Shown("outbox-sent", "outbox", "/outbox/?show=sent"),
    Shown("outbox-refused", "outbox", "/outbox/?show=refused"),
    Shown("outbox-to-agree", "outbox", "/outbox/?show=to-agree"),
    Shown("change", "outbox-change", "/outbox/sent/{standing}/change/"),
    Shown("draft", "outbox-draft", "/outbox/drafts/{draft}/"),
    Shown("draft-article", "outbox-draft", "/outbox/drafts/{article_draft}/"),
    Shown("draft-answer", "outbox-draft", "/outbox/drafts/{answer_draft}/"),
    Shown("speak", "speak", "/speak/"),
    Shown("speak-article", "speak-article", "/speak/article/"),
    Shown("conversations-held", "conversations", "/conversations/?turn=all&standing=held"),
    Shown("channels", "channels", "/channels/"),
    Shown("channel", "channels-channel", "/channels/{town}/"),
    Shown("channel-paused", "channels-channel", "/channels/{paused}/"),
    Shown("channel-gone", "channels-channel", "/channels/{gone}/"),
    Shown("channel-remove", "channels-remove", "/channels/{town}/remove/"),
    Shown("mentions", "mentions", "/mentions/"),
    Shown("mentions-sent", "mentions-sent", "/mentions/sent/"),
    Shown("domain", "mentions-domain", "/mentions/domains/{domain}/"),
    Shown("connect", "channels-connect", "/channels/connect/"),
    Shown("connect-pretend", "channels-connect-network", "/channels/connect/pretend/"),
    Shown("connect-feeds", "channels-connect-network", "/channels/connect/feeds/"),
    Shown("connect-mastodon", "channels-connect-network", "/channels/connect/mastodon/"),
    Shown("connect-bluesky", "channels-connect-network", "/channels/connect/bluesky/"),
    Shown("connect-wordpress", "channels-connect-network", "/channels/connect/wordpress/"),
    Shown("connect-webmention", "channels-connect-network", "/channels/connect/webmention/"),
    Shown(
        "connect-mastodon-wrong",
        "channels-connect-network",
        "/channels/connect/mastodon/",
        status=422,
        fields={"#id_oauth-server": "{site}"},
        pressed=SEND,
    ),
    Shown("list", "channels-list", "/channels/lists/{list}/"),
    Shown("door-shut", "channels-door", "/door/nobody-knows-this", status=404),
    Shown("settings", "settings", "/settings/"),
    Shown("hours", "settings-hours", "/settings/hours/"),
    Shown(
        "hours-wrong",
        "settings-hours",
        "/settings/hours/",
        status=422,
        fields={"#id_hours-quiet_from": "22:00"},
        pressed="section[aria-labelledby=working] .button",
    ),
    Shown("not-me-today", "today-not-me", "/today/not-me/"),
    Shown("members", "members", "/members/"),
    Shown(
        "members-invited",
        "members",
        "/members/",
        status=302,
        fields={"#id_name": "Dora"},
        pressed=SEND,
    ),
    Shown("member", "members-member", "/members/{member}/"),
    Shown("workspaces", "workspaces", "/workspaces/"),
    Shown("workspaces-found", "workspaces-found", "/workspaces/found/"),
    Shown("trail", "trail", "/trail/"),
    Shown("kept-nothing", "kept-writing", "/kept/"),
    Shown("letters", "settings-letters", "/settings/letters/"),
    Shown("how-we-speak", "settings-speaking", "/settings/speaking/"),
    Shown("fact", "settings-fact", "/settings/facts/{fact}/"),
    Shown("status", "status", "/status/"),
    Shown("words", "words", "/words/"),
    Shown("words-none", "words", "/words/?q=xyzzy"),
    Shown("security", "mfa_index", "/security/"),
    Shown("security-sessions", "usersessions_list", "/security/sessions/"),
    Shown("security-password", "account_reauthenticate", "/security/password/"),
    Shown("security-code", "mfa_reauthenticate", "/security/code/"),
    Shown("security-passkey", "mfa_reauthenticate_webauthn", "/security/passkey/"),
    confirmed("security-app", "mfa_activate_totp", "/security/app/"),
    confirmed("security-app-remove", "mfa_deactivate_totp", "/security/app/remove/"),
    confirmed("security-codes", "mfa_view_recovery_codes", "/security/codes/"),
    confirmed("security-codes-new", "mfa_generate_recovery_codes", "/security/codes/new/"),
    Shown("passkeys", "mfa_list_webauthn", "/security/passkeys/"),
    confirmed("passkeys-add", "mfa_add_webauthn", "/security/passkeys/add/"),
    confirmed("passkeys-name", "mfa_edit_webauthn", "/security/passkeys/{passkey}/name/"),
    confirmed("passkeys-remove", "mfa_remove_webauthn", "/security/passkeys/{passkey}/remove/"),
    Shown("password", "account_change_password", "/password/"),
    Shown("sign-out", "account_logout", "/sign-out/"),
    # In front of the door.
    Shown("sign-in", "account_login", "/sign-in/", Stage.OUTSIDE),
    Shown(
        "sign-in-wrong",
        "account_login",
        "/sign-in/",
        Stage.OUTSIDE,
        fields={"#id_login": "alice@bakery.example", "#id_password": "guessed"},
        pressed=SEND,
    ),
    Shown(
        "second-step",
        "mfa_authenticate",
        "/sign-in/",
        Stage.OUTSIDE,
        status=302,
        fields={"#id_login": "alice@bakery.example", "#id_password": PASSWORD},
        pressed=SEND,
    ),
    Shown(
        "provider-cancelled", "socialaccount_login_cancelled", "/sign-in/cancelled/", Stage.OUTSIDE
    ),
    Shown("sign-in-inactive", "account_inactive", "/sign-in/inactive/", Stage.OUTSIDE),
    Shown("password-forgotten", "account_reset_password", "/password/forgotten/", Stage.OUTSIDE),
    Shown(
        "invitation",
        "invitation",
        "/invitation/{invitation}/",
        Stage.OUTSIDE,
        its_own_language=True,
    ),
    Shown(
        "invitation-nothing", "invitation", "/invitation/nobody-knows/", Stage.OUTSIDE, status=404
    ),
    Shown(
        "password-link-dead",
        "account_reset_password_from_key",
        "/password/new/1-nobody-knows-this/",
        Stage.OUTSIDE,
    ),
    Shown(
        "password-link-sent",
        "account_reset_password_done",
        "/password/forgotten/sent/",
        Stage.OUTSIDE,
    ),
    Shown("password-new", "account_reset_password_from_key_done", "/password/new/", Stage.OUTSIDE),
    Shown(
        "letters-stop",
        "letters-stop",
        "/letters/stop/{stop}/",
        Stage.OUTSIDE,
        its_own_language=True,
    ),
    Shown("letters-stop-wrong", "letters-stop", "/letters/stop/x/", Stage.OUTSIDE, status=404),
    Shown("not-found", "", "/no-such-page/", Stage.OUTSIDE, status=404),
)

# Addresses that only take a form in, and lead to one of the pages above.
ACTS = frozenset(
    {
        "conversations-matter-link",
        "conversations-matter-told",
        "matters-reopen",
        "matters-settle",
        "today-programme-begin",
        "today-programme-leave-out",
        "today-programme-more",
        "today-programme-stop",
        "channels-list-again",
        "channels-list-bring",
        "channels-look",
        "channels-pause",
        "channels-resume",
        "conversations-answer",
        "conversations-article",
        "conversations-by-hand-look",
        "conversations-by-hand-remove",
        "conversations-fetch",
        "conversations-follow",
        "conversations-moderate",
        "conversations-moderate-many",
        "conversations-moderate-undo",
        "conversations-move",
        "conversations-move-many",
        "conversations-note-remove",
        "conversations-notes",
        "conversations-part",
        "conversations-promise",
        "conversations-promise-kept",
        "conversations-quote",
        "conversations-react",
        "conversations-rule-act",
        "conversations-talk-pulse",
        "conversations-undo",
        "conversations-view",
        "conversations-view-remove",
        "conversations-whole",
        "mentions-again",
        "mentions-domain-look",
        "mentions-sent-again",
        "pingback",
        "members-invite",
        "members-leave",
        "members-renew",
        "members-role",
        "members-withdraw",
        "neighbourhood-answer",
        "neighbourhood-first-word",
        "neighbourhood-like",
        "neighbourhood-share",
        "neighbourhood-walked",
        "outbox-again",
        "outbox-agree",
        "outbox-delete",
        "outbox-discard",
        "outbox-give-back",
        "outbox-let-be",
        "outbox-moderation-let-be",
        "outbox-picture-restore",
        "outbox-restore",
        "outbox-short-text",
        "outbox-take-back",
        "outbox-text-take-back",
        "outbox-write-on",
        "people-join",
        "people-name",
        "people-note",
        "people-part",
        "security-everybody",
        "security-untie",
        "set_language",
        "settings-fact-add",
        "settings-fact-drop",
        "settings-absence",
        "settings-absence-end",
        "settings-hidden-words",
        "settings-hours-save",
        "settings-letters-browser",
        "settings-letters-browser-stop",
        "settings-letters-trial",
        "settings-letters-wishes",
        "settings-member",
        "settings-voice",
        "settings-workspace",
        "today-owed-settle",
        "today-owed-thank",
        "today-owed-unsettle",
        "workspaces-enter",
    }
)

# Addresses that answer with something that is no page.
NO_PAGES = frozenset(
    {
        "channels-list-file",
        "trail-export",
        # A piece of the page on which one notes a talk.
        "conversations-by-hand-people",
        "conversations-pulse",
        "neighbourhood-pulse",
        "healthz",
        # Doors for other websites, which speak plain text.
        "mentions-status",
        "webmention",
        "manifest",
        "metrics",
        "mfa_download_recovery_codes",
        "mfa_login_webauthn",
        "outbox-picture",
        "openid_connect_callback",
        "openid_connect_login",
        "pictures-copy",
        "service-worker",
    }
)


def pages_at(stage: Stage) -> list[Shown]:
    """The pages that are looked at in a stage, in the order of the table."""
    return [page for page in PAGES if page.stage is stage]
