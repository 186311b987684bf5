"""Alarms about the house itself, in sentences."""

from django.utils.translation import gettext as _

from resonanz.channels.sentences import OTHER_ALARMS, Told
from resonanz.workspaces.models import Alarm


def backup_failed(alarm: Alarm) -> Told:
    """The daily backup was not made."""
    return Told(
        what=_("The daily backup was not made."),
        next_step=_(
            "It is tried again every hour. Whoever looks after the server should see to it."
        ),
        details=alarm.detail,
    )


def backup_missed(_alarm: Alarm) -> Told:
    """Two in a row are missing."""
    return Told(
        what=_("There has been no backup for more than two days."),
        next_step=_("“resonanz doctor” on the server says what is in the way."),
    )


def disk_low(alarm: Alarm) -> Told:
    """The disk runs full."""
    return Told(
        what=_("There is little room left on the disk of the server."),
        next_step=_(
            "Make room there before it is full: on a full disk nothing can be read or sent."
        ),
        details=alarm.detail,
    )


def channel_silent(alarm: Alarm) -> Told:
    """A channel says nothing for much longer than it used to."""
    return Told(
        what=_("%(subject)s has been silent for much longer than usual.")
        % {"subject": alarm.subject},
        next_step=_(
            "It is read without trouble. Look whether something has changed there: a blog may "
            "have a new address, or an account may be used no more."
        ),
    )


def mail_away(alarm: Alarm) -> Told:
    """The mail server has not answered for an hour."""
    return Told(
        what=_("Letters cannot be sent: the mail server does not answer."),
        next_step=_("They are kept and tried again for two days. See whether it runs."),
        details=alarm.detail,
    )


def mail_settings(alarm: Alarm) -> Told:
    """The mail server does not let us in."""
    return Told(
        what=_("Letters cannot be sent: the mail server does not let Resonanz in."),
        next_step=_(
            "Whoever looks after the server should see to the mail settings; “resonanz doctor” "
            "says more. Letters are kept for two days and go by themselves."
        ),
        details=alarm.detail,
    )


def mail_refused(alarm: Alarm) -> Told:
    """One letter was not taken."""
    return Told(
        what=_("A letter to %(subject)s was refused.") % {"subject": alarm.subject},
        next_step=_("See whether the e-mail address is right."),
        details=alarm.detail,
    )


def register() -> None:
    """Put these sentences where alarms are worded."""
    OTHER_ALARMS.update(
        {
            "backup_failed": backup_failed,
            "backup_missed": backup_missed,
            "channel_silent": channel_silent,
            "disk_low": disk_low,
            "mail_away": mail_away,
            "mail_refused": mail_refused,
            "mail_settings": mail_settings,
        }
    )
