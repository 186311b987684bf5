"""Reading who follows us and whom we follow: once a day, a few requests at a time.

Of a list of 100,000 nobody becomes a person here. Whom we know already is brought up to date
and noted as following or followed; the others are counted and forgotten again.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from resonanz.channels.actions import note_trouble
from resonanz.channels.fitting import fitting_circle
from resonanz.channels.models import Channel
from resonanz.channels.opening import attempts_that_count, connector, pause_for
from resonanz.people.actions import meet
from resonanz.people.models import CircleReading, Identity, KnownAs
from resonanz.switchboard.contract import Can, Connector
from resonanz.switchboard.shapes import Circle, Circles
from resonanz.switchboard.trouble import Gone, NotOffered, Refused, SignInAgain, Trouble

# One request each. What is left is read two minutes later: a list of 100,000 takes nine hours,
# and nobody's answer waits for it.
PARTS_A_TURN = 5
BETWEEN_TURNS = timedelta(minutes=2)
READ_AGAIN_AFTER = timedelta(days=1)
# A server that says for ever that there is more is left here.
MOST_COUNTED = 1_000_000
ATTEMPTS_FROM_ONE_PLACE = 6

READ: dict[str, Callable[[Connector, str], Circles]] = {
    CircleReading.Kind.FOLLOWERS.value: lambda connector, cursor: connector.followers(cursor),
    CircleReading.Kind.FOLLOWED.value: lambda connector, cursor: connector.followed(cursor),
}
NEEDED = {
    CircleReading.Kind.FOLLOWERS.value: Can.FOLLOWERS,
    CircleReading.Kind.FOLLOWED.value: Can.FOLLOWED,
}
SEEN_IN = {
    CircleReading.Kind.FOLLOWERS.value: "follows_us_at",
    CircleReading.Kind.FOLLOWED.value: "followed_at",
}


def open_circles(channel: Channel) -> None:
    """A row for each list that a channel can give; none for what it cannot give any more."""
    for kind, ability in NEEDED.items():
        if ability in channel.abilities:
            CircleReading.objects.get_or_create(channel=channel, kind=kind)
        else:
            CircleReading.objects.filter(channel=channel, kind=kind).delete()


def go_on_reading(reading: CircleReading) -> None:
    """Read a few parts of a list and say when it goes on. Speaks to the network."""
    try:
        with connector(reading.channel) as open_connector:
            parts = READ[reading.kind](open_connector, reading.cursor)
            for part in islice(parts, PARTS_A_TURN):
                take_in_circle(reading, fitting_circle(part))
                if not reading.cursor:
                    break
    except Trouble as trouble:
        _note_trouble(reading, trouble)
        return
    if reading.cursor:
        _rest(reading, BETWEEN_TURNS)


@transaction.atomic
def take_in_circle(reading: CircleReading, part: Circle) -> None:
    """Note those whom we know, count all, and keep where to go on, all or nothing."""
    if not reading.began_at or not reading.cursor:
        reading.began_at, reading.counted = timezone.now(), 0
    _note_known(reading, part)
    reading.counted += len(part.profiles)
    reading.cursor = part.cursor if reading.counted < MOST_COUNTED else ""
    reading.save(update_fields=["began_at", "counted", "cursor"])
    if not reading.cursor:
        _finish(reading)


def _note_known(reading: CircleReading, part: Circle) -> None:
    channel = reading.channel
    told = {profile.uid: profile for profile in part.profiles}
    known = Identity.objects.others().filter(
        workspace_id=channel.workspace_id, network=channel.network, uid__in=list(told)
    )
    for identity in known:
        # How we met stays as it was: that somebody stands in a list is no meeting.
        meet(
            workspace=channel.workspace,
            channel=channel,
            profile=told[identity.uid],
            how=identity.met_how,
        )
    ties = KnownAs.objects.filter(channel=channel, identity__in=known)
    ties.update(**{SEEN_IN[reading.kind]: timezone.now()})
    if reading.kind == CircleReading.Kind.FOLLOWERS:
        known.filter(known_as__in=ties).exclude(follows_us=True).update(follows_us=True)


def _finish(reading: CircleReading) -> None:
    """The list was read to its end: whoever was not in it is not in it any more."""
    column, channel = SEEN_IN[reading.kind], reading.channel
    ties = KnownAs.objects.filter(channel=channel)
    ties.filter(**{f"{column}__lt": reading.began_at}).update(**{column: None})
    if reading.kind == CircleReading.Kind.FOLLOWERS:
        _note_who_does_not_follow(channel)
    reading.total, reading.read_at = reading.counted, timezone.now()
    reading.save(update_fields=["total", "read_at"])
    _rest(reading, READ_AGAIN_AFTER)


def _note_who_does_not_follow(channel: Channel) -> None:
    """Nobody follows us who stands in the list of none of our accounts there.

    Who began to follow after the reading had begun is left as she is until the next one.
    """
    ours = KnownAs.objects.filter(identity=OuterRef("pk"))
    asked = Identity.objects.others().filter(
        Exists(ours.filter(channel=channel)),
        workspace_id=channel.workspace_id,
        network=channel.network,
    )
    gone = asked.exclude(follows_us=False).exclude(Exists(ours.filter(follows_us_at__isnull=False)))
    gone.update(follows_us=False)


def _rest(reading: CircleReading, pause: timedelta, *, attempts: int = 0) -> None:
    now = timezone.now()
    CircleReading.objects.filter(pk=reading.pk).update(
        due_at=now + pause * settings.RESONANZ_PACE,
        leased_until=now,
        nudged_at=now,
        attempts=attempts,
    )


def _note_trouble(reading: CircleReading, trouble: Trouble) -> None:
    """Say when to look again. Nobody is alarmed for a list, unless the token has ended."""
    if isinstance(trouble, NotOffered):
        CircleReading.objects.filter(pk=reading.pk).delete()
        return
    if isinstance(trouble, SignInAgain):
        note_trouble(
            channel=reading.channel,
            trouble=trouble,
            at=timezone.now(),
            attempts=reading.attempts,
        )
    if isinstance(trouble, Gone) or reading.attempts >= ATTEMPTS_FROM_ONE_PLACE:
        # Perhaps the server does not know any more where we were: the next look begins anew.
        CircleReading.objects.filter(pk=reading.pk).update(cursor="")
    is_refused = isinstance(trouble, (Refused, Gone))
    pause = READ_AGAIN_AFTER if is_refused else pause_for(trouble, reading.attempts)
    _rest(reading, pause, attempts=attempts_that_count(trouble, reading.attempts))
