"""What keeps a text from being sent, and what became of it, in whole sentences.

Codes come from the connector (`Composed.problems`), from `compose.preview` and from the tree of
troubles; each page words them here, in its reader's language.
"""

from collections.abc import Callable
from math import ceil

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resonanz.outbox.after_restore import CODE as RESTORED
from resonanz.outbox.compose import Preview
from resonanz.outbox.models import (
    Amendment,
    Delivery,
    Gesture,
    Moderation,
    OnItsWay,
    Shielding,
)
from resonanz.outbox.splitting import MOST_PARTS
from resonanz.switchboard.pictures import SENTENCES

OnItsWayRow = Delivery | Gesture | Amendment | Shielding | Moderation


def problem_sentences(found: Preview, *, leave_out: tuple[str, ...] = ()) -> list[str]:
    """Why this draft cannot be sent to this channel as it is. Empty when nothing is wrong."""
    return [_problem(code, found) for code in found.problems if code not in leave_out]


def _problem(code: str, found: Preview) -> str:
    word = PROBLEMS.get(code)
    if word is not None:
        return word(found)
    if code in SENTENCES:
        return _about_pictures(code, found)
    return _("%(channel)s does not accept the text like this (%(code)s).") % {
        "channel": found.channel.handle,
        "code": code,
    }


def _about_pictures(code: str, found: Preview) -> str:
    return f"{found.channel.handle}: {_(SENTENCES[code])}"


def _pictures_not_offered(found: Preview) -> str:
    return _("Pictures cannot be sent through %(channel)s. Take them out, or choose another.") % {
        "channel": found.channel.handle
    }


def _too_many_parts(_found: Preview) -> str:
    return _("These are more than %(most)s posts in a row. Nobody reads that many.") % {
        "most": MOST_PARTS
    }


def _part_too_long(found: Preview, over: int) -> str:
    words = ngettext(
        "One of the posts in a row is one sign too long for %(channel)s.",
        "One of the posts in a row is %(over)s signs too long for %(channel)s.",
        over,
    )
    return words % {"over": over, "channel": found.channel.handle}


def _too_long(found: Preview) -> str:
    over = found.composed.length - found.composed.limit
    if found.parts:
        return _part_too_long(found, over)
    words = ngettext(
        "The text is one sign too long for %(channel)s: %(length)s of %(limit)s.",
        "The text is %(over)s signs too long for %(channel)s: %(length)s of %(limit)s.",
        over,
    )
    return words % {
        "over": over,
        "channel": found.channel.handle,
        "length": found.composed.length,
        "limit": found.composed.limit,
    }


def _channel_not_ok(found: Preview) -> str:
    given = {"channel": found.channel.handle}
    if found.channel.state == "sign_in_again":
        return (
            _("%(channel)s has to be connected again first. The draft is kept until then.") % given
        )
    if found.channel.state == "paused":
        return _("%(channel)s is paused. The draft is kept until it is resumed.") % given
    return _("%(channel)s is no longer there. Choose another channel.") % given


def _not_offered(found: Preview) -> str:
    given = {"channel": found.channel.handle}
    return _("%(channel)s cannot send a text of this kind. Choose another channel.") % given


def _quote_not_offered(found: Preview) -> str:
    given = {"channel": found.channel.handle}
    return _("%(channel)s cannot quote what others said. Write a word of your own instead.") % given


PROBLEMS: dict[str, Callable[[Preview], str]] = {
    "too_long": _too_long,
    "empty": lambda _found: _("Nothing is written yet."),
    "wider_than_answered": lambda _found: _(
        "More people would see this than saw what it answers. Choose a narrower audience."
    ),
    "wider_than_quoted": lambda _found: _(
        "More people would see this than saw what it quotes. Choose a narrower audience."
    ),
    "title_missing": lambda _found: _("The article has no title yet. What should it be called?"),
    "title_too_long": lambda found: (
        _("The title is too long for %(channel)s. Make it shorter.")
        % {"channel": found.channel.handle}
    ),
    "audience_not_offered": lambda found: (
        _("%(channel)s cannot keep it among so few. Choose another audience, or another account.")
        % {"channel": found.channel.handle}
    ),
    "only_drafts": lambda found: (
        _("%(channel)s may write articles there, but not publish them. Leave it there as a draft.")
        % {"channel": found.channel.handle}
    ),
    "quote_not_offered": _quote_not_offered,
    "blocked": lambda _found: _(
        "Somebody to whom this is written has blocked us, so it is not sent. Open the talk again:"
        " it says who that is."
    ),
    "no_voice": lambda _found: _("Choose who speaks: every text goes out in somebody's name."),
    "channel_not_ok": _channel_not_ok,
    "not_offered": _not_offered,
    "pictures_not_offered": _pictures_not_offered,
    "too_many_parts": _too_many_parts,
}


def way_sentence(row: OnItsWayRow) -> str:
    """Where something stands on its way, when it is not simply sent. Empty when it just waits.

    The part before a delivery (`after`) has to be read along.
    """
    if row.state == OnItsWay.State.UNSURE and row.trouble_code == RESTORED:
        return _("It is looked for first whether this went out before the backup was brought back.")
    if row.state == OnItsWay.State.UNSURE:
        return _(
            "The line broke while it was being sent. Before it is said again, we look whether it"
            " stands there already."
        )
    if row.state == OnItsWay.State.REFUSED:
        return _trouble(row)
    return _why_it_waits(row) if row.state == OnItsWay.State.WAITING else ""


def _why_it_waits(row: OnItsWayRow) -> str:
    if row.channel.state != "ok":
        return _waits_for_channel(row)
    if isinstance(row, Delivery) and row.after and row.after.state != OnItsWay.State.SENT:
        return _waits_for_part(row.after)
    return _trouble(row) if row.trouble_code else _soon(row)


def _waits_for_part(before: Delivery) -> str:
    if before.state == OnItsWay.State.REFUSED:
        return _("Waits, because the part before it was refused.")
    return _("Goes out as soon as the part before it stands there.")


def _soon(row: OnItsWayRow) -> str:
    seconds = ceil((row.due_at - timezone.now()).total_seconds())
    return goes_out_in(seconds) if seconds > 0 and not row.attempts else ""


def goes_out_in(seconds: int) -> str:
    """How long something can be taken back, as a sentence."""
    words = ngettext("It goes out in a second.", "It goes out in %(seconds)s seconds.", seconds)
    return words % {"seconds": seconds}


def _waits_for_channel(row: OnItsWayRow) -> str:
    given = {"channel": row.channel.handle}
    if row.channel.state == "sign_in_again":
        return _("Waits until %(channel)s has been connected again.") % given
    if row.channel.state == "paused":
        return _("Waits until %(channel)s is resumed.") % given
    return _("%(channel)s is no longer there.") % given


def _trouble(row: OnItsWayRow) -> str:
    known = {
        "try_later": _(
            "The server of %(channel)s could not be reached or asks for patience;"
            " it is tried again."
        ),
        "sign_in_again": _("Waits until %(channel)s has been connected again."),
        "refused": _("The server of %(channel)s did not accept it."),
        "gone": _("What it was meant for is no longer there."),
        "not_offered": _("%(channel)s cannot do this."),
        "unsure": _(
            "The line broke, and nobody can look whether %(channel)s was heard. Try it again only"
            " if a second time does no harm."
        ),
    }
    words = known.get(row.trouble_code, _("Something went wrong at %(channel)s."))
    return words % {"channel": row.channel.handle}


def details_of(row: OnItsWayRow) -> str:
    """The other side's own words, where it refused something."""
    return row.trouble_reason if row.state == OnItsWay.State.REFUSED else ""
