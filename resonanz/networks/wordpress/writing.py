"""Saying something at the blog, and finding out whether it was said."""

from datetime import datetime

from resonanz.networks.wordpress import pictures
from resonanz.networks.wordpress.compose import SENTENCES, compose
from resonanz.networks.wordpress.credentials import PUBLISH
from resonanz.networks.wordpress.limits import (
    CLOCKS_MAY_DIFFER_BY,
    PER_PAGE,
    PUBLISHED_PAGES,
)
from resonanz.networks.wordpress.line import Line
from resonanz.networks.wordpress.markup import article_markup, comment_markup, is_article
from resonanz.networks.wordpress.moments import moment
from resonanz.networks.wordpress.naming import local_of
from resonanz.networks.wordpress.payloads import ArticlePayload, CommentPayload, Rendered
from resonanz.networks.wordpress.reading import (
    ARTICLES,
    COMMENTS,
    above_of,
    comment_at,
    find_any,
    newest_own,
    sees,
)
from resonanz.networks.wordpress.same_text import essence, is_alike, is_same_text
from resonanz.networks.wordpress.translate import (
    Viewpoint,
    in_words,
    receipt_of_article,
    receipt_of_comment,
    standing_of,
    viewpoint_of,
)
from resonanz.networks.wordpress.troubles import SaidBefore
from resonanz.switchboard.decoding import read_each
from resonanz.switchboard.shapes import Account, Outgoing, Receipt, Shape, Standing
from resonanz.switchboard.trouble import Gone, Refused
from resonanz.switchboard.wording import N_

ANSWERED_IS_UNKNOWN = N_("The blog does not know what this answers, so it was not sent.")
ANSWERED_WAITS = N_(
    "What this answers waits for approval at the blog, so nobody would see what is answered. "
    "Approve it first, then send the answer once more."
)
ANSWERED_LIES_ASIDE = N_(
    "What this answers lies among spam or in the trash of the blog, so the answer was not sent."
)
MAY_NOT_PUBLISH = N_(
    "Your user may write at this blog and not publish. Leave the article there as a draft, and "
    "somebody else publishes it."
)


class Place(Shape):
    """Where a comment of ours goes: below which article, and as an answer to which comment."""

    article: int
    comment: int = 0


def check(outgoing: Outgoing, account: Account) -> None:
    """Raise `Refused` with a sentence for what may not be sent."""
    if found := compose(outgoing, account).problems:
        raise Refused(SENTENCES[found[0]])


def publish(line: Line, account: Account, outgoing: Outgoing) -> Receipt:
    """Say it: an article, or a comment below one."""
    check(outgoing, account)
    if is_article(outgoing):
        return _publish_article(line, account, outgoing)
    view = viewpoint_of(account)
    place = _place(line, view, outgoing)
    said = {"post": place.article, "content": comment_markup(outgoing)}
    said |= {"parent": place.comment} if place.comment else {}
    try:
        sent = line.write("POST", COMMENTS, CommentPayload, json=said)
    except SaidBefore:
        # An earlier attempt may have been heard and overlooked since.
        if found := find_published(line, account, outgoing):
            return found
        raise
    return receipt_of_comment(sent, view)


def _publish_article(line: Line, account: Account, outgoing: Outgoing) -> Receipt:
    if not outgoing.is_draft and PUBLISH not in line.rights:
        raise Refused(MAY_NOT_PUBLISH)
    media = pictures.in_library(line, account.facts, outgoing)
    said = {
        "title": _title(outgoing),
        "content": article_markup(outgoing, media),
        "status": "draft" if outgoing.is_draft else "publish",
    }
    # Without a title it is a short word, which themes show as such.
    said |= {} if said["title"] else {"format": "status"}
    sent = line.write("POST", ARTICLES, ArticlePayload, json=said)
    shown = tuple(str(one.id) for one in media)
    return receipt_of_article(sent, viewpoint_of(account), shown)


def _title(outgoing: Outgoing) -> str:
    """The title on one line; WordPress reads it as HTML."""
    return " ".join(outgoing.title.split()).replace("<", "&lt;")


def _place(line: Line, view: Viewpoint, outgoing: Outgoing) -> Place:
    """Where an answer goes. Raises `Refused` where readers would not see what it answers."""
    local_id = _answered(line, view, outgoing)
    local = local_of(local_id)
    if local is None:
        raise Refused(ANSWERED_IS_UNKNOWN)
    if local.kind == "p":
        return Place(article=local.number)
    answered = comment_at(line, local.number)
    standing = standing_of(answered)
    if standing is Standing.HELD:
        raise Refused(ANSWERED_WAITS)
    if standing is not Standing.PUBLISHED:
        raise Refused(ANSWERED_LIES_ASIDE)
    return Place(article=above_of(answered), comment=answered.id)


def _answered(line: Line, view: Viewpoint, outgoing: Outgoing) -> str:
    answering = outgoing.answering
    if answering is None or answering.local_id:
        return answering.local_id if answering else ""
    return find_any(line, view, answering.uid, answering.url)


def find_published(line: Line, account: Account, outgoing: Outgoing) -> Receipt | None:
    """Look among our own for this one, back to when it was first tried."""
    if outgoing.first_tried_at is None:
        return None
    since = outgoing.first_tried_at - CLOCKS_MAY_DIFFER_BY
    if is_article(outgoing):
        return _find_article(line, account, outgoing, since)
    return _find_comment(line, account, outgoing, since)


def _find_comment(
    line: Line, account: Account, outgoing: Outgoing, since: datetime
) -> Receipt | None:
    view = viewpoint_of(account)
    local = local_of(_answered(line, view, outgoing))
    if local is None:
        return None
    below: dict[str, str | int] = {"parent": local.number}
    if local.kind == "p":
        below = {"post": local.number, "parent": 0}
    asked = {**sees(line, "any"), "orderby": "id", "order": "desc", **below}
    for comment in read_each(line.listed(COMMENTS, **asked).entries, CommentPayload):
        content = comment.content or Rendered()
        is_ours = comment.author == view.us_number
        is_recent = (moment(comment.date_gmt) or since) >= since
        shown = content.raw or content.rendered or ""
        if is_ours and is_recent and is_same_text(compose(outgoing, account).text, shown):
            return receipt_of_comment(comment, view)
    return None


def _find_article(
    line: Line, account: Account, outgoing: Outgoing, since: datetime
) -> Receipt | None:
    view = viewpoint_of(account)
    asked: dict[str, str | int] = {"author": view.us_number, "per_page": PER_PAGE // 4}
    for page in range(1, PUBLISHED_PAGES + 1):
        found = newest_own(line, asked, page)
        recent = [article for article in found if _changed_at(article, since) >= since]
        for article in recent:
            if _is_it(article, outgoing, account):
                shown = tuple(picture.local_id for picture in outgoing.pictures)
                return receipt_of_article(article, view, shown)
        if not recent:
            return None
    return None


def _changed_at(article: ArticlePayload, otherwise: datetime) -> datetime:
    """When an article was last touched: a draft has no other time."""
    times = [moment(article.date_gmt), moment(article.modified_gmt)]
    return max((time for time in times if time), default=otherwise)


def _is_it(article: ArticlePayload, outgoing: Outgoing, account: Account) -> bool:
    """Whether an article has the title and the text that were sent."""
    title, content = article.title or Rendered(), article.content or Rendered()
    there = title.rendered if title.raw is None else title.raw
    if essence(in_words(there)) != essence(outgoing.title):
        return False
    sent, shown = compose(outgoing, account).text, content.raw or content.rendered or ""
    return is_same_text(sent, shown) or is_alike(sent, shown)


def edit(line: Line, account: Account, local_id: str, outgoing: Outgoing) -> Receipt:
    """Let a comment or an article of ours say this; where an article stands stays as it is."""
    local, view = local_of(local_id), viewpoint_of(account)
    if local is None:
        raise Gone(ANSWERED_IS_UNKNOWN)
    check(outgoing, account)
    if local.kind == "c":
        said = {"content": comment_markup(outgoing)}
        comment = line.write("POST", f"{COMMENTS}/{local.number}", CommentPayload, json=said)
        if standing_of(comment) is Standing.TRASH:
            raise Gone
        return receipt_of_comment(comment, view)
    media = pictures.in_library(line, account.facts, outgoing)
    changed = {"content": article_markup(outgoing, media)}
    changed |= {"title": _title(outgoing)} if _title(outgoing) else {}
    article = line.write("POST", f"{ARTICLES}/{local.number}", ArticlePayload, json=changed)
    if article.status == "trash":
        raise Gone
    return receipt_of_article(article, view, tuple(str(one.id) for one in media))
