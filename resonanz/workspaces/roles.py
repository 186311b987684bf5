"""What each role may do. The one table that every access rule of the house looks into."""

from enum import StrEnum

from resonanz.workspaces.models import Member


class May(StrEnum):
    """A right. What a role lacks, its pages do not offer, and its requests are answered 404."""

    READ = "read"
    """See all conversations, people and what is on its way (a guest sees only what she is
    asked about: conversations assigned to her or in whose notes she is named)."""
    NOTE = "note"
    """Write internal notes."""
    PREPARE = "prepare"
    """Write drafts and hand them to the human in whose name they will go out."""
    ARRANGE = "arrange"
    """Assign, snooze, call done, link matters, keep views."""
    SPEAK = "speak"
    """Send in her own name, share, like, follow, mute and block: everything others will see."""
    LOOK_AFTER = "look_after"
    """Channels, members, settings of the workspace, the trail, the status."""


_EVERYTHING = frozenset(May)
_HELPS = _EVERYTHING - {May.LOOK_AFTER}

RIGHTS: dict[str, frozenset[May]] = {
    Member.Role.OWNER: _EVERYTHING,
    Member.Role.COLLEAGUE: _HELPS,
    Member.Role.AGENCY: _HELPS - {May.SPEAK},
    Member.Role.GUEST: frozenset({May.NOTE}),
}


def roles_with(right: May) -> list[str]:
    """The roles that have a right."""
    return [role for role, rights in RIGHTS.items() if right in rights]


def rights_of(member: Member) -> dict[str, bool]:
    """Every right by its word, for templates: `{% if may.speak %}`. Asks nothing."""
    return {right.value: may(member, right) for right in May}


def may(member: Member, right: May) -> bool:
    """Whether a member has a right. Who has left has none."""
    return member.left_at is None and right in RIGHTS.get(member.role, frozenset())
