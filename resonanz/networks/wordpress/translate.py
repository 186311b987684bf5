"""Their JSON to our shapes. Pure: no request, no clock, no state.

What is shown to a reader is HTML and full of entities, also where it is a name or a title: it is
decoded once. Times come without a zone and mean UTC.
"""

from collections.abc import Mapping
from datetime import datetime
from html import unescape
from urllib.parse import urlsplit

import msgspec

from resonanz.networks.wordpress.moments import moment
from resonanz.networks.wordpress.naming import Names, route_in
from resonanz.networks.wordpress.payloads import (
    ArticlePayload,
    CommentPayload,
    LinksPayload,
    Rendered,
    StandingPayload,
    UserPayload,
)
from resonanz.plumbing.text import links_of, pictures_of, plain_text, web_address
from resonanz.switchboard.decoding import part_of
from resonanz.switchboard.shapes import (
    Account,
    Kind,
    Link,
    Picture,
    Profile,
    Receipt,
    Said,
    Shape,
    Standing,
)
from resonanz.switchboard.trouble import Unreadable
from resonanz.switchboard.wording import N_

TIMELESS = N_("The blog sent something without a time.")
STANDINGS = {
    "approved": Standing.PUBLISHED,
    "approve": Standing.PUBLISHED,
    "1": Standing.PUBLISHED,
    "hold": Standing.HELD,
    "0": Standing.HELD,
    "unapproved": Standing.HELD,
    "spam": Standing.SPAM,
    "trash": Standing.TRASH,
    "post-trashed": Standing.TRASH,
}
ARTICLE_STANDINGS = {"publish": Standing.PUBLISHED, "trash": Standing.TRASH}
# Another page's link to ours; the last two are what the Webmention plugin calls them.
PINGS = frozenset({"pingback", "trackback", "webmention", "mention"})
# What is kept among the comments and is none: notes of editors and shops, likes and reposts that
# plugins bring from other networks.
# Sources: make.wordpress.org/core (notes, 6.9), the plugins Webmention, ActivityPub and WooCommerce
# (read 2026-11-22).
NO_WORDS = frozenset(
    {"note", "order_note", "action_log", "like", "favorite", "repost", "bookmark", "read"}
)


class Viewpoint(Shape):
    """Who we are at the blog. `language` is that of its articles, "" where it does not say."""

    us: Profile
    names: Names
    language: str = ""

    @property
    def us_number(self) -> int:
        """The number of our user there."""
        told = self.us.local_id.removeprefix("u")
        return int(told) if told.isdecimal() else 0


def viewpoint_of(account: Account) -> Viewpoint:
    """The viewpoint of a connected account."""
    return Viewpoint(
        us=account.profile,
        names=Names.of_profile(account.profile.uid),
        language=account.facts.language,
    )


def in_words(told: str | None) -> str:
    """A name or a title as it is read: HTML taken out, entities decoded once, on one line."""
    told = told or ""
    return " ".join((plain_text(told) if "<" in told else unescape(told)).split())


def host_of(address: str) -> str:
    """The host of a web address without www, or ""."""
    try:
        host = urlsplit(web_address(address)).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def avatar_in(told: object) -> str:
    """The largest of the pictures that WordPress names by their width in pixels."""
    if not isinstance(told, Mapping):
        return ""
    sizes = [size for size in told if isinstance(size, str) and size.isdecimal()]
    largest = max(sizes, key=int, default="")
    address = told.get(largest)
    return web_address(address) if isinstance(address, str) else ""


def profile_of_user(user: UserPayload, names: Names) -> Profile:
    """Somebody who has a login there."""
    name = in_words(user.name)
    called = (user.slug or "").strip() or name or f"u{user.id}"
    return Profile(
        uid=names.user(user.id),
        handle=f"{called}@{names.place}",
        local_id=f"u{user.id}",
        name=name or called,
        url=web_address(user.link or ""),
        avatar_url=avatar_in(user.avatar_urls),
        bio_html=user.description or "",
    )


def is_words(comment: CommentPayload, names: Names) -> bool:
    """Whether somebody says something to readers by it.

    WordPress pings itself where an article of the blog links to another one of it.
    """
    if not comment.post or (comment.type or "comment") in NO_WORDS:
        return False
    return kind_of(comment) is not Kind.PING or not names.is_here(comment.author_url or "")


def kind_of(comment: CommentPayload) -> Kind:
    """A ping as what it is; everything else is a comment."""
    return Kind.PING if comment.type in PINGS else Kind.COMMENT


def standing_of(comment: CommentPayload | StandingPayload) -> Standing:
    """Whether readers see a comment. What we do not know they do not see."""
    return STANDINGS.get(comment.status or "approved", Standing.HELD)


def author_of(comment: CommentPayload, view: Viewpoint) -> Profile:
    """Who wrote a comment, or which page pinged us. The e-mail address goes no further."""
    names, number = view.names, comment.author or 0
    if number and number == view.us_number:
        return view.us
    url, name = web_address(comment.author_url or ""), in_words(comment.author_name)
    if kind_of(comment) is Kind.PING:
        return _pinging(url, name, comment, view)
    if number:
        uid = names.user(number)
    elif email := (comment.author_email or "").strip():
        uid = names.reader(email)
    elif host_of(url):
        uid = names.site(host_of(url) + urlsplit(url).path.rstrip("/"))
    else:
        uid = names.called(name) if name else names.nobody(comment.id)
    return Profile(
        uid=uid,
        handle=name or host_of(url) or names.place,
        local_id=f"u{number}" if number else "",
        name=name,
        url=url,
        avatar_url=avatar_in(comment.author_avatar_urls),
    )


def _pinging(url: str, name: str, comment: CommentPayload, view: Viewpoint) -> Profile:
    """The site that links to us: what it is called there is the title of one page of it."""
    host = host_of(url)
    if not host:
        uid = view.names.called(name) if name else view.names.nobody(comment.id)
        return Profile(uid=uid, handle=name or view.names.place, name=name)
    parts = urlsplit(url)
    return Profile(
        uid=view.names.site(host), handle=host, name=host, url=f"{parts.scheme}://{parts.netloc}/"
    )


def said_of_comment(
    comment: CommentPayload, view: Viewpoint, article: ArticlePayload | None = None
) -> Said:
    """A comment or a ping; `article` is what it stands below, where that is at hand.

    What the author of the article answers there is ours, whoever of us he is. A ping is to be
    read on the page that links to us. Raises `Unreadable` for one without a time.
    """
    said_at = moment(comment.date_gmt)
    below, parent = comment.post or 0, comment.parent or 0
    if said_at is None:
        raise Unreadable(TIMELESS)
    names, html = view.names, (comment.content or Rendered()).rendered or ""
    link, url = web_address(comment.link or ""), web_address(comment.author_url or "")
    links = tuple(Link(url=to, text=words) for to, words in links_of(html, link))
    is_ping = kind_of(comment) is Kind.PING and bool(url)
    by_its_author = article and comment.author and comment.author == article.author
    title = in_words(comment.author_name) if is_ping else ""
    return Said(
        uid=names.comment(below, comment.id),
        author=view.us if by_its_author else author_of(comment, view),
        said_at=said_at,
        html=html,
        local_id=f"c{comment.id}",
        url=url if is_ping else link,
        title=title,
        answers_uid=names.comment(below, parent) if parent else names.article(below),
        answers_local_id=f"c{parent}" if parent else f"p{below}",
        links=(Link(url=url, text=title), *links) if is_ping else links,
        pictures=_pictures(html, link),
        kind=kind_of(comment),
        standing=standing_of(comment),
        is_closed=article is not None and is_closed(article),
        same_as=(url,) if is_ping else (),
    )


def said_of_article(article: ArticlePayload, view: Viewpoint) -> Said:
    """An article of the blog, which is ours whoever wrote it. Raises `Unreadable` without a time.

    One that readers do not see (a draft, for a date to come, private) is HELD.
    """
    said_at = moment(article.date_gmt) or moment(article.modified_gmt)
    if said_at is None:
        raise Unreadable(TIMELESS)
    edited_at = moment(article.modified_gmt)
    content = article.content or Rendered()
    html = "" if content.protected else content.rendered or ""
    link = web_address(article.link or "")
    uid = view.names.article(article.id)
    return Said(
        uid=uid,
        author=view.us,
        said_at=said_at,
        html=html,
        local_id=f"p{article.id}",
        url=link,
        title=title_of(article),
        language=view.language,
        links=tuple(Link(url=url, text=words) for url, words in links_of(html, link)),
        pictures=_pictures(html, link),
        edited_at=edited_at if edited_at and edited_at > said_at else None,
        kind=Kind.ARTICLE,
        standing=ARTICLE_STANDINGS.get(article.status or "publish", Standing.HELD),
        is_closed=is_closed(article),
        same_as=_other_names(article, (uid, link)),
    )


def title_of(article: ArticlePayload) -> str:
    """The title as it is read. Some themes show a word of their own where there is none."""
    title = article.title or Rendered()
    return in_words(title.rendered) if title.raw is None or title.raw.strip() else ""


def is_closed(article: ArticlePayload) -> bool:
    """Whether nobody can comment any more. That it is too old WordPress tells nobody beforehand."""
    return article.comment_status == "closed"


def _other_names(article: ArticlePayload, known: tuple[str, ...]) -> tuple[str, ...]:
    """The name under which the blog's feeds know an article."""
    guid = web_address(unescape((article.guid or Rendered()).rendered or ""))
    return (guid,) if guid and guid not in known else ()


def _pictures(html: str, base: str) -> tuple[Picture, ...]:
    return tuple(Picture(url=url, description=words) for url, words in pictures_of(html, base))


def with_edit(said: Said, at: datetime) -> Said:
    """A comment whose words are others than before: WordPress does not note when that was."""
    return msgspec.structs.replace(said, edited_at=max(at, said.said_at))


def route_above(comment: CommentPayload) -> str:
    """The route of what a comment stands below: an article, a page, something of a plugin."""
    links = part_of(comment.links, LinksPayload)
    return route_in(links.up[0].href) if links and links.up else ""


def receipt_of_comment(comment: CommentPayload, view: Viewpoint) -> Receipt:
    """Proof that a comment of ours stands there."""
    return Receipt(
        uid=view.names.comment(comment.post or 0, comment.id),
        local_id=f"c{comment.id}",
        url=web_address(comment.link or ""),
        at=moment(comment.date_gmt),
        standing=standing_of(comment),
    )


def receipt_of_article(
    article: ArticlePayload, view: Viewpoint, picture_ids: tuple[str, ...] = ()
) -> Receipt:
    """Proof that an article of ours stands or lies there."""
    return Receipt(
        uid=view.names.article(article.id),
        local_id=f"p{article.id}",
        url=web_address(article.link or ""),
        at=moment(article.date_gmt) or moment(article.modified_gmt),
        picture_ids=picture_ids,
    )
