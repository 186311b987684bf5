"""Bringing pictures of ours to the server, and showing them in a post.

The description goes with the post, not with the file. Source:
https://docs.bsky.app/docs/advanced-guides/posts#images-embeds (read 2026-11-22).
"""

from pathlib import Path
from typing import Any

import msgspec
from PIL import Image, UnidentifiedImageError

from resonanz.networks.bluesky.line import Line
from resonanz.networks.bluesky.payloads import UploadedPayload
from resonanz.switchboard.decoding import read
from resonanz.switchboard.pictures import NOT_THERE, SENTENCES, problems_of
from resonanz.switchboard.shapes import Attachment, Facts, Outgoing
from resonanz.switchboard.trouble import Refused, TryLater, Unsure

UPLOAD = "com.atproto.repo.uploadBlob"
# EXIF's orientation (tag 274): from 5 on the picture lies on its side.
ORIENTATION, ON_ITS_SIDE = 274, 5


def upload(line: Line, facts: Facts, attachment: Attachment) -> str:
    """Send one file; gives the server's name for it, with its kind and its size in bytes.

    A post has to name all three just as the server does. A line that broke means: try later. A
    file that nothing uses is thrown away by the server.
    """
    if problems := problems_of((attachment,), facts):
        raise Refused(SENTENCES[problems[0]])
    try:
        content = Path(attachment.path).read_bytes()
    except OSError as cause:
        raise Refused(NOT_THERE) from cause
    try:
        answer = line.bring(UPLOAD, content, attachment.content_type)
    except Unsure as broken:
        raise TryLater(broken.reason) from broken
    blob = read(answer.content, UploadedPayload).blob
    return f"{blob.ref.link} {blob.mime_type} {blob.size}"


def all_there(line: Line, facts: Facts, outgoing: Outgoing) -> Outgoing:
    """The same, with every picture on the server."""
    pictures = tuple(
        picture
        if picture.local_id
        else msgspec.structs.replace(picture, local_id=upload(line, facts, picture))
        for picture in outgoing.pictures
    )
    return msgspec.structs.replace(outgoing, pictures=pictures)


def embed_of(pictures: tuple[Attachment, ...]) -> dict[str, Any]:
    """Pictures that are on the server, as a post shows them."""
    return {"$type": "app.bsky.embed.images", "images": [_image(one) for one in pictures]}


def _image(picture: Attachment) -> dict[str, Any]:
    link, kind, size = picture.local_id.split(" ")
    blob = {"$type": "blob", "ref": {"$link": link}, "mimeType": kind, "size": int(size)}
    shown: dict[str, Any] = {"image": blob, "alt": picture.description}
    if size_in_pixels := _pixels(picture.path):
        shown["aspectRatio"] = dict(zip(("width", "height"), size_in_pixels, strict=True))
    return shown


def _pixels(path: str) -> tuple[int, int] | None:
    """Width and height as it is seen; None for a file that cannot be looked at any more."""
    try:
        with Image.open(path) as found:
            width, height = found.size
            turned = found.getexif().get(ORIENTATION, 1)
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
        return None
    is_turned = isinstance(turned, int) and turned >= ON_ITS_SIDE
    return (height, width) if is_turned else (width, height)
