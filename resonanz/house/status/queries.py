"""What the status page asks: what is stuck, who is well, and whether the house is awake."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, OuterRef, Q, Subquery
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
    lanes = Lane.objects.filter(channel__workspace=OuterRef("pk")).order_by()
    counted = lanes.values("channel__workspace").annotate(
        latest=Max("last_ok_at"),
        held=Count("pk", filter=streams & Q(leased_until__gt=timezone.now())),
        every=Count("pk", filter=streams),
    )
    routine = Routine.objects.filter(name=SIGN_OF_LIFE)
    # One question for both: the page asks many others.
    told = Workspace.objects.values_list(
        Subquery(counted.values("latest")),
        Subquery(counted.values("held")),
        Subquery(counted.values("every")),
        Subquery(routine.values("last_done_at")[:1]),
    )
    read_at, held, every, worker_at = told.get(pk=workspace.pk)
    return Awake(
        worker_at=worker_at,
        read_at=read_at,
        queue=waiting(MOST_COUNTED),
        carrier=carrier(),
        lines=held or 0,
        streams=every or 0,
    )
