"""Looking at a conversation where it began."""

from typing import Any

import pytest

from resonanz.networks.mastodon.tests.town import connected, person, said, status
from resonanz.switchboard.trouble import Gone, Refused, Unreadable

UID, URL = "https://hill.example/users/ada/statuses/9", "https://hill.example/@ada/9"
STATUS, CONTEXT = "GET /api/v1/statuses/9", "GET /api/v1/statuses/9/context"


def there(number: int, acct: str = "ada", **more: Any) -> dict[str, Any]:
    """A post as hill.example shows it, where ada needs no host."""
    return status(number, account=person(acct)) | {"uri": f"https://hill.example/{number}"} | more


NINE = there(9, uri=UID, url=URL)
WHOLE = {"ancestors": [there(8)], "descendants": [there(10, "ben@dale.example")]}


def test_the_origin_shows_more_and_is_not_told_who_asks() -> None:
    connector, town = connected({STATUS: said(NINE), CONTEXT: said(WHOLE)})
    thread = connector.thread_at_origin(UID, URL)
    assert [str(request.url.host) for request in town.asked] == ["hill.example"] * 2
    assert not any("authorization" in request.headers for request in town.asked)
    handles = {post.author.handle for post in thread.posts}
    assert handles == {"@ada@hill.example", "@ben@dale.example"}
    assert not any(post.local_id or post.author.local_id for post in thread.posts)


def test_an_origin_that_lacks_a_part_says_so_as_well() -> None:
    connector, _ = connected({STATUS: said(NINE | {"replies_count": 3}), CONTEXT: said(WHOLE)})
    assert not connector.thread_at_origin(UID, URL).is_complete


@pytest.mark.parametrize(
    ("uid", "url"),
    [
        (UID, ""),
        ("https://hill.example/ap/users/7/statuses/9", URL),
        ("https://hill.example/objects/a-b-c", URL),
        # Pleroma and Akkoma; GoToSocial
        ("https://hill.example/objects/a-b-c", "https://hill.example/notice/9"),
        (UID, "https://hill.example/@ada/statuses/9"),
        ("https://hill.example/x", "https://hill.example/@ada/statuses/9"),
    ],
)
def test_the_id_is_read_from_whichever_address_holds_it(uid: str, url: str) -> None:
    shown = NINE | {"uri": uid, "url": url or None}
    connector, town = connected({STATUS: said(shown), CONTEXT: said(WHOLE)})
    assert len(connector.thread_at_origin(uid, url).posts) == 3
    assert town.paths == [STATUS, CONTEXT]


@pytest.mark.parametrize("status_code", [401, 403])
def test_an_origin_that_shows_nothing_to_strangers_is_no_end_of_our_token(
    status_code: int,
) -> None:
    connector, _ = connected({STATUS: said({"error": "Not for you"}, status_code)})
    with pytest.raises(Refused):
        connector.thread_at_origin(UID, URL)


def test_what_is_gone_or_cannot_be_asked_for_or_is_another_post_is_told() -> None:
    connector, town = connected({})
    with pytest.raises(Gone):
        connector.thread_at_origin(UID, URL)
    town.asked.clear()
    for odd in ("", "https://blog.example/2026/brot", "https://[", "ftp://hill.example/@ada/9"):
        with pytest.raises(Refused, match=r"\.$"):
            connector.thread_at_origin(odd, odd)
    assert not town.asked
    connector, _ = connected({STATUS: said(there(9, url=None)), CONTEXT: said(WHOLE)})
    with pytest.raises(Unreadable):
        connector.thread_at_origin(UID, URL)
