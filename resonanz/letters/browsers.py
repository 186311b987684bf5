"""Writes about the browsers in which a member is told."""

from hashlib import sha256

from django.db import transaction

from resonanz.letters.models import PushSubscription
from resonanz.workspaces.models import Member

# Nobody has more; it keeps a script from filling the table.
MOST_BROWSERS = 20


@transaction.atomic
def add_browser(
    *, member: Member, endpoint: str, p256dh: str, auth: str, browser: str
) -> PushSubscription:
    """Tell her in a browser from now on; one that is known gets its new keys."""
    found, _is_new = PushSubscription.objects.update_or_create(
        member=member,
        endpoint_hash=sha256(endpoint.encode()).hexdigest(),
        defaults={
            "endpoint": endpoint,
            "p256dh": p256dh,
            "auth": auth,
            "browser": browser[:120],
        },
    )
    newest = member.push_subscriptions.order_by("-created_at", "-pk")
    kept = list(newest.values_list("pk", flat=True)[:MOST_BROWSERS])
    member.push_subscriptions.exclude(pk__in=kept).delete()
    return found


def stop_browser(*, browser: PushSubscription) -> None:
    """Tell her there no more."""
    browser.delete()
