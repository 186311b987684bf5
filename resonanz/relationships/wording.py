"""What acts and gestures are called: "Jonas passed on what we said"."""

from django.utils.translation import gettext as _

from resonanz.outbox.models import OnItsWay
from resonanz.relationships.models import Act
from resonanz.switchboard.shapes import ReactionKind


def received_phrase(kind: str) -> str:
    """What somebody did towards us, to stand behind the name."""
    return {
        Act.Kind.MENTION.value: _("named us"),
        Act.Kind.ANSWER.value: _("answered us"),
        Act.Kind.SHARE.value: _("passed on what we said"),
        Act.Kind.FAVOURITE.value: _("liked what we said"),
        Act.Kind.FOLLOW.value: _("follows us now"),
        Act.Kind.LINK.value: _("linked to us"),
    }[kind]


def given_phrase(kind: str) -> str:
    """What we did towards somebody, as a line of its own."""
    return {
        Act.Kind.MENTION.value: _("We named them"),
        Act.Kind.ANSWER.value: _("We answered them"),
        Act.Kind.SHARE.value: _("We passed on what they said"),
        Act.Kind.FAVOURITE.value: _("We liked what they said"),
        Act.Kind.FOLLOW.value: _("We follow them now"),
        Act.Kind.LINK.value: _("We linked to them"),
    }[kind]


def did_phrase(kind: str) -> str:
    """What somebody did towards us, as a line of its own."""
    return {
        Act.Kind.MENTION.value: _("Named us"),
        Act.Kind.ANSWER.value: _("Answered us"),
        Act.Kind.SHARE.value: _("Passed on what we said"),
        Act.Kind.FAVOURITE.value: _("Liked what we said"),
        Act.Kind.FOLLOW.value: _("Followed us"),
        Act.Kind.LINK.value: _("Linked to us"),
    }[kind]


def gesture_label(kind: ReactionKind, state: str) -> str:
    """What stands on the button for a gesture, or what became of it."""
    is_share = kind is ReactionKind.BOOST
    if not state:
        return _("Share") if is_share else _("Like")
    if state == OnItsWay.State.SENT:
        return _("Shared") if is_share else _("Liked")
    if state == OnItsWay.State.REFUSED:
        return _("Sharing was refused") if is_share else _("Liking was refused")
    return _("Sharing is on its way") if is_share else _("Liking is on its way")


def gesture_word(kind: ReactionKind) -> str:
    """The drawing that stands for a gesture."""
    return "share" if kind is ReactionKind.BOOST else "favourite"
