"""What may be done with a post besides answering: moderate it, quote it, tell of our article.

Asks the database nothing: posts come with what these questions need.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post, Sighting
from resonanz.conversations.moderating import channel_to_moderate
from resonanz.conversations.shown import WIDE
from resonanz.outbox.models import OnItsWay
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Standing, Wish


@dataclass(frozen=True)
class Choice:
    """One standing that a comment can get. `key` is the key that chooses it."""

    standing: str
    label: str
    icon: str
    key: str = ""


@dataclass(frozen=True)
class Moderating:
    """Which standings a comment can get; those of one that waits stand at hand."""

    standing: str
    choices: list[Choice]

    @property
    def is_held(self) -> bool:
        """Whether somebody waits for this."""
        return self.standing == Standing.HELD


def moderating(post: Post, sightings: Sequence[Sighting]) -> Moderating | None:
    """How a comment can be moderated; None where no account of ours can do it."""
    if channel_to_moderate(post, sightings) is None:
        return None
    choices = {
        Standing.HELD: [
            Choice("published", _("Approve"), "check", "y"),
            Choice("spam", _("Spam"), "report", "p"),
            Choice("trash", _("Into the trash"), "delete", "d"),
        ],
        Standing.PUBLISHED: [
            Choice("held", _("Hold it back"), "clock"),
            Choice("spam", _("It is spam"), "report"),
            Choice("trash", _("Into the trash"), "delete"),
        ],
        Standing.SPAM: [
            Choice("published", _("No spam: publish it"), "check"),
            Choice("held", _("No spam: let it wait for approval"), "clock"),
            Choice("trash", _("Into the trash"), "delete"),
        ],
        Standing.TRASH: [
            Choice("published", _("Fetch it back and publish it"), "check"),
            Choice("held", _("Fetch it back, to wait for approval"), "clock"),
        ],
    }
    return Moderating(post.standing, choices[Standing(post.standing)])


def standing_under_way(post: Post) -> str:
    """What is being done with a comment there, or that it was refused, as a sentence; or "".

    The post has to be read with `moderating`: the standing wished for and where that is.
    """
    wanted, _sign, state = (getattr(post, "moderating", None) or "").partition(" ")
    if state == OnItsWay.State.REFUSED:
        return _("It could not be moderated there. The outbox says why.")
    words = {
        "published": _("It is being approved there."),
        "held": _("It is being held back there."),
        "spam": _("It is being called spam there."),
        "trash": _("It is being put into the trash there."),
    }
    return words.get(wanted, "")


def may_be_quoted(post: Post) -> bool:
    """Whether its author leaves it to others to pass her words on in words of their own."""
    author = post.identity
    is_wide = post.audience in WIDE and post.standing == Standing.PUBLISHED
    is_wished = not author.blocks_us and Wish.NO_BRIDGES.value not in author.wishes
    return is_wide and is_wished and not post.is_ours and post.gone_at is None


def channel_to_quote(post: Post, sightings: Sequence[Sighting]) -> Channel | None:
    """The first working account that can quote a post where it was said; None where none can."""
    if not may_be_quoted(post):
        return None
    able = (found.channel for found in sightings if Can.QUOTE in found.channel.abilities)
    return next((channel for channel in able if channel.state == Channel.State.OK), None)


def article_note(post: Post) -> str:
    """What is to be known about an article of ours that nobody can read yet; or ""."""
    if not _is_our_article(post) or post.standing == Standing.PUBLISHED:
        return ""
    return _(
        "It lies there as a draft. As soon as it is published there, you can tell them where it"
        " stands."
    )


def to_be_told_of(post: Post, others: Collection[Post]) -> Post | None:
    """What an article of ours answers, where they have not been told where it stands; or None."""
    if not _is_our_article(post) or post.standing != Standing.PUBLISHED or not post.url:
        return None
    answered = post.answers
    if answered is None or answered.gone_at is not None or answered.is_ours:
        return None
    told = any(one.is_ours and one.pk != post.pk and _names(one, post.url) for one in others)
    return None if told else answered


def _is_our_article(post: Post) -> bool:
    is_there = post.gone_at is None and post.is_ours
    return is_there and post.kind == Post.Kind.ARTICLE


def _names(post: Post, address: str) -> bool:
    return address in post.text or any(link.get("url") == address for link in post.links)


def words_about(article: Post) -> str:
    """With what an answer begins that tells of an article of ours: its title and address."""
    return f"{article.title}\n{article.url}".strip()
