"""The status page: what is stuck, each with its reason and a way on."""

from collections.abc import Sequence

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from resonanz.channels.queries import in_need
from resonanz.channels.sentences import on_alarm
from resonanz.channels.views.overview import row_of
from resonanz.house.status.house import lines
from resonanz.house.status.queries import signs_of_life
from resonanz.house.status.rhythms import pulses
from resonanz.outbox.queries import answered_by_uid, stuck_deliveries, stuck_gestures
from resonanz.outbox.rows import gesture_row, way_row
from resonanz.workspaces.access import MemberRequest, members_only
from resonanz.workspaces.queries import open_alarms

A_PAGE = 25


@require_safe
@members_only
def status(request: MemberRequest) -> HttpResponse:
    """Everything that waits for a human; one sentence when nothing does."""
    workspace = request.member.workspace
    deliveries = list(stuck_deliveries(workspace)[: A_PAGE + 1])
    gestures = list(stuck_gestures(workspace)[:A_PAGE])
    answered = answered_by_uid(workspace, [row.publication.answering_uid for row in deliveries])
    needs = in_need(workspace)
    alarms, shown = open_alarms(workspace), told_already(deliveries, gestures, needs)
    awake = signs_of_life(workspace)
    is_well = not (deliveries or gestures or needs or alarms or awake.queue is None)
    values = {
        "ways": [way_row(row, answered) for row in deliveries[:A_PAGE]],
        "has_more": len(deliveries) > A_PAGE,
        "gestures": [gesture_row(row) for row in gestures],
        "needs": [row_of(channel) for channel in needs],
        "alarms": [
            {"alarm": alarm, "told": on_alarm(alarm)}
            for alarm in alarms
            if alarm.matter not in shown
        ],
        "awake": awake,
        "pulses": pulses(workspace, request.member.language),
        "lines": lines(workspace, request.member.language),
        "is_well": is_well and awake.is_working and awake.is_listening,
        "here": request.path,
    }
    return render(request, "house/status.html", values)


def told_already(*groups: Sequence[Model]) -> set[str]:
    """The matters that stand on the page anyway, so that an alarm does not say them twice."""
    return {f"{type(row).__name__.lower()}:{row.pk}" for group in groups for row in group}
