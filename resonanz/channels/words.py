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

ABILITY_WORDS: dict[str, Promise] = {
    Can.MEDIA.value: _("Sending pictures"),
    Can.EDIT.value: _("Changing what stands there"),
    Can.DELETE.value: _("Deleting what stands there"),
    Can.MUTE.value: _("Muting accounts at the network"),
    Can.BLOCK.value: _("Blocking accounts at the network"),
    Can.REPORT.value: _("Reporting accounts to the people who look after the server"),
    Can.BOOST.value: _("Sharing posts"),
    Can.FAVOURITE.value: _("Liking posts"),
    Can.FOLLOW.value: _("Following people"),
}
