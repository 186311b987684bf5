"""Saying something, and finding out whether it was said."""

from typing import Any

import msgspec

from resonanz.networks.bluesky import pictures, records, referring
from resonanz.networks.bluesky.addresses import (
    POST,
    is_did,
    is_post,
    named_on_page,
    post_page,
    uri_of,
)
from resonanz.networks.bluesky.compose import compose, written
from resonanz.networks.bluesky.facets import facets_of, handles_in
from resonanz.networks.bluesky.line import Line
from resonanz.networks.bluesky.moments import moment
from resonanz.networks.bluesky.moments import written as written_time
from resonanz.networks.bluesky.payloads import PostRecord, Ref, ResolvedPayload
from resonanz.networks.bluesky.record_keys import record_key
from resonanz.switchboard.decoding import part_of, read
from resonanz.switchboard.pictures import SENTENCES as PICTURE_SENTENCES
from resonanz.switchboard.shapes import Account, Answering, Outgoing, Quoting, Receipt
from resonanz.switchboard.trouble import Gone, Refused
from resonanz.switchboard.wording import N_

RESOLVE = "com.atproto.identity.resolveHandle"

SENTENCES = {
    "empty": N_("There is nothing to send yet: the text is empty."),
    "too_long": N_("The text is longer than a post at Bluesky may be."),
    "wider_than_answered": N_(
        "The answer would be seen by more people than what it answers, so it was not sent."
    ),
    "audience_not_offered": N_(
        "At Bluesky everything is public. For fewer people it cannot be sent there."
    ),
    **PICTURE_SENTENCES,
}
ANSWERED_IS_NO_POST = N_("What this answers is no post at Bluesky, so it was not sent.")
QUOTED_IS_NO_POST = N_("What this quotes is no post at Bluesky, so it was not sent.")
NO_ANSWERS = N_("Its author has closed this conversation: nobody but those chosen can answer.")
NO_QUOTES = N_("Its author does not want this post to be quoted, so it was not sent.")


def publish(line: Line, account: Account, outgoing: Outgoing) -> Receipt:
    """Say it, under a key made of our own, so that it stands there once however often we try."""
    composed = compose(outgoing, account)
    if composed.problems:
        raise Refused(SENTENCES[composed.problems[0]])
    reply = _reply(line, outgoing.answering)
    quoted = _quoted(line, outgoing.quoting)
    laid = written(outgoing).laid
    dids = _accounts(line, handles_in(laid.spans), outgoing.answering)
    outgoing = pictures.all_there(line, account.facts, outgoing)
    at = written_time(line.surroundings.clock())
    record: dict[str, Any] = {"$type": POST, "text": laid.text, "createdAt": at}
    record |= {"facets": facets} if (facets := facets_of(laid, dids)) else {}
    record |= {"langs": [outgoing.language]} if outgoing.language else {}
    record |= {"reply": reply} if reply else {}
    record |= _embed(outgoing, quoted) | _labels(outgoing)
    found = records.write(line, POST, record_key(line.us, outgoing.key), record)
    return msgspec.structs.replace(
        receipt_of(found.uri, at, account),
        picture_ids=tuple(picture.local_id for picture in outgoing.pictures),
    )


def find_published(line: Line, account: Account, outgoing: Outgoing) -> Receipt | None:
    """Look under the key whether it stands there, at our own server and nowhere else."""
    found = records.ours(line, POST, record_key(line.us, outgoing.key))
    if found is None:
        return None
    record = part_of(found.value, PostRecord)
    return receipt_of(found.uri, (record.created_at or "") if record else "", account)


def receipt_of(uri: str, created_at: str, account: Account) -> Receipt:
    """Proof that a post of ours stands there."""
    handle = account.profile.handle.removeprefix("@")
    return Receipt(uid=uri, local_id=uri, url=post_page(uri, handle), at=moment(created_at))


def _reply(line: Line, answering: Answering | None) -> dict[str, Any] | None:
    """What a text answers: the post itself, and the one with which its conversation began."""
    if answering is None:
        return None
    uri = _uri(answering.local_id, answering.uid)
    if not uri:
        raise Refused(ANSWERED_IS_NO_POST)
    answered = referring.found(line, uri)
    if answered.stand.reply_disabled:
        raise Refused(NO_ANSWERS)
    return {"root": _strong(answered.root), "parent": _strong(answered.ref)}


def _quoted(line: Line, quoting: Quoting | None) -> Ref | None:
    if quoting is None:
        return None
    uri = _uri(quoting.local_id, quoting.uid)
    if not uri:
        raise Refused(QUOTED_IS_NO_POST)
    quoted = referring.found(line, uri)
    if quoted.stand.embedding_disabled:
        raise Refused(NO_QUOTES)
    return quoted.ref


def _uri(*names: str) -> str:
    return next((name for name in names if is_post(name)), "")


def _strong(ref: Ref) -> dict[str, str]:
    return {"uri": ref.uri, "cid": ref.cid}


def _embed(outgoing: Outgoing, quoted: Ref | None) -> dict[str, Any]:
    """A quoted post, pictures, or both."""
    media = pictures.embed_of(outgoing.pictures) if outgoing.pictures else None
    if quoted is None:
        return {"embed": media} if media else {}
    record = {"$type": "app.bsky.embed.record", "record": _strong(quoted)}
    if media is None:
        return {"embed": record}
    both = {"$type": "app.bsky.embed.recordWithMedia", "record": record, "media": media}
    return {"embed": both}


def _labels(outgoing: Outgoing) -> dict[str, Any]:
    values = [{"val": val} for val in written(outgoing).labels]
    kind = "com.atproto.label.defs#selfLabels"
    return {"labels": {"$type": kind, "values": values}} if values else {}


def _accounts(line: Line, handles: list[str], answering: Answering | None) -> dict[str, str]:
    """The DIDs behind handles; those of whom we answer are known. Who is nobody is left out."""
    named = answering.names if answering else ()
    known = {one.handle.removeprefix("@").lower(): one.uid for one in named if is_did(one.uid)}
    found = {handle: known.get(handle) or _resolved(line, handle) for handle in handles}
    return {handle: did for handle, did in found.items() if did}


def _resolved(line: Line, handle: str) -> str:
    try:
        return read(line.ask(RESOLVE, handle=handle).content, ResolvedPayload).did
    except (Gone, Refused):
        return ""


def resolve(line: Line, uid: str, url: str) -> str:
    """The address of a post here that is known by its uid or by its page; "" for anything else."""
    if is_post(uid):
        return uid
    named = named_on_page(url) or named_on_page(uid)
    if named is None:
        return ""
    who, key = named
    did = who if is_did(who) else _resolved(line, who)
    return uri_of(did, POST, key) if did else ""
