"""What crosses the line between a network and the rooms: frozen, typed, small.

A connector turns its network's payloads into these shapes in `translate.py`, and nothing
rawer than these travels further. All times are timezone-aware UTC. All HTML is as it came:
untrusted, to be cleaned by whoever shows it.

Two names for everything:

* `uid` names a thing on the whole network and for ever (an ActivityPub URI, an AT-URI, a DID,
  a feed entry's address). Two channels that see the same post see the same uid.
* `local_id` is what *this channel's* server calls it, needed to answer, boost or look it up.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import dataclass_transform

import msgspec


class Audience(StrEnum):
    """Who may see a post, from the widest to the narrowest."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    FOLLOWERS = "followers"
    DIRECT = "direct"

    @property
    def narrowness(self) -> int:
        """0 for public up to 3 for direct."""
        return list(Audience).index(self)

    def is_wider_than(self, other: "Audience") -> bool:
        """Whether a post to `self` would be seen by more people than one to `other`."""
        return self.narrowness < other.narrowness


class ReactionKind(StrEnum):
    """What somebody does with a post or an account without words."""

    FAVOURITE = "favourite"
    BOOST = "boost"
    FOLLOW = "follow"


class ShieldKind(StrEnum):
    """How we keep an account away from ours: hear nothing of it, or have nothing to do with it."""

    MUTE = "mute"
    BLOCK = "block"


class Kind(StrEnum):
    """What a thing said is, where it matters to whoever reads it.

    A PING is another page's link to one of ours, as that page's server reported it.
    """

    POST = "post"
    ARTICLE = "article"
    COMMENT = "comment"
    PING = "ping"


class Standing(StrEnum):
    """Whether others see a thing said where it was said. HELD waits for a moderator."""

    PUBLISHED = "published"
    HELD = "held"
    SPAM = "spam"
    TRASH = "trash"


class Wish(StrEnum):
    """What somebody asks of others, by a word in the profile or by a setting of the network."""

    NO_BOTS = "no_bots"
    NO_BRIDGES = "no_bridges"
    NO_SEARCH = "no_search"
    NO_ARCHIVE = "no_archive"
    ONLY_SIGNED_IN = "only_signed_in"


# Tells type checkers that every shape is frozen and built by keyword, as it is.
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of every shape: immutable, built by keyword."""


class Secret(Shape):
    """A value that must never be printed, logged or compared by accident."""

    value: str

    def __repr__(self) -> str:
        """Hide the value."""
        return "Secret(…)"

    __str__ = __repr__


class Mention(Shape):
    """Somebody named in a post."""

    uid: str
    handle: str
    url: str = ""


class Profile(Shape):
    """An account as its network shows it.

    `handle` is what people type to name it (`@ada@town.example`), `bio_html` is untrusted.
    `wishes` are those that the network itself tells; words in `bio_html` are read elsewhere.
    `moved_to` is where the account says that it has gone. `blocks_us` is True where it keeps our
    account away. `is_full` says that everything which the network tells of an account is in it:
    what is empty here is empty there.
    """

    uid: str
    handle: str
    local_id: str = ""
    name: str = ""
    url: str = ""
    avatar_url: str = ""
    bio_html: str = ""
    is_bot: bool = False
    is_locked: bool = False
    is_indexable: bool = True
    created_at: datetime | None = None
    wishes: tuple[Wish, ...] = ()
    moved_to: Mention | None = None
    blocks_us: bool = False
    is_full: bool = False


class Link(Shape):
    """An address that a post points to, with the words it stands under."""

    url: str
    text: str = ""


class Picture(Shape):
    """A picture, film or sound that belongs to a post. `kind` is image, video, audio or other.

    `width` and `height` are in pixels of the original, 0 where nobody said.
    """

    url: str
    kind: str = "image"
    description: str = ""
    preview_url: str = ""
    width: int = 0
    height: int = 0


class Choice(Shape):
    """One answer that a poll offers. `votes` is None while the network keeps it to itself."""

    text: str
    votes: int | None = None


class Poll(Shape):
    """A question with answers to choose from, as it stood when we looked.

    `votes` counts votes, not people: with `is_multiple` one person may give several.
    """

    choices: tuple[Choice, ...]
    ends_at: datetime | None = None
    is_multiple: bool = False
    votes: int = 0
    is_over: bool = False


class Card(Shape):
    """What a network shows of a page that a post links to. Everything in it is untrusted."""

    url: str
    title: str
    description: str = ""
    picture_url: str = ""
    provider: str = ""


class Said(Shape):
    """One thing that somebody said: a status, a comment, a blog entry.

    `answers_uid` or `answers_local_id` names the post it answers, whichever the network gives.
    `title` is set for articles. `shared_by` is set when it reached us because somebody passed
    it on. `is_direct_to_us` says that the network itself reports it as meant for our account.
    `quotes_uid` names the post that it quotes, and `quoted` is that post where it was sent along
    (without what it quotes itself).
    `same_as` are addresses and uids under which the same words stand elsewhere: the original of
    a bridged post, the copies of an article. `is_closed` says that nobody can answer there any
    more.
    """

    uid: str
    author: Profile
    said_at: datetime
    html: str
    local_id: str = ""
    url: str = ""
    title: str = ""
    audience: Audience = Audience.PUBLIC
    warning: str = ""
    language: str = ""
    answers_uid: str = ""
    answers_local_id: str = ""
    quotes_uid: str = ""
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    poll: Poll | None = None
    card: Card | None = None
    quoted: "Said | None" = None
    edited_at: datetime | None = None
    shared_by: Profile | None = None
    is_direct_to_us: bool = False
    kind: Kind = Kind.POST
    standing: Standing = Standing.PUBLISHED
    is_closed: bool = False
    same_as: tuple[str, ...] = ()


class Reaction(Shape):
    """Somebody boosted, favourited or followed. `post` is ours, and missing for a follow.

    `uid` is the same whenever the same reaction is seen again.
    """

    uid: str
    kind: ReactionKind
    by: Profile
    at: datetime
    post: Said | None = None


class Page(Shape):
    """One page of what arrived.

    `cursor` is given on the page after which everything up to that point has been handed over,
    and is stored together with what the page held. It is None on pages before that.
    `gone` holds uids of posts that were deleted where they came from; `gone_local` holds this
    server's local ids, where a network names them only so.
    `is_backlog` marks what is older than our first look: kept, but nobody is alarmed.
    """

    posts: tuple[Said, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    gone: tuple[str, ...] = ()
    gone_local: tuple[str, ...] = ()
    cursor: str | None = None
    is_backlog: bool = False


Pages = Iterator[Page]


class Circle(Shape):
    """A part of the accounts that follow us, or that we follow.

    `cursor` is where to go on; it is empty on the last part.
    """

    profiles: tuple[Profile, ...] = ()
    cursor: str = ""


Circles = Iterator[Circle]


class LinkKind(StrEnum):
    """What a page does with the page of ours that it links to."""

    REPLY = "reply"
    LIKE = "like"
    REPOST = "repost"
    BOOKMARK = "bookmark"
    MENTION = "mention"


class Linkback(Shape):
    """What another page that links to one of ours says there.

    `page` holds it as a post or a reaction; our own page stands beside it as a post whose author
    is the connected account, or is the reaction's post.
    """

    kind: LinkKind
    page: Page


class Endpoints(Shape):
    """Where a page wants to be told of links to it; "" for a way that it does not offer."""

    webmention: str = ""
    pingback: str = ""


class Thread(Shape):
    """A conversation as one server knows it: what came before, what came after.

    `is_complete` is False when the server says or shows that it knows only a part.
    """

    posts: tuple[Said, ...]
    is_complete: bool = True


class Answering(Shape):
    """What an outgoing text answers, and the manners that follow from it.

    `names` are the people whom the answer has to name so that they are told.
    """

    uid: str
    local_id: str
    url: str = ""
    audience: Audience = Audience.PUBLIC
    names: tuple[Mention, ...] = ()
    root_uid: str = ""


class Attachment(Shape):
    """A file of ours that goes out with a text.

    `path` is absolute and on this machine; `size` is in bytes. `sha256` is the hexadecimal digest
    of the file, so that a change can be told from the same file again. `local_id` is what the
    server calls the file once it is there (`Connector.upload`, `Receipt.picture_ids`), and empty
    before: with it, nothing is sent a second time.
    """

    path: str
    content_type: str
    size: int
    description: str = ""
    sha256: str = ""
    local_id: str = ""


class Quoting(Shape):
    """The post that an outgoing text quotes."""

    uid: str
    local_id: str
    url: str = ""


class Outgoing(Shape):
    """A text of ours on its way to one channel.

    `key` is chosen by us once for this text on this channel, and is the same on every attempt.
    `first_tried_at` is None on the first attempt; otherwise a connector may look at what was
    published since then. `text` is plain text with line breaks; it may be empty where there
    are pictures.
    With a `title` it is an article; with `is_draft` it is laid there and not yet published.
    """

    key: str
    text: str
    audience: Audience = Audience.PUBLIC
    warning: str = ""
    language: str = ""
    answering: Answering | None = None
    pictures: tuple[Attachment, ...] = ()
    first_tried_at: datetime | None = None
    title: str = ""
    is_draft: bool = False
    quoting: Quoting | None = None


class Composed(Shape):
    """An outgoing text as it will stand there: with the names added, and counted.

    `length` and `limit` are in `unit`, the network's own ("characters", "graphemes").
    `problems` are codes of what stops it from being sent: `too_long`, `empty`,
    `wider_than_answered`, `audience_not_offered`, `too_many_pictures`, `picture_too_large`,
    `picture_type_not_offered`, `description_too_long`, `title_too_long`. What the
    server never named (`Facts`, 0 or empty) stops nothing.
    """

    text: str
    length: int
    limit: int
    unit: str = "characters"
    names_added: tuple[Mention, ...] = ()
    problems: tuple[str, ...] = ()


class Receipt(Shape):
    """Proof that something of ours now stands there.

    `picture_ids` are the server's names for the pictures in it, in their order, where it gives
    them: with these as `Attachment.local_id` a later edit keeps the pictures.
    """

    uid: str
    local_id: str
    url: str = ""
    at: datetime | None = None
    picture_ids: tuple[str, ...] = ()


class Facts(Shape):
    """What a server said about itself when we connected. Numbers are in the network's unit.

    `picture_limit` counts pictures in one post, `picture_bytes` is the largest file in bytes,
    `picture_types` are content types, `description_limit` is in `text_limit`'s unit. 0 or empty:
    unknown.
    """

    software: str = ""
    version: str = ""
    text_limit: int = 0
    link_cost: int = 0
    streaming_url: str = ""
    title: str = ""
    language: str = ""
    picture_limit: int = 0
    picture_bytes: int = 0
    picture_types: tuple[str, ...] = ()
    description_limit: int = 0


class Account(Shape):
    """One connected account or source: enough to open a connector again.

    `credentials` is the connector's own JSON; it is encrypted wherever it is kept.
    `address` is the server's or the source's address.
    """

    address: str
    profile: Profile
    credentials: Secret
    facts: Facts = Facts()
