"""Where somebody is signed in: reads. Two queries, whatever their number."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from resonanz.workspaces.devices import Device, device
from resonanz.workspaces.models import User

MOST_SHOWN = 100


@dataclass(frozen=True)
class SignedIn:
    """One browser in which somebody is signed in. `place` is the network address it had last."""

    pk: int
    device: Device
    place: str
    since: datetime
    last_used: datetime
    is_here: bool


def places_of(user: User, session_key: str | None) -> list[SignedIn]:
    """Where a login is signed in: here first, then what was used last."""
    rows = UserSession.objects.filter(user_id=user.pk).order_by("-last_seen_at")[:MOST_SHOWN]
    known = {row.session_key: row for row in rows}
    alive = Session.objects.filter(session_key__in=known, expire_date__gt=timezone.now())
    proof = user.get_session_auth_hash()
    found = [
        _signed_in(known[session.session_key], session_key)
        for session in alive
        # A new password ends all others; their rows are still there.
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), proof)
    ]
    return sorted(found, key=lambda one: (one.is_here, one.last_used), reverse=True)


def _signed_in(row: UserSession, session_key: str | None) -> SignedIn:
    return SignedIn(
        pk=row.pk,
        device=device(row.user_agent),
        place=row.ip,
        since=row.created_at,
        last_used=row.last_seen_at,
        is_here=row.session_key == session_key,
    )
