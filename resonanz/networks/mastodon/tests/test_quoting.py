"""Quoting: on servers that take it, with the post that is meant, and found again afterwards."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest

from resonanz.networks.mastodon.tests.town import NOW, OURS, Town, connected, said, status
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Outgoing, Quoting, Receipt
from resonanz.switchboard.trouble import NotOffered, Refused

POST, SEARCH = "POST /api/v1/statuses", "GET /api/v2/search"
OUR_POSTS = "GET /api/v1/accounts/1/statuses"
UID = "https://hill.example/posts/9"
LINE = f'<p class="quote-inline">RE: <a href="{UID}">hill.example/posts/9</a></p>'


def quoting(local_id: str = "9", **more: Any) -> Outgoing:
    return Outgoing(
        key="key-1", text="So ist es.", quoting=Quoting(uid=UID, local_id=local_id), **more
    )


def ours(number: int, content: str = f"{LINE}<p>So ist es.</p>") -> dict[str, Any]:
    return status(number, content, account=OURS)


def sent_by(town: Town) -> dict[str, str]:
    (request,) = [request for request in town.asked if request.method == "POST"]
    return {name: values[0] for name, values in parse_qs(request.content.decode()).items()}


def test_a_quote_names_the_post_that_is_meant() -> None:
    connector, town = connected({POST: said(ours(77))}, version="4.5.2")
    assert connector.publish(quoting()).local_id == "77"
    sent = sent_by(town)
    assert (sent["status"], sent["quoted_status_id"]) == ("So ist es.", "9")


def test_a_post_that_another_channel_brought_is_looked_up_before_it_is_quoted() -> None:
    found = said({"statuses": [status(12, uri=UID)]})
    connector, town = connected({SEARCH: found, POST: said(ours(77))}, version="4.5.2")
    connector.publish(quoting(local_id=""))
    assert sent_by(town)["quoted_status_id"] == "12"


def test_a_quote_of_something_unknown_is_refused_instead_of_standing_alone() -> None:
    connector, town = connected({SEARCH: said({"statuses": []})}, version="4.5.2")
    with pytest.raises(Refused, match="quotes"):
        connector.publish(quoting(local_id=""))
    assert POST not in town.paths


@pytest.mark.parametrize(
    ("software", "version", "is_offered"),
    [
        ("Mastodon", "4.5.0", True),
        ("Mastodon", "4.5.0-beta.1+glitch", True),
        ("Mastodon", "5.0.0", True),
        ("Mastodon", "4.4.3", False),
        ("Mastodon", "", False),
        ("GoToSocial", "0.20.0", False),
        ("snac", "2.75", False),
    ],
)
def test_quotes_are_offered_by_servers_that_take_them(
    software: str, version: str, is_offered: bool
) -> None:
    connector, town = connected({}, software=software, version=version)
    assert (Can.QUOTE in connector.can) is is_offered
    if not is_offered:
        with pytest.raises(NotOffered):
            connector.publish(quoting())
    assert is_offered or not town.asked


def test_a_quote_that_arrived_is_found_in_spite_of_the_line_for_older_servers() -> None:
    connector, _ = connected({OUR_POSTS: said([ours(77)])}, version="4.5.2")
    found = connector.find_published(quoting(first_tried_at=NOW - timedelta(hours=2)))
    assert isinstance(found, Receipt)
    assert found.local_id == "77"
