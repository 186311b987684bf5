"""What a post said before its author changed it, and what changed."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from resonanz.conversations.models import Post, PostVersion
from resonanz.plumbing.content_warnings import warning_words
from resonanz.understanding.differences import Piece, word_changes


@dataclass(frozen=True)
class Changed:
    """One change: when it was seen, what else than the words changed, and the words."""

    moment: datetime
    notes: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def changes_of(post: Post) -> list[Changed]:
    """Every change of a post that we know of, the latest first."""
    versions = list(post.versions.order_by("-replaced_at", "-pk"))
    after: list[Post | PostVersion] = [post, *versions]
    return [_changed(old, new) for old, new in zip(versions, after, strict=False)]


def _changed(old: PostVersion, new: Post | PostVersion) -> Changed:
    return Changed(
        moment=old.replaced_at,
        notes=list(_notes(old, new)),
        pieces=word_changes(old.text, new.text),
    )


def _notes(old: PostVersion, new: Post | PostVersion) -> list[str]:
    found = []
    if old.title != new.title:
        found.append(_("The title was “%(title)s” before.") % {"title": old.title})
    if old.warning != new.warning and old.warning:
        before = {"warning": warning_words(old.warning)}
        found.append(_("The content warning was “%(warning)s” before.") % before)
    elif old.warning != new.warning:
        found.append(_("The content warning was put in."))
    if old.pictures != new.pictures:
        found.append(_("The pictures or their descriptions changed."))
    return found
