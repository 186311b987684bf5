"""Tables of this room, one file per subject."""

from resonanz.workspaces.models.housekeeping import Alarm, Routine, TrailEntry
from resonanz.workspaces.models.members import Absence, Invitation, Member, Programme, Voice
from resonanz.workspaces.models.organisation import Fact, HiddenWord, OwnDomain, Workspace
from resonanz.workspaces.models.users import User

__all__ = [
    "Absence",
    "Alarm",
    "Fact",
    "HiddenWord",
    "Invitation",
    "Member",
    "OwnDomain",
    "Programme",
    "Routine",
    "TrailEntry",
    "User",
    "Voice",
    "Workspace",
]
