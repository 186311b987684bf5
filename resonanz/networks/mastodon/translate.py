"""Their JSON to our shapes. Pure: no request, no clock, no state.

What the JSON means depends a little on who asked which server; that is the `Viewpoint`.
"""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import urlsplit

import msgspec
from bs4 import BeautifulSoup, Tag

from resonanz.networks.mastodon.enclosed import card_of, pictures_of, poll_of
from resonanz.networks.mastodon.limits import (
    SOFTWARE_THAT_INVENTS_LANGUAGES,
    SOFTWARE_WITHOUT_FOLLOWERS_ONLY,
)
from resonanz.networks.mastodon.moments import moment
from resonanz.networks.mastodon.payloads import (
    AccountPayload,
    ContextPayload,
    MentionPayload,
    NotificationPayload,
    QuotePayload,
    StatusPayload,
)
from resonanz.networks.mastodon.server_name import ascii_host
from resonanz.switchboard.decoding import part_of, read_each
from resonanz.switchboard.shapes import (
    Account,
    Audience,
    Link,
    Mention,
    Profile,
    Reaction,
    ReactionKind,
    Receipt,
    Said,
    Shape,
    Thread,
)
from resonanz.switchboard.trouble import Unreadable
from resonanz.switchboard.wording import N_

log = logging.getLogger(__name__)

NAMELESS = N_("The server sent a post without a name or without a time.")
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
QUOTE_LINE = re.compile(r'^\s*<p class="quote-inline">[^<]*+(?:<(?!/p>)[^<]*+)*+</p>')
CLASSES_OF_NAMES = frozenset({"mention", "hashtag", "u-url"})


class Viewpoint(Shape):
    """Who we are on the server that answered, and whether it can be believed.

    `host` is what people of our server carry in their handles, which the API leaves out: `ada`
    there is `ada@town.example` everywhere. `tells_language` is False where the server makes
    languages up, `has_followers_only` where "private" means: for those who are named. `home` is
    the host of the server that answered, where that is not ours.
    """

    us: Profile
    home: str = ""
    tells_language: bool = True
    has_followers_only: bool = True

    @property
    def host(self) -> str:
        """What people of the server that answered carry in their handles."""
        return self.home or self.us.uid.rpartition("@")[2]


def viewpoint_of(account: Account) -> Viewpoint:
    """The viewpoint of a connected account."""
    software = account.facts.software
    return Viewpoint(
        us=account.profile,
        tells_language=software not in SOFTWARE_THAT_INVENTS_LANGUAGES,
        has_followers_only=software not in SOFTWARE_WITHOUT_FOLLOWERS_ONLY,
    )


def audience_of(visibility: str | None, view: Viewpoint) -> Audience:
    """Who may see a post. What we do not know, and what cannot be told apart, is direct.

    An answer must never be seen by more people than what it answers.
    """
    found = AUDIENCES.get(visibility or "public", Audience.DIRECT)
    if found is Audience.FOLLOWERS and not view.has_followers_only:
        return Audience.DIRECT
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


def profile_of(account: AccountPayload, host: str) -> Profile:
    """An account. `host` is that of people of the server that was asked.

    Whoever may not be indexed is found by those only with whom she had to do: Mastodon's own
    search keeps to that (docs.joinmastodon.org/spec/activitypub/#indexable, read 2026-11-22).
    """
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
        is_indexable=not account.noindex and account.indexable is not False,
        created_at=moment(account.created_at),
        moved_to=_moved_to(account, host),
        is_full=True,
    )


def _moved_to(account: AccountPayload, host: str) -> Mention | None:
    there = part_of(account.moved, AccountPayload)
    if there is None or not there.acct.strip():
        return None
    url = there.url or there.uri or ""
    return Mention(uid=uid_of(there.acct, host), handle=handle_of(there.acct, host), url=url)


def mention_of(mention: MentionPayload, host: str) -> Mention:
    """Somebody named in a post."""
    return Mention(
        uid=uid_of(mention.acct, host), handle=handle_of(mention.acct, host), url=mention.url or ""
    )


def mentions_of(status: StatusPayload, view: Viewpoint) -> tuple[Mention, ...]:
    """Everybody named in a post. snac2 leaves the reader out of the list, so we look ourselves."""
    us = view.us
    found = tuple(mention_of(mention, view.host) for mention in status.mentions or ())
    if any(mention.uid == us.uid for mention in found) or not us.url:
        return found
    if f'href="{escape(us.url)}" class="u-url mention"' not in (status.content or ""):
        return found
    return (Mention(uid=us.uid, handle=us.handle, url=us.url), *found)


def said_of(status: StatusPayload, view: Viewpoint) -> Said:
    """A post. A boost gives the original, with the booster in `shared_by`.

    Raises `Unreadable` when the post has neither a name nor a time.
    """
    if status.reblog is not None:
        original = said_of(status.reblog, view)
        booster = profile_of(status.account, view.host)
        return msgspec.structs.replace(original, shared_by=booster)
    said_at, uid = moment(status.created_at), status.uri or status.url
    if said_at is None or not uid:
        raise Unreadable(NAMELESS)
    audience = audience_of(status.visibility, view)
    author, mentions = profile_of(status.account, view.host), mentions_of(status, view)
    quotes_uid, quoted = _quoted(status, view)
    if quotes_uid:
        status = _without_line_for_older_servers(status)
    names_us = any(mention.uid == view.us.uid for mention in mentions)
    return Said(
        uid=uid,
        author=author,
        said_at=said_at,
        html=status.content or "",
        local_id=status.id,
        url=status.url or uid,
        audience=audience,
        warning=status.spoiler_text or "",
        language=(status.language or "") if view.tells_language else "",
        answers_local_id=status.in_reply_to_id or "",
        quotes_uid=quotes_uid,
        mentions=mentions,
        links=links_of(status),
        tags=tuple(tag.name.lstrip("#") for tag in status.tags or ()),
        pictures=pictures_of(status),
        poll=poll_of(status),
        card=card_of(status),
        quoted=quoted,
        edited_at=moment(status.edited_at),
        is_direct_to_us=audience is Audience.DIRECT and names_us and author.uid != view.us.uid,
    )


def _without_line_for_older_servers(status: StatusPayload) -> StatusPayload:
    """A post that quotes, without the “RE: address” that Mastodon puts in front of its words.

    Its own pages hide it (docs.joinmastodon.org/methods/statuses/#create, read 2026-11-22).
    """
    return msgspec.structs.replace(status, content=QUOTE_LINE.sub("", status.content or ""))


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


def _quoted(status: StatusPayload, view: Viewpoint) -> tuple[str, Said | None]:
    """The uid of the quoted post, and the post where it came along.

    Mastodon wraps it, older forks send it bare, others send something else entirely.
    """
    sent = status.quote
    wrapped = part_of(sent, QuotePayload)
    if wrapped is not None and wrapped.quoted_status is not None:
        sent = wrapped.quoted_status
    payload = part_of(sent, StatusPayload)
    if payload is None or payload.reblog is not None:
        bare = part_of(sent, QuotePayload)
        return (bare.uri or "") if bare else "", None
    try:
        found = said_of(msgspec.structs.replace(payload, quote=None), view)
    except Unreadable:
        return payload.uri or "", None
    return found.uid, found


def said_of_each(statuses: Iterable[StatusPayload], view: Viewpoint) -> tuple[Said, ...]:
    """Posts in the order they came; one without name or time is left out.

    Where a post answers one that came along, it says so by uid too.
    """
    found: list[Said] = []
    for status in statuses:
        try:
            found.append(said_of(status, view))
        except Unreadable:
            log.warning("A post without a name or a time was left out.")
    uids = {said.local_id: said.uid for said in found}
    return tuple(_with_answered(said, uids) for said in found)


def _with_answered(said: Said, uids: Mapping[str, str]) -> Said:
    answered = uids.get(said.answers_local_id, "")
    return msgspec.structs.replace(said, answers_uid=answered) if answered else said


def told_of(
    notifications: Iterable[NotificationPayload], view: Viewpoint
) -> tuple[tuple[Said, ...], tuple[Reaction, ...]]:
    """The posts and the reactions that notifications tell of.

    Requests to follow, polls and notes of the moderators are not among them.
    """
    notifications = list(notifications)
    told = (n.status for n in notifications if n.type in TELLING_OF_A_POST and n.status)
    named = {n.status.id for n in notifications if n.type == "mention" and n.status}
    posts = tuple(_as_direct(said, named) for said in said_of_each(told, view))
    reactions = [reaction_of(note, view) for note in notifications if note.type in REACTIONS]
    return posts, tuple(reaction for reaction in reactions if reaction)


def _as_direct(said: Said, named: set[str]) -> Said:
    """A private post that the server reports to us is meant for us, even if it does not name us."""
    if said.audience is not Audience.DIRECT or said.local_id not in named:
        return said
    return msgspec.structs.replace(said, is_direct_to_us=True)


def reaction_of(notification: NotificationPayload, view: Viewpoint) -> Reaction | None:
    """A boost, a favourite or a follow; None when it lacks what it is about.

    The uid is made of who did what to which post, so that the same reaction is recognised in a
    stream, in a list, and on servers that number notifications anew.
    """
    kind, at = REACTIONS[notification.type], moment(notification.created_at)
    by = profile_of(notification.account, view.host)
    if at is None:
        return None
    if kind is ReactionKind.FOLLOW:
        return Reaction(uid=f"{kind}:{by.uid}:{view.us.uid}", kind=kind, by=by, at=at)
    if notification.status is None:
        return None
    try:
        post = said_of(notification.status, view)
    except Unreadable:
        return None
    return Reaction(uid=f"{kind}:{by.uid}:{post.uid}", kind=kind, by=by, at=at, post=post)


def thread_of(
    status: StatusPayload, context: ContextPayload, view: Viewpoint, *, more_is_coming: bool = False
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
    posts = sorted(said_of_each(statuses, view), key=lambda said: said.said_at)
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
    return Receipt(uid=uid, local_id=status.id, url=status.url or uid, at=moment(status.created_at))
