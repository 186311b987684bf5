"""Bringing pictures of ours into the blog's library.

Source: developer.wordpress.org/rest-api/reference/media/ (read 2026-11-22). WordPress throws
nothing away that nobody uses, so a file is named by what is in it, and looked for before it is
sent: one whose answer was lost is not there twice.
"""

from hashlib import sha256
from pathlib import Path

from resonanz.networks.wordpress.limits import PER_PAGE
from resonanz.networks.wordpress.line import Line
from resonanz.networks.wordpress.payloads import MediaPayload
from resonanz.switchboard.decoding import NOT_AS_ASKED, read_each
from resonanz.switchboard.pictures import NOT_THERE, SENTENCES, problems_of
from resonanz.switchboard.shapes import Attachment, Facts, Outgoing
from resonanz.switchboard.trouble import Refused, TryLater, Unreadable, Unsure
from resonanz.switchboard.wording import N_

LOST = N_("A picture is not in the blog's library any more. Please add it again.")
MEDIA = "wp/v2/media"
FIELDS = "id,source_url,alt_text"
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}


def upload(line: Line, facts: Facts, attachment: Attachment) -> str:
    """Send one file with its description, unless it is there; its number in the library."""
    if problems := problems_of((attachment,), facts):
        raise Refused(SENTENCES[problems[0]])
    try:
        content = Path(attachment.path).read_bytes()
    except OSError as cause:
        raise Refused(NOT_THERE) from cause
    name = _name_of(attachment, content)
    there = line.listed(MEDIA, slug=name, per_page=PER_PAGE, _fields=FIELDS)
    for found in read_each(there.entries, MediaPayload):
        return str(found.id)
    kind = attachment.content_type
    file = (f"{name}.{ENDINGS.get(kind, kind.rpartition('/')[2])}", content, kind)
    described = {"alt_text": attachment.description} if attachment.description else {}
    try:
        sent = line.write("POST", MEDIA, MediaPayload, files={"file": file}, data=described)
    except Unsure as broken:
        # It is looked for before it is sent again.
        raise TryLater(broken.reason) from broken
    return str(sent.id)


def _name_of(attachment: Attachment, content: bytes) -> str:
    """The same for the same picture with the same description, and for no other."""
    told = sha256(content)
    told.update(attachment.description.encode("utf-8", "replace"))
    return f"picture-{told.hexdigest()[:16]}"


def in_library(line: Line, facts: Facts, outgoing: Outgoing) -> list[MediaPayload]:
    """The pictures of a text as the library has them, in order; what is missing is brought.

    Raises `Refused` where one was there and was taken away.
    """
    ids = [picture.local_id or upload(line, facts, picture) for picture in outgoing.pictures]
    if not ids:
        return []
    asked = ",".join(dict.fromkeys(ids))
    listed = line.listed(MEDIA, include=asked, per_page=PER_PAGE, _fields=FIELDS)
    found = {str(media.id): media for media in read_each(listed.entries, MediaPayload)}
    if not all(id in found and found[id].source_url for id in ids):
        # What is not in an answer that is whole was taken away.
        is_whole = listed.total == len(listed.entries) == len(found)
        raise Refused(LOST) if is_whole and len(found) < len(set(ids)) else Unreadable(NOT_AS_ASKED)
    return [found[id] for id in ids]
