"""Looking for what is new: comments and pings, our own articles, and whole conversations."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b

from resonanz.networks.wordpress.credentials import WRITE
from resonanz.networks.wordpress.limits import PER_PAGE, THREAD_PAGES
from resonanz.networks.wordpress.line import Line, Listed
from resonanz.networks.wordpress.naming import Names, local_of
from resonanz.networks.wordpress.payloads import (
    ArticlePayload,
    CommentPayload,
    Rendered,
)
from resonanz.networks.wordpress.translate import (
    Viewpoint,
    is_words,
    route_above,
    said_of_article,
    said_of_comment,
    standing_of,
    with_edit,
)
from resonanz.networks.wordpress.troubles import PastTheEnd
from resonanz.networks.wordpress.watching import ASIDE, Entry, Fetched, Key, walk
from resonanz.switchboard.decoding import read, read_each
from resonanz.switchboard.shapes import Page, Pages, Said, Standing, Thread
from resonanz.switchboard.trouble import Gone, Refused, Unreadable
from resonanz.switchboard.wording import N_

log = logging.getLogger(__name__)

NOWHERE = N_("The blog does not say what a comment stands below.")
NOT_THERE = N_("This is neither a comment nor an article of the blog.")
COMMENTS, ARTICLES, SITE_PAGES = "wp/v2/comments", "wp/v2/posts", "wp/v2/pages"
# Just what is read: no IP addresses, no browsers, no settings of plugins.
COMMENT_FIELDS = (
    "id,post,parent,author,author_name,author_email,author_url,author_avatar_urls,date_gmt,"
    "content,link,status,type,_links"
)
ARTICLE_FIELDS = "id,date_gmt,modified_gmt,link,guid,status,author,title,content,comment_status"
# Everything that lies behind the published articles, for those who may see it.
ANY_ARTICLE = "publish,future,draft,pending,private,trash"
WORDS_CHARACTERS = 10
OTHERS_SEE_IT = (Standing.PUBLISHED, Standing.HELD)


def sees(line: Line, standing: str) -> dict[str, str | int]:
    """What is asked of a list of comments, as far as the user may see it.

    Who may not moderate sees what everybody sees; who may not write sees no pings either.
    """
    asked: dict[str, str | int] = {"_fields": COMMENT_FIELDS, "per_page": PER_PAGE}
    if line.moderates:
        asked |= {"context": "edit", "status": standing}
    if WRITE in line.rights:
        asked["type"] = "all"
    return asked


class Comments:
    """The comments of the blog, the newest first, as a list that can be watched.

    Spam and trash are not in it: what nobody rescued from there never comes into the house.
    """

    def __init__(self, line: Line, names: Names) -> None:
        """Ask nothing yet."""
        self._line, self._names = line, names

    def page(self, number: int) -> Fetched[CommentPayload]:
        """A hundred comments that are published or held."""
        asked = {**sees(self._line, "all"), "orderby": "id", "order": "desc", "page": number}
        return self._fetched(lambda: self._line.listed(COMMENTS, **asked), number)

    def look_up(self, ids: Sequence[str]) -> Fetched[CommentPayload]:
        """These comments, wherever they lie."""
        asked = {**sees(self._line, "any"), "include": ",".join(ids)}
        return self._fetched(lambda: self._line.listed(COMMENTS, **asked), 1)

    def key(self, id: str, print: str) -> Key:
        """Comments are numbered in the order in which they came in."""
        del print
        return ("", int(id))

    def _fetched(self, ask: Callable[[], Listed], number: int) -> Fetched[CommentPayload]:
        listed = _asked(ask)
        found = read_each(listed.entries, CommentPayload)
        entries = [
            Entry(str(c.id), print_of(c), c if is_words(c, self._names) else None) for c in found
        ]
        return Fetched(entries, _is_last(listed, number), _is_whole(listed, len(found)))


def print_of(comment: CommentPayload) -> str:
    """A short print of a comment's standing and words; WordPress tells no time of a change."""
    standing, content = standing_of(comment), comment.content or Rendered()
    # What is shown may be made anew each time by a plugin; what was typed is not.
    told = (content.raw or content.rendered or "").encode("utf-8", "replace")
    words = blake2b(told, digest_size=WORDS_CHARACTERS // 2).hexdigest()
    return f"{'' if standing in OTHERS_SEE_IT else ASIDE}{standing.value[0]}{words}"


def _has_other_words(comment: CommentPayload, before: Mapping[str, str]) -> bool:
    """Whether a known comment says something else now, and not only stands otherwise."""
    was = before.get(str(comment.id))
    return was is not None and was[-WORDS_CHARACTERS:] != print_of(comment)[-WORDS_CHARACTERS:]


class Articles:
    """The published articles, those changed last first, as a list that can be watched."""

    def __init__(self, line: Line) -> None:
        """Ask nothing yet."""
        self._line = line

    def page(self, number: int) -> Fetched[ArticlePayload]:
        """A hundred articles."""
        listed = _asked(
            lambda: self._line.listed(
                ARTICLES,
                **as_typed(self._line),
                per_page=PER_PAGE,
                orderby="modified",
                order="desc",
                page=number,
            )
        )
        return self._fetched(listed, number)

    def look_up(self, ids: Sequence[str]) -> Fetched[ArticlePayload]:
        """These articles, whether published or not."""
        return self._fetched(articles_of(self._line, ids), 1)

    def key(self, id: str, print: str) -> Key:
        """By the time of the last change."""
        return (print, int(id))

    def _fetched(self, listed: Listed, number: int) -> Fetched[ArticlePayload]:
        found = read_each(listed.entries, ArticlePayload)
        entries = [
            Entry(
                str(article.id),
                f"{'' if article.status == 'publish' else ASIDE}{article.modified_gmt}",
                article,
            )
            for article in found
        ]
        return Fetched(entries, _is_last(listed, number), _is_whole(listed, len(found)))


def as_typed(line: Line) -> dict[str, str | int]:
    """Articles as they were typed, for those who may change all of them.

    Whoever may change only some is told of the others only as they are shown.
    """
    asked: dict[str, str | int] = {"_fields": ARTICLE_FIELDS}
    return {**asked, "context": "edit"} if line.moderates else asked


def articles_of(line: Line, ids: Sequence[str]) -> Listed:
    """Articles by their numbers, as far as the user may see them."""
    asked: dict[str, str | int] = {"status": ANY_ARTICLE} if WRITE in line.rights else {}
    asked |= {**as_typed(line), "per_page": PER_PAGE, "include": ",".join(ids)}
    return _asked(lambda: line.listed(ARTICLES, **asked))


def _asked(ask: Callable[[], Listed]) -> Listed:
    """What a list says; a page that is not there any more is an empty one."""
    try:
        return ask()
    except PastTheEnd:
        return Listed(entries=[])


def _is_last(listed: Listed, number: int) -> bool:
    if listed.total >= 0 and listed.pages:
        return number >= listed.pages
    return len(listed.entries) < PER_PAGE


def _is_whole(listed: Listed, read_well: int) -> bool:
    """Whether nothing is missing on a page: only then is what is missing there taken for gone."""
    if listed.total < 0 or read_well < len(listed.entries):
        return False
    return bool(listed.entries) or listed.total == 0


def comment_pages(line: Line, view: Viewpoint, cursor: str, now: datetime) -> Pages:
    """Comments and pings that are new, or other than before, each with its article.

    A comment below a page of the blog comes without it; `thread` brings that, too.
    """
    handed_over: set[int] = set()
    for step in walk(cursor, Comments(line, view.names)):
        above = _articles_above(line, step.items)
        fresh = [article for number, article in above.items() if number not in handed_over]
        handed_over.update(above)
        reworded = {f"c{c.id}" for c in step.items if _has_other_words(c, step.before)}
        posts = [
            with_edit(said, now) if said.local_id in reworded else said
            for said in said_of_comments(step.items, view, above)
        ]
        yield Page(
            posts=(*said_of_articles(fresh, view), *posts),
            gone_local=tuple(f"c{number}" for number in step.gone),
            cursor=step.cursor,
            is_backlog=step.is_backlog,
        )


def article_pages(line: Line, view: Viewpoint, cursor: str) -> Pages:
    """Articles that are new, or other than before; what was withdrawn is held."""
    for step in walk(cursor, Articles(line)):
        yield Page(
            posts=said_of_articles(step.items, view),
            gone_local=tuple(f"p{number}" for number in step.gone),
            cursor=step.cursor,
            is_backlog=step.is_backlog,
        )


def _articles_above(line: Line, comments: Iterable[CommentPayload]) -> dict[int, ArticlePayload]:
    """The articles that comments stand below, in one request; none without comments."""
    numbers = dict.fromkeys(comment.post for comment in comments if comment.post)
    if not numbers:
        return {}
    listed = articles_of(line, [str(number) for number in numbers][:PER_PAGE])
    return {article.id: article for article in read_each(listed.entries, ArticlePayload)}


def said_of_articles(articles: Iterable[ArticlePayload], view: Viewpoint) -> tuple[Said, ...]:
    """Articles in the order they came; one without a time is left out."""
    found: list[Said] = []
    for article in articles:
        try:
            found.append(said_of_article(article, view))
        except Unreadable:
            log.warning("An article without a time was left out.")
    return tuple(found)


def said_of_comments(
    comments: Iterable[CommentPayload],
    view: Viewpoint,
    above: Mapping[int, ArticlePayload],
) -> tuple[Said, ...]:
    """Comments in the order they came; one without a time is left out."""
    found: list[Said] = []
    for comment in comments:
        try:
            found.append(said_of_comment(comment, view, above.get(comment.post or 0)))
        except Unreadable:
            log.warning("A comment without a time was left out.")
    return tuple(found)


def above_of(comment: CommentPayload) -> int:
    """The number of what a comment stands below. Raises `Unreadable` where it is not told."""
    if not comment.post:
        raise Unreadable(NOWHERE)
    return comment.post


def comment_at(line: Line, number: int) -> CommentPayload:
    """One comment, as far as the user may see it."""
    context = "edit" if line.moderates else "view"
    route = f"{COMMENTS}/{number}"
    return line.read(CommentPayload, route, _fields=COMMENT_FIELDS, context=context)


def thread_of(line: Line, view: Viewpoint, local_id: str) -> Thread:
    """An article with everything that was said below it, oldest first.

    It is not complete when there are more comments than we read, when one of them could not be
    read, or when what they stand below is shown to nobody by the API.
    """
    local = local_of(local_id)
    if local is None:
        raise Gone(NOT_THERE)
    asked_for = comment_at(line, local.number) if local.kind == "c" else None
    number = above_of(asked_for) if asked_for else local.number
    article = _article_above(line, number, route_above(asked_for) if asked_for else "")
    if article is None and asked_for is None:
        raise Gone(NOT_THERE)
    below, is_whole = _comments_below(line, number)
    if asked_for:
        below.setdefault(asked_for.id, asked_for)
    above = {article.id: article} if article else {}
    posts = [
        *said_of_articles(above.values(), view),
        *said_of_comments((c for c in below.values() if is_words(c, view.names)), view, above),
    ]
    return Thread(
        posts=tuple(sorted(posts, key=lambda said: said.said_at)),
        is_complete=is_whole and article is not None,
    )


def _article_above(line: Line, number: int, route: str) -> ArticlePayload | None:
    """What comments stand below, an article, a page or something of a plugin; None if hidden."""
    routes = [route] if route else [f"{ARTICLES}/{number}", f"{SITE_PAGES}/{number}"]
    for place in routes if number else ():
        try:
            return line.read(ArticlePayload, place, **as_typed(line))
        except (Gone, Refused):
            continue
    return None


def _comments_below(line: Line, article: int) -> tuple[dict[int, CommentPayload], bool]:
    """The comments below an article by their numbers, and whether that are all."""
    found: dict[int, CommentPayload] = {}
    is_whole = True
    asked = {**sees(line, "all"), "post": article, "orderby": "id", "order": "asc"}
    for number in range(1, THREAD_PAGES + 1):
        listed = _asked(lambda: line.listed(COMMENTS, **asked, page=number))  # noqa: B023
        here = read_each(listed.entries, CommentPayload)
        is_whole = is_whole and len(here) == len(listed.entries)
        repeats = bool(here) and all(comment.id in found for comment in here)
        found |= {comment.id: comment for comment in here}
        if _is_last(listed, number) or repeats:
            return found, is_whole
    return found, False


def find_any(line: Line, view: Viewpoint, *addresses: str) -> str:
    """The local id of what stands at the first of these addresses that the blog knows, or ""."""
    named = dict.fromkeys(address for address in addresses if address)
    return next(filter(None, (find_local(line, view, address) for address in named)), "")


def find_local(line: Line, view: Viewpoint, address: str) -> str:
    """The local id of what stands at an address of the blog, or ""."""
    names = view.names
    if not names.is_here(address):
        return ""
    if told := names.local_in(address):
        return told
    slug = address.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]
    if not slug or not address.partition("//")[2].partition("/")[2].strip("/"):
        return ""
    for route in (ARTICLES, SITE_PAGES):
        listed = line.listed(route, slug=slug, _fields="id,link", per_page=PER_PAGE)
        for raw in listed.entries:
            found = read(raw, ArticlePayload)
            if _same_place(found.link or "", address):
                return f"p{found.id}"
    return ""


def _same_place(one: str, other: str) -> bool:
    """Whether two addresses differ in nothing but https and a slash at the end."""
    bare = [a.partition("#")[0].partition("//")[2].rstrip("/").lower() for a in (one, other)]
    return bare[0] == bare[1]


def newest_own(line: Line, asked: Mapping[str, str | int], page: int) -> list[ArticlePayload]:
    """Articles of our own, whether published or not, the newest first."""
    wanted: dict[str, str | int] = {
        "context": "edit",
        "status": ANY_ARTICLE,
        "orderby": "id",
        "order": "desc",
        "page": page,
        "_fields": ARTICLE_FIELDS,
        **asked,
    }
    return read_each(_asked(lambda: line.listed(ARTICLES, **wanted)).entries, ArticlePayload)
