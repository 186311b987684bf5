"""The few values that a field of a shape may have."""

from enum import StrEnum


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


class LinkKind(StrEnum):
    """What a page does with the page of ours that it links to."""

    REPLY = "reply"
    LIKE = "like"
    REPOST = "repost"
    BOOKMARK = "bookmark"
    MENTION = "mention"
