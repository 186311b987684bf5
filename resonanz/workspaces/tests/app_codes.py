"""What an app for codes shows; no Django here, so that scripts can use it too."""

import base64
import hmac
import struct
import time
from hashlib import sha1


def code_of(secret: str, steps: int = 0) -> str:
    """What an app shows (RFC 6238 with SHA-1, 30 seconds, six digits), some steps from now."""
    key = base64.b32decode(secret.replace(" ", ""))
    proof = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), sha1).digest()
    at = proof[-1] & 15
    return f"{(struct.unpack('>I', proof[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"
