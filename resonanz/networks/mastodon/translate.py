"""Their JSON to our shapes. Pure: no request, no clock, no state.

`us` is our own profile. Its uid ends in the host that people of our server carry in their
handles, which the API leaves out: `ada` there is `ada@town.example` everywhere.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
from bs4 import BeautifulSoup, Tag

from resonanz.networks.mastodon.payloads import (
    AccountPayload,
    ContextPayload,
    MediaPayload,
    MentionPayload,
    NotificationPayload,
    QuotedPayload,
    QuotePayload,
    StatusPayload,
)
from resonanz.networks.mastodon.server_name import ascii_host
from resonanz.switchboard.shapes import (
    Audience,
    Link,
    Mention,
    Picture,
    Profile,
    Reaction,
    ReactionKind,
    Receipt,
    Said,
    Thread,
)
from resonanz.switchboard.trouble import Unreadable

Payload = TypeVar("Payload")
log = logging.getLogger(__name__)

AUDIENCES = {
    "public": Audience.PUBLIC,
    "unlisted": Audience.UNLISTED,
    "private": Audience.FOLLOWERS,
    "mutuals_only": Audience.FOLLOWERS,
    "direct": Audience.DIRECT,
}
VISIBILITIES = {
    Audience.PUBLIC: "public",
    Audience.UNLISTED: "unlisted",
    Audience.FOLLOWERS: "private",
    Audience.DIRECT: "direct",
}
REACTIONS = {
    "favourite": ReactionKind.FAVOURITE,
    "reblog": ReactionKind.BOOST,
    "follow": ReactionKind.FOLLOW,
}
# Notifications that bring a post: somebody named us, quoted us, or changed what concerns us.
TELLING_OF_A_POST = frozenset({"mention", "status", "update", "quote", "quoted_update"})
MEDIA_KINDS = {"image": "image", "gifv": "video", "video": "video", "audio": "audio"}
CLASSES_OF_NAMES = frozenset({"mention", "hashtag", "u-url"})


def read(raw: bytes | msgspec.Raw, shape: type[Payload]) -> Payload:
    """Decode one payload. Raises `Unreadable`, without quoting it."""
    try:
        return msgspec.json.decode(raw, type=shape, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise Unreadable("The server sent something that is not what was asked for.") from cause


def read_each(raws: Iterable[msgspec.Raw], shape: type[Payload]) -> list[Payload]:
    """Decode every payload of a list. One broken entry is left out, so that it hides no other.

    Raises `Unreadable` when none of them can be read.
    """
    found: list[Payload] = []
    broken: Unreadable | None = None
    left_out = 0
    for raw in raws:
        try:
            found.append(read(raw, shape))
        except Unreadable as trouble:
            broken, left_out = trouble, left_out + 1
    if broken and not found:
        raise broken
    if left_out:
        log.warning("%d of %d entries could not be read.", left_out, left_out + len(found))
    return found


def uid_of(acct: str, host: str) -> str:
    """`ada` or `Ada@Town.example` as `ada@town.example`."""
    name, _, domain = acct.strip().lstrip("@").partition("@")
    bare, colon, port = domain.partition(":")
    domain = (ascii_host(bare) or bare.lower()) + colon + port if domain else host
    return f"{name.lower()}@{domain}"


def handle_of(acct: str, host: str) -> str:
    """`ada` as `@ada@town.example`; a name that has its host keeps it."""
    acct = acct.strip().lstrip("@")
    return f"@{acct}" if "@" in acct else f"@{acct}@{host}"


def host_of_people(us: Profile) -> str:
    """The host that people of our server carry in their handles."""
    return us.uid.rpartition("@")[2]


def moment(text: str | None) -> datetime | None:
    """A time as it is sent, in UTC; None for what is no time."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def profile_of(account: AccountPayload, host: str) -> Profile:
    """An account. `host` is that of people of the server that was asked."""
    return Profile(
        uid=uid_of(account.acct, host),
        handle=handle_of(account.acct, host),
        local_id=account.id,
        name=account.display_name or account.acct.partition("@")[0],
        url=account.url or account.uri or "",
        avatar_url=account.avatar or "",
        bio_html=account.note or "",
        is_bot=bool(account.bot),
        is_locked=bool(account.locked),
        is_indexable=not account.noindex,
        created_at=moment(account.created_at),
    )


def mention_of(mention: MentionPayload, host: str) -> Mention:
    """Somebody named in a post."""
    return Mention(
        uid=uid_of(mention.acct, host), handle=handle_of(mention.acct, host), url=mention.url or ""
    )


def said_of(status: StatusPayload, us: Profile) -> Said:
    """A post. A boost gives the original, with the booster in `shared_by`.

    Raises `Unreadable` when the post has neither a name nor a time.
    """
    if status.reblog is not None:
        original = said_of(status.reblog, us)
        booster = profile_of(status.account, host_of_people(us))
        return msgspec.structs.replace(original, shared_by=booster)
    host, said_at, uid = host_of_people(us), moment(status.created_at), status.uri or status.url
    if said_at is None or not uid:
        raise Unreadable("The server sent a post without a name or without a time.")
    # What a newer or another server calls otherwise is treated as private: never widen.
    audience = AUDIENCES.get(status.visibility or "public", Audience.DIRECT)
    mentions = tuple(mention_of(mention, host) for mention in status.mentions or ())
    author = profile_of(status.account, host)
    names_us = any(mention.uid == us.uid for mention in mentions)
    return Said(
        uid=uid,
        author=author,
        said_at=said_at,
        html=status.content or "",
        local_id=status.id,
        url=status.url or uid,
        audience=audience,
        warning=status.spoiler_text or "",
        language=status.language or "",
        answers_local_id=status.in_reply_to_id or "",
        quotes_uid=_quoted_uid(status),
        mentions=mentions,
        links=links_of(status),
        tags=tuple(tag.name.lstrip("#") for tag in status.tags or ()),
        pictures=tuple(map(_picture_of, status.media_attachments or ())),
        edited_at=moment(status.edited_at),
        is_direct_to_us=audience is Audience.DIRECT and names_us and author.uid != us.uid,
    )


def links_of(status: StatusPayload) -> tuple[Link, ...]:
    """The addresses in a post, without those of the people and tags that it names."""
    html = status.content or ""
    if "<a" not in html:
        return ()
    names = {mention.url for mention in status.mentions or ()}
    names |= {tag.url for tag in status.tags or ()}
    found: dict[str, Link] = {}
    for anchor in BeautifulSoup(html, "html.parser").find_all("a"):
        if not isinstance(anchor, Tag):
            continue
        url, classes = str(anchor.get("href") or ""), anchor.get("class") or []
        if CLASSES_OF_NAMES.intersection(classes) or url in names:
            continue
        if urlsplit_safely(url) in ("http", "https"):
            found.setdefault(url, Link(url=url, text=anchor.get_text()))
    return tuple(found.values())


def urlsplit_safely(url: str) -> str:
    """The scheme of an address, "" for what cannot be one."""
    try:
        return urlsplit(url).scheme
    except ValueError:
        return ""


def _quoted_uid(status: StatusPayload) -> str:
    """Mastodon wraps the quoted post; older forks send it bare, or something else entirely."""
    if status.quote is None:
        return ""
    for shape in (QuotePayload, QuotedPayload):
        try:
            found = msgspec.json.decode(status.quote, type=shape)
        except msgspec.DecodeError:
            continue
        quoted = found.quoted_status if isinstance(found, QuotePayload) else found
        if quoted and quoted.uri:
            return quoted.uri
    return ""


def _picture_of(media: MediaPayload) -> Picture:
    return Picture(
        url=media.url or media.remote_url or "",
        kind=MEDIA_KINDS.get(media.type or "", "other"),
        description=media.description or "",
        preview_url=media.preview_url or "",
    )


def said_of_each(statuses: Iterable[StatusPayload], us: Profile) -> tuple[Said, ...]:
    """Posts in the order they came; one without name or time is left out.

    Where a post answers one that came along, it says so by uid too.
    """
    found: list[Said] = []
    for status in statuses:
        try:
            found.append(said_of(status, us))
        except Unreadable:
            log.warning("A post without a name or a time was left out.")
    uids = {said.local_id: said.uid for said in found}
    return tuple(_with_answered(said, uids) for said in found)


def _with_answered(said: Said, uids: Mapping[str, str]) -> Said:
    answered = uids.get(said.answers_local_id, "")
    return msgspec.structs.replace(said, answers_uid=answered) if answered else said


def told_of(
    notifications: Iterable[NotificationPayload], us: Profile
) -> tuple[tuple[Said, ...], tuple[Reaction, ...]]:
    """The posts and the reactions that notifications tell of.

    Requests to follow, polls and notes of the moderators are not among them.
    """
    notifications = list(notifications)
    posts = said_of_each(
        (n.status for n in notifications if n.type in TELLING_OF_A_POST and n.status), us
    )
    reactions = [reaction_of(note, us) for note in notifications if note.type in REACTIONS]
    return posts, tuple(reaction for reaction in reactions if reaction)


def reaction_of(notification: NotificationPayload, us: Profile) -> Reaction | None:
    """A boost, a favourite or a follow; None when it lacks what it is about.

    The uid is made of who did what to which post, so that the same reaction is recognised in a
    stream, in a list, and on servers that number notifications anew.
    """
    kind, at = REACTIONS[notification.type], moment(notification.created_at)
    by = profile_of(notification.account, host_of_people(us))
    if at is None:
        return None
    if kind is ReactionKind.FOLLOW:
        return Reaction(uid=f"{kind}:{by.uid}:{us.uid}", kind=kind, by=by, at=at)
    if notification.status is None:
        return None
    try:
        post = said_of(notification.status, us)
    except Unreadable:
        return None
    return Reaction(uid=f"{kind}:{by.uid}:{post.uid}", kind=kind, by=by, at=at, post=post)


def thread_of(
    status: StatusPayload, context: ContextPayload, us: Profile, *, more_is_coming: bool = False
) -> Thread:
    """A post with what came before and after, oldest first.

    It is incomplete when the server is still fetching, counts more answers than it shows, or
    when the first post answers one that is not there.
    """
    statuses = [
        *read_each(context.ancestors, StatusPayload),
        status,
        *read_each(context.descendants, StatusPayload),
    ]
    posts = sorted(said_of_each(statuses, us), key=lambda said: said.said_at)
    is_complete = not more_is_coming and len(posts) == len(statuses) and is_whole(statuses)
    return Thread(posts=tuple(posts), is_complete=is_complete)


def is_whole(statuses: Sequence[StatusPayload]) -> bool:
    """Whether these posts hold everything that they themselves speak of."""
    known = {status.id for status in statuses}
    answers: dict[str, int] = {}
    for status in statuses:
        if parent := status.in_reply_to_id:
            if parent not in known:
                return False
            answers[parent] = answers.get(parent, 0) + 1
    return all(answers.get(status.id, 0) >= (status.replies_count or 0) for status in statuses)


def receipt_of(status: StatusPayload) -> Receipt:
    """Proof that a post of ours stands there."""
    uid = status.uri or status.url or ""
    return Receipt(
        uid=uid, local_id=status.id, url=status.url or uid, at=moment(status.created_at)
    )
