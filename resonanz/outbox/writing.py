"""What stands in and around the box in which somebody writes, besides the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resonanz.channels.models import Channel
from resonanz.outbox.actions.reviewing import needs_agreement
from resonanz.outbox.compose import uploads_of
from resonanz.outbox.models import Draft, Upload
from resonanz.outbox.sending import Shown
from resonanz.switchboard.contract import Can
from resonanz.workspaces.models import Fact, Member


@dataclass(frozen=True)
class Writing:
    """Pictures with their descriptions, our principles and facts, and what the button says.

    `no_pictures` says through which account pictures cannot go; `room_for` is how many more
    pictures fit. `question` is asked once before a picture goes out without a description.
    """

    draft: Draft
    uploads: Sequence[Upload]
    principles: str
    facts: Sequence[Fact]
    no_pictures: str = ""
    room_for: int = 0
    needs_agreement: bool = False
    offers_parts: bool = False
    question: str = ""
    note: str = ""
    given_back_by: str = ""

    @property
    def takes_pictures(self) -> bool:
        """Whether a picture can be added now."""
        return not self.no_pictures and self.room_for > 0


def writing_of(
    draft: Draft,
    member: Member,
    channels: Sequence[Channel],
    shown: Sequence[Shown] = (),
    *,
    is_asking: bool = False,
    facts: Sequence[Fact] | None = None,
) -> Writing:
    """What stands around the box of this draft. With `is_asking` for missing descriptions.

    The `facts` of the house are asked for unless they are given.
    """
    uploads = uploads_of(draft)
    unable = [channel.handle for channel in channels if Can.MEDIA not in channel.abilities]
    returned = draft.reviewer if draft.review_note and draft.state == Draft.State.OPEN else None
    return Writing(
        draft=draft,
        uploads=uploads,
        principles=member.workspace.principles.strip(),
        facts=list(member.workspace.facts.order_by("title")) if facts is None else facts,
        no_pictures=_("Pictures cannot be sent through %(channel)s.")
        % {"channel": ", ".join(unable)}
        if unable
        else "",
        room_for=_room(channels) - len(uploads),
        needs_agreement=needs_agreement(draft, member),
        offers_parts=any(one.is_too_long for one in shown),
        question=question_about(uploads) if is_asking else "",
        note=draft.review_note if returned else "",
        given_back_by=returned.name if returned else "",
    )


def _room(channels: Sequence[Channel]) -> int:
    """How many pictures one post may hold; 4 where no server said."""
    told = [int(channel.facts.get("picture_limit", 0)) for channel in channels]
    return min([limit for limit in told if limit], default=4)


def undescribed(uploads: Sequence[Upload]) -> int:
    """How many pictures nobody has described."""
    return sum(1 for upload in uploads if not upload.description.strip())


def question_about(uploads: Sequence[Upload]) -> str:
    """One kind question before pictures go out without a description. Empty without need."""
    missing = undescribed(uploads)
    if not missing:
        return ""
    words = ngettext(
        "One picture has no description yet. Who cannot see it would learn nothing of it."
        " Do you want to say in a sentence what it shows?",
        "%(missing)s pictures have no description yet. Who cannot see them would learn nothing of"
        " them. Do you want to say in a sentence what each shows?",
        missing,
    )
    return words % {"missing": missing}
