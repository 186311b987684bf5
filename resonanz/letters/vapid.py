"""Our name towards push services: a key of our own, by which they know who asks (RFC 8292)."""

import time
from base64 import urlsafe_b64encode
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02

from resonanz.plumbing.whole_files import create_file

# RFC 8292, section 2 (read 2026-11-22): at most 24 hours.
GOOD_FOR_SECONDS = 12 * 60 * 60


@cache
def _vapid() -> Vapid02:
    path = Path(settings.RESONANZ_PUSH_KEY_FILE)
    if not path.exists():
        create_file(path, _new_key())
    return Vapid02.from_pem(path.read_bytes())


def _new_key() -> bytes:
    made = Vapid02()
    made.generate_keys()
    pem: bytes = made.private_pem()
    return pem


def public_key() -> str:
    """What a browser needs to subscribe for us: the public key, base64url without padding."""
    point = _vapid().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")


def authorization(endpoint: str) -> str:
    """The Authorization header for a push to an endpoint."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + GOOD_FOR_SECONDS,
        "sub": _who_we_are(),
    }
    headers: dict[str, str] = _vapid().sign(claims)
    return headers["Authorization"]


def _who_we_are() -> str:
    """Whom a push service may write to when something of ours disturbs it."""
    if settings.RESONANZ_MAIL_FROM is not None:
        return f"mailto:{settings.RESONANZ_MAIL_FROM.addr_spec}"
    address = str(settings.RESONANZ_PUBLIC_ADDRESS)
    return address if address.startswith("https://") else "mailto:nobody@resonanz.invalid"
