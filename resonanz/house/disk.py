"""Room on the disk of the data folder: a full disk stops everything, so it is told in time."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from resonanz.house.everywhere import end_alarm_everywhere, raise_alarm_everywhere

MATTER = "house:disk"
# An alarm ends only when there is clearly more room again, so that it does not come and go.
CLEARLY_MORE = 1.2


@dataclass(frozen=True)
class Room:
    """Room on the disk, in megabytes (10**6 bytes)."""

    free: int
    total: int

    @property
    def is_low(self) -> bool:
        """Whether less is free than `RESONANZ_DISK_ALARM_MB`."""
        return self.free < settings.RESONANZ_DISK_ALARM_MB


def room_on_disk() -> Room:
    """How much room there is where the data folder lies."""
    found = shutil.disk_usage(Path(settings.RESONANZ_HOME))
    return Room(free=found.free // 10**6, total=found.total // 10**6)


def watch_disk() -> None:
    """Raise an alarm when the disk runs full, and end it when there is room again."""
    room = room_on_disk()
    if room.is_low:
        raise_alarm_everywhere(matter=MATTER, code="disk_low", detail=f"{room.free} MB")
    elif room.free > settings.RESONANZ_DISK_ALARM_MB * CLEARLY_MORE:
        end_alarm_everywhere(matter=MATTER)
