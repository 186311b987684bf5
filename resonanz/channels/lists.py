"""Lists of addresses (OPML): bringing one in, and connecting what it names in the background."""

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from resonanz.channels.actions import keep_account
from resonanz.channels.models import Channel, ListedAddress, ListImport
from resonanz.channels.opening import surroundings
from resonanz.clockwork.rows import pause_after
from resonanz.plumbing.wording import N_
from resonanz.switchboard.contract import Begun, Network, Way
from resonanz.switchboard.registry import network
from resonanz.switchboard.shapes import Account
from resonanz.switchboard.trouble import NotOffered, Refused, Trouble, TryLater
from resonanz.workspaces.actions import note_in_trail
from resonanz.workspaces.models import Member

MOST_ATTEMPTS = 3
A_BATCH = 500
TOO_LONG = N_("This address is too long.")


@transaction.atomic
def bring_list(
    *, member: Member, network_slug: str, file_name: str, entries: list[tuple[str, str]]
) -> ListImport:
    """Keep a list's (title, address) pairs; each is connected soon. No request is made here.

    What is read already is noted at once, so that the same list can be brought twice.
    """
    found = ListImport.objects.create(
        workspace=member.workspace,
        member=member,
        network=network_slug,
        file_name=file_name[:200],
    )
    known = dict(
        Channel.objects.filter(workspace=member.workspace, network=network_slug).values_list(
            "address", "pk"
        )
    )
    rows = [
        ListedAddress(
            list_import=found,
            title=title[:500],
            address=address,
            state=ListedAddress.State.KNOWN if address in known else ListedAddress.State.WAITING,
            channel_id=known.get(address),
        )
        for title, address in entries
    ]
    ListedAddress.objects.bulk_create(rows, batch_size=A_BATCH)
    note_in_trail(
        workspace=member.workspace,
        member=member,
        verb="list brought",
        subject=f"{len(rows)} addresses",
    )
    return found


def connect_listed(row: ListedAddress) -> None:
    """Connect one address of a list. Speaks to the network, so it runs in no transaction."""
    listed = row.list_import
    try:
        account = _account_at(network(listed.network), row.address)
    except Trouble as trouble:
        _note_trouble(row, trouble)
        return
    known = Channel.objects.filter(
        workspace_id=listed.workspace_id, network=listed.network, uid=account.profile.uid
    ).first()
    # A channel that is there stays as it is: somebody may have paused it.
    channel = known or keep_account(
        member=listed.member, network_slug=listed.network, account=account
    )
    state = ListedAddress.State.KNOWN if known else ListedAddress.State.ADDED
    ListedAddress.objects.filter(pk=row.pk).update(
        state=state,
        channel=channel,
        trouble_code="",
        trouble_reason="",
        leased_until=timezone.now(),
    )


def _account_at(found: Network, address: str) -> Account:
    way = next((way for way in found.ways_in if way.way is Way.ADDRESS), None)
    if way is None:
        raise NotOffered
    if len(address) > int(Channel._meta.get_field("address").max_length or 0):
        raise Refused(TOO_LONG)
    begun = found.begin(Way.ADDRESS, {way.fields[0].name: address}, "", surroundings())
    if isinstance(begun, Begun):
        raise NotOffered
    return begun


def _note_trouble(row: ListedAddress, trouble: Trouble) -> None:
    now = timezone.now()
    is_over = not isinstance(trouble, TryLater) or row.attempts >= MOST_ATTEMPTS
    asked = trouble.after if isinstance(trouble, TryLater) else None
    ListedAddress.objects.filter(pk=row.pk).update(
        state=ListedAddress.State.FAILED if is_over else ListedAddress.State.WAITING,
        trouble_code=trouble.code,
        trouble_reason=trouble.reason[:400],
        leased_until=now,
        nudged_at=now,
        due_at=now + pause_after(row.attempts, asked=asked, pace=settings.RESONANZ_PACE),
    )


@transaction.atomic
def try_failed_again(*, list_import: ListImport) -> int:
    """Try everything of a list once more that could not be added. Gives how many."""
    now = timezone.now()
    return list_import.addresses.filter(state=ListedAddress.State.FAILED).update(
        state=ListedAddress.State.WAITING,
        attempts=0,
        due_at=now,
        leased_until=now,
        nudged_at=now,
    )


def counts_of(list_import: ListImport) -> dict[str, int]:
    """How many addresses of a list are in which state; all states are named."""
    found = dict(
        list_import.addresses.order_by()
        .values_list("state")
        .annotate(count=Count("pk"))
        .values_list("state", "count")
    )
    return {state: found.get(state, 0) for state in ListedAddress.State.values}
