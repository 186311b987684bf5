"""Every address of the house with somebody's things behind it, for tests that try them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from resonanz.channels.models import Channel, ListImport, PendingConnection
from resonanz.channels.vault import vault
from resonanz.conversations.listing import Chosen
from resonanz.conversations.matters import open_matter, settle_matter
from resonanz.conversations.models import (
    Conversation,
    MatterLink,
    Move,
    Note,
    Post,
    Promise,
    Rule,
    SavedView,
)
from resonanz.conversations.moves import assign
from resonanz.conversations.notes import write_note
from resonanz.conversations.saved_views import keep_view
from resonanz.house.today.programme import begin_programme
from resonanz.letters.models import PushSubscription
from resonanz.outbox.actions import add_upload, approve_and_send, gesture, start_draft
from resonanz.outbox.models import Amendment, Delivery, Draft, Gesture, Publication, Upload
from resonanz.people.models import Identity, Person
from resonanz.pictures.actions import digest_of
from resonanz.pictures.addresses import shown_at
from resonanz.pictures.files import path_of
from resonanz.pictures.models import PictureCopy
from resonanz.relationships.models import Contact
from resonanz.switchboard.shapes import ReactionKind
from resonanz.workspaces.membership import invite
from resonanz.workspaces.models import Absence, Fact, Invitation, Member, Programme
from resonanz.workspaces.queries import voices_of

HER_WORDS = "Words that nobody else may read."


@dataclass(frozen=True)
class Things:
    """One of everything that belongs to one workspace."""

    channel: Channel
    conversation: Conversation
    post: Post
    promise: Promise
    note: Note
    matter: MatterLink
    move: Move
    view: SavedView
    rule: Rule
    draft: Draft
    delivery: Delivery
    gesture: Gesture
    publication: Publication
    standing: Delivery
    amendment: Amendment
    upload: Upload
    fact: Fact
    identity: Identity
    person: Person
    contact: Contact
    list_import: ListImport
    pending: PendingConnection
    member: Member
    invitation: Invitation
    browser: PushSubscription
    absence: Absence
    programme: Programme


def things_of(member: Member, channel: Channel) -> Things:
    """Makes one of everything; the channel has been read already."""
    post = Post.objects.filter(workspace=member.workspace, is_to_us=True).latest("pk")
    sent = approve_and_send(draft=_draft(member, channel, "A word."), member=member)
    nod = gesture(
        channel=channel,
        voice=voices_of(member)[0],
        kind=ReactionKind.FAVOURITE,
        target_uid=post.uid,
        target_local_id=post.sightings.earliest("pk").local_id,
    )
    standing = _standing(member, channel)
    return Things(
        channel=channel,
        conversation=post.conversation,
        post=post,
        promise=_promise(member, post),
        note=write_note(conversation=post.conversation, author=member, text=HER_WORDS, named=[]),
        matter=_matter(member, post),
        move=_move(member, post),
        rule=Rule.objects.create(workspace=member.workspace, name="All", assignee=member),
        view=keep_view(member=member, name="Mine", chosen=Chosen(), is_for_all=True),
        draft=_draft(member, channel, HER_WORDS),
        delivery=sent.deliveries.get(),
        gesture=nod,
        publication=sent,
        standing=standing,
        amendment=Amendment.objects.create(
            delivery=standing, channel=channel, member=member, kind=Amendment.Kind.DELETE
        ),
        upload=_upload(member, channel),
        fact=Fact.objects.create(workspace=member.workspace, title="Hours", text="From 6."),
        identity=post.identity,
        person=post.identity.person,
        contact=Contact.objects.filter(workspace=member.workspace).latest("pk"),
        list_import=ListImport.objects.create(
            workspace=member.workspace, member=member, network="pretend", file_name="list"
        ),
        pending=_pending(member),
        member=member,
        browser=PushSubscription.objects.create(member=member, endpoint="https://push.example/1"),
        invitation=invite(member=member, role=Member.Role.GUEST, language="en")[0],
        programme=begin_programme(member=member, minutes=20),
        absence=Absence.objects.create(
            member=member, from_day="2020-01-01", until_day="2020-01-02"
        ),
    )


def _draft(member: Member, channel: Channel, text: str) -> Draft:
    return start_draft(
        workspace=member.workspace,
        author=member,
        voice=voices_of(member)[0],
        channels=[channel],
        text=text,
    )


def _standing(member: Member, channel: Channel) -> Delivery:
    """Something of hers that stands at its network."""
    said = approve_and_send(draft=_draft(member, channel, "Said."), member=member)
    said.deliveries.update(state=Delivery.State.SENT, uid="said", local_id="said")
    return said.deliveries.get()


def _upload(member: Member, channel: Channel) -> Upload:
    file = BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    draft = _draft(member, channel, "With a picture.")
    return add_upload(draft=draft, content=file.getvalue(), file_name="a.png")[0]


def _promise(member: Member, post: Post) -> Promise:
    return Promise.objects.create(
        workspace=member.workspace,
        conversation=post.conversation,
        voice=voices_of(member)[0],
        what="A cake.",
        due_on="2030-01-01",
    )


def _matter(member: Member, post: Post) -> MatterLink:
    """A matter that is settled, which nobody in the conversation has heard of."""
    link = open_matter(
        conversation=post.conversation, title="Rolls", kind="product", colleague=member, by=member
    )
    settle_matter(matter=link.matter, outcome="Lighter since Monday.", by=member)
    return link


def _move(member: Member, post: Post) -> Move:
    assign(conversations=[post.conversation], to=member, by=member)
    return Move.objects.latest("pk")


def _pending(member: Member) -> PendingConnection:
    return PendingConnection.objects.create(
        workspace=member.workspace,
        member=member,
        network="pretend",
        token="t" * 43,
        memo=vault().seal("memo"),
    )


Arguments = Callable[[Things], dict[str, Any]]


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
    "conversations-move-many": {},
    "conversations-pulse": {},
    "conversations-rule-add": {},
    "conversations-rules": {},
    "conversations-views": {},
    "kept-writing": {},
    "matters": {},
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
    "conversations-fetch": _pk("post"),
    "conversations-follow": _pk("identity"),
    "conversations-matter": _pk("conversation"),
    "conversations-matter-link": _of_link,
    "conversations-matter-told": _of_link,
    "conversations-move": _pk("conversation"),
    "conversations-note": _pk("note"),
    "conversations-note-remove": _pk("note"),
    "conversations-notes": _pk("conversation"),
    "conversations-promise": _pk("conversation"),
    "conversations-promise-kept": _pk("promise"),
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
    "outbox-picture": _pk("upload"),
    "outbox-picture-restore": _pk("upload"),
    "outbox-restore": _pk("draft"),
    "outbox-take-back": _pk("delivery"),
    "outbox-text-take-back": _pk("publication"),
    "outbox-write-on": _pk("draft"),
    "people-name": _pk("person"),
    "people-note": _pk("person"),
    "people-person": _pk("person"),
    "pictures-copy": _picture,
    "settings-absence-end": _pk("absence"),
    "settings-fact": _pk("fact"),
    "settings-fact-drop": _pk("fact"),
    "settings-letters-browser-stop": _pk("browser"),
    "today-owed-settle": _pk("contact"),
    "today-owed-thank": _pk("contact"),
    "today-owed-unsettle": _pk("contact"),
}


def filled_in(things: Things) -> dict[str, str]:
    """What the small forms send along, all of them at once."""
    return {"kind": "favourite", "channel": str(things.channel.pk), "do": "done", "text": "x"}


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
