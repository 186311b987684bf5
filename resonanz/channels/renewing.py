"""Once a day: what channels can do, since we and their servers learn more with each version."""

import logging

from resonanz.channels.actions import renew_channel
from resonanz.channels.models import Channel
from resonanz.channels.opening import connector
from resonanz.switchboard.contract import Can
from resonanz.switchboard.registry import UnknownNetwork
from resonanz.switchboard.trouble import Trouble

log = logging.getLogger(__name__)

ACCOUNTS_AT_ONCE = 50
# At a blog one may only comment, and be given more rights later.
SPEAKING = {Can.PUBLISH.value, Can.ANSWER.value}


def renew_channels() -> None:
    """Bring up to date what every working channel can do; accounts are asked for it.

    A source that is only read is not asked: it can do nothing else in any version.
    """
    asked = 0
    for channel in Channel.objects.working().order_by("pk").iterator():
        speaks = bool(SPEAKING.intersection(channel.abilities))
        is_account = speaks and asked < ACCOUNTS_AT_ONCE
        asked += is_account
        try:
            _renew(channel, is_account=is_account)
        except (Trouble, UnknownNetwork) as trouble:
            # Reading it tells a human what is wrong.
            log.info("channel %s is not renewed: %s", channel.pk, type(trouble).__name__)


def _renew(channel: Channel, *, is_account: bool) -> None:
    # First by what is known: a server that cannot be reached keeps nobody from an upgrade.
    renew_channel(channel=channel)
    if is_account:
        with connector(channel) as open_connector:
            account = open_connector.verify()
        renew_channel(channel=channel, account=account)
