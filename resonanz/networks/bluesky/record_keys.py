"""Names of our own records, chosen by us, so that the same thing never stands there twice. Pure.

A record key of posts, likes and follows has the form of a TID: 53 bits of microseconds since 1970
and 10 bits of a clock's name, in base 32 (https://atproto.com/specs/tid, read 2026-11-22). Nobody
may rely on the time in it; ours is made of what the record is about, and the same on every attempt.
"""

from datetime import datetime, timedelta
from hashlib import blake2b

from resonanz.networks.bluesky.limits import KEYS_BEGIN, KEYS_END

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
CLOCK_BITS = 10
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime.fromtimestamp(0, KEYS_BEGIN.tzinfo)


def record_key(*about: str) -> str:
    """13 letters and digits that are the same for the same words, and different for others."""
    digest = int.from_bytes(blake2b("\n".join(about).encode(), digest_size=16).digest())
    span = (KEYS_END - KEYS_BEGIN) // MICROSECOND
    moment = (KEYS_BEGIN - EPOCH) // MICROSECOND + (digest >> CLOCK_BITS) % span
    number = moment << CLOCK_BITS | digest & (2**CLOCK_BITS - 1)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))
