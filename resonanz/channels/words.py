"""The words of this room that several pages need."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resonanz.switchboard.contract import Can

LANE_WORDS: dict[str, Promise] = {
    Can.NOTIFICATIONS.value: _("What names us or is sent to us"),
    Can.REPLIES.value: _("Answers to what we said"),
    Can.HOME.value: _("What is said by those we read"),
    Can.STREAM.value: _("A line that stays open"),
}
