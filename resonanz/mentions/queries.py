"""Every read of this room that another file needs."""

from collections.abc import Collection

from resonanz.channels.models import Channel
from resonanz.mentions.models import Endpoint, ReceivedMention, SentMention, digest_of
from resonanz.plumbing.keyset import Mark
from resonanz.plumbing.sheets import Sheet, sheet_of
from resonanz.workspaces.models import Workspace

A_PAGE = 40
MOST_DOMAINS = 20


def endpoints(workspace: Workspace) -> list[Endpoint]:
    """The domains that are connected, the first one first."""
    rows = Endpoint.objects.filter(channel__workspace=workspace).select_related("channel")
    return list(rows.order_by("pk")[:MOST_DOMAINS])


def received_mentions(workspace: Workspace, mark: Mark | None = None) -> Sheet[ReceivedMention]:
    """A page of links to us, those that were told last first."""
    rows = ReceivedMention.objects.filter(workspace=workspace)
    return sheet_of(rows, "asked_at", mark, size=A_PAGE)


def sent_mentions(workspace: Workspace, mark: Mark | None = None) -> Sheet[SentMention]:
    """A page of links of ours, the latest first."""
    rows = SentMention.objects.filter(workspace=workspace)
    return sheet_of(rows, "begun_at", mark, size=A_PAGE)


def sent_of(workspace: int, sources: Collection[str]) -> dict[str, list[SentMention]]:
    """What became of the links of some of our pages, by the page's address. One question."""
    told = [source for source in sources if source]
    if not told:
        return {}
    rows = SentMention.objects.filter(
        workspace=workspace, source_digest__in=[digest_of(one, "") for one in told]
    )
    found: dict[str, list[SentMention]] = {}
    for row in rows.order_by("pk")[:500]:
        found.setdefault(row.source, []).append(row)
    return found


def endpoint_of(channel: Channel) -> Endpoint | None:
    """The endpoint of a channel; None for one that is no domain."""
    return Endpoint.objects.filter(channel=channel).first()
