"""What moves say about themselves: one sentence for each, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resonanz.conversations.models import Move
from resonanz.plumbing.moments import in_full


def day_and_time(moment: datetime) -> str:
    """A moment (aware) in the reader's time zone: "Monday, 23 November 2026, 08:00"."""
    return in_full(timezone.localtime(moment), get_language() or "en")


def sentence_of(move: Move, names: Mapping[int, str]) -> str:
    """Who did what: "Bob gave it to Alice". `names` are those of all members by id."""
    if move.verb in (Move.Verb.ASSIGN, Move.Verb.UNASSIGN):
        return _giving(move, names)
    who = names.get(move.member_id or 0, "")
    if move.verb == Move.Verb.SNOOZE:
        return _putting_aside(move, who)
    if move.verb == Move.Verb.WAKE:
        return _waking(move, who)
    sentences = {
        Move.Verb.DONE.value: _("%(who)s called it done"),
        Move.Verb.REOPEN.value: _("%(who)s took it up again"),
        Move.Verb.THEIRS.value: _("%(who)s left the turn to them"),
        Move.Verb.JOIN.value: _("%(who)s put another conversation in here"),
        Move.Verb.PART.value: _("%(who)s parted it from another conversation"),
    }
    return sentences[move.verb] % {"who": who or _("Somebody")}


def _giving(move: Move, names: Mapping[int, str]) -> str:
    to = move.after.get("assignee_id")
    told = {
        "who": names.get(move.member_id or 0) or _("Somebody"),
        "to": names.get(to or 0) or _("somebody"),
        "rule": move.rule_name,
    }
    if move.rule_name:
        return _("The rule “%(rule)s” gave it to %(to)s") % told
    if to is None:
        return _("%(who)s gave it back to everybody") % told
    if to == move.member_id:
        return _("%(who)s took it on") % told
    return _("%(who)s gave it to %(to)s") % told


def _putting_aside(move: Move, who: str) -> str:
    until = parse_datetime(move.after.get("wakes_at") or "")
    told = {"who": who or _("Somebody"), "time": day_and_time(until) if until else ""}
    if until is None:
        return _("%(who)s put it aside until they write") % told
    return _("%(who)s put it aside until %(time)s") % told


def _waking(move: Move, who: str) -> str:
    if who:
        return _("%(who)s fetched it back") % {"who": who}
    was_due = parse_datetime(move.before.get("wakes_at") or "")
    if was_due is not None and was_due <= move.at:
        return _("It came back on its day")
    return _("It came back because they wrote")
