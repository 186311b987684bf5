"""Their JSON to our shapes. Pure: no request, no clock, no state."""

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import msgspec

from resonanz.networks.bluesky import labels
from resonanz.networks.bluesky.addresses import (
    INVALID_HANDLE,
    is_handle,
    is_post,
    post_page,
    profile_page,
)
from resonanz.networks.bluesky.enclosed import card_of, pictures_of, quoted_in
from resonanz.networks.bluesky.moments import moment, said_at
from resonanz.networks.bluesky.payloads import (
    EntryPayload,
    LabelPayload,
    NotePayload,
    PostPayload,
    PostRecord,
    ProfilePayload,
    ThreadPayload,
)
from resonanz.networks.bluesky.rich_text import is_web, plain_html, words_of
from resonanz.networks.bluesky.views import QuotedView
from resonanz.switchboard.decoding import part_of
from resonanz.switchboard.shapes import (
    Card,
    Link,
    Profile,
    Reaction,
    ReactionKind,
    Said,
    Thread,
)
from resonanz.switchboard.trouble import Gone, Refused, Unreadable
from resonanz.switchboard.wording import N_

log = logging.getLogger(__name__)

NAMELESS = N_("The server sent a post without a name or without a time.")
NOT_SHOWN = N_(
    "This post is not shown to this account: its author keeps the account away, or the other way "
    "round."
)
REPOSTED = "app.bsky.feed.defs#reasonRepost"
# Notifications that bring a post: somebody named us, answered us or quoted us.
TELLING_OF_A_POST = frozenset({"mention", "reply", "quote"})
REACTIONS = {
    "like": ReactionKind.FAVOURITE,
    "repost": ReactionKind.BOOST,
    "follow": ReactionKind.FOLLOW,
}
DETACHED = "app.bsky.embed.record#viewDetached"


def profile_of(profile: ProfilePayload, *, is_full: bool = False) -> Profile:
    """An account. `is_full`: the server gave all that it tells of one, not a short form."""
    is_lost = profile.handle == INVALID_HANDLE or not is_handle(profile.handle)
    handle = "" if is_lost else profile.handle
    viewer = profile.viewer
    return Profile(
        uid=profile.did,
        handle=profile.did if is_lost else f"@{handle}",
        local_id=profile.did,
        name=(profile.display_name or "").strip() or handle or profile.did,
        url=profile_page(profile.did, handle),
        avatar_url=profile.avatar or "",
        bio_html=plain_html(profile.description or ""),
        is_bot=labels.is_bot(profile.labels, profile.did),
        created_at=moment(profile.created_at),
        wishes=labels.wishes_of(profile.labels),
        blocks_us=bool(viewer and viewer.blocked_by),
        is_full=is_full,
    )


def said_of(post: PostPayload) -> Said:
    """A post as a server shows it. Raises `Unreadable` when it has neither a name nor a time."""
    record = part_of(post.record, PostRecord)
    at = said_at(record.created_at, post.indexed_at) if record else None
    if record is None or at is None or not is_post(post.uri):
        raise Unreadable(NAMELESS)
    quoted = quoted_in(post.embed)
    said = _said(post.uri, record, profile_of(post.author), at)
    warning = _warning(post.labels, record, post.author)
    card = card_of(post.embed)
    return msgspec.structs.replace(
        said,
        warning=warning,
        quotes_uid=_quotes_uid(quoted) if quoted else said.quotes_uid,
        quoted=_quoted(quoted),
        pictures=pictures_of(post.embed),
        card=card or said.card,
        links=_with_page(said.links, card),
        is_closed=bool(post.viewer and post.viewer.reply_disabled),
    )


def _warning(sent: list[LabelPayload] | None, record: PostRecord, author: ProfilePayload) -> str:
    """What moderators stuck on a post, what its author did, and what stands on the account."""
    own, account = labels.self_labels(record.labels), labels.on_account(author)
    return labels.warning_of(labels.warnings_in([*(sent or ()), *own, *account]))


def _said(uri: str, record: PostRecord, author: Profile, at: datetime) -> Said:
    """What the record of a post itself tells."""
    words = words_of(record.text, record.facets)
    card = card_of(record.embed)
    original = record.bridgy_original_url or ""
    return Said(
        uid=uri,
        local_id=uri,
        author=author,
        said_at=at,
        html=words.html,
        url=post_page(uri, author.handle.removeprefix("@")),
        language=(record.langs or [""])[0],
        answers_uid=record.reply.parent.uri if record.reply else "",
        quotes_uid=_quotes_uid(quoted_in(record.embed)),
        mentions=words.mentions,
        links=_with_page(words.links, card),
        tags=tuple(dict.fromkeys((*words.tags, *(record.tags or ())))),
        card=card,
        same_as=(original,) if is_web(original) else (),
    )


def _with_page(links: tuple[Link, ...], card: Card | None) -> tuple[Link, ...]:
    """The links of a text and the page that stands below it."""
    if card is None or any(link.url == card.url for link in links):
        return links
    return (*links, Link(url=card.url, text=card.title))


def _quotes_uid(quoted: QuotedView | None) -> str:
    """The address of a quoted post; nothing where its author has taken it out of the quote."""
    if quoted is None or quoted.kind == DETACHED:
        return ""
    return quoted.uri if is_post(quoted.uri) else ""


def _quoted(quoted: QuotedView | None) -> Said | None:
    """The quoted post where it came along, without what it quotes itself."""
    record = part_of(quoted.value, PostRecord) if quoted else None
    if quoted is None or quoted.author is None or record is None or not is_post(quoted.uri):
        return None
    at = said_at(record.created_at, quoted.indexed_at)
    if at is None:
        return None
    embed = next(iter(quoted.embeds or ()), None)
    warning = _warning(quoted.labels, record, quoted.author)
    said = _said(quoted.uri, record, profile_of(quoted.author), at)
    card = card_of(embed)
    return msgspec.structs.replace(
        said,
        warning=warning,
        pictures=pictures_of(embed),
        card=card or said.card,
        links=_with_page(said.links, card),
    )


def said_of_each(posts: Iterable[PostPayload]) -> tuple[Said, ...]:
    """Posts in the order they came; one without name or time is left out."""
    found: list[Said] = []
    for post in posts:
        try:
            found.append(said_of(post))
        except Unreadable:
            log.warning("A post without a name or a time was left out.")
    return tuple(found)


def passed_on(entries: Iterable[EntryPayload]) -> tuple[Said, ...]:
    """The posts of a timeline, those that were passed on with who did it."""
    found: list[Said] = []
    for entry in entries:
        for said in said_of_each([entry.post]):
            reason = entry.reason
            by = reason.by if reason and reason.kind == REPOSTED else None
            sharer = profile_of(by) if by else None
            found.append(msgspec.structs.replace(said, shared_by=sharer))
    return tuple(found)


def name_of(entry: EntryPayload) -> str:
    """What tells an entry of a timeline from all others: the post, and who passed it on."""
    by = entry.reason.by.did if entry.reason and entry.reason.by else ""
    return f"{entry.post.uri} {by}".strip()


def told_of(
    notes: Iterable[NotePayload], known: Mapping[str, Said], us: str
) -> tuple[tuple[Said, ...], tuple[Reaction, ...]]:
    """The posts and the reactions that notifications tell of.

    `known` are the posts that they are about, by uid: a post that is not among them is not
    there any more. `us` is our DID. Reactions to what we only passed on, verifications and the
    like are not among them.
    """
    notes = list(notes)
    about = dict.fromkeys(note.uri for note in notes if note.reason in TELLING_OF_A_POST)
    authors = {note.author.did: profile_of(note.author, is_full=True) for note in notes}
    posts = (known[uri] for uri in about if uri in known)
    reactions = (reaction_of(note, known, us) for note in notes if note.reason in REACTIONS)
    found: dict[str, Reaction] = {}
    for reaction in reactions:
        if reaction is not None:
            found.setdefault(reaction.uid, reaction)
    return tuple(_by(said, authors) for said in posts), tuple(found.values())


def _by(said: Said, authors: Mapping[str, Profile]) -> Said:
    """A post with all that a notification tells of its author."""
    full = authors.get(said.author.uid)
    return msgspec.structs.replace(said, author=full) if full else said


def reaction_of(note: NotePayload, known: Mapping[str, Said], us: str) -> Reaction | None:
    """A repost, a like or a follow; None when it lacks what it is about.

    The uid is made of who did what to which post, so that somebody who likes, takes it back and
    likes again is counted once.
    """
    kind, at = REACTIONS[note.reason], moment(note.indexed_at)
    by = profile_of(note.author, is_full=True)
    if at is None:
        return None
    if kind is ReactionKind.FOLLOW:
        return Reaction(uid=f"{kind}:{by.uid}:{us}", kind=kind, by=by, at=at)
    post = known.get(note.reason_subject or "")
    if post is None:
        return None
    return Reaction(uid=f"{kind}:{by.uid}:{post.uid}", kind=kind, by=by, at=at, post=post)


def thread_of(asked: ThreadPayload) -> Thread:
    """A post with what came before and after, oldest first.

    It is incomplete when something in it is not there or not shown, when more answers are
    counted than came, or when the first post answers one that did not come. Raises `Refused`
    where the post that was asked for is kept from us, and `Gone` where it is not there.
    """
    if asked.blocked:
        raise Refused(NOT_SHOWN)
    if asked.not_found:
        raise Gone
    if asked.post is None:
        raise Unreadable(NAMELESS)
    nodes = [*_above(asked), asked, *_below(asked)]
    shown = [node.post for node in nodes if node.post]
    posts = sorted(said_of_each(shown), key=lambda said: said.said_at)
    once = {said.uid: said for said in posts}
    is_whole = len(shown) == len(nodes) and len(once) == len(shown)
    has_top = all(said.answers_uid in once for said in posts if said.answers_uid)
    has_answers = all(_has_all_answers(node) for node in (asked, *_below(asked)))
    return Thread(
        posts=tuple(once.values()), is_complete=bool(is_whole and has_top and has_answers)
    )


def _above(node: ThreadPayload) -> Iterator[ThreadPayload]:
    """What came before, the nearest first."""
    above = part_of(node.parent, ThreadPayload)
    while above is not None:
        yield above
        above = part_of(above.parent, ThreadPayload)


def _below(node: ThreadPayload) -> Iterator[ThreadPayload]:
    """What came after, level by level."""
    waiting = deque(node.replies or ())
    while waiting:
        below = part_of(waiting.popleft(), ThreadPayload)
        if below is not None:
            yield below
            waiting.extend(below.replies or ())


def _has_all_answers(node: ThreadPayload) -> bool:
    return node.post is None or len(node.replies or ()) >= (node.post.reply_count or 0)
