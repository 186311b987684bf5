"""Watching over channels: an alarm for one that is silent for much longer than usual."""

from collections.abc import Iterator

from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.channels.rhythm import SHORTEST_UNUSUAL, rhythm_of
from resonanz.workspaces.actions import end_alarm, raise_alarm
from resonanz.workspaces.models import Alarm

CODE = "channel_silent"


def watch_rhythms() -> None:
    """Raise an alarm for every channel that is unusually silent, and end those that are over.

    A channel in trouble has its own alarm, and one that is paused is silent on purpose.
    """
    silent = {channel.pk: channel for channel in _silent()}
    for channel in silent.values():
        raise_alarm(
            workspace=channel.workspace,
            matter=_matter(channel.pk),
            code=CODE,
            subject=channel.handle,
        )
    still = {_matter(pk) for pk in silent}
    for alarm in Alarm.objects.filter(code=CODE, over_at=None).select_related("workspace"):
        if alarm.matter not in still:
            end_alarm(workspace=alarm.workspace, matter=alarm.matter)


def _matter(pk: int) -> str:
    return f"silence:{pk}"


def _silent() -> Iterator[Channel]:
    now = timezone.now()
    rows = Channel.objects.filter(
        state=Channel.State.OK,
        trouble_code="",
        longest_silence_seconds__gt=0,
        last_arrival_at__lt=now - SHORTEST_UNUSUAL,
    )
    for channel in rows.select_related("workspace").iterator(chunk_size=500):
        if rhythm_of(channel, now).is_unusual:
            yield channel
