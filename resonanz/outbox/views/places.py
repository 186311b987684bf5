"""Where a text of ours is shown: in its conversation, or on a page of its own."""

from django.urls import reverse

from resonanz.outbox.models import Draft
from resonanz.outbox.queries import answered_by_uid


def page_of(draft: Draft) -> str:
    """The page on which a draft is written: the box in its conversation, else its own page."""
    if draft.answering_uid and not draft.is_article:
        answered = answered_by_uid(draft.workspace, [draft.answering_uid])
        found = answered.get(draft.answering_uid)
        if found is not None and found.url:
            return found.url
    return reverse("outbox-draft", args=[draft.pk])
