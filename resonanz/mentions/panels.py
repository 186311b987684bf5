"""What this room does at the places of the rooms below."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.channels.actions import CONNECTED
from resonanz.channels.arrivals import ARRIVALS, Arrival
from resonanz.channels.models import Channel
from resonanz.channels.places import ON_CHANNEL, Onward
from resonanz.channels.sentences import OTHER_ALARMS, Told
from resonanz.conversations.models import Post
from resonanz.conversations.places import KEPT, Kept
from resonanz.mentions import privacy
from resonanz.mentions.announcing import open_endpoint
from resonanz.mentions.jobs import tell_mention
from resonanz.mentions.models import SentMention
from resonanz.mentions.queries import endpoint_of, sent_of
from resonanz.mentions.sentences import how_announced, links_in_short
from resonanz.mentions.telling import (
    tell_of_amendment,
    tell_of_delivery,
    tell_of_end,
    tell_of_posts,
)
from resonanz.outbox.models import Amendment, Delivery
from resonanz.outbox.places import AMENDED, BESIDE_DELIVERY, DELIVERED, DELIVERED_UNSEEN
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Standing
from resonanz.workspaces.models import Alarm


def nudge(rows: Iterable[SentMention]) -> None:
    """Begin at once, as soon as the transaction is over; the sweep finds what is forgotten."""
    for pk in [row.pk for row in rows if row.pk]:
        transaction.on_commit(lambda pk=pk: tell_mention.enqueue(pk))  # type: ignore[misc]


def on_delivered(delivery: Delivery) -> None:
    """A text of ours stands somewhere."""
    nudge(tell_of_delivery(delivery))


def on_unseen(delivery: Delivery, standing: Standing) -> None:
    """It stands there, but waits for approval: nobody is told. Once it is seen, it arrives."""
    del standing
    tell_of_end(source=delivery.url, workspace=delivery.publication.workspace)


def on_amended(amendment: Amendment) -> None:
    """What stands there was changed or deleted."""
    nudge(tell_of_amendment(amendment))


def on_kept(kept: list[Kept]) -> None:
    """Something arrived, perhaps from our own site."""
    nudge(tell_of_posts(kept))


def on_gone(arrival: Arrival) -> None:
    """Something was deleted where it came from, perhaps on our own site."""
    workspace = arrival.channel.workspace
    if not arrival.page.gone:
        return
    gone = Post.objects.filter(
        workspace=workspace, network=arrival.channel.network, uid__in=arrival.page.gone
    )
    for url in gone.exclude(url="").values_list("url", flat=True):
        nudge(tell_of_end(source=url, workspace=workspace))


def on_channel(channel: Channel) -> Onward | None:
    """A domain's page leads to the line that has to stand on the site, and to what came in."""
    endpoint = endpoint_of(channel) if Can.LINKBACKS.value in channel.abilities else None
    if endpoint is None:
        return None
    if endpoint.is_announced:
        return Onward(
            text=str(how_announced(endpoint)), url=reverse("mentions"), label=_("To the mentions")
        )
    return Onward(
        text=_("Others learn where to tell of their links by a line in the pages of the site."),
        url=reverse("mentions-domain", args=[channel.pk]),
        label=_("Show the line"),
    )


def beside_deliveries(deliveries: Collection[Delivery]) -> dict[int, list[str]]:
    """What became of the links of texts that stand on our site. One question."""
    standing = [row for row in deliveries if row.url]
    if not standing:
        return {}
    workspace = standing[0].publication.workspace_id
    found = sent_of(workspace, [row.url for row in standing])
    return {row.pk: links_in_short(found[row.url]) for row in standing if row.url in found}


def endpoint_lost(alarm: Alarm) -> Told:
    """Our site does not name the endpoint any more."""
    return Told(
        what=_("%(site)s does not say any more where links to it are told.")
        % {"site": alarm.subject},
        next_step=_("Perhaps the theme was changed. Put the line into its pages again."),
    )


def mention_not_told(alarm: Alarm) -> Told:
    """Pages that we link to could not be reached."""
    return Told(
        what=_("%(site)s links to a page that could not be told of it.") % {"site": alarm.subject},
        next_step=_(
            "Its server did not answer for hours. Among the mentions it can be tried again."
        ),
    )


def register() -> None:
    """Take the places."""
    CONNECTED.add(20, open_endpoint)
    ON_CHANNEL.add(10, on_channel)
    DELIVERED.add(30, on_delivered)
    DELIVERED_UNSEEN.add(30, on_unseen)
    AMENDED.add(30, on_amended)
    BESIDE_DELIVERY.add(10, beside_deliveries)
    KEPT.add(30, on_kept)
    ARRIVALS.add(30, on_gone)
    OTHER_ALARMS.update({"endpoint_lost": endpoint_lost, "mention_not_told": mention_not_told})
    privacy.register()
