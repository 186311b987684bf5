"""Background entry points: carry one delivery or gesture out, exactly once as far as can be known.

The order is what makes it safe: the row is claimed and `first_tried_at` is written and committed
before the network hears anything. Whoever comes later and finds it written looks first.
"""

import logging
from datetime import timedelta

import msgspec
from django.utils import timezone
from django_tasks import task

from resonanz.channels.opening import connector
from resonanz.clockwork.holding import claimed, sending_lease
from resonanz.outbox.compose import outgoing_of_amendment, outgoing_of_delivery
from resonanz.outbox.models import (
    Amendment,
    Delivery,
    Gesture,
    Moderation,
    OnItsWay,
    Shielding,
)
from resonanz.outbox.outcome import (
    note_amended,
    note_gesture_made,
    note_moderated,
    note_sent,
    note_shielded,
    note_trouble_on_way,
)
from resonanz.outbox.queries import ready_amendments, ready_deliveries
from resonanz.people.models import KnownAs
from resonanz.switchboard.contract import Connector
from resonanz.switchboard.shapes import Outgoing, ReactionKind, Receipt, ShieldKind, Standing
from resonanz.switchboard.trouble import (
    Gone,
    NotOffered,
    Refused,
    Trouble,
    Unreadable,
    Unsure,
)

log = logging.getLogger(__name__)

# Servers throw away pictures that nothing uses, Mastodon after a day.
PICTURES_KEPT_THERE = timedelta(hours=12)
OUT_OF_SIGHT = (Standing.SPAM, Standing.TRASH)


@task(queue_name="sending")
def deliver(delivery_id: int) -> None:
    """Bring one publication to its channel. Does nothing when there is nothing to do."""
    rows = ready_deliveries().select_related(
        "publication__voice",
        "publication__workspace",
        "publication__draft",
        "channel__workspace",
        "after",
    )
    following = None
    with claimed(rows, delivery_id, lease=sending_lease()) as delivery:
        if delivery is not None:
            following = _carry_out(delivery)
    if following is not None:
        deliver.enqueue(following)


def _carry_out(delivery: Delivery) -> int | None:
    """Say it and note what came of it. Gives the id of the part that may go out now."""
    _forget_old_pictures(delivery)
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
            receipt = _say(open_connector, outgoing, delivery)
    except Trouble as trouble:
        log.info("delivery %s: %s", delivery.pk, trouble.code)
        note_trouble_on_way(row=delivery, trouble=trouble)
        return None
    note_sent(delivery=delivery, receipt=receipt)
    log.info("delivery %s: sent", delivery.pk)
    return delivery.followed_by.values_list("pk", flat=True).first()


def _say(open_connector: Connector, outgoing: Outgoing, delivery: Delivery) -> Receipt:
    """Say it, after looking whether an earlier attempt was heard."""
    if outgoing.first_tried_at is not None:
        found = _find(open_connector, outgoing)
        if found is not None:
            return found
    return open_connector.publish(_with_pictures_there(open_connector, outgoing, delivery))


def _with_pictures_there(
    open_connector: Connector, outgoing: Outgoing, delivery: Delivery
) -> Outgoing:
    """Bring the pictures to the server one by one, and note each as soon as it is there."""
    there = []
    for picture in outgoing.pictures:
        local_id = picture.local_id or open_connector.upload(picture)
        there.append(msgspec.structs.replace(picture, local_id=local_id))
        if not picture.local_id:
            delivery.picture_ids = [found.local_id for found in there]
            Delivery.objects.filter(pk=delivery.pk).update(picture_ids=delivery.picture_ids)
    return msgspec.structs.replace(outgoing, pictures=tuple(there))


def _forget_old_pictures(delivery: Delivery) -> None:
    """Pictures that were brought there long ago without being used are brought anew."""
    tried = delivery.first_tried_at
    if delivery.picture_ids and tried and timezone.now() - tried > PICTURES_KEPT_THERE:
        delivery.picture_ids = []


def _find(open_connector: Connector, outgoing: Outgoing) -> Receipt | None:
    """Look for it. Raises `Unsure` where looking is refused: that is no word about the text."""
    try:
        return open_connector.find_published(outgoing)
    except (Refused, Gone, NotOffered) as cause:
        raise Unsure(cause.reason) from cause


@task(queue_name="sending")
def make_gesture(gesture_id: int) -> None:
    """Boost, favourite or follow, or take it back. Doing it twice changes nothing."""
    rows = Gesture.objects.to_do().select_related("channel__workspace", "voice")
    with claimed(rows, gesture_id, lease=sending_lease()) as gesture:
        if gesture is not None:
            _make(gesture)


def _make(gesture: Gesture) -> None:
    Gesture.objects.filter(pk=gesture.pk).update(
        first_tried_at=gesture.first_tried_at or timezone.now()
    )
    kind, target = ReactionKind(gesture.kind), gesture.target_local_id
    try:
        with connector(gesture.channel, for_sending=True) as open_connector:
            open_connector.react(kind, target, is_on=gesture.is_wanted)
    except Trouble as trouble:
        log.info("gesture %s: %s", gesture.pk, trouble.code)
        note_trouble_on_way(row=gesture, trouble=trouble)
        return
    note_gesture_made(gesture=gesture)
    log.info("gesture %s: made", gesture.pk)


@task(queue_name="sending")
def amend(amendment_id: int) -> None:
    """Change or delete a post of ours. Doing it twice changes nothing, so nothing is looked up."""
    rows = ready_amendments().select_related(
        "delivery__publication__voice",
        "delivery__publication__draft",
        "delivery__channel",
        "delivery__after",
        "channel__workspace",
    )
    with claimed(rows, amendment_id, lease=sending_lease()) as amendment:
        if amendment is not None:
            _amend(amendment)


def _amend(amendment: Amendment) -> None:
    Amendment.objects.filter(pk=amendment.pk).update(
        first_tried_at=amendment.first_tried_at or timezone.now(), trouble_code=""
    )
    local_id = amendment.delivery.local_id
    try:
        with connector(amendment.channel, for_sending=True) as open_connector:
            if amendment.kind == Amendment.Kind.DELETE:
                open_connector.delete(local_id)
            else:
                open_connector.edit(local_id, outgoing_of_amendment(amendment))
    except Trouble as trouble:
        log.info("amendment %s: %s", amendment.pk, trouble.code)
        note_trouble_on_way(row=amendment, trouble=trouble)
        return
    note_amended(amendment=amendment)
    log.info("amendment %s: done", amendment.pk)


@task(queue_name="sending")
def shield(shielding_id: int) -> None:
    """Mute, block or report an account, or end it. A report is made once and never repeated."""
    rows = Shielding.objects.to_do().select_related("channel__workspace", "identity", "workspace")
    with claimed(rows, shielding_id, lease=sending_lease()) as shielding:
        if shielding is not None:
            _shield(shielding)


def _shield(shielding: Shielding) -> None:
    is_report = shielding.kind == Shielding.Kind.REPORT
    # Nobody can look whether a report was heard: one that broke off is a human's to decide.
    was_cut_off = is_report and shielding.first_tried_at is not None and not shielding.trouble_code
    Shielding.objects.filter(pk=shielding.pk).update(
        first_tried_at=shielding.first_tried_at or timezone.now(), trouble_code=""
    )
    try:
        if was_cut_off:
            raise Unsure
        _ask_to_shield(shielding)
    except Trouble as trouble:
        log.info("shielding %s: %s", shielding.pk, trouble.code)
        is_lost = is_report and isinstance(trouble, Unsure | Unreadable)
        note_trouble_on_way(row=shielding, trouble=trouble, is_over=is_lost)
        return
    note_shielded(shielding=shielding)
    log.info("shielding %s: done", shielding.pk)


def _ask_to_shield(shielding: Shielding) -> None:
    """Speak to the network. Raises `NotOffered` where it does not know the account any more."""
    known = KnownAs.objects.filter(identity=shielding.identity, channel=shielding.channel).first()
    if known is None:
        raise NotOffered
    with connector(shielding.channel, for_sending=True) as open_connector:
        if shielding.kind != Shielding.Kind.REPORT:
            kind = ShieldKind(shielding.kind)
            open_connector.shield(kind, known.local_id, is_on=shielding.is_wanted)
            return
        open_connector.report(
            known.local_id,
            post_local_ids=tuple(shielding.post_local_ids),
            reason=shielding.reason,
            forward=shielding.is_forwarded,
        )


@task(queue_name="sending")
def moderate(moderation_id: int) -> None:
    """Give a comment on a page of ours another standing. Doing it twice changes nothing."""
    rows = Moderation.objects.to_do().select_related("channel__workspace", "workspace")
    with claimed(rows, moderation_id, lease=sending_lease()) as moderation:
        if moderation is not None:
            _moderate(moderation)


def _moderate(moderation: Moderation) -> None:
    Moderation.objects.filter(pk=moderation.pk).update(
        first_tried_at=moderation.first_tried_at or timezone.now(), trouble_code=""
    )
    wanted = Standing(moderation.wanted)
    try:
        with connector(moderation.channel, for_sending=True) as open_connector:
            open_connector.moderate(moderation.target_local_id, wanted)
    except Trouble as trouble:
        # Nobody sees what is not there any more: as spam or in the trash it is where it should be.
        if not (isinstance(trouble, Gone) and wanted in OUT_OF_SIGHT):
            log.info("moderation %s: %s", moderation.pk, trouble.code)
            note_trouble_on_way(row=moderation, trouble=trouble)
            return
    note_moderated(moderation=moderation)
    log.info("moderation %s: done", moderation.pk)
