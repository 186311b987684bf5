"""What troubles and alarms are in the reader's language: what happened, and what to do.

A trouble carries a code and a reason. The reason is one of our own sentences (then it can be
translated and says more than the code does) or the words of the other side (then they are shown
as such, beside a sentence of ours).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.switchboard.trouble import Trouble
from resonanz.workspaces.models import Alarm

Words = str | Promise
REFERENCE_LANGUAGE = "de"


@dataclass(frozen=True)
class Told:
    """A trouble in sentences; `details` are the other side's own words, "" when there are none."""

    what: Words
    next_step: Words = ""
    details: str = ""


CONNECTING: dict[str, tuple[Words, Words]] = {
    "try_later": (
        _("The server cannot be reached at the moment."),
        _("Check the address. If it is right, try again in a few minutes."),
    ),
    "sign_in_again": (
        _("What you gave is not accepted there."),
        _("Check it for a slip, or make it anew on the server."),
    ),
    "refused": (
        _("The other side says no."),
        _("Look at what you typed, and try again."),
    ),
    "gone": (
        _("There is nothing at this address."),
        _("Check the address for a slip."),
    ),
    "unreadable": (
        _("Something answers there, but not in a way that can be understood."),
        _("Check the address; perhaps it belongs to something else."),
    ),
    "unsure": (
        _("The line broke half-way."),
        _("Try it once more; nothing is done twice by it."),
    ),
    "not_offered": (
        _("This cannot be done in this way."),
        _("Choose another way to connect."),
    ),
}

READING: dict[str, tuple[Words, Words]] = {
    "try_later": (
        _("It cannot be reached at the moment."),
        _("It is tried again by itself; nothing that was said meanwhile is lost."),
    ),
    "sign_in_again": (
        _("It does not let us in any more: the permission has ended."),
        _("Connect it again. Until then it is not read, and what is to be sent waits."),
    ),
    "refused": (
        _("It refuses to be read."),
        _("It is tried again every hour. Look whether the account there is in order."),
    ),
    "gone": (
        _("There is nothing at its address any more."),
        _("Try again if it is only moving, or remove the channel. What was said stays."),
    ),
    "unreadable": (
        _("It answers, but in a way that cannot be understood."),
        _("It is tried again by itself. If it stays so, look at its address in a browser."),
    ),
    "unsure": (
        _("The line broke half-way."),
        _("It is tried again by itself."),
    ),
}

NOT_SENT = Told(
    what=_("The server did not accept it."),
    next_step=_("It is kept. Try again, or take it back into the drafts and change it."),
)


# Alarms that upper rooms raise, worded by them: `OTHER_ALARMS["disk_low"] = disk_low`.
OTHER_ALARMS: dict[str, Callable[[Alarm], Told]] = {}


def is_our_sentence(reason: str) -> bool:
    """Whether a reason is a sentence of this house, because the house can translate it."""
    with translation.override(REFERENCE_LANGUAGE):
        return bool(reason) and gettext(reason) != reason


def worded(table: dict[str, tuple[Words, Words]], code: str, reason: str) -> Told:
    """A trouble's code and reason in sentences, from one of the tables above."""
    what, next_step = table.get(code, table["try_later"])
    if is_our_sentence(reason):
        # A reason of several sentences says itself what to do.
        return Told(what=gettext(reason), next_step="" if ". " in reason else next_step)
    return Told(what=what, next_step=next_step, details=reason)


def on_connecting(trouble: Trouble) -> Told:
    """Why connecting did not work."""
    return worded(CONNECTING, trouble.code, trouble.reason)


def on_reading(code: str, reason: str) -> Told:
    """Why a channel is not read, and always what comes next: the reason does not know that."""
    told = worded(READING, code, reason)
    return replace(told, next_step=READING.get(code, READING["try_later"])[1])


def on_alarm(alarm: Alarm) -> Told:
    """An alarm: which channel or text it is about, why, and what to do."""
    if alarm.code in OTHER_ALARMS:
        return OTHER_ALARMS[alarm.code](alarm)
    about, _separator, cause = alarm.code.partition("_")
    if alarm.code == "not_sent":
        told = (
            NOT_SENT
            if not is_our_sentence(alarm.detail)
            else Told(gettext(alarm.detail), NOT_SENT.next_step)
        )
        what = gettext("Something for %(subject)s was not sent.") % {"subject": alarm.subject}
    elif about == "channel":
        told = on_reading(cause, alarm.detail)
        what = gettext("%(subject)s is in trouble.") % {"subject": alarm.subject}
    else:
        return Told(what=alarm.subject or alarm.code, details=alarm.detail)
    details = told.details or ("" if is_our_sentence(alarm.detail) else alarm.detail)
    return Told(what=f"{what} {told.what}", next_step=told.next_step, details=details)


@dataclass(frozen=True)
class Health:
    """How a channel is: `tone` for the look, a sentence, what to do, and the act that helps.

    `act` is `connect_again`, `resume`, `try_again` or "" when nothing has to be done.
    """

    tone: str
    told: Told
    act: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing has to be done."""
        return self.tone == "success"


def health_of(channel: Channel) -> Health:
    """How a channel is, from its row alone."""
    reason = channel.trouble_reason
    if channel.state == Channel.State.PAUSED:
        return Health(
            "info",
            Told(_("Paused by hand: it is neither read nor written."), _("Resume it any time.")),
            "resume",
        )
    if channel.state == Channel.State.SIGN_IN_AGAIN:
        return Health("error", on_reading("sign_in_again", reason), "connect_again")
    if channel.state == Channel.State.GONE:
        return Health("error", on_reading("gone", reason), "try_again")
    if channel.trouble_code:
        return Health("warning", on_reading(channel.trouble_code, reason), "try_again")
    if channel.last_ok_at is None:
        return Health("success", Told(_("Just connected; it is read for the first time.")))
    return Health("success", Told(_("Works.")))
