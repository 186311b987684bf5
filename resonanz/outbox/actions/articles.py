"""Articles of our own, and words about what somebody else said: how such drafts begin."""

import msgspec
from django.db import transaction
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.outbox.actions.drafts import open_answer, written_in
from resonanz.outbox.models import Draft
from resonanz.outbox.returning import bring_pictures
from resonanz.switchboard.shapes import Answering, Audience, Quoting
from resonanz.workspaces.models import Member, Voice

# Ends the name of the page in which a text was written that went on as an article: when the same
# page is sent once more, its text is found and not begun anew.
BECAME_ARTICLE = "-article"
PAGE_CHARACTERS = 40


@transaction.atomic
def start_article(
    *,
    author: Member,
    voice: Voice | None,
    channel: Channel | None,
    answering: Answering | None = None,
    language: str = "",
    edited_in: str = "",
) -> Draft:
    """A new article; where it answers something, the author's open one about it if there is one.

    `edited_in` names the page in which it is written: the same page finds its article again.
    """
    uid = answering.uid if answering else ""
    known = written_in(author, edited_in, uid) or open_answer(author, uid, is_article=True)
    if known is not None:
        return known
    draft = Draft.objects.create(
        workspace=author.workspace,
        author=author,
        voice=voice,
        language=language or author.workspace.language,
        audience=Audience.PUBLIC.value,
        answering=msgspec.to_builtins(answering) if answering else {},
        answering_uid=uid,
        is_article=True,
        edited_in=edited_in,
    )
    draft.channels.set([channel] if channel else [])
    return draft


@transaction.atomic
def turn_into_article(*, draft: Draft, channel: Channel) -> Draft:
    """A text that became too long goes on as an article. What is on its way is left alone.

    Whoever has begun an article about the same post finds the text at its end. Gives the draft to
    go on with.
    """
    locked = Draft.objects.unsent().select_for_update().filter(pk=draft.pk).first()
    if locked is None or locked.is_article or locked.quoting:
        return locked or draft
    begun = None
    if locked.author:
        begun = open_answer(locked.author, locked.answering_uid, is_article=True)
    if begun is not None:
        if locked.text.strip() not in begun.text:
            begun.text = f"{begun.text}\n\n{locked.text}".strip()
            bring_pictures(old=locked, new=begun)
            _take_up(begun)
        # The page in which it was written may write anew.
        locked.state, locked.edited_in = Draft.State.DISCARDED, ""
        locked.save(update_fields=["state", "edited_in"])
        return begun
    locked.is_article = True
    locked.audience, locked.warning, locked.is_thanks = Audience.PUBLIC.value, "", False
    locked.channels.set([channel])
    page = locked.edited_in
    return _take_up(locked, page=f"{page}{BECAME_ARTICLE}"[:PAGE_CHARACTERS] if page else "")


def article_from(author: Member, page: str) -> Draft | None:
    """The article that a word of our own went on as which was written in that open page."""
    return written_in(author, f"{page}{BECAME_ARTICLE}"[:PAGE_CHARACTERS], "") if page else None


@transaction.atomic
def turn_into_short_text(*, draft: Draft) -> Draft:
    """An article goes on as a short text: an answer where it answers something.

    Where an answer to the same post is open already, the text stands at its end. Where a short
    text goes is chosen anew. Gives the draft to go on with.
    """
    locked = Draft.objects.unsent().select_for_update().filter(pk=draft.pk).first()
    if locked is None or not locked.is_article:
        return locked or draft
    text = f"{locked.title}\n\n{locked.text}".strip()
    begun = open_answer(locked.author, locked.answering_uid) if locked.author else None
    if begun is not None:
        begun.text = f"{begun.text}\n\n{text}".strip()
        # The page in which it was written may write anew.
        locked.state, locked.edited_in = Draft.State.DISCARDED, ""
        locked.save(update_fields=["state", "edited_in"])
        return _take_up(begun)
    locked.is_article, locked.stays_draft, locked.title, locked.text = False, False, "", text
    if locked.answering:
        locked.audience = locked.answering.get("audience", Audience.PUBLIC.value)
    locked.channels.set([])
    return _take_up(locked)


def _take_up(draft: Draft, *, page: str = "") -> Draft:
    """It is being written again, whoever was asked about it before."""
    draft.state, draft.asked_at = Draft.State.OPEN, None
    draft.updated_at, draft.edited_in = timezone.now(), page
    draft.save()
    return draft


@transaction.atomic
def start_quote(
    *,
    author: Member,
    voice: Voice | None,
    channel: Channel,
    quoting: Quoting,
    audience: Audience,
    language: str = "",
) -> Draft:
    """A word of our own that shows what somebody else said; the open one about it if there is one.

    It begins with the audience of what is quoted, and never gets a wider one.
    """
    own = Draft.objects.unsent().filter(author=author, quoting__uid=quoting.uid)
    known = own.filter(channels=channel).order_by("-pk").first()
    if known is not None:
        return known
    draft = Draft.objects.create(
        workspace=author.workspace,
        author=author,
        voice=voice,
        language=language or author.workspace.language,
        audience=audience.value,
        quoting=msgspec.to_builtins(quoting) | {"audience": audience.value},
    )
    draft.channels.set([channel])
    return draft
