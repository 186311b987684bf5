"""What this room does at the places of the rooms below, and what the sweep looks for here."""

from datetime import datetime

from django.db.models import Q

from resonanz.channels.actions import REMOVED
from resonanz.channels.arrivals import ARRIVALS
from resonanz.channels.models import Channel
from resonanz.clockwork.duties import DUTIES, Duty
from resonanz.clockwork.rows import NUDGE_AGAIN_AFTER, nudgeable
from resonanz.conversations import errands, privacy
from resonanz.conversations.actions import keep_our_post
from resonanz.conversations.amended import keep_amendment
from resonanz.conversations.by_hand.bringing import bring_post
from resonanz.conversations.by_hand.installed import in_manifest
from resonanz.conversations.forgetting import due_honourings, honour_wishes
from resonanz.conversations.handing_over import hand_over
from resonanz.conversations.jobs import fetch_post, look_up_thread, wake_conversation
from resonanz.conversations.keeping import keep_arrival
from resonanz.conversations.matters import hand_over_matters, told_by_answer
from resonanz.conversations.models import Bringing, Conversation, Fetching, Lookup
from resonanz.conversations.moderating import (
    follow_merged,
    hold_what_we_wished,
    keep_standing,
    keep_unseen,
)
from resonanz.conversations.places import KEPT, MERGED
from resonanz.conversations.rehearsal import end_rehearsal
from resonanz.conversations.today import (
    keeping_at_a_distance,
    our_sections,
    what_is_answered,
    what_we_talked_about,
)
from resonanz.letters.places import MANIFEST
from resonanz.outbox.places import (
    AMENDED,
    ANSWERED,
    DELIVERED,
    DELIVERED_UNSEEN,
    MODERATED,
)
from resonanz.people.places import ON_PERSON
from resonanz.workspaces.places import LEAVING, TODAY


def due_lookups(now: datetime, most: int) -> list[int]:
    """Conversations that are to be read whole."""
    rows = Lookup.objects.filter(done_at=None, channel__state=Channel.State.OK)
    return nudgeable(rows, now=now, most=most)


def due_fetchings(now: datetime, most: int) -> list[int]:
    """Posts that are to be found at a server of ours."""
    rows = Fetching.objects.filter(done_at=None, channel__state=Channel.State.OK)
    return nudgeable(rows, now=now, most=most)


def due_bringings(now: datetime, most: int) -> list[int]:
    """Addresses that a member brought, to be looked for by an account of ours."""
    rows = Bringing.objects.filter(done_at=None, channel__state=Channel.State.OK)
    return nudgeable(rows, now=now, most=most)


def to_wake(now: datetime, most: int) -> list[int]:
    """Conversations whose day has come; each is nudged again after half a minute."""
    asleep = Conversation.objects.filter(is_snoozed=True, wakes_at__lte=now)
    lost = Q(wake_nudged_at=None) | Q(wake_nudged_at__lte=now - NUDGE_AGAIN_AFTER)
    found = list(asleep.filter(lost).order_by("wakes_at").values_list("pk", flat=True)[:most])
    if found:
        Conversation.objects.filter(pk__in=found).update(wake_nudged_at=now)
    return found


def register() -> None:
    """Take the places."""
    ARRIVALS.add(10, keep_arrival)
    DELIVERED.add(10, keep_our_post)
    DELIVERED.add(20, told_by_answer)
    DELIVERED_UNSEEN.add(10, keep_unseen)
    AMENDED.add(10, keep_amendment)
    MODERATED.add(10, keep_standing)
    KEPT.add(5, hold_what_we_wished)
    MERGED.add(20, follow_merged)
    REMOVED.add(50, end_rehearsal)
    TODAY.add(10, our_sections)
    ON_PERSON.add(10, what_we_talked_about)
    ON_PERSON.add(90, keeping_at_a_distance)
    ANSWERED.add(10, what_is_answered)
    DUTIES.add(40, Duty(name="lookups", find=due_lookups, nudge=look_up_thread))
    DUTIES.add(42, Duty(name="fetchings", find=due_fetchings, nudge=fetch_post))
    DUTIES.add(43, Duty(name="bringings", find=due_bringings, nudge=bring_post))
    DUTIES.add(41, Duty(name="waking", find=to_wake, nudge=wake_conversation))
    DUTIES.add(43, Duty(name="wishes", find=due_honourings, nudge=honour_wishes))
    MANIFEST.add(10, in_manifest)
    LEAVING.add(10, hand_over)
    LEAVING.add(11, hand_over_matters)
    privacy.register()
    errands.register()
