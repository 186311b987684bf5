"""What is done without words: likes, reposts, follows; mutes, blocks and reports.

Likes, reposts, follows and blocks are records of ours. Ours have a key made of what they are about;
what was done in another app has any key, and the network tells us which.
"""

from collections.abc import Mapping
from typing import Any

from resonanz.networks.bluesky import records, referring
from resonanz.networks.bluesky.addresses import (
    BLOCK,
    FOLLOW,
    LIKE,
    REPOST,
    is_did,
    is_post,
    place_of,
)
from resonanz.networks.bluesky.limits import REPORT_LIMIT_CHARACTERS
from resonanz.networks.bluesky.line import Line
from resonanz.networks.bluesky.moments import written
from resonanz.networks.bluesky.payloads import (
    DonePayload,
    PostPayload,
    ProfilePayload,
    Relation,
    Stand,
)
from resonanz.networks.bluesky.record_keys import record_key
from resonanz.switchboard.decoding import NOT_AS_ASKED, read
from resonanz.switchboard.shapes import ReactionKind, ShieldKind
from resonanz.switchboard.trouble import Gone, Refused, Unreadable
from resonanz.switchboard.wording import N_

COLLECTIONS = {ReactionKind.FAVOURITE: LIKE, ReactionKind.BOOST: REPOST}
MUTES = {True: "app.bsky.graph.muteActor", False: "app.bsky.graph.unmuteActor"}
REPORT = "com.atproto.moderation.createReport"
# The moderators read our words; the broad kinds (spam, rude …) would be a guess.
OTHER_REASON = "com.atproto.moderation.defs#reasonOther"
NO_ACCOUNT = N_("This can only be done to an account at Bluesky, and this is none.")


def react(line: Line, kind: ReactionKind, local_id: str, *, is_on: bool) -> None:
    """Like or repost a post or follow an account, unless we do already, or take it back."""
    if kind is ReactionKind.FOLLOW:
        did = _account(local_id)
        elsewhere = _relation(line, did).following
        _switch(line, FOLLOW, did, {"subject": did}, elsewhere, is_on=is_on)
        return
    post = _post(line, local_id)
    stand = post.viewer or Stand()
    elsewhere = stand.repost if kind is ReactionKind.BOOST else stand.like
    subject = {"subject": {"uri": post.uri, "cid": post.cid}}
    _switch(line, COLLECTIONS[kind], post.uri, subject, elsewhere, is_on=is_on)


def shield(line: Line, kind: ShieldKind, local_id: str, *, is_on: bool) -> None:
    """Mute or block an account, or end it. A mute nobody sees, a block is public."""
    did = _account(local_id)
    if kind is ShieldKind.MUTE:
        read(line.do(MUTES[is_on], {"actor": did}).content or b"{}", DonePayload)
        return
    elsewhere = _relation(line, did).blocking
    _switch(line, BLOCK, did, {"subject": did}, elsewhere, is_on=is_on)


def _switch(
    line: Line,
    collection: str,
    about: str,
    subject: Mapping[str, Any],
    shown: str | None,
    *,
    is_on: bool,
) -> None:
    """Write or delete our record about something. `shown` is the one the network knows, if any."""
    key = record_key(line.us, collection, about)
    place = place_of(shown or "")
    keys = {key, place.key} if place and place.repo == line.us else {key}
    if not is_on:
        for one in sorted(keys):
            records.take_back(line, collection, one)
    elif keys == {key}:
        # Also where the network shows ours: it may be gone since.
        at = written(line.surroundings.clock())
        records.write(line, collection, key, {"$type": collection, **subject, "createdAt": at})


def _account(local_id: str) -> str:
    if not is_did(local_id):
        raise Refused(NO_ACCOUNT)
    return local_id


def _post(line: Line, uri: str) -> PostPayload:
    """A post to react to. Raises `Gone` where it is not there any more."""
    found = referring.shown(line, uri)
    if found is None:
        raise Gone(referring.NOT_THERE)
    if not found.cid:
        raise Unreadable(NOT_AS_ASKED)
    return found


def _relation(line: Line, did: str) -> Relation:
    answer = line.ask("app.bsky.actor.getProfile", actor=did)
    return read(answer.content, ProfilePayload).viewer or Relation()


def report(line: Line, local_id: str, *, post_local_ids: tuple[str, ...], reason: str) -> None:
    """Tell the moderators about a post, or about an account with its posts named in the reason.

    One report is about one thing there: with a single post it is that post.
    """
    posts = [uri for uri in post_local_ids if is_post(uri)]
    subject: dict[str, str] = {
        "$type": "com.atproto.admin.defs#repoRef",
        "did": _account(local_id),
    }
    if len(posts) == 1:
        subject = _as_subject(line, posts[0]) or subject
    told = "\n".join([reason.strip(), *posts] if "did" in subject else [reason.strip()])
    wanted = {
        "reasonType": OTHER_REASON,
        "reason": told[:REPORT_LIMIT_CHARACTERS],
        "subject": subject,
    }
    read(line.do(REPORT, wanted).content, DonePayload)


def _as_subject(line: Line, uri: str) -> dict[str, str] | None:
    """A post in its version; None when it is gone, and the account stands for it."""
    post = referring.shown(line, uri)
    if post is None or not post.cid:
        return None
    return {"$type": "com.atproto.repo.strongRef", "uri": post.uri, "cid": post.cid}
