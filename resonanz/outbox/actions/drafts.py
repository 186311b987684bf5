"""Drafts: begun, kept, thrown away, taken back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.outbox.models import Draft
from resonanz.switchboard.shapes import Answering, Audience
from resonanz.workspaces.models import Member, Voice, Workspace


class WrittenElsewhere(Exception):
    """Another window wrote the draft meanwhile. `theirs` is what stands there now."""

    def __init__(self, theirs: Draft) -> None:
        """Keep the newer draft."""
        super().__init__("The draft was written in another window meanwhile.")
        self.theirs = theirs


@transaction.atomic
def start_draft(
    *,
    workspace: Workspace,
    author: Member,
    voice: Voice | None,
    channels: Iterable[Channel],
    answering: Answering | None = None,
    text: str = "",
    warning: str = "",
    language: str = "",
    is_thanks: bool = False,
    edited_in: str = "",
) -> Draft:
    """A new draft; for an answer, the author's open draft to the same post if there is one.

    An answer begins with the audience of what it answers. `edited_in` names the page in which
    it is written: the same page finds its draft again, whatever became of it.
    """
    answering_uid = answering.uid if answering else ""
    known = written_in(author, edited_in, answering_uid) or open_answer(author, answering_uid)
    if known is not None:
        return known
    draft = Draft.objects.create(
        workspace=workspace,
        author=author,
        voice=voice,
        text=text,
        warning=warning,
        language=language or workspace.language,
        audience=(answering.audience if answering else Audience.PUBLIC).value,
        answering=msgspec.to_builtins(answering) if answering else {},
        answering_uid=answering_uid,
        is_thanks=is_thanks,
        edited_in=edited_in,
    )
    draft.channels.set(channels)
    return draft


def written_in(author: Member, page: str, answering_uid: str) -> Draft | None:
    """The draft that was last written in that open page, in whatever state it is."""
    if not page:
        return None
    found = Draft.objects.filter(author=author, edited_in=page, answering_uid=answering_uid)
    return found.order_by("-pk").first()


def open_answer(author: Member, answering_uid: str, *, is_article: bool = False) -> Draft | None:
    """The draft in which somebody is answering a post at the moment, or its article about it."""
    if not answering_uid:
        return None
    own = Draft.objects.unsent().filter(author=author, answering_uid=answering_uid)
    return own.filter(is_article=is_article).order_by("-pk").first()


@transaction.atomic
def save_draft(
    *,
    draft: Draft,
    text: str,
    warning: str | None = None,
    language: str | None = None,
    audience: str | None = None,
    voice: Voice | None = None,
    channels: Iterable[Channel] | None = None,
    answering: Answering | None = None,
    is_thanks: bool | None = None,
    edited_in: str = "",
    seen_at: datetime | None = None,
    title: str | None = None,
    stays_draft: bool | None = None,
) -> Draft:
    """Keep what was written. None leaves a column as it is. A sent draft is left alone.

    A draft that waits for a second person is taken back to being written by any change.

    An audience is narrowed to that of what is answered or quoted. `answering` moves an answer to
    another channel that knows the same post. With `seen_at` (the `updated_at` that the page
    knows) a newer text from another page than `edited_in` stays: raises `WrittenElsewhere`.
    """
    locked = Draft.objects.unsent().select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        draft.refresh_from_db()
        return draft
    before = _content_of(locked)
    if seen_at is not None and locked.updated_at > seen_at and locked.edited_in != edited_in:
        raise WrittenElsewhere(locked)
    given: dict[str, Any] = {"warning": warning, "language": language, "voice": voice}
    given |= {"is_thanks": is_thanks, "title": title, "stays_draft": stays_draft}
    if answering is not None:
        given["answering"] = msgspec.to_builtins(answering)
    _set(locked, given)
    locked.text = text
    locked.audience = _not_wider(Audience(audience or locked.audience), locked).value
    if channels is not None and (answering is not None or _may_choose_channels(locked)):
        locked.channels.set(channels)
    return _keep(locked, before, edited_in)


def _keep(draft: Draft, before: list[Any], page: str) -> Draft:
    """Store a draft; one that waits for a second person only where it says something else now."""
    if draft.state == Draft.State.REVIEW:
        if _content_of(draft) == before:
            return draft
        draft.state, draft.asked_at = Draft.State.OPEN, None
    draft.updated_at, draft.edited_in = timezone.now(), page
    draft.save()
    return draft


def _set(draft: Draft, given: dict[str, Any]) -> None:
    """Set the columns that were given; None leaves one as it is."""
    for column, value in given.items():
        if value is not None:
            setattr(draft, column, value)


def _content_of(draft: Draft) -> list[Any]:
    """What a second person agrees to."""
    channels = sorted(draft.channels.values_list("pk", flat=True))
    article = [draft.title, draft.stays_draft]
    who = [draft.warning, draft.language, draft.audience, draft.voice_id]
    return [draft.text, *article, *who, channels]


def _may_choose_channels(draft: Draft) -> bool:
    """An answer goes where it was said, a quote where the quoted post stands."""
    return draft.is_article or not (draft.answering or draft.quoting)


def _not_wider(wanted: Audience, draft: Draft) -> Audience:
    if draft.is_article:
        return Audience.PUBLIC
    for heard in (draft.answering, draft.quoting):
        widest = Audience(heard.get("audience", Audience.PUBLIC.value))
        wanted = widest if wanted.is_wider_than(widest) else wanted
    return wanted


def discard_draft(*, draft: Draft) -> None:
    """Throw a draft away; a draft that is on its way is left alone."""
    Draft.objects.unsent().filter(pk=draft.pk).update(
        state=Draft.State.DISCARDED, asked_at=None, updated_at=timezone.now()
    )


@transaction.atomic
def restore_draft(*, draft: Draft) -> Draft:
    """Take a draft that was thrown away back.

    Gives the draft that is open now: another one, when she has begun to answer anew meanwhile.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    begun = None
    if locked.author:
        begun = open_answer(locked.author, locked.answering_uid, is_article=locked.is_article)
    if locked.state != Draft.State.DISCARDED or begun is not None:
        return begun or locked
    locked.state, locked.updated_at = Draft.State.OPEN, timezone.now()
    locked.save(update_fields=["state", "updated_at"])
    return locked
