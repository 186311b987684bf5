"""What a talk says about the part of it that we do not have."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resonanz.conversations.models import Conversation, Lookup


@dataclass(frozen=True)
class Rest:
    """The sentence about the missing part, what came of the last look, and whether to look."""

    sentence: str
    outcome: str = ""
    details: str = ""
    looked_at: datetime | None = None
    is_looking: bool = False


def rest_of(conversation: Conversation, look: Lookup | None) -> Rest | None:
    """What to say, after the last `look`; None where nothing is missing and nobody looked."""
    if look is None and not conversation.may_be_incomplete:
        return None
    sentence = ""
    if conversation.may_be_incomplete:
        sentence = _("Our server knows only a part of this conversation.")
    if look is None:
        return Rest(sentence)
    if look.done_at is None:
        return Rest(sentence, _("We are looking where it was said."), is_looking=True)
    return Rest(
        sentence,
        _outcome(look),
        _(look.trouble_reason) if look.trouble_reason else "",
        look.done_at,
    )


def _outcome(look: Lookup) -> str:
    if look.trouble_code == "gone":
        return _("Where it was said, it is not there any more.")
    if look.trouble_code in ("refused", "not_offered", "unreadable"):
        return _("The server where it was said shows no more to us.")
    if look.trouble_code:
        return _("The server where it was said could not be reached.")
    if not look.found:
        return _("Where it was said, there was nothing that we did not have.")
    words = ngettext(
        "One post more was found where it was said.",
        "%(count)s posts more were found where it was said.",
        look.found,
    )
    return words % {"count": look.found}
