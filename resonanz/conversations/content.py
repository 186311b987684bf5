"""What a post says: its columns, what changed in them, and what it said before."""

from datetime import timedelta
from typing import Any

import msgspec
from django.utils import timezone

from resonanz.conversations.models import Post, PostVersion
from resonanz.plumbing.text import clean_html, kept_address, plain_text
from resonanz.switchboard.shapes import Kind, Said, Standing

TEXT_CHARACTERS = 100_000
VERSIONS_KEPT = 20
# An author who mends a slip within a minute has not said two things.
SLIP = timedelta(minutes=1)
SAYS = ("title", "html", "text", "warning", "pictures")

# What is left of a post that was deleted where it came from: a gap in its conversation.
NOTHING_LEFT: dict[str, Any] = {
    "html": "",
    "text": "",
    "title": "",
    "warning": "",
    "pictures": [],
    "links": [],
    "mentions": [],
    "poll": {},
    "card": {},
    "quotes": None,
    "quotes_uid": "",
}


def content_of(said: Said) -> dict[str, Any]:
    """The columns of a post that its author may change later; HTML cleaned."""
    html = clean_html(said.html)
    return {
        "url": kept_address(said.url),
        "title": said.title[:400],
        "html": html if len(html) <= TEXT_CHARACTERS else "",
        "text": plain_text(said.html)[:TEXT_CHARACTERS],
        "warning": said.warning[:300],
        "language": said.language[:20],
        "audience": said.audience.value,
        "mentions": _as_kept(said.mentions),
        "links": _as_kept(said.links),
        "pictures": _as_kept(said.pictures),
        "quotes_uid": said.quotes_uid,
        "kind": said.kind.value,
        **_beside(said),
        **_standing(said),
    }


def _as_kept(shape: Any) -> Any:
    """A shape as its JSON column gives it back: lists, not tuples, so that the two compare."""
    return msgspec.json.decode(msgspec.json.encode(shape))


def _beside(said: Said) -> dict[str, Any]:
    return {
        "poll": _as_kept(said.poll) if said.poll else {},
        "card": _as_kept(said.card) if said.card else {},
    }


def _standing(said: Said) -> dict[str, Any]:
    """A moderator changes these, and no author: they move without an edit."""
    return {"standing": said.standing.value, "is_closed": said.is_closed}


def is_newer(said: Said, post: Post) -> bool:
    """Whether this is a later edit of what we have. What was deleted stays deleted."""
    if said.edited_at is None or post.gone_at is not None:
        return False
    return post.edited_at is None or said.edited_at > post.edited_at


def comes_out(said: Said, post: Post) -> bool:
    """Whether everybody sees from now on what of ours lay there unseen: a draft, a held comment.

    Until then its words were nobody's; somebody may have written others there meanwhile.
    """
    lay_unseen = post.is_ours and post.standing == Post.Standing.HELD
    return lay_unseen and said.standing is Standing.PUBLISHED and post.gone_at is None


def what_moves_on(said: Said, post: Post) -> dict[str, Any]:
    """Columns that change without an edit: votes, a link's card, what a moderator decides.

    Where an edit would be told, a warning of others changes with it; one that is made of labels
    comes and goes while the post stays what it was.
    """
    if post.gone_at is not None:
        return {}
    beside = {column: value for column, value in _beside(said).items() if value}
    moved = beside | _standing(said)
    if not post.is_ours and said.edited_at == post.edited_at:
        moved["warning"] = said.warning[:300]
    if said.kind != Kind.POST:
        # It was kept before we told kinds apart.
        moved["kind"] = said.kind.value
    return {column: value for column, value in moved.items() if value != getattr(post, column)}


def keep_version(post: Post, changed: dict[str, Any]) -> None:
    """Keep what a post said until now, if the change touches its words or pictures.

    The last twenty versions are kept. Mending a slip within a minute makes none.
    """
    if all(getattr(post, column) == changed[column] for column in SAYS):
        return
    changed_at = changed.get("edited_at") or timezone.now()
    if changed_at - post.said_at < SLIP:
        return
    PostVersion.objects.create(post=post, **{column: getattr(post, column) for column in SAYS})
    kept = post.versions.order_by("-replaced_at", "-pk").values_list("pk", flat=True)
    post.versions.exclude(pk__in=list(kept[:VERSIONS_KEPT])).delete()
