"""WordPress keeps the contract: what a good blog answers, and the kit does the rest."""

from base64 import b64encode
from email import message_from_bytes, policy
from html import unescape
from typing import Any

import httpx
import msgspec

from resonanz.networks.wordpress.connector import network
from resonanz.networks.wordpress.tests.blog import (
    BLOG,
    PASSWORD,
    account,
    article,
    comment,
)
from resonanz.plumbing.text import plain_text
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Mention
from resonanz.switchboard.testkit import (
    TEXT,
    Answered,
    Case,
    Check,
    Exchange,
    Uploaded,
    Written,
    every_check_of,
)
from resonanz.switchboard.testkit.case import TITLE

PLACE = "/wp-json/wp/v2"
COMMENTS, ARTICLES, MEDIA = f"{PLACE}/comments", f"{PLACE}/posts", f"{PLACE}/media"
ADA = Mention(uid=f"{BLOG}/#reader=ada", handle="Ada Roggen")
SENT_TO_WORDPRESS = b64encode(f"mehl:{PASSWORD}".encode()).decode()


def page_of(*entries: Any, pages: int = 1) -> Answered:
    """One page of a list, with its counts."""
    counted = {"x-wp-total": str(len(entries) * pages), "x-wp-totalpages": str(pages)}
    return Answered(list(entries), headers=counted)


def comments(request: httpx.Request) -> Answered:
    """Two pages of comments, one of them held; those that are asked for by number lie aside."""
    if "include" in request.url.params:
        return page_of(comment(97, status="spam"))
    if request.url.params.get("page") == "2":
        return page_of(comment(96, type="pingback"), comment(95), pages=2)
    return page_of(comment(99, status="hold"), comment(98, parent=95), pages=2)


def articles(request: httpx.Request) -> Answered:
    """Two pages of articles, or those that were asked for by number."""
    if "include" in request.url.params:
        return page_of(article(12))
    if request.url.params.get("page") == "2":
        return page_of(article(12), article(11), pages=2)
    return page_of(article(14), article(13), pages=2)


def our_comment(**more: Any) -> dict[str, Any]:
    return comment(
        50,
        author=2,
        parent=34,
        date_gmt="2026-03-02T09:00:00",
        content={"raw": TEXT, "rendered": f"<p>{TEXT}</p>"},
        **more,
    )


def our_article(title: str = "", content: str = f"<p>{TEXT}</p>") -> dict[str, Any]:
    return article(
        50,
        date_gmt="2026-03-02T09:00:00",
        title={"raw": title, "rendered": title},
        content={"raw": content, "rendered": content},
    )


def writing(title: str = "") -> Exchange:
    """Before it nothing of ours stands there, afterwards the new article does."""
    return Exchange(
        answers={f"POST {ARTICLES}": Answered(our_article(title)), f"GET {ARTICLES}": page_of()},
        afterwards={f"GET {ARTICLES}": page_of(our_article(title))},
    )


def library(request: httpx.Request) -> Answered:
    """Nothing of this name is in the library; by its number the file is found."""
    if "slug" in request.url.params:
        return page_of()
    return page_of({"id": 501, "source_url": f"{BLOG}/picture.png", "alt_text": ""})


def written(request: httpx.Request) -> Written:
    """A comment or an article, as it was sent."""
    sent: dict[str, Any] = msgspec.json.decode(request.content)
    if "post" in sent or "comments" in request.url.path:
        text, below = unescape(sent["content"]), sent.get("parent")
        return Written(text=text, answers_local_id=f"c{below}" if below else "")
    blocks = sent["content"].split('<!-- wp:image {"id": ')
    return Written(
        text=plain_text(blocks[0]),
        title=sent.get("title", ""),
        is_draft=sent.get("status") == "draft",
        picture_ids=tuple(block.partition(",")[0] for block in blocks[1:]),
    )


def uploaded(request: httpx.Request) -> Uploaded | None:
    """A file as it was sent, as a form of several parts (RFC 7578)."""
    if not request.url.path.endswith("/media"):
        return None
    head = f"Content-Type: {request.headers['content-type']}\n\n".encode()
    parts = message_from_bytes(head + request.content, policy=policy.HTTP).iter_parts()
    found = {part.get_param("name", header="content-disposition"): part for part in parts}
    content, description = (found[name].get_payload(decode=True) for name in ("file", "alt_text"))
    if not isinstance(content, bytes) or not isinstance(description, bytes):
        raise TypeError("A part of a form is bytes.")
    return Uploaded(content=content, description=description.decode())


ME = {"id": 2, "name": "Backstube Mehl", "slug": "mehl", "capabilities": {"edit_posts": True}}
INDEX = {"name": "Mehl &amp; S\u00f6hne", "home": BLOG, "namespaces": ["wp/v2"]}

CASE = Case(
    network=network,
    account=account(),
    can=frozenset(
        {
            *(Can.NOTIFICATIONS, Can.HOME, Can.THREAD, Can.PUBLISH, Can.ARTICLE, Can.ANSWER),
            *(Can.MEDIA, Can.EDIT, Can.DELETE, Can.MODERATE),
        }
    ),
    secrets=(PASSWORD, SENT_TO_WORDPRESS),
    answered=ADA,
    names_the_answered=False,
    keeps_warnings=False,
    keeps_languages=False,
    written=written,
    uploaded=uploaded,
    verify=Exchange(
        answers={f"GET {PLACE}/users/me": Answered(ME), "GET /wp-json/": Answered(INDEX)}
    ),
    exchanges={
        Can.NOTIFICATIONS: Exchange(
            answers={f"GET {COMMENTS}": comments, f"GET {ARTICLES}": articles},
            at_least=5,
            cursor='{"known":{"94":"p0000000000","95":"p0000000000","97":"p0000000000"},"turn":1}',
        ),
        Can.HOME: Exchange(
            answers={f"GET {ARTICLES}": articles},
            at_least=4,
            cursor='{"known":{"11":"2026-02-28T08:11:00"}}',
        ),
        Can.THREAD: Exchange(
            answers={
                f"GET {COMMENTS}/34": Answered(comment(34)),
                f"GET {ARTICLES}/12": Answered(article()),
                f"GET {COMMENTS}": page_of(comment(34), comment(35, parent=34)),
            },
            local_id="c34",
            at_least=3,
        ),
        Can.PUBLISH: writing(),
        Can.ARTICLE: writing(TITLE),
        Can.ANSWER: Exchange(
            answers={
                f"GET {COMMENTS}/34": Answered(comment(34)),
                f"POST {COMMENTS}": Answered(our_comment()),
                f"GET {COMMENTS}": page_of(),
            },
            afterwards={f"GET {COMMENTS}": page_of(our_comment())},
            local_id="c34",
        ),
        Can.MEDIA: Exchange(
            answers={
                **writing().answers,
                f"POST {MEDIA}": Answered({"id": 501}, status=201),
                f"GET {MEDIA}": library,
            },
        ),
        Can.EDIT: Exchange(
            answers={f"POST {ARTICLES}/50": Answered(our_article())}, local_id="p50"
        ),
        Can.DELETE: Exchange(
            answers={f"DELETE {COMMENTS}/50": Answered(our_comment(status="trash"))},
            local_id="c50",
        ),
        Can.MODERATE: Exchange(
            answers={
                f"GET {COMMENTS}/34": Answered(comment(34, status="hold")),
                f"POST {COMMENTS}/34": Answered(comment(34, status="spam")),
            },
            local_id="c34",
        ),
    },
)


@every_check_of(CASE)
def test_wordpress_keeps_the_contract(check: Check) -> None:
    check()
