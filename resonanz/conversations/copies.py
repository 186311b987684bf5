"""Our article and its copies on networks are one conversation, whichever was there first.

A copy of an article is a post of ours that leads to it and says little else. Texts of ours that
went out to several channels at once are copies of the first. Each copy keeps its own answers and
is answered where it stands.
"""

from collections.abc import Collection, Iterator
from operator import attrgetter

from django.db.models import Q

from resonanz.conversations.addresses import Whereabouts
from resonanz.conversations.joining_by_hand import join_as_copies
from resonanz.conversations.models import JoinedPost, Joining, Post
from resonanz.plumbing.text import excerpt
from resonanz.switchboard.shapes import Audience
from resonanz.understanding.same_address import is_front_door, page_at
from resonanz.understanding.same_words import addresses_in, says_little_else
from resonanz.understanding.structure import host_of, is_own_host

WIDE = (Audience.PUBLIC.value, Audience.UNLISTED.value)
# What of an article a copy may quote without being something else.
QUOTED_CHARACTERS = 1500
COPIES_AT_ONCE = 20


def is_our_article(post: Post, own: Collection[str]) -> bool:
    """Whether it is an article of ours: by an account of ours, or on a host of ours."""
    is_ours = post.is_ours or is_own_host(host_of(post.url), own)
    return post.kind == Post.Kind.ARTICLE and is_ours and post.gone_at is None


def make_copy(*, copy: Post, original: Post) -> None:
    """Note that a post brings the words of another elsewhere, and put their talks together."""
    original = original.copy_of or original
    if copy.pk == original.pk or copy.copy_of_id is not None or _were_parted(copy, original):
        return
    copy.copy_of, copy.copy_address = original, ""
    copy.save(update_fields=["copy_of", "copy_address"])
    copy.copies.update(copy_of=original)
    join_as_copies(copy=copy, original=original)


def _were_parted(copy: Post, original: Post) -> bool:
    """Whether a human said that these two are not the same."""
    parted = JoinedPost.objects.filter(
        joining__reason=Joining.Reason.COPY, joining__parted_at__isnull=False
    )
    both = Q(post=copy) | Q(post=original, joining__conversation=copy.conversation_id)
    return parted.filter(both).exists()


def seek_original(post: Post, own: Collection[str], whereabouts: Whereabouts) -> None:
    """Find the article of which a post of ours is a copy, or note where it will stand."""
    pages = list(dict.fromkeys(_pages(post, own, whereabouts)))
    if not _may_be_copy(post) or len(pages) != 1:
        return
    article = whereabouts.post(whereabouts.at(pages[0]))
    if article is None:
        post.copy_address = pages[0]
        post.save(update_fields=["copy_address"])
    elif is_our_article(article, own) and _says_its_words(post, article):
        make_copy(copy=post, original=article)


def seek_copies(article: Post, addresses: Collection[str], own: Collection[str]) -> None:
    """Find the copies of an article of ours that were there before it came."""
    if not addresses or not is_our_article(article, own):
        return
    waiting = Post.objects.filter(
        workspace=article.workspace_id, copy_of=None, copy_address__in=list(addresses)
    ).exclude(copy_address="")
    # Sorted here: asked for in the order of ids, SQLite would walk all posts in that order.
    for post in sorted(waiting, key=attrgetter("pk"))[:COPIES_AT_ONCE]:
        if _may_be_copy(post) and _says_its_words(post, article):
            article.refresh_from_db(fields=["conversation"])
            make_copy(copy=post, original=article)


def join_same_publication(post: Post) -> None:
    """A text of ours that went to several channels is one conversation."""
    if post.delivery is None or post.delivery.position or post.answers_uid:
        return
    same = Post.objects.filter(
        workspace=post.workspace_id,
        delivery__publication=post.delivery.publication_id,
        delivery__position=0,
        gone_at=None,
    )
    first = same.exclude(pk=post.pk).order_by("pk").first()
    if first is not None and _is_wide(post) and _is_wide(first):
        make_copy(copy=post, original=first)


def links_in(post: Post) -> list[str]:
    """The addresses to which a post leads; also those that stand in its words as such."""
    told = [str(link.get("url") or "") for link in post.links]
    told.append(str(post.card.get("url") or ""))
    return [address for address in dict.fromkeys([*told, *addresses_in(post.text)]) if address]


def _pages(post: Post, own: Collection[str], whereabouts: Whereabouts) -> Iterator[str]:
    """The pages of ours to which a post leads."""
    for address in links_in(post):
        page = page_at(address)
        if is_front_door(page):
            continue
        if is_own_host(host_of(address), own) or whereabouts.at(page) is not None:
            yield page


def _may_be_copy(post: Post) -> bool:
    is_answer = post.answers_id is not None or bool(post.answers_uid)
    is_ours = post.is_ours and post.kind != Post.Kind.ARTICLE and not is_answer
    return is_ours and _is_wide(post) and post.copy_of_id is None and post.gone_at is None


def _is_wide(post: Post) -> bool:
    return post.audience in WIDE


def _says_its_words(post: Post, article: Post) -> bool:
    return says_little_else(post.text, (article.title, excerpt(article.text, QUOTED_CHARACTERS)))
