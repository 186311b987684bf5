"""Bringing pictures of ours to the server. Source: docs.joinmastodon.org/methods/media."""

from pathlib import Path

import httpx
import msgspec

from resonanz.networks.mastodon.limits import LOOK_AT_A_FILE_AGAIN_AFTER
from resonanz.networks.mastodon.line import Line
from resonanz.networks.mastodon.payloads import UploadedPayload
from resonanz.switchboard.decoding import read
from resonanz.switchboard.pictures import NOT_THERE, SENTENCES, problems_of
from resonanz.switchboard.shapes import Attachment, Facts, Outgoing
from resonanz.switchboard.trouble import Gone, Refused, TryLater, Unsure
from resonanz.switchboard.wording import N_

STILL_AT_WORK = N_("The server is still at work on a picture. The text is sent when it is done.")
# Version 2 answers before the server is done with a file; servers from before 2020 have 1 only.
NEWEST, OLDEST = "/api/v2/media", "/api/v1/media"
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}


def upload(line: Line, facts: Facts, attachment: Attachment) -> str:
    """Send one file with its description; the server's id for it.

    A line that broke means: try later. A file that nothing uses is thrown away by the server.
    """
    if problems := problems_of((attachment,), facts):
        raise Refused(SENTENCES[problems[0]])
    try:
        content = Path(attachment.path).read_bytes()
    except OSError as cause:
        raise Refused(NOT_THERE) from cause
    try:
        return read(_sent(line, attachment, content).content, UploadedPayload).id
    except Unsure as broken:
        raise TryLater(broken.reason) from broken


def _sent(line: Line, attachment: Attachment, content: bytes) -> httpx.Response:
    kind = attachment.content_type
    name = f"picture.{ENDINGS.get(kind, kind.rpartition('/')[2])}"
    described = {"description": attachment.description} if attachment.description else {}
    files = {"file": (name, content, kind)}
    try:
        return line.send("POST", NEWEST, files=files, data=described)
    except Gone:
        return line.send("POST", OLDEST, files=files, data=described)


def all_there(line: Line, facts: Facts, outgoing: Outgoing) -> Outgoing:
    """The same, with every picture on the server, and the server done with all of them.

    Raises `TryLater` while it is not.
    """
    pictures = tuple(
        picture
        if picture.local_id
        else msgspec.structs.replace(picture, local_id=upload(line, facts, picture))
        for picture in outgoing.pictures
    )
    for picture in pictures:
        if not _is_done(line, picture.local_id):
            raise TryLater(STILL_AT_WORK, after=LOOK_AT_A_FILE_AGAIN_AFTER)
    return msgspec.structs.replace(outgoing, pictures=pictures)


def _is_done(line: Line, local_id: str) -> bool:
    """Whether the server is done with a file: 206 says no.

    Servers that do not know the question (snac2 2.75) are done when they answer the upload.
    """
    try:
        answer = line.send("GET", f"/api/v1/media/{local_id}")
    except (Gone, Refused):
        return True
    read(answer.content, UploadedPayload)
    return answer.status_code != httpx.codes.PARTIAL_CONTENT
