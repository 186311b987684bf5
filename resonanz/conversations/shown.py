"""A post as it is shown: pictures from our own copies, polls, pages, quotes, and what is folded.

Everything here was said by others: addresses that do not lead into the web are left out, and
texts are handed on as plain text, to be escaped where they are shown. Asks the database nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from resonanz.conversations.models import Post
from resonanz.outbox.showing import own_picture
from resonanz.people.models import Identity
from resonanz.pictures.addresses import shown_at
from resonanz.plumbing.moments import in_full
from resonanz.plumbing.text import excerpt, web_address
from resonanz.switchboard.shapes import Audience, Card, Picture, Poll
from resonanz.understanding.hiding import Hider

QUOTED_CHARACTERS = 400
WIDE = (Audience.PUBLIC.value, Audience.UNLISTED.value)
NOTHING_HIDDEN = Hider(())


@dataclass(frozen=True)
class Media:
    """A picture, film or sound. `src` is the address of our copy, "" where there is none."""

    kind: str
    url: str
    description: str
    src: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class ChoiceShown:
    """An answer of a poll; `share` is in percent of the votes, 0 while nobody tells them."""

    text: str
    words: str
    share: int


@dataclass(frozen=True)
class PollShown:
    """A poll: its answers, how many voted, and until when that goes on, in sentences."""

    choices: list[ChoiceShown]
    notes: list[str]


@dataclass(frozen=True)
class CardShown:
    """A page that a post leads to."""

    url: str
    title: str
    description: str
    provider: str
    src: str


@dataclass(frozen=True)
class QuoteShown:
    """What a post quotes. With `missing` it is not here, and the sentence says why.

    `url` is our conversation with it where `is_here`, else where it was said.
    """

    missing: str = ""
    url: str = ""
    is_here: bool = False
    name: str = ""
    seed: str = ""
    face: str = ""
    text: str = ""
    warning: str = ""
    language: str = ""
    moment: datetime | None = None
    media: list[Media] = field(default_factory=list)
    folded: str = ""


@dataclass(frozen=True)
class Shown:
    """What a page shows of a post besides its words. `folded` says why it is folded, if it is."""

    media: list[Media] = field(default_factory=list)
    poll: PollShown | None = None
    card: CardShown | None = None
    quote: QuoteShown | None = None
    face: str = ""
    folded: str = ""


def shown(
    post: Post,
    *,
    hider: Hider = NOTHING_HIDDEN,
    may_read: bool = True,
    text: str | None = None,
) -> Shown:
    """A post made ready; with its identity, and what it quotes with its own.

    Without `may_read` (a guest) nothing leads into another conversation. `text` are its words
    where the post was read without them.
    """
    return Shown(
        media=media_of(post.pictures),
        poll=_poll(post.poll),
        card=_card(post.card),
        quote=_quote(post, hider, may_read=may_read),
        face=face_of(post.identity),
        folded=why_folded(post, hider, text=text),
    )


def face_of(identity: Identity) -> str:
    """The address of our copy of somebody's face; "" where there is none."""
    return shown_at(identity.avatar_url)


def why_folded(post: Post, hider: Hider, *, text: str | None = None) -> str:
    """Why a post is folded until somebody asks to see it; "" when it is not.

    One of ours only where it lies in the spam or in the trash.
    `text` are its words where the post was read without them.
    """
    if post.standing == Post.Standing.SPAM:
        return _("Called spam, so that nobody else sees it: show")
    if post.standing == Post.Standing.TRASH:
        return _("In the trash, so that nobody else sees it: show")
    if post.is_ours:
        return ""
    return _shield_of(post.identity) or _hidden(post, hider, post.text if text is None else text)


def _shield_of(identity: Identity) -> str:
    if identity.blocked_at:
        return _("Said by somebody we have blocked: show")
    return _("Said by somebody we have muted: show") if identity.muted_at else ""


def _hidden(post: Post, hider: Hider, text: str) -> str:
    if not hider:
        return ""
    described = [str(picture.get("description") or "") for picture in post.pictures]
    asked = [str(choice.get("text") or "") for choice in post.poll.get("choices", ())]
    page = [str(post.card.get(name) or "") for name in ("title", "description")]
    found = hider.hides(post.title, post.warning, text, *described, *asked, *page)
    return hidden_words() if found else ""


def hidden_words() -> str:
    """What stands in the place of a text that holds one of the words to hide."""
    return _("Hidden because of your words: show")


def media_of(pictures: list[dict[str, Any]]) -> list[Media]:
    """The pictures, films and sounds of a post."""
    return [_media(msgspec.convert(told, Picture)) for told in pictures]


def _media(told: Picture) -> Media:
    is_picture = told.kind == "image"
    # A copy is made smaller anyway; the preview is what a server sends fastest.
    address = (told.preview_url or told.url) if is_picture else ""
    return Media(
        kind=told.kind,
        url=web_address(told.url),
        description=told.description.strip(),
        src=own_picture(address) or shown_at(address),
        width=told.width,
        height=told.height,
    )


def _poll(kept: Mapping[str, Any]) -> PollShown | None:
    if not kept.get("choices"):
        return None
    poll = msgspec.convert(kept, Poll)
    total = sum(choice.votes or 0 for choice in poll.choices)
    return PollShown(
        choices=[
            ChoiceShown(
                text=choice.text,
                words=_votes(choice.votes),
                share=round(100 * (choice.votes or 0) / total) if total else 0,
            )
            for choice in poll.choices
        ],
        notes=[note for note in (_until(poll), _several(poll), _all_votes(poll)) if note],
    )


def _votes(votes: int | None) -> str:
    if votes is None:
        return ""
    return ngettext("one vote", "%(count)s votes", votes) % {"count": votes}


def _until(poll: Poll) -> str:
    now = timezone.now()
    if poll.is_over or (poll.ends_at and poll.ends_at <= now):
        return _("The poll is over.")
    if poll.ends_at is None:
        return _("The poll is open.")
    when = in_full(timezone.localtime(poll.ends_at), get_language() or "en")
    return _("The poll is open until %(time)s.") % {"time": when}


def _several(poll: Poll) -> str:
    return _("Several answers may be chosen.") if poll.is_multiple else ""


def _all_votes(poll: Poll) -> str:
    if all(choice.votes is None for choice in poll.choices):
        return _("How people voted is told when it is over.")
    words = ngettext("One vote so far.", "%(count)s votes so far.", poll.votes)
    if poll.is_over:
        words = ngettext("One vote.", "%(count)s votes.", poll.votes)
    return words % {"count": poll.votes}


def _card(kept: Mapping[str, Any]) -> CardShown | None:
    if not kept:
        return None
    card = msgspec.convert(kept, Card)
    url = web_address(card.url)
    if not url:
        return None
    return CardShown(
        url=url,
        title=card.title.strip() or url,
        description=excerpt(card.description, QUOTED_CHARACTERS),
        provider=card.provider,
        src=shown_at(card.picture_url),
    )


def _quote(post: Post, hider: Hider, *, may_read: bool) -> QuoteShown | None:
    quoted = post.quotes
    if quoted is None:
        if not post.quotes_uid:
            return None
        told = _("What is quoted here is not known to us.")
        return QuoteShown(missing=told, url=web_address(post.quotes_uid))
    if quoted.gone_at is not None:
        return QuoteShown(missing=_("What is quoted here has been deleted."))
    if not may_read and quoted.audience not in WIDE:
        return QuoteShown(missing=_("What is quoted here was not said to everybody."))
    here = reverse("conversations-thread", args=[quoted.conversation_id])
    return QuoteShown(
        url=f"{here}?post={quoted.pk}#post-{quoted.pk}" if may_read else web_address(quoted.url),
        is_here=may_read,
        name=quoted.identity.name or quoted.identity.handle,
        seed=quoted.identity.uid,
        face=face_of(quoted.identity),
        text=excerpt(quoted.title or quoted.text, QUOTED_CHARACTERS),
        warning=quoted.warning,
        language=quoted.language,
        moment=quoted.said_at,
        media=media_of(quoted.pictures),
        folded=why_folded(quoted, hider),
    )
