"""What of this room is worth a letter: asked to agree to a text, and a text given back.

None of it says what the text says.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.letters.models import Letter
from resonanz.letters.places import SOURCES, Source, Tidings, Wording
from resonanz.outbox.models import Draft
from resonanz.outbox.queries import drafts_to_agree
from resonanz.workspaces.models import Member
from resonanz.workspaces.roles import May, roles_with

# Whoever has the page open sees it there; and what was a slip is taken back by then.
SEEN_BY_ITSELF = timedelta(minutes=5)
TOO_OLD = timedelta(days=1)
MAIL_AFTER_PUSH = timedelta(minutes=30)


def to_agree(now: datetime) -> Iterator[Tidings]:
    """Who was asked to agree; everybody who can, where nobody was named."""
    asked = Draft.objects.filter(
        state=Draft.State.REVIEW, asked_at__lte=now - SEEN_BY_ITSELF, asked_at__gt=now - TOO_OLD
    )
    workspaces = set(asked.values_list("workspace", flat=True))
    if not workspaces:
        return
    speakers = Member.objects.present().filter(
        workspace__in=workspaces, role__in=roles_with(May.SPEAK), wants_news=True
    )
    for member in speakers.select_related("user", "workspace"):
        for draft in drafts_to_agree(member).filter(pk__in=asked.values("pk")):
            if draft.asked_at and draft.reviewer_id in (None, member.pk):
                about = f"{draft.pk}:{draft.asked_at.timestamp():.0f}"
                yield Tidings(member, about, {"draft": draft.pk, "who": _name(draft.author)})


def words_of_to_agree(letter: Letter) -> Wording | None:
    """Who asks; None when it is agreed, given back, or written anew since."""
    member = letter.member
    if member is None:
        return None
    draft = drafts_to_agree(member).filter(pk=letter.facts.get("draft")).first()
    if draft is None or draft.asked_at is None or draft.asked_at > letter.created_at:
        return None
    return Wording(
        title=_("%(who)s asks for your agreement") % {"who": letter.facts.get("who", "")},
        paragraphs=(_("A text waits for you: it goes out as soon as you agree."),),
        path=reverse("outbox-draft", args=[draft.pk]),
    )


def given_back(now: datetime) -> Iterator[Tidings]:
    """Whose text was given back to her, and who did it."""
    found = _back().filter(updated_at__lte=now - SEEN_BY_ITSELF, updated_at__gt=now - TOO_OLD)
    for draft in found.select_related("author__user", "author__workspace", "reviewer"):
        if draft.author is not None:
            # The same note is told once, also when she has written on since.
            about = f"{draft.pk}:{sha256(draft.review_note.encode()).hexdigest()[:16]}"
            yield Tidings(draft.author, about, {"draft": draft.pk, "who": _name(draft.reviewer)})


def _back() -> QuerySet[Draft]:
    return Draft.objects.open().exclude(review_note="").exclude(reviewer=None)


def words_of_given_back(letter: Letter) -> Wording | None:
    """Who gave it back; None when she writes on it already."""
    found = _back().filter(
        pk=letter.facts.get("draft"), author=letter.member, updated_at__lte=letter.created_at
    )
    draft = found.first()
    if draft is None:
        return None
    return Wording(
        title=_("%(who)s gave a text back to you") % {"who": letter.facts.get("who", "")},
        paragraphs=(_("What is to be changed stands beside it."),),
        path=reverse("outbox-draft", args=[draft.pk]),
    )


def _name(member: Member | None) -> str:
    return member.name if member else _("Somebody")


def register() -> None:
    """Say what is worth a letter."""
    kind = Letter.Kind.REVIEW
    SOURCES.add(60, Source("agree", kind, words_of_to_agree, to_agree, mail_waits=MAIL_AFTER_PUSH))
    SOURCES.add(
        70, Source("back", kind, words_of_given_back, given_back, mail_waits=MAIL_AFTER_PUSH)
    )
