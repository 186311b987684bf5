"""What comes after sending: editing and deleting what we said."""

import msgspec

from resonanz.networks.mastodon import pictures
from resonanz.networks.mastodon.compose import compose
from resonanz.networks.mastodon.limits import SOFTWARE_THAT_KEEPS_PICTURES
from resonanz.networks.mastodon.line import Line
from resonanz.networks.mastodon.payloads import DonePayload, StatusPayload
from resonanz.networks.mastodon.translate import receipt_of
from resonanz.networks.mastodon.writing import SENTENCES
from resonanz.switchboard.decoding import read
from resonanz.switchboard.shapes import Account, Outgoing, Receipt
from resonanz.switchboard.trouble import Gone, Refused
from resonanz.switchboard.wording import N_

PICTURES_STAY = N_(
    "This server changes words only: the pictures of a post and their descriptions have to stay "
    "as they are."
)


def edit(line: Line, account: Account, local_id: str, outgoing: Outgoing) -> Receipt:
    """Let a post of ours say this instead. Mastodon notices when nothing changed.

    Mastodon.py is not asked: it leaves the language out. Source of the parameters:
    docs.joinmastodon.org/methods/statuses/#edit (read 2026-11-22).
    """
    composed = compose(outgoing, account)
    if composed.problems:
        raise Refused(SENTENCES[composed.problems[0]])
    if account.facts.software in SOFTWARE_THAT_KEEPS_PICTURES:
        _check_pictures_stay(line, local_id, outgoing)
    outgoing = pictures.all_there(line, account.facts, outgoing)
    shown = [picture.local_id for picture in outgoing.pictures]
    described = [
        {"id": picture.local_id, "description": picture.description}
        for picture in outgoing.pictures
    ]
    said = {
        "status": composed.text,
        "spoiler_text": outgoing.warning,
        "sensitive": bool(outgoing.warning),
        "media_ids": shown,
        "media_attributes": described,
    }
    said |= {"language": outgoing.language} if outgoing.language else {}
    answer = line.send("PUT", f"/api/v1/statuses/{local_id}", json=said)
    receipt = receipt_of(read(answer.content, StatusPayload))
    # snac2 2.75 makes another id of the new time and goes on to know the old one (seen
    # 2026-11-22): that is the one that is kept everywhere else.
    return msgspec.structs.replace(receipt, local_id=local_id, picture_ids=tuple(shown))


def _check_pictures_stay(line: Line, local_id: str, outgoing: Outgoing) -> None:
    """Refuse what the server would pass over in silence."""
    standing = read(line.ask(lambda api: api.status(local_id)).content, StatusPayload)
    descriptions = [media.description or "" for media in standing.media_attachments or ()]
    wanted = [picture.description for picture in outgoing.pictures]
    if wanted != descriptions or not all(picture.local_id for picture in outgoing.pictures):
        raise Refused(PICTURES_STAY)


def delete(line: Line, local_id: str) -> None:
    """Take a post of ours back; one that is gone already is fine."""
    try:
        answer = line.send("DELETE", f"/api/v1/statuses/{local_id}")
    except Gone:
        return
    read(answer.content, DonePayload)
