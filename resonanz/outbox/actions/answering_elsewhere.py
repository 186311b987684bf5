"""What is answered turned out to stand elsewhere, too: drafts and texts on their way follow."""

import msgspec
from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.outbox.models import Draft, Publication
from resonanz.switchboard.shapes import Answering, Audience


@transaction.atomic
def answer_elsewhere(
    *,
    workspace_id: int,
    old_uid: str,
    uid: str,
    answering: Answering | None = None,
    channel: Channel | None = None,
) -> None:
    """Two answered posts are one, and are called `uid` from now on.

    Drafts go through the channel and with the manners given, if any. Where an author was
    answering both, her texts stand in one draft, the older one first. What is on its way already
    goes as it was approved.
    """
    rows = Draft.objects.select_for_update().filter(workspace=workspace_id)
    for draft in rows.filter(answering_uid=old_uid).order_by("pk"):
        same = Draft.objects.unsent().filter(author=draft.author_id, answering_uid=uid)
        alike = same.filter(is_article=draft.is_article).order_by("pk")
        twin = alike.first() if draft.author_id else None
        is_open = draft.state in (Draft.State.OPEN, Draft.State.REVIEW)
        if is_open and twin is not None:
            _put_into(twin, draft)
            continue
        draft.answering_uid = uid
        # An article stands on a site of ours, wherever that is which it answers.
        if is_open and answering is not None and channel is not None and not draft.is_article:
            draft.answering = msgspec.to_builtins(answering)
            draft.audience = _narrower(draft.audience, answering)
            draft.channels.set([channel])
        draft.save(update_fields=["answering_uid", "answering", "audience"])
    Publication.objects.filter(workspace=workspace_id, answering_uid=old_uid).update(
        answering_uid=uid
    )


def _put_into(kept: Draft, other: Draft) -> None:
    """One draft says what both said; whoever agreed to one of them is asked again."""
    texts = [one.text.strip() for one in (kept, other)]
    if texts[1] and texts[1] not in texts[0]:
        kept.text = "\n\n".join(text for text in texts if text)
        kept.state, kept.asked_at = Draft.State.OPEN, None
    kept.updated_at = timezone.now()
    kept.edited_in = ""
    kept.save()
    at = kept.uploads.count()
    for number, upload in enumerate(other.uploads.order_by("position", "pk")):
        upload.draft, upload.position = kept, at + number
        upload.save(update_fields=["draft", "position"])
    other.state, other.asked_at = Draft.State.DISCARDED, None
    other.save(update_fields=["state", "asked_at"])


def _narrower(audience: str, answering: Answering) -> str:
    wanted = Audience(audience)
    return (answering.audience if wanted.is_wider_than(answering.audience) else wanted).value
