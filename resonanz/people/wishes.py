"""What people ask of others, and what it means here. `docs/reference/wishes.md` says it in full.

An account's wishes stand in `Identity.wishes` as codes, `meet` keeps them up to date. Every room
that proposes, searches, keeps or passes on asks here, and shows the sentence where it says no.
"""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from resonanz.people.models import Identity
from resonanz.switchboard.shapes import Wish

Said = Callable[[Identity], str]


def asks(identity: Identity, wish: Wish) -> bool:
    """Whether an account has this wish."""
    return wish.value in identity.wishes


def why_not_written_to(identity: Identity) -> str:
    """Why we do not write to an account, follow it, or pass on what it says. "" where we may."""
    if not identity.blocks_us:
        return ""
    return _(
        "%(name)s has blocked us. We do not write there, do not follow, and pass nothing on."
    ) % {"name": _name(identity)}


def why_not_quoted(identity: Identity, *, on_network: str) -> str:
    """Why words of an account are not quoted on a network. "" where they may be.

    Words for followers only are nobody's to quote: the audience of a post is asked elsewhere.
    """
    told = {"name": _name(identity)}
    if identity.blocks_us:
        return _("%(name)s has blocked us, so nothing said there is quoted.") % told
    if identity.network == on_network:
        return ""
    if asks(identity, Wish.NO_BRIDGES):
        return (
            _(
                "%(name)s asks that nothing said there be carried to other networks, so it is not"
                " quoted here."
            )
            % told
        )
    if asks(identity, Wish.ONLY_SIGNED_IN):
        return (
            _(
                "%(name)s wants to be read by people who have signed in, so nothing said there is"
                " quoted where everybody can read it."
            )
            % told
        )
    return ""


def may_be_proposed(identity: Identity, *, wrote_to_her: bool) -> bool:
    """Whether something may be proposed about an account that did not turn to us.

    Who asks bots to stay away is proposed only after one of us has written to her in person.
    """
    if identity.blocks_us:
        return False
    return wrote_to_her or not asks(identity, Wish.NO_BOTS)


def wish_sentences(identity: Identity) -> list[str]:
    """What an account asks of others and what that means here, each a whole sentence."""
    told = [sentence(identity) for wish, sentence in SENTENCES.items() if asks(identity, wish)]
    if identity.is_locked:
        told.append(_locked(identity))
    blocked = why_not_written_to(identity)
    return [blocked, *told] if blocked else told


def before_writing(identity: Identity) -> list[str]:
    """What has to be known before somebody types an answer to an account."""
    told = [
        SENTENCES[wish](identity)
        for wish in (Wish.NO_BOTS, Wish.NO_BRIDGES, Wish.ONLY_SIGNED_IN)
        if asks(identity, wish)
    ]
    moved = moved_sentence(identity)
    return [moved, *told] if moved else told


def moved_sentence(identity: Identity) -> str:
    """Where an account says that it has gone; "" where it has not."""
    handle = str(identity.moved_to.get("handle") or "")
    if not handle:
        return ""
    told = {"name": _name(identity), "handle": handle}
    return _("%(name)s has moved to %(handle)s and does not read here any more.") % told


def _name(identity: Identity) -> str:
    return identity.name or identity.handle


def _no_bots(identity: Identity) -> str:
    return _(
        "%(name)s asks bots to stay away. Nothing about them is proposed here until one of us has"
        " written to them in person."
    ) % {"name": _name(identity)}


def _no_bridges(identity: Identity) -> str:
    return _(
        "%(name)s asks that nothing said there be carried to other networks. It is not quoted or"
        " copied there."
    ) % {"name": _name(identity)}


def _no_search(identity: Identity) -> str:
    return _(
        "%(name)s does not want to be found by search. What was not said to us is left out of our"
        " search."
    ) % {"name": _name(identity)}


def _no_archive(identity: Identity) -> str:
    return _(
        "%(name)s asks not to be archived. What was not said to us is forgotten here after three"
        " days."
    ) % {"name": _name(identity)}


def _only_signed_in(identity: Identity) -> str:
    return _(
        "%(name)s wants to be read by people who have signed in. Nothing said there is shown or"
        " quoted where everybody can read it."
    ) % {"name": _name(identity)}


def _locked(identity: Identity) -> str:
    return _(
        "%(name)s decides who may follow. Following is a request here, and what is said for"
        " followers only is never passed on."
    ) % {"name": _name(identity)}


SENTENCES: dict[Wish, Said] = {
    Wish.NO_BOTS: _no_bots,
    Wish.NO_BRIDGES: _no_bridges,
    Wish.NO_SEARCH: _no_search,
    Wish.NO_ARCHIVE: _no_archive,
    Wish.ONLY_SIGNED_IN: _only_signed_in,
}


def those_who_block_us(workspace_id: int, network: str, uids: Iterable[str]) -> set[str]:
    """Those of these uids whose accounts keep ours away."""
    wanted = list(uids)
    if not wanted:
        return set()
    found = Identity.objects.filter(
        workspace=workspace_id, network=network, uid__in=wanted, blocks_us=True
    )
    return set(found.values_list("uid", flat=True))
