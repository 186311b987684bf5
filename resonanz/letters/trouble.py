"""What may keep a letter from its reader. The tree is drawn in bringing.py."""

from datetime import timedelta


class LetterTrouble(Exception):
    """It did not arrive. `reason` is in the other side's words, for her and for Status."""

    def __init__(self, reason: str, *, after: timedelta | None = None) -> None:
        """Keep why, and the pause that was asked for."""
        super().__init__(reason)
        self.reason, self.after = reason[:400], after


class Later(LetterTrouble):
    """Nobody is there at the moment, or asks for patience."""


class Misset(LetterTrouble):
    """The server does not let us in: password, sender or TLS are not as it wants them."""


class Refused(LetterTrouble):
    """This letter is not taken."""


class NobodyThere(LetterTrouble):
    """She has no browser left in which she could be told."""
