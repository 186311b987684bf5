"""Pictures of ours on their way: uploaded, waited for, found again."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import msgspec
import pytest

from resonanz.networks.mastodon.limits import LOOK_AT_A_FILE_AGAIN_AFTER
from resonanz.networks.mastodon.tests.town import NOW, OURS, Town, connected, said, status
from resonanz.switchboard.shapes import Attachment, Outgoing
from resonanz.switchboard.testkit import PICTURE
from resonanz.switchboard.trouble import Refused, TryLater

POST, OUR_POSTS = "POST /api/v1/statuses", "GET /api/v1/accounts/1/statuses"
UPLOAD, OLD_UPLOAD = "POST /api/v2/media", "POST /api/v1/media"
LOOK = "GET /api/v1/media/501"
FILE = {"id": "501", "type": "image", "url": "https://town.example/501.png"}


@pytest.fixture
def picture(tmp_path: Path) -> Attachment:
    path = tmp_path / "roll.png"
    path.write_bytes(PICTURE)
    return Attachment(
        path=str(path),
        content_type="image/png",
        size=len(PICTURE),
        description="Ein Brötchen, kleiner als gedacht.",
        sha256=sha256(PICTURE).hexdigest(),
    )


def showing(*pictures: Attachment, text: str = "Heute früh.", **more: Any) -> Outgoing:
    return Outgoing(key="key-1", text=text, pictures=pictures, **more)


def media(description: str) -> dict[str, Any]:
    return {"id": "1", "type": "image", "description": description}


def sent_text(town: Town) -> dict[str, list[str]]:
    (post,) = [
        request
        for request in town.asked
        if (request.method, request.url.path) == ("POST", "/api/v1/statuses")
    ]
    return parse_qs(post.content.decode())


def test_a_picture_goes_first_and_the_text_shows_it(picture: Attachment) -> None:
    connector, town = connected(
        {UPLOAD: said(FILE), LOOK: said(FILE), POST: said(status(77, account=OURS))}
    )
    receipt = connector.publish(showing(picture))
    assert town.paths == [UPLOAD, LOOK, POST]
    assert picture.description.encode() in town.asked[0].content
    assert PICTURE in town.asked[0].content
    assert sent_text(town)["media_ids[]"] == ["501"]
    assert receipt.picture_ids == ("501",)


def test_what_is_there_already_is_not_uploaded_again(picture: Attachment) -> None:
    there = msgspec.structs.replace(picture, local_id="501", path="/gone/from/here.png")
    connector, town = connected({LOOK: said(FILE), POST: said(status(77, account=OURS))})
    connector.publish(showing(there))
    assert town.paths == [LOOK, POST]


def test_while_the_server_is_at_work_nothing_is_said(picture: Attachment) -> None:
    """And nobody sleeps meanwhile: the row is told when to come back."""
    connector, town = connected(
        {UPLOAD: said(FILE | {"url": None}, 202), LOOK: said(FILE | {"url": None}, 206)}
    )
    local_id = connector.upload(picture)
    with pytest.raises(TryLater) as told:
        connector.publish(showing(msgspec.structs.replace(picture, local_id=local_id)))
    assert told.value.after == LOOK_AT_A_FILE_AGAIN_AFTER
    assert POST not in town.paths


def test_a_line_that_breaks_during_an_upload_has_said_nothing(picture: Attachment) -> None:
    """So nobody has to look for the text: it is simply tried again."""
    connector, town = connected({UPLOAD: httpx.ReadError("gone")})
    with pytest.raises(TryLater):
        connector.publish(showing(picture))
    assert town.paths == [UPLOAD]


def test_an_old_server_is_asked_at_the_old_place(picture: Attachment) -> None:
    connector, town = connected({OLD_UPLOAD: said(FILE)})
    assert connector.upload(picture) == "501"
    assert town.paths == [UPLOAD, OLD_UPLOAD]


def test_a_server_that_does_not_know_the_question_is_done(picture: Attachment) -> None:
    """As snac2, which answers 404 for a file that it has."""
    connector, town = connected({UPLOAD: said(FILE), POST: said(status(77, account=OURS))})
    connector.publish(showing(picture))
    assert town.paths == [UPLOAD, LOOK, POST]


def test_a_lost_file_and_a_wrong_kind_are_told_before_anybody_is_asked(
    picture: Attachment,
) -> None:
    connector, town = connected({}, picture_types=("image/png",), picture_bytes=100)
    lost = msgspec.structs.replace(picture, path="/gone/from/here.png")
    film = msgspec.structs.replace(picture, content_type="video/mp4")
    large = msgspec.structs.replace(picture, size=101)
    for bad in (lost, film, large):
        with pytest.raises(Refused, match=r"\.$"):
            connector.upload(bad)
    assert not town.asked


def test_a_picture_without_words_is_found_by_its_description(picture: Attachment) -> None:
    """Words would tell it from the next one; here the pictures have to."""
    sent = showing(picture, text="", first_tried_at=NOW - timedelta(minutes=1))
    ours: dict[str, Any] = {
        "account": OURS,
        "content": "",
        "created_at": "2026-03-10T11:59:30.000Z",
    }
    another = status(78) | ours | {"media_attachments": [media("Ein anderes.")]}
    this = status(77) | ours | {"media_attachments": [media(picture.description)]}
    found = connected({OUR_POSTS: said([another, this])})[0].find_published(sent)
    assert found is not None
    assert found.local_id == "77"
    assert connected({OUR_POSTS: said([another])})[0].find_published(sent) is None
