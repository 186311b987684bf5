"""What is done without words: boosts, favourites, follows; mutes, blocks and reports."""

from collections.abc import Callable

from mastodon import Mastodon

from resonanz.networks.mastodon.limits import REPORT_LIMIT_CHARACTERS
from resonanz.networks.mastodon.line import Line
from resonanz.networks.mastodon.payloads import DonePayload, StatusPayload
from resonanz.switchboard.decoding import read
from resonanz.switchboard.shapes import ReactionKind, ShieldKind

ASKED: dict[tuple[ReactionKind | ShieldKind, bool], Callable[[Mastodon, str], object]] = {
    (ReactionKind.BOOST, True): Mastodon.status_reblog,
    (ReactionKind.BOOST, False): Mastodon.status_unreblog,
    (ReactionKind.FAVOURITE, True): Mastodon.status_favourite,
    (ReactionKind.FAVOURITE, False): Mastodon.status_unfavourite,
    (ReactionKind.FOLLOW, True): Mastodon.account_follow,
    (ReactionKind.FOLLOW, False): Mastodon.account_unfollow,
    (ShieldKind.MUTE, True): Mastodon.account_mute,
    (ShieldKind.MUTE, False): Mastodon.account_unmute,
    (ShieldKind.BLOCK, True): Mastodon.account_block,
    (ShieldKind.BLOCK, False): Mastodon.account_unblock,
}


def react(line: Line, kind: ReactionKind, local_id: str, *, is_on: bool) -> None:
    """Boost or favourite a post or follow an account, unless we do already, or take it back.

    Not every server notices a second time, so posts are looked at first.
    """
    if kind is not ReactionKind.FOLLOW and _is_done(line, kind, local_id) is is_on:
        return
    _ask(line, kind, local_id, is_on=is_on)


def shield(line: Line, kind: ShieldKind, local_id: str, *, is_on: bool) -> None:
    """Mute or block an account, or end it. Servers notice a second time."""
    _ask(line, kind, local_id, is_on=is_on)


def report(
    line: Line, local_id: str, *, post_local_ids: tuple[str, ...], reason: str, forward: bool
) -> None:
    """Tell the moderators of our server, and with `forward` those of the account's own.

    Mastodon.py is not asked: it asks at an address with a slash at the end.
    Source: docs.joinmastodon.org/methods/reports/#post (read 2026-11-22).
    """
    told = {
        "account_id": local_id,
        "status_ids": list(post_local_ids),
        "comment": reason[:REPORT_LIMIT_CHARACTERS],
        "forward": forward,
    }
    read(line.send("POST", "/api/v1/reports", json=told).content, DonePayload)


def _ask(line: Line, kind: ReactionKind | ShieldKind, local_id: str, *, is_on: bool) -> None:
    call = ASKED[kind, is_on]
    read(line.ask(lambda api: call(api, local_id)).content, DonePayload)


def _is_done(line: Line, kind: ReactionKind, local_id: str) -> bool:
    status = read(line.ask(lambda api: api.status(local_id)).content, StatusPayload)
    return bool(status.reblogged if kind is ReactionKind.BOOST else status.favourited)
