"""What the status page asks: what is stuck, who is well, and whether the house is awake."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.utils import timezone

from resonanz.channels.models import Channel, Lane
from resonanz.clockwork.nudges import carrier, waiting
from resonanz.switchboard.contract import Can
from resonanz.workspaces.models import Routine, Workspace

SIGN_OF_LIFE = "sign of life"
# The routine comes round every minute; three missed rounds are more than a busy moment.
ASLEEP_AFTER = timedelta(minutes=4)
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Awake:
    """Signs of life. Times are None where nothing was ever done.

    `queue` is how many nudges wait for a worker, counted up to a thousand, and None while the
    Redis that carries them is away; `carrier` is its `host:port`, "" where the database carries
    them; `lines` is how many streams are held at this moment.
    """

    worker_at: datetime | None
    read_at: datetime | None
    queue: int | None
    carrier: str
    lines: int
    streams: int

    @property
    def is_working(self) -> bool:
        """Whether a worker has done something of late."""
        return self.worker_at is not None and self.worker_at > timezone.now() - ASLEEP_AFTER

    @property
    def is_listening(self) -> bool:
        """Whether a listener holds a line, as far as there is one to hold."""
        return self.streams == 0 or self.lines > 0


def signs_of_life(workspace: Workspace) -> Awake:
    """When the worker and the reading last did something, and what waits."""
    streams = Q(kind=Can.STREAM.value, channel__state=Channel.State.OK)
    lanes = Lane.objects.filter(channel__workspace=workspace).aggregate(
        read_at=Max("last_ok_at"),
        lines=Count("pk", filter=streams & Q(leased_until__gt=timezone.now())),
        streams=Count("pk", filter=streams),
    )
    routine = Routine.objects.filter(name=SIGN_OF_LIFE).first()
    return Awake(
        worker_at=routine.last_done_at if routine else None,
        read_at=lanes["read_at"],
        queue=waiting(MOST_COUNTED),
        carrier=carrier(),
        lines=lanes["lines"],
        streams=lanes["streams"],
    )
