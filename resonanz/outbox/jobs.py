"""Background entry points: carry one delivery or gesture out, exactly once as far as can be known.

The order is what makes it safe: the row is claimed and `first_tried_at` is written and committed
before the network hears anything. Whoever comes later and finds it written looks first.
"""

import logging

from django.utils import timezone
from django_tasks import task

from resonanz.channels.opening import connector
from resonanz.clockwork.holding import claimed, sending_lease
from resonanz.outbox.compose import outgoing_of_delivery
from resonanz.outbox.models import Delivery, Gesture, OnItsWay
from resonanz.outbox.outcome import note_gesture_made, note_sent, note_trouble_on_way
from resonanz.switchboard.contract import Connector
from resonanz.switchboard.shapes import Outgoing, ReactionKind, Receipt
from resonanz.switchboard.trouble import Gone, NotOffered, Refused, Trouble, Unsure

log = logging.getLogger(__name__)


@task(queue_name="sending")
def deliver(delivery_id: int) -> None:
    """Bring one publication to its channel. Does nothing when there is nothing to do."""
    rows = Delivery.objects.to_do().select_related(
        "publication__voice", "publication__workspace", "channel__workspace"
    )
    with claimed(rows, delivery_id, lease=sending_lease()) as delivery:
        if delivery is not None:
            _carry_out(delivery)


def _carry_out(delivery: Delivery) -> None:
    outgoing = outgoing_of_delivery(delivery)
    # A first attempt without a trouble says: a worker died while it was speaking.
    was_cut_off = delivery.first_tried_at is not None and not delivery.trouble_code
    Delivery.objects.filter(pk=delivery.pk).update(
        first_tried_at=delivery.first_tried_at or timezone.now(),
        trouble_code="",
        state=OnItsWay.State.UNSURE if was_cut_off else delivery.state,
    )
    try:
        with connector(delivery.channel, for_sending=True) as open_connector:
            receipt = _say(open_connector, outgoing)
    except Trouble as trouble:
        log.info("delivery %s: %s", delivery.pk, trouble.code)
        note_trouble_on_way(row=delivery, trouble=trouble)
        return
    note_sent(delivery=delivery, receipt=receipt)
    log.info("delivery %s: sent", delivery.pk)


def _say(open_connector: Connector, outgoing: Outgoing) -> Receipt:
    """Say it, after looking whether an earlier attempt was heard."""
    if outgoing.first_tried_at is not None:
        found = _find(open_connector, outgoing)
        if found is not None:
            return found
    return open_connector.publish(outgoing)


def _find(open_connector: Connector, outgoing: Outgoing) -> Receipt | None:
    """Look for it. Raises `Unsure` where looking is refused: that is no word about the text."""
    try:
        return open_connector.find_published(outgoing)
    except (Refused, Gone, NotOffered) as cause:
        raise Unsure(cause.reason) from cause


@task(queue_name="sending")
def make_gesture(gesture_id: int) -> None:
    """Boost, favourite or follow. Doing it twice changes nothing, so nothing is looked up."""
    rows = Gesture.objects.to_do().select_related("channel__workspace", "voice")
    with claimed(rows, gesture_id, lease=sending_lease()) as gesture:
        if gesture is not None:
            _make(gesture)


def _make(gesture: Gesture) -> None:
    try:
        with connector(gesture.channel, for_sending=True) as open_connector:
            open_connector.react(ReactionKind(gesture.kind), gesture.target_local_id)
    except Trouble as trouble:
        log.info("gesture %s: %s", gesture.pk, trouble.code)
        note_trouble_on_way(row=gesture, trouble=trouble)
        return
    note_gesture_made(gesture=gesture)
    log.info("gesture %s: made", gesture.pk)
