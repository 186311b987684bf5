"""Other people's posts in one very version, as an answer or a like has to name them."""

from typing import NamedTuple

from resonanz.networks.bluesky.addresses import place_of
from resonanz.networks.bluesky.directory import ask_openly, home_of
from resonanz.networks.bluesky.line import Line
from resonanz.networks.bluesky.payloads import (
    PostPayload,
    PostRecord,
    RecordPayload,
    Ref,
    ReplyRefs,
    Stand,
)
from resonanz.networks.bluesky.reading import posts_of
from resonanz.networks.bluesky.records import GET
from resonanz.networks.bluesky.troubles import ViewDown
from resonanz.switchboard.decoding import NOT_AS_ASKED, part_of, read
from resonanz.switchboard.trouble import Gone, Refused, Trouble, Unreadable
from resonanz.switchboard.wording import N_

NOT_THERE = N_("The post that this is about is not there any more.")
NO_POST_HERE = N_("This can only be done to a post at Bluesky, and this is none.")


class Found(NamedTuple):
    """A post that something refers to: its version, its own root, and how we stand to it."""

    ref: Ref
    root: Ref
    stand: Stand


def shown(line: Line, uri: str) -> PostPayload | None:
    """A post as the network shows it to us; None when it is not there, or not yet."""
    if place_of(uri) is None:
        raise Refused(NO_POST_HERE)
    return next((post for post in posts_of(line, [uri]) if post.uri == uri), None)


def found(line: Line, uri: str) -> Found:
    """A post to refer to. Raises `Gone` where it is not there any more.

    What shows us the network knows most; it may be down, or not know yet what was said a moment
    ago. Then the record is asked for: our own server, and the server where it was written.
    """
    place = place_of(uri)
    if place is None:
        raise Refused(NO_POST_HERE)
    if place.repo != line.us:
        try:
            post = shown(line, uri)
        except ViewDown:
            post = None
        if post is not None and post.cid:
            return _found(post.uri, post.cid, post.record, post.viewer or Stand())
    record = _record(line, uri)
    return _found(uri, record.cid, record.value, Stand())


def _found(uri: str, cid: str, value: object, stand: Stand) -> Found:
    record, ref = part_of(value, PostRecord), Ref(uri=uri, cid=cid)
    if record is None or not cid:
        raise Unreadable(NOT_AS_ASKED)
    reply: ReplyRefs | None = record.reply
    root = reply.root if reply and reply.root and reply.root.cid else ref
    return Found(ref, root, stand)


def _record(line: Line, uri: str) -> RecordPayload:
    """A record from our own server, or from its author's."""
    place = place_of(uri)
    if place is None:
        raise Refused(NO_POST_HERE)
    asked = {"repo": place.repo, "collection": place.collection, "rkey": place.key}
    try:
        return read(line.ask(GET, **asked).content, RecordPayload)
    except (ViewDown, Gone) as here:
        if place.repo == line.us:
            raise
        return _record_at_home(line, place.repo, asked, here)


def _record_at_home(line: Line, author: str, asked: dict[str, str], here: Trouble) -> RecordPayload:
    try:
        home = home_of(author, line.surroundings)
    except Refused as cause:
        raise here from cause
    url = f"{home}/xrpc/{GET}"
    try:
        return read(ask_openly(line.surroundings, url, asked).content, RecordPayload)
    except Gone as cause:
        raise Gone(NOT_THERE) from cause
