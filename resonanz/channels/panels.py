"""What this room does at the places of the rooms below."""

from django.urls import reverse
from django.utils.translation import gettext

from resonanz.channels.sentences import on_alarm
from resonanz.letters.places import ALARM_WORDS
from resonanz.switchboard.contract import Network
from resonanz.switchboard.registry import networks
from resonanz.workspaces.models import Alarm
from resonanz.workspaces.places import WELCOME, Door


def account_door() -> Door:
    """The door to the first account."""
    return Door(
        url=reverse("channels-connect"),
        icon="channels",
        title=gettext("Connect an account"),
        text=gettext("See who spoke to you and got no answer, and answer from here."),
    )


def sources_door() -> Door:
    """The door to what others write on their own sites."""
    return Door(
        url=_connect_url(next((one for one in networks().values() if one.address_list), None)),
        icon="feed",
        title=gettext("Add feeds"),
        text=gettext("Read what the people around you write on their own sites."),
    )


def town_door() -> Door:
    """The door to the rehearsal."""
    return Door(
        url=_connect_url(next((one for one in networks().values() if one.is_pretend), None)),
        icon="town",
        title=gettext("Walk around in the pretend town"),
        text=gettext("A rehearsal with invented people. It is gone with one click."),
    )


def _connect_url(found: Network | None) -> str:
    if found is None:
        return reverse("channels-connect")
    return reverse("channels-connect-network", args=[found.slug])


def alarm_in_a_letter(alarm: Alarm) -> tuple[str, str]:
    """What happened and what to do, without the words of the other side."""
    told = on_alarm(alarm)
    return str(told.what), str(told.next_step)


def register() -> None:
    """Take the places."""
    WELCOME.add(10, account_door)
    WELCOME.add(20, sources_door)
    WELCOME.add(30, town_door)
    ALARM_WORDS.add(10, alarm_in_a_letter)
