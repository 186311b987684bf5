"""What crosses the line between a network and the rooms: frozen, typed, small.

A connector turns its network's payloads into these shapes in `translate.py`, and nothing
rawer than these travels further. All times are timezone-aware UTC. All HTML is as it came:
untrusted, to be cleaned by whoever shows it.

Two names for everything:

* `uid` names a thing on the whole network and for ever (an ActivityPub URI, an AT-URI, a DID,
  a feed entry's address). Two channels that see the same post see the same uid.
* `local_id` is what *this channel's* server calls it, needed to answer, boost or look it up.
"""

from resonanz.switchboard.shapes.accounts import Account, Facts
from resonanz.switchboard.shapes.kinds import (
    Audience,
    Kind,
    LinkKind,
    ReactionKind,
    ShieldKind,
    Standing,
    Wish,
)
from resonanz.switchboard.shapes.linkbacks import Endpoints, Linkback
from resonanz.switchboard.shapes.outgoing import (
    Answering,
    Attachment,
    Composed,
    Outgoing,
    Quoting,
    Receipt,
)
from resonanz.switchboard.shapes.profiles import Circle, Circles, Mention, Profile
from resonanz.switchboard.shapes.said import (
    Card,
    Choice,
    Link,
    Page,
    Pages,
    Picture,
    Poll,
    Reaction,
    Said,
    Thread,
)
from resonanz.switchboard.shapes.shape import Secret, Shape

__all__ = [
    "Account",
    "Answering",
    "Attachment",
    "Audience",
    "Card",
    "Choice",
    "Circle",
    "Circles",
    "Composed",
    "Endpoints",
    "Facts",
    "Kind",
    "Link",
    "LinkKind",
    "Linkback",
    "Mention",
    "Outgoing",
    "Page",
    "Pages",
    "Picture",
    "Poll",
    "Profile",
    "Quoting",
    "Reaction",
    "ReactionKind",
    "Receipt",
    "Said",
    "Secret",
    "Shape",
    "ShieldKind",
    "Standing",
    "Thread",
    "Wish",
]
