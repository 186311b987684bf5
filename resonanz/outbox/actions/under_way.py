"""What is on its way: trying again, taking back."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.outbox.actions.drafts import open_answer
from resonanz.outbox.compose import answering_of_part
from resonanz.outbox.jobs import amend, deliver, make_gesture, moderate, shield
from resonanz.outbox.models import (
    Amendment,
    Delivery,
    Draft,
    Gesture,
    Moderation,
    OnItsWay,
    Publication,
    Shielding,
)
from resonanz.outbox.returning import bring_pictures, draft_again
from resonanz.outbox.splitting import BREAK
from resonanz.workspaces.actions import end_alarm, note_in_trail
from resonanz.workspaces.models import Member

JOBS: dict[type[OnItsWay], Any] = {
    Delivery: deliver,
    Gesture: make_gesture,
    Amendment: amend,
    Shielding: shield,
    Moderation: moderate,
}

Way = Delivery | Gesture | Amendment | Shielding | Moderation


@transaction.atomic
def try_again(*, row: Way, member: Member) -> None:
    """Put something that is stuck on its way again, now.

    What was sent or withdrawn stays, and so does what a worker is busy with at this moment: a
    second worker beside it would say the same twice.
    """
    _put_on_its_way(row)
    transaction.on_commit(partial(JOBS[type(row)].enqueue, row.pk))
    note_in_trail(
        workspace=row.channel.workspace,
        member=member,
        verb="tried again",
        subject=f"{type(row).__name__.lower()} {row.pk}",
    )


def _put_on_its_way(row: Way) -> None:
    now = timezone.now()
    if isinstance(row, Shielding):
        # A report that broke off is made anew because a human says so.
        Shielding.objects.filter(pk=row.pk, state=OnItsWay.State.REFUSED).update(
            first_tried_at=None
        )
    changed = (
        type(row)
        .objects.filter(pk=row.pk, leased_until__lte=now)
        .exclude(state__in=[OnItsWay.State.SENT, OnItsWay.State.WITHDRAWN])
        .update(due_at=now, nudged_at=now, attempts=0)
    )
    # What is unsure stays so until it was looked for: it cannot be taken back in between.
    type(row).objects.filter(pk=row.pk, state=OnItsWay.State.REFUSED).update(
        state=OnItsWay.State.WAITING
    )
    if changed:
        end_alarm(workspace=row.channel.workspace, matter=row.matter)


@transaction.atomic
def take_back(*, delivery: Delivery, member: Member) -> Draft | None:
    """Withdraw what was refused or has not gone out, and give its text back as a draft.

    Of several posts in a row those behind it come back as well; those before it stand where
    they are, and the draft goes on behind them. Gives None when it was sent meanwhile, when an
    attempt is under way or unsure, or when one broke off without a note (then it may stand
    there already). If she has begun another answer to the same post meanwhile, the text is put
    in front of that one.
    """
    chain = delivery.publication.deliveries.filter(channel=delivery.channel)
    if not _withdrawn(chain.filter(pk=delivery.pk)):
        return None
    behind = _withdrawn(chain.filter(position__gt=delivery.position).order_by("position"))
    return _text_again(delivery.publication, [delivery, *behind], member)


@transaction.atomic
def take_back_text(*, publication: Publication, member: Member) -> Draft | None:
    """Take back whatever of a text has not gone out, on all channels, as a draft.

    Where some parts stand already, those behind them become a draft of their own. Gives None
    when all of it has gone out or may have.
    """
    took = _withdrawn(publication.deliveries.order_by("channel", "position"))
    return _text_again(publication, took, member) if took else None


def _withdrawn(rows: Any) -> list[Delivery]:
    """Withdraw those of the rows that nobody can have heard; gives them."""
    unheard = Q(first_tried_at__isnull=True) | ~Q(trouble_code="")
    took = []
    for row in rows.select_related("channel__workspace", "publication__draft"):
        changed = Delivery.objects.filter(
            Q(state=OnItsWay.State.REFUSED) | (Q(state=OnItsWay.State.WAITING) & unheard),
            pk=row.pk,
            leased_until__lte=timezone.now(),
        ).update(state=OnItsWay.State.WITHDRAWN)
        if changed:
            end_alarm(workspace=row.channel.workspace, matter=row.matter)
            took.append(row)
    return took


def _text_again(publication: Publication, took: Sequence[Delivery], member: Member) -> Draft:
    """The draft, or the first of several, that holds what was taken back."""
    first_taken: dict[int, Delivery] = {}
    for row in took:
        first_taken.setdefault(row.channel_id, row)
    whole = [row.channel for row in first_taken.values() if not row.position]
    drafts = [_whole_again(publication, whole, member)] if whole else []
    rest = (row for row in first_taken.values() if row.position)
    drafts += [_rest_again(publication, row, member) for row in rest]
    return drafts[0]


def _whole_again(publication: Publication, channels: list[Channel], member: Member) -> Draft:
    old = publication.draft
    begun = open_answer(member, old.answering_uid, is_article=old.is_article)
    if begun is None:
        return draft_again(old=old, author=member, channels=channels)
    begun.text = f"{old.text}\n\n{begun.text}".strip()
    begun.title = old.title or begun.title
    begun.updated_at, begun.edited_in = timezone.now(), ""
    begun.state, begun.asked_at = Draft.State.OPEN, None
    begun.save()
    bring_pictures(old=old, new=begun)
    return begun


def _rest_again(publication: Publication, first: Delivery, member: Member) -> Draft:
    """The parts from `first` on, as an answer to the part that stands before it."""
    old = publication.draft
    signature = old.voice.signature if old.voice else ""
    rest = f"\n\n{BREAK}\n\n".join(publication.parts[first.position :])
    answering = answering_of_part(first)
    draft = draft_again(old=old, author=member, channels=[first.channel], with_pictures=False)
    draft.text = rest.removesuffix(signature).rstrip() if signature else rest
    draft.answering = msgspec.to_builtins(answering) if answering else {}
    draft.answering_uid = answering.uid if answering else ""
    # What was quoted stands in the first part, which is there already.
    draft.quoting = {}
    draft.save(update_fields=["text", "answering", "answering_uid", "quoting"])
    return draft
