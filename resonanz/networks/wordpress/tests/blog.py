"""An invented blog on a pretended wire: what it answers, and what it was asked."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec

from resonanz.networks.wordpress.connector import WordPressConnector, network
from resonanz.networks.wordpress.credentials import ASKED_FOR, Credentials
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.shapes import Account, Facts, Profile, Secret

BLOG = "https://blog.example"
API = f"{BLOG}/wp-json"
PASSWORD = "abcd EFGH 1234 ijkl MNOP 6789"
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
US = Profile(
    uid=f"{BLOG}/?author=2",
    handle="mehl@blog.example",
    local_id="u2",
    name="Backstube Mehl",
    url=f"{BLOG}/author/mehl/",
)
FACTS = Facts(
    software="WordPress",
    version="6.1.9",
    title="Mehl & Söhne",
    language="de",
    text_limit=100_000,
    picture_limit=40,
    picture_bytes=2_000_000,
    picture_types=("image/jpeg", "image/png"),
    description_limit=1500,
)

Answer = httpx.Response | Callable[[httpx.Request], httpx.Response]


def account(*, rights: Sequence[str] = ASKED_FOR, api: str = API, **more: Any) -> Account:
    """The blog, connected in the name of a user who may do this."""
    credentials = Credentials(
        api=api, user="mehl", password=Secret(value=PASSWORD), rights=tuple(rights), **more
    )
    return Account(address=BLOG, profile=US, credentials=credentials.sealed(), facts=FACTS)


def comment(number: int, **more: Any) -> dict[str, Any]:
    """A comment of a reader, as it is shown to whoever moderates."""
    return {
        "id": number,
        "post": 12,
        "parent": 0,
        "author": 0,
        "author_name": "Ada Roggen",
        "author_email": "ada@hill.example",
        "author_url": "https://hill.example/ada",
        "author_avatar_urls": {"24": f"{BLOG}/24.png", "96": f"{BLOG}/96.png"},
        "date_gmt": f"2026-03-01T10:{number % 3600 // 60:02}:{number % 60:02}",
        "content": {"rendered": "<p>Moin</p>\n", "raw": "Moin"},
        "link": f"{BLOG}/sauerteig/#comment-{number}",
        "status": "approved",
        "type": "comment",
        "_links": {"up": [{"href": f"{API}/wp/v2/posts/12", "post_type": "post"}]},
    } | more


def article(number: int = 12, **more: Any) -> dict[str, Any]:
    """An article of ours."""
    return {
        "id": number,
        "date_gmt": "2026-02-28T08:00:00",
        "modified_gmt": f"2026-02-28T08:{number % 60:02}:00",
        "link": f"{BLOG}/sauerteig-{number}/",
        "guid": {"rendered": f"http://old.example/?p={number}"},
        "status": "publish",
        "author": 2,
        "title": {"rendered": "Brot &#038; Butter &#8211; jetzt"},
        "content": {"rendered": "<p>Sauerteig braucht Zeit.</p>\n", "protected": False},
        "comment_status": "open",
    } | more


def listed(entries: Sequence[Any], *, total: int | None = None, pages: int = 1) -> httpx.Response:
    """A page of a list, with the counts that WordPress sends along."""
    headers = {
        "x-wp-total": str(len(entries) if total is None else total),
        "x-wp-totalpages": str(pages),
    }
    return httpx.Response(200, json=list(entries), headers=headers)


def refusal(status: int, code: str, message: str = "Nein.") -> httpx.Response:
    """A refusal as WordPress words it."""
    return httpx.Response(
        status, json={"code": code, "message": message, "data": {"status": status}}
    )


class World:
    """A wire that answers from a table, and remembers what it was asked."""

    def __init__(self, answers: dict[str, Answer | list[Answer]]) -> None:
        """`answers` maps `GET /path` to one answer, several in turn, or a function."""
        self.answers = answers
        self.asked: list[httpx.Request] = []
        self.kept: list[Secret] = []
        http = httpx.Client(transport=httpx.MockTransport(self._answer), follow_redirects=True)
        self.surroundings = Surroundings(
            http=http, folder=Path("/nowhere"), clock=lambda: NOW, renewed=self.kept.append
        )

    def connector(self, connected: Account | None = None) -> WordPressConnector:
        """A connector on this wire."""
        return network.open(connected or account(), self.surroundings)

    @property
    def writes(self) -> list[httpx.Request]:
        """What was written."""
        return [request for request in self.asked if request.method != "GET"]

    def sent(self) -> dict[str, Any]:
        """The body of the last write."""
        found: dict[str, Any] = msgspec.json.decode(self.writes[-1].content)
        return found

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        url = request.url
        for name in (
            f"{request.method} {url.copy_with(query=None)}",
            f"{request.method} {url.path}",
        ):
            if name in self.answers:
                found = self.answers[name]
                if isinstance(found, list):
                    found = found.pop(0) if len(found) > 1 else found[0]
                answer = found(request) if callable(found) else found
                return httpx.Response(
                    answer.status_code, headers=answer.headers, content=answer.content
                )
        return refusal(404, "rest_post_invalid_id")
