"""What stands for a face until there is a picture: initials on one of eight colours."""

import zlib

TINTS = 8


def initials(name: str) -> str:
    """One or two letters for a name or a handle; a middle dot when there is none.

    "Ada Lovelace" gives AL, "@ada@town.example" gives A, "🌻 Ina" gives I.
    """
    letters = [
        first
        for word in name.lstrip("@").split("@")[0].split()
        if (first := next((sign for sign in word if sign.isalnum()), ""))
    ]
    if not letters:
        return "·"
    chosen = letters[0] if len(letters) == 1 else letters[0] + letters[-1]
    return chosen.upper()


def tint(seed: str) -> int:
    """The number of the colour, 0 to 7: the same for the same seed, on every machine."""
    return zlib.crc32(seed.encode()) % TINTS
