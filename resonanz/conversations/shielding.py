"""Keeping an account away from the house: here at once, and at the networks where they can."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation, Post, Sighting
from resonanz.conversations.turns import refresh_turn
from resonanz.outbox.actions import end_shield_there, report_there, shield_there
from resonanz.outbox.models import OnItsWay, Shielding
from resonanz.people.actions import keep_away, let_near
from resonanz.people.models import Identity, KnownAs
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import ShieldKind
from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Member

# Turns are found anew for so many conversations, the latest first: a click has to come to an end.
TALKS_AT_ONCE = 300
POSTS_TO_REPORT = 20
ABILITY = {ShieldKind.MUTE: Can.MUTE, ShieldKind.BLOCK: Can.BLOCK}
DONE = {ShieldKind.MUTE: "account muted", ShieldKind.BLOCK: "account blocked"}
ENDED = {
    ShieldKind.MUTE: "account muted no more",
    ShieldKind.BLOCK: "account blocked no more",
}


@dataclass(frozen=True)
class Ways:
    """What our accounts can do about somebody, each on a network that knows him."""

    mute: list[Channel] = field(default_factory=list)
    block: list[Channel] = field(default_factory=list)
    report: list[Channel] = field(default_factory=list)


def ways_to_shield(identity: Identity) -> Ways:
    """The working channels that know an account, by what they can do about it."""
    known = KnownAs.objects.filter(identity=identity, channel__state=Channel.State.OK)
    channels = [one.channel for one in known.select_related("channel").order_by("pk")]
    return Ways(
        mute=[one for one in channels if Can.MUTE in one.abilities],
        block=[one for one in channels if Can.BLOCK in one.abilities],
        report=[one for one in channels if Can.REPORT in one.abilities],
    )


def shields_of(identity: Identity) -> list[Shielding]:
    """What was asked of the networks about an account, the latest first."""
    rows = Shielding.objects.filter(identity=identity).exclude(state=OnItsWay.State.WITHDRAWN)
    return list(rows.select_related("channel", "member", "identity").order_by("-pk")[:20])


def posts_to_report(identity: Identity) -> "QuerySet[Post]":
    """Somebody's latest posts that still stand, newest first."""
    posts = Post.objects.still_there().filter(identity=identity)
    return posts.select_related("identity").order_by("-said_at", "-pk")[:POSTS_TO_REPORT]


@transaction.atomic
def shield_us(
    *, identity: Identity, kind: ShieldKind, member: Member, channels: Sequence[Channel]
) -> None:
    """Mute or block an account: here at once, and at the networks of these channels."""
    if keep_away(identity=identity, kind=kind, member=member):
        _note(identity, member, DONE[kind])
        _refresh_talks(identity)
    for channel in channels:
        shield_there(channel=channel, identity=identity, member=member, kind=kind)


@transaction.atomic
def end_shield(*, identity: Identity, kind: ShieldKind, member: Member) -> None:
    """Mute or block an account no longer, neither here nor at the networks."""
    if let_near(identity=identity, kind=kind):
        _note(identity, member, ENDED[kind])
        _refresh_talks(identity)
    end_shield_there(identity=identity, kind=kind)


@transaction.atomic
def report_account(
    *,
    identity: Identity,
    member: Member,
    channel: Channel,
    reason: str,
    posts: Collection[Post],
    is_forwarded: bool,
) -> Shielding:
    """Report an account at the network of a channel, with those of its posts known there."""
    sightings = Sighting.objects.filter(
        channel=channel, post__in=[post.pk for post in posts], post__identity=identity
    )
    found, is_new = report_there(
        channel=channel,
        identity=identity,
        member=member,
        reason=reason,
        post_local_ids=list(sightings.order_by("pk").values_list("local_id", flat=True)),
        is_forwarded=is_forwarded,
    )
    if is_new:
        _note(identity, member, "account reported")
    return found


def _note(identity: Identity, member: Member, verb: str) -> None:
    note_in_trail(
        workspace=identity.workspace, member=member, verb=verb, subject=f"account {identity.pk}"
    )


def _refresh_talks(identity: Identity) -> None:
    """Whoever is shielded waits no more; whoever is no longer waits again."""
    talks = Conversation.objects.filter(
        concerns_us=True, pk__in=Post.objects.filter(identity=identity).values("conversation")
    )
    latest = list(talks.order_by("-last_post_at").values_list("pk", flat=True)[:TALKS_AT_ONCE])
    for talk in Conversation.objects.select_for_update().filter(pk__in=latest).order_by("pk"):
        refresh_turn(talk)
