"""How we met somebody and why we keep what we keep, in whole sentences."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resonanz.people.by_hand import is_by_hand
from resonanz.people.joining import Moved
from resonanz.people.models import Identity
from resonanz.plumbing.moments import on_day

MET: dict[str, Callable[[], str]] = {
    Identity.Met.MENTIONED_US: lambda: _("We met on %(date)s, when %(name)s named us."),
    Identity.Met.ANSWERED_US: lambda: _(
        "We met on %(date)s, when %(name)s answered something of ours."
    ),
    Identity.Met.WROTE_TO_US: lambda: _("We met on %(date)s, when %(name)s wrote to us."),
    Identity.Met.SPOKE_WITH_US: lambda: _("We met on %(date)s, when %(name)s spoke with us."),
    Identity.Met.SHARED_US: lambda: _(
        "We met on %(date)s, when %(name)s passed on something of ours."
    ),
    Identity.Met.LIKED_US: lambda: _("We met on %(date)s, when %(name)s liked something of ours."),
    Identity.Met.FOLLOWED_US: lambda: _("We met on %(date)s, when %(name)s began to follow us."),
    Identity.Met.LINKED_US: lambda: _("We met on %(date)s, when %(name)s linked to us."),
    Identity.Met.NEIGHBOUR: lambda: _(
        "We have been reading what %(name)s says since %(date)s; nothing has been said to us yet."
    ),
    Identity.Met.IN_CONVERSATION: lambda: _(
        "We know %(name)s since %(date)s from a conversation that we read."
    ),
    Identity.Met.OURSELVES: lambda: _("This is an account of our own."),
}


def how_we_met(identity: Identity) -> str:
    """One sentence: when and how."""
    return MET[identity.met_how]() % {
        "name": identity.name or identity.handle,
        "date": on_day(timezone.localtime(identity.met_at), get_language() or "en"),
    }


def why_kept(identity: Identity) -> str:
    """One sentence for privacy: what we keep of this account, and why."""
    if is_by_hand(identity.network):
        return _("Kept because one of us noted what was said. No network told us of it.")
    if identity.met_how in (Identity.Met.NEIGHBOUR, Identity.Met.IN_CONVERSATION):
        return _(
            "Kept because we read what is said there in public. What was deleted at its origin is"
            " deleted here too."
        )
    return _(
        "Kept because of what passed between us. What was deleted at its origin is deleted here"
        " too."
    )


def following_sentences(identity: Identity) -> list[str]:
    """Who follows whom, as far as anybody has looked. Its ties have to be prefetched."""
    if identity.is_ours:
        return []
    told = {True: _("Follows us."), False: _("Does not follow us.")}
    found = [told[identity.follows_us]] if identity.follows_us is not None else []
    followed = [tie.channel.handle for tie in identity.known_as.all() if tie.followed_at]
    return found + [_("We follow with %(channel)s.") % {"channel": one} for one in followed]


def move_sentence(told: Moved) -> str:
    """Where an account has gone, or which one says that it came here."""
    if told.is_from_here:
        return _("%(handle)s says that it has moved to %(there)s.") % {
            "handle": told.identity.handle,
            "there": told.identity.moved_to.get("handle", ""),
        }
    return _("%(other)s says that it has moved here, to %(handle)s.") % {
        "other": told.identity.handle,
        "handle": told.target.handle if told.target else "",
    }
