"""Feeds keep the contract, in each of their three languages."""

import msgspec
import pytest

from resonanz.networks.feeds.connector import network
from resonanz.networks.feeds.fetch import Login
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Account, Profile, Secret
from resonanz.switchboard.testkit import Answered, Case, Check, Exchange, Meaning, checks_for
from resonanz.switchboard.trouble import Refused

PASSWORD = "kit-p4ssword-4711"
ADDRESS = "https://blog.example/feed"

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
<title>Ofenblick</title><link>https://blog.example/</link><description>Brot</description>
<item><title>Roggen</title><link>https://blog.example/roggen</link>
<guid>https://blog.example/roggen</guid><pubDate>Sun, 01 Mar 2026 10:00:00 +0100</pubDate>
<description>&lt;p&gt;Vom Roggen.&lt;/p&gt;</description></item>
<item><title>Dinkel</title><link>https://blog.example/dinkel</link>
<guid>https://blog.example/dinkel</guid><pubDate>Sat, 28 Feb 2026 10:00:00 +0100</pubDate>
<description>Vom Dinkel.</description></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>Ofenblick</title><id>https://blog.example/</id><updated>2026-03-01T10:00:00+01:00</updated>
<link href="https://blog.example/"/><author><name>Ada</name></author>
<entry><title>Roggen</title><id>https://blog.example/roggen</id>
<link href="https://blog.example/roggen"/><updated>2026-03-01T10:00:00+01:00</updated>
<content type="html">&lt;p&gt;Vom Roggen.&lt;/p&gt;</content></entry>
<entry><title>Dinkel</title><id>https://blog.example/dinkel</id>
<link href="https://blog.example/dinkel"/><updated>2026-02-28T10:00:00+01:00</updated>
<summary>Vom Dinkel.</summary></entry>
</feed>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Ofenblick",
    "home_page_url": "https://blog.example/",
    "feed_url": ADDRESS,
    "language": "de",
    "authors": [{"name": "Ada", "url": "https://blog.example/ada"}],
    "items": [
        {
            "id": "https://blog.example/roggen",
            "url": "https://blog.example/roggen",
            "title": "Roggen",
            "content_html": "<p>Vom Roggen.</p>",
            "date_published": "2026-03-01T10:00:00+01:00",
            "tags": ["Brot"],
        },
        {
            "id": "https://blog.example/dinkel",
            "url": "https://blog.example/dinkel",
            "content_text": "Vom Dinkel.",
            "date_published": "2026-02-28T10:00:00+01:00",
        },
    ],
}

FEEDS = {
    "rss": Answered(body=RSS, headers={"content-type": "application/rss+xml"}),
    "atom": Answered(body=ATOM, headers={"content-type": "application/atom+xml"}),
    "json": Answered(JSON, headers={"content-type": "application/feed+json"}),
}


def case_of(feed: Answered) -> Case:
    """One feed, behind a name and a password."""
    return Case(
        network=network,
        account=Account(
            address=ADDRESS,
            profile=Profile(uid=ADDRESS, handle="blog.example"),
            credentials=Secret(value=msgspec.json.encode(Login("ada", PASSWORD)).decode()),
        ),
        can=frozenset({Can.HOME}),
        secrets=(PASSWORD,),
        verify=Exchange(answers={"GET /feed": feed}),
        exchanges={Can.HOME: Exchange(answers={"GET /feed": feed}, at_least=2)},
        unreadable=Meaning(
            Refused, "A page where a feed should be is told in a sentence: there is no feed."
        ),
    )


CHECKS = [
    pytest.param(check, id=f"{kind}/{check.name}")
    for kind, feed in FEEDS.items()
    for check in checks_for(case_of(feed))
]


@pytest.mark.parametrize("check", CHECKS)
def test_feeds_keep_the_contract(check: Check) -> None:
    check()
