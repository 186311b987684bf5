"""What people say and do: posts, reactions, and the pages they arrive in."""

from collections.abc import Iterator
from datetime import datetime

from resonanz.switchboard.shapes.kinds import Audience, Kind, ReactionKind, Standing
from resonanz.switchboard.shapes.profiles import Mention, Profile
from resonanz.switchboard.shapes.shape import Shape


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


class Thread(Shape):
    """A conversation as one server knows it: what came before, what came after.

    `is_complete` is False when the server says or shows that it knows only a part.
    """

    posts: tuple[Said, ...]
    is_complete: bool = True
