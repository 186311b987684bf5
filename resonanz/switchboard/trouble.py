"""Everything that can go wrong with a network, as a small closed tree.

    Trouble
     ├── TryLater      the network asks for patience, or cannot be reached; `after` says how long
     ├── SignInAgain   our token is no longer accepted
     ├── Refused       the network understood and said no; `reason` in its own words
     ├── Gone          the thing, or the whole source, is no longer there
     ├── Unreadable    an answer came that we do not understand
     ├── Unsure        a write broke off half-way: look before doing it again
     └── NotOffered    this channel cannot do that at all

A connector raises nothing else. The cause stays attached (`raise … from`). No message holds a
token, a header or a whole payload.
"""

from datetime import timedelta


class Trouble(Exception):
    """Base of the tree. `reason` is for a person: a sentence or the network's own words."""

    code = "trouble"

    def __init__(self, reason: str = "") -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


class TryLater(Trouble):
    """Nothing is wrong with what we asked; ask again after `after` (None: as the caller likes).

    `is_overload` tells a rate limit or a busy server from a line that is down.
    """

    code = "try_later"

    def __init__(
        self, reason: str = "", *, after: timedelta | None = None, is_overload: bool = False
    ) -> None:
        """Keep the reason and the pause that was asked for."""
        super().__init__(reason)
        self.after = after
        self.is_overload = is_overload


class SignInAgain(Trouble):
    """The token has ended. The channel waits until a human connects it again."""

    code = "sign_in_again"


class Refused(Trouble):
    """The network says no, and would say no again."""

    code = "refused"


class Gone(Trouble):
    """It was there and is no more (404, 410)."""

    code = "gone"


class Unreadable(Trouble):
    """The answer is not what the protocol promises (HTML where JSON was due, missing keys)."""

    code = "unreadable"


class Unsure(Trouble):
    """The line broke after we may have been heard. Look first, then decide."""

    code = "unsure"


class NotOffered(Trouble):
    """The channel cannot do this. Ask `connector.can` before offering it."""

    code = "not_offered"
