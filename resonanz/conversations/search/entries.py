"""Writing the entries by which posts and notes are found. The post or note is the truth."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from resonanz.conversations.models import Note, Post, SearchEntry
from resonanz.conversations.models.searching import SLOTS, first_key_at, span_of
from resonanz.conversations.places import Kept
from resonanz.people.by_hand import BY_HAND, is_by_hand, own_word
from resonanz.people.models import Identity
from resonanz.understanding.search_words import index_words

# Two workers may give the same post its words, or two posts of one second the same key.
ATTEMPTS = 4


@dataclass(frozen=True)
class Wanted:
    """An entry as it should be; without words there is none."""

    thing: int
    workspace: int
    at: datetime
    words: str


def words_of_post(post: Post) -> str:
    """The tokens of a post: what it says, shows and leads to, where it was said and by whom."""
    tokens = index_words(_texts_of(post), language=post.language)
    if not tokens:
        return ""
    return _stored([*tokens, network_token(post.network), author_token(post.identity_id)])


def network_token(slug: str) -> str:
    """The token of every post that was said on a network; one for all that was noted by hand."""
    return f"on:{BY_HAND if is_by_hand(slug) else slug}"


def author_token(identity_id: int) -> str:
    """The token of every post that an account said."""
    return f"by:{identity_id}"


def _stored(tokens: Sequence[str]) -> str:
    return f" {' '.join(tokens)} " if tokens else ""


def _texts_of(post: Post) -> Iterator[str]:
    yield from (post.title, post.warning, post.text, own_word(post.network))
    for picture in post.pictures:
        yield str(picture.get("description") or "")
    for link in post.links:
        yield str(link.get("url") or "")
    for choice in post.poll.get("choices", ()):
        yield str(choice.get("text") or "")
    yield from (str(post.card.get(name) or "") for name in ("title", "description", "url"))


# Said in our hearing, and not to us.
OVERHEARD = (Post.Reason.NEIGHBOURHOOD, Post.Reason.THREAD)


def index_posts(posts: Iterable[Post]) -> None:
    """Bring the entries of posts up to what they say now; what was deleted or is spam has none.

    Neither has what was only overheard from somebody who does not want to be found.
    """
    posts = list(posts)
    hidden = _not_to_be_found(posts)
    wanted = [
        Wanted(
            post.pk,
            post.workspace_id,
            post.said_at,
            "" if _is_away(post) or post.pk in hidden else words_of_post(post),
        )
        for post in posts
    ]
    _bring_up("post_id", wanted, of_notes=False)


def _is_away(post: Post) -> bool:
    """What was deleted, and what is called spam, is found by nobody."""
    return post.gone_at is not None or post.is_put_away


def _not_to_be_found(posts: Collection[Post]) -> set[int]:
    overheard = {post.pk: post.identity_id for post in posts if post.reason in OVERHEARD}
    if not overheard:
        return set()
    asked = Identity.objects.filter(pk__in=set(overheard.values()), is_indexable=False)
    hidden = set(asked.values_list("pk", flat=True))
    return {pk for pk, identity in overheard.items() if identity in hidden}


def index_notes(notes: Iterable[Note]) -> None:
    """Bring the entries of notes up to what they say now; what was taken out has none.

    Their conversations have to be fetched with them.
    """
    wanted = [
        Wanted(
            note.pk,
            note.conversation.workspace_id,
            note.at,
            "" if note.removed_at else _stored(index_words([note.text])),
        )
        for note in notes
    ]
    _bring_up("note_id", wanted, of_notes=True)


def index_kept(kept: list[Kept]) -> None:
    """Entries for the posts of one page, in the transaction that stores them."""
    index_posts({one.post.pk: one.post for one in kept}.values())


def forget_posts(ids: Collection[int]) -> None:
    """Nobody finds these posts any more."""
    SearchEntry.objects.filter(post__in=ids).delete()


def _bring_up(column: str, wanted: Sequence[Wanted], *, of_notes: bool) -> None:
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                _write(column, wanted, of_notes=of_notes)
        except IntegrityError:
            # Somebody else was quicker; what he wrote is seen the next time.
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return


def _write(column: str, wanted: Sequence[Wanted], *, of_notes: bool) -> None:
    by_id: dict[int, Wanted] = {one.thing: one for one in wanted}
    rows = SearchEntry.objects.filter(**{f"{column}__in": by_id})
    known: dict[Any, SearchEntry] = {getattr(row, column): row for row in rows}
    gone = [row.pk for thing, row in known.items() if not by_id[thing].words]
    changed = [row for thing, row in known.items() if by_id[thing].words not in ("", row.words)]
    new = [one for thing, one in by_id.items() if one.words and thing not in known]
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()
    for row in changed:
        row.words = by_id[getattr(row, column)].words
        row.save(update_fields=["words"])
    if new:
        keys = free_keys(new, of_notes=of_notes)
        SearchEntry.objects.bulk_create(
            SearchEntry(key=key, words=one.words, **{column: one.thing})
            for key, one in zip(keys, new, strict=True)
        )


def free_keys(wanted: Sequence[Wanted], *, of_notes: bool) -> list[int]:
    """A key for each that nobody has, at its second or soon after."""
    wishes = [
        first_key_at(span_of(one.workspace, of_notes=of_notes), one.at) + one.thing % SLOTS
        for one in wanted
    ]
    taken = set(SearchEntry.objects.filter(pk__in=wishes).values_list("pk", flat=True))
    found: list[int] = []
    for wish in wishes:
        key = wish
        while key in taken:
            key += 1
            if SearchEntry.objects.filter(pk=key).exists():
                taken.add(key)
        taken.add(key)
        found.append(key)
    return found
