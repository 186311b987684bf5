"""Background entry points of this room: an id in, one action, done."""

import logging

from django_tasks import task

from resonanz.channels.models import Channel
from resonanz.channels.opening import connector
from resonanz.clockwork.holding import claimed, reading_lease, sending_lease
from resonanz.mentions.announcing import note_announced, note_not_looked
from resonanz.mentions.models import Endpoint, ReceivedMention, SentMention
from resonanz.mentions.receiving import keep_mention, note_not_kept
from resonanz.mentions.telling import note_not_told, note_told
from resonanz.switchboard.contract import Connector
from resonanz.switchboard.shapes import Endpoints
from resonanz.switchboard.trouble import Trouble

log = logging.getLogger(__name__)

WORKS = {"channel__state": Channel.State.OK}


@task(queue_name="reading")
def look_at_mention(received_id: int) -> None:
    """Look whether a page really links to ours, and what it says. Safe to run twice."""
    rows = ReceivedMention.objects.filter(state=ReceivedMention.State.WAITING, **WORKS)
    rows = rows.select_related("channel__workspace")
    with claimed(rows, received_id, lease=reading_lease()) as received:
        if received is not None:
            _look(received)


def _look(received: ReceivedMention) -> None:
    try:
        with connector(received.channel) as open_connector:
            found = open_connector.linked_from(received.source, received.target)
    except Trouble as trouble:
        log.info("received mention %s: %s", received.pk, trouble.code)
        note_not_kept(received=received, trouble=trouble)
        return
    keep_mention(received=received, found=found)
    log.info("received mention %s: kept", received.pk)


@task(queue_name="sending")
def tell_mention(sent_id: int) -> None:
    """Tell a page that ours links to it. Telling it twice does no harm: it only looks again."""
    rows = SentMention.objects.filter(state=SentMention.State.WAITING, **WORKS)
    rows = rows.select_related("channel__workspace")
    with claimed(rows, sent_id, lease=sending_lease()) as row:
        if row is not None:
            _tell(row)


def _tell(row: SentMention) -> None:
    try:
        with connector(row.channel, for_sending=True) as open_connector:
            endpoints = _endpoints_for(row, open_connector)
            if endpoints != Endpoints():
                open_connector.tell_of_link(endpoints, row.source, row.target)
    except Trouble as trouble:
        log.info("sent mention %s: %s", row.pk, trouble.code)
        note_not_told(row=row, trouble=trouble)
        return
    note_told(row=row, endpoints=endpoints)
    log.info("sent mention %s: %s", row.pk, "told" if endpoints != Endpoints() else "no endpoint")


def _endpoints_for(row: SentMention, open_connector: Connector) -> Endpoints:
    """How the other page wants to be told; where our link has gone, as it was told before."""
    if not row.is_wanted and row.endpoint:
        return Endpoints(**{row.way: row.endpoint})
    return open_connector.endpoints_of(row.target)


@task(queue_name="reading")
def look_at_own_site(endpoint_id: int) -> None:
    """Look whether our own site names our endpoint."""
    rows = Endpoint.objects.filter(**WORKS).select_related("channel__workspace")
    with claimed(rows, endpoint_id, lease=reading_lease()) as endpoint:
        if endpoint is None:
            return
        try:
            with connector(endpoint.channel) as open_connector:
                found = open_connector.endpoints_of(endpoint.channel.address)
        except Trouble as trouble:
            log.info("endpoint %s: %s", endpoint.pk, trouble.code)
            note_not_looked(endpoint=endpoint, trouble=trouble)
            return
        note_announced(endpoint=endpoint, found=found)
        log.info("endpoint %s: looked", endpoint.pk)
