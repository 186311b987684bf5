"""A small invented blog on a faked wire, and the surroundings in which it is read."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from resonanz.networks.feeds.connector import FeedConnector, network
from resonanz.switchboard.contract import Surroundings, Way
from resonanz.switchboard.shapes import Account, Page

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

ATOM = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de-DE">
  <title>Brotgefl&#252;ster</title>
  <link href="https://blog.example/"/>
  <author><name>Ada Ofen</name><uri>https://blog.example/ada</uri><email>ada@blog.example</email></author>
  <entry>
    <id>https://blog.example/2026/rolls</id>
    <title type="html">Br&amp;ouml;tchen &amp;amp; &lt;em&gt;Zopf&lt;/em&gt;</title>
    <link href="/2026/rolls"/>
    <published>2026-03-01T08:00:00+01:00</published>
    <updated>2026-03-01T10:00:00+01:00</updated>
    <category term="backen"/>
    <content type="html">&lt;p&gt;Siehe &lt;a href="../2025/dough"&gt;Teig&lt;/a&gt;.&lt;/p&gt;
      &lt;img src="/r.jpg" alt="Korb"&gt;&lt;script&gt;x()&lt;/script&gt;</content>
  </entry>
  <entry>
    <id>1</id>
    <title>Gast</title>
    <author><name>Bert</name></author>
    <published>2026-02-01T08:00:00Z</published>
    <summary>Kurz &lt;3</summary>
  </entry>
</feed>"""


def rss(*items: str, channel: str = "") -> bytes:
    """An RSS feed of the blog with the given items."""
    inside = f"<title>Brotblog</title><link>https://blog.example/</link>{channel}{''.join(items)}"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{inside}</channel></rss>'.encode()


def item(number: int, *, words: str = "", days_ago: int = 1) -> str:
    """One item; `words` is its text."""
    date = (NOW - timedelta(days=days_ago)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    link = f"https://blog.example/{number}"
    return (
        f"<item><guid>{link}</guid><link>{link}</link><title>Number {number}</title>"
        f"<pubDate>{date}</pubDate><description>{words or 'bread'}</description></item>"
    )


Answer = httpx.Response | bytes | Callable[[httpx.Request], httpx.Response]
Answers = Mapping[str, Any]


class Wire:
    """Answers by address; keeps what was asked. What it does not know is a 404."""

    def __init__(self, answers: Answers) -> None:
        self.answers: dict[str, Answer] = dict(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.get(str(request.url), httpx.Response(404))
        if isinstance(answer, bytes):
            return httpx.Response(200, content=answer)
        return answer if isinstance(answer, httpx.Response) else answer(request)

    @property
    def asked(self) -> list[str]:
        return [str(request.url) for request in self.requests]


class World:
    """A wire, a clock that can be turned, and the network on both."""

    def __init__(self, answers: Answers) -> None:
        self.wire = Wire(answers)
        self.now = NOW
        client = httpx.Client(transport=httpx.MockTransport(self.wire), follow_redirects=True)
        self.surroundings = Surroundings(http=client, folder=Path(), clock=lambda: self.now)

    def connect(self, typed: str) -> Account:
        account = network.begin(Way.ADDRESS, {"address": typed}, "", self.surroundings)
        assert isinstance(account, Account)
        return account

    def open(self, typed: str) -> FeedConnector:
        return network.open(self.connect(typed), self.surroundings)


def titles(pages: list[Page], *, is_backlog: bool | None = None) -> list[str]:
    return [
        post.title
        for page in pages
        if is_backlog is None or page.is_backlog is is_backlog
        for post in page.posts
    ]


def last_cursor(pages: list[Page]) -> str:
    cursor = pages[-1].cursor
    assert cursor is not None
    return cursor
