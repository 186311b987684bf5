"""What this room does at the places of the rooms below, and the sources that are its own."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.clockwork.checkup import CHECKUP
from resonanz.clockwork.restoring import RESTORED
from resonanz.letters import alarms, digest, jobs, links, trial
from resonanz.letters.checkup import mail_can_be_sent
from resonanz.letters.handing_over import hand_over
from resonanz.letters.models import Letter
from resonanz.letters.places import SOURCES
from resonanz.workspaces.places import FORGOTTEN, INVITED, LEAVING, MORE_SETTINGS, Door


def drop_what_may_have_gone(_taken_at: datetime) -> None:
    """After a restore: what waited in the backup has most likely gone since. Nobody needs it twice.

    The rows go, so that what still counts (an alarm that is up) is told again by its source.
    """
    Letter.objects.waiting().delete()


def settings_door() -> Door:
    """The way to what reaches one."""
    return Door(url=reverse("settings-letters"), icon="send", title=_("What reaches me"), text="")


def register() -> None:
    """Take the places."""
    MORE_SETTINGS.add(10, settings_door)
    LEAVING.add(30, hand_over)
    INVITED.add(10, links.bring_invitation)
    FORGOTTEN.add(10, links.bring_new_password)
    CHECKUP.add(60, mail_can_be_sent)
    RESTORED.add(30, drop_what_may_have_gone)
    SOURCES.add(10, links.INVITATIONS)
    SOURCES.add(11, links.PASSWORDS)
    SOURCES.add(12, trial.SOURCE)
    SOURCES.add(20, alarms.SOURCE)
    SOURCES.add(90, digest.SOURCE)
    jobs.register()
