"""A letter as a pushed message, to each browser in which its reader wants to be told.

Encrypted for the browser (RFC 8291, aes128gcm), so that the push service in between reads
nothing. It is said through the guarded client, because the browser names the address.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import timedelta
from functools import cache
from hashlib import sha256

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.conf import settings
from django.utils import timezone
from http_ece import ECEException, encrypt

from resonanz.letters.models import Letter, PushSubscription
from resonanz.letters.places import Wording
from resonanz.letters.sending import one_line
from resonanz.letters.trouble import Later, NobodyThere, Refused
from resonanz.letters.vapid import authorization
from resonanz.plumbing.outgoing import guarded_client
from resonanz.switchboard.http import send
from resonanz.switchboard.trouble import Gone, Trouble, TryLater, Unsure

# A browser that is off for longer finds it on Today.
KEPT_THERE = timedelta(hours=12)
# Push services carry at least 4,096 bytes (RFC 8030, section 7.2), encryption takes some of them.
TITLE_CHARACTERS, BODY_CHARACTERS = 80, 240
# A Topic has at most 32 characters (RFC 8030, section 5.4); the newest message of one replaces it.
TOPIC_CHARACTERS = 32
TOLD = "told"


@cache
def push_client() -> httpx.Client:
    """The guarded client for push services: they answer with hardly anything."""
    return guarded_client(
        allowed_hosts=settings.RESONANZ_ALLOWED_HOSTS_INSIDE,
        user_agent=settings.RESONANZ_USER_AGENT,
        max_bytes=100_000,
        total_seconds=20,
    )


def push(letter: Letter, wording: Wording) -> None:
    """Tell every browser of hers that was not told yet.

    Raises `NobodyThere` when she has none any more; `Later` and `Refused` when some could not be
    told. A browser that was told is not told again by another attempt.
    """
    told = set(letter.facts.get(TOLD, ()))
    found = list(PushSubscription.objects.filter(member=letter.member).order_by("pk"))
    trouble: Later | Refused | None = None
    for browser in found:
        if browser.pk in told:
            continue
        try:
            is_told = _tell(browser, letter, wording)
        except (Later, Refused) as cause:
            # One that may take it later weighs more than one that never will.
            trouble = cause if trouble is None or isinstance(cause, Later) else trouble
            continue
        if is_told:
            told.add(browser.pk)
            _note_told(letter, browser, told)
    if trouble is not None and (isinstance(trouble, Later) or not told):
        raise trouble
    if not told:
        raise NobodyThere("no browser is left")


def _note_told(letter: Letter, browser: PushSubscription, told: set[int]) -> None:
    letter.facts = {**letter.facts, TOLD: sorted(told)}
    Letter.objects.filter(pk=letter.pk).update(facts=letter.facts)
    PushSubscription.objects.filter(pk=browser.pk).update(told_at=timezone.now())


def _tell(browser: PushSubscription, letter: Letter, wording: Wording) -> bool:
    """Tell one browser. False when it is gone, which is noted; raises `Later` and `Refused`."""
    try:
        content = sealed_for(browser, content_of(letter, wording))
    except (ECEException, ValueError, NotBase64):
        # Keys that fit to nothing: whoever subscribed with them cannot read anything.
        browser.delete()
        return False
    try:
        send(
            push_client(),
            "POST",
            browser.endpoint,
            writing=True,
            now=timezone.now(),
            content=content,
            headers=_headers(browser, letter),
        )
    except Gone:
        browser.delete()
        return False
    except (TryLater, Unsure) as cause:
        after = cause.after if isinstance(cause, TryLater) else None
        raise Later(cause.reason or cause.code, after=after) from cause
    except Trouble as cause:
        raise Refused(cause.reason or cause.code) from cause
    return True


def _headers(browser: PushSubscription, letter: Letter) -> dict[str, str]:
    topic = urlsafe_b64encode(sha256(letter.matter.encode()).digest()).decode()
    return {
        "Authorization": authorization(browser.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(KEPT_THERE.total_seconds())),
        "Urgency": "high" if letter.kind == Letter.Kind.ALARM else "normal",
        "Topic": topic[:TOPIC_CHARACTERS],
    }


def content_of(letter: Letter, wording: Wording) -> bytes:
    """What the service worker of this house reads: title, body, url (a path), tag; as JSON."""
    body = next((one_line(part) for part in wording.paragraphs), "")
    return msgspec.json.encode(
        {
            "title": one_line(wording.title)[:TITLE_CHARACTERS],
            "body": body[:BODY_CHARACTERS],
            "url": wording.path,
            "tag": letter.matter,
        }
    )


def sealed_for(browser: PushSubscription, content: bytes) -> bytes:
    """Encrypt for one browser. Raises `ValueError` or `ECEException` when its keys are none."""
    sealed: bytes = encrypt(
        content,
        salt=os.urandom(16),
        private_key=generate_private_key(SECP256R1()),
        dh=from_base64(browser.p256dh),
        auth_secret=from_base64(browser.auth),
        version="aes128gcm",
    )
    return sealed


def from_base64(text: str) -> bytes:
    """The bytes of base64url, padded or not. Raises `ValueError`."""
    return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
