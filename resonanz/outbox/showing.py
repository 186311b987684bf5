"""Pictures of ours as pages show them: from our own copy, whatever the network makes of it."""

import re
from typing import Any

from django.urls import reverse

from resonanz.outbox.compose import uploads_of
from resonanz.outbox.models import Delivery, Upload
from resonanz.switchboard.shapes import Picture

_OWN = re.compile(r"/outbox/pictures/\d+/")


def shown_pictures(delivery: Delivery) -> list[dict[str, Any]]:
    """The pictures that went out with a delivery, as a post keeps them."""
    if delivery.position:
        return []
    return [picture_of(upload) for upload in uploads_of(delivery.publication.draft)]


def own_picture(address: str) -> str:
    """The address itself where it is that of a picture of ours, else nothing.

    Whoever may not see the text it belongs to gets 404 there.
    """
    return address if _OWN.fullmatch(address) else ""


def picture_of(upload: Upload) -> dict[str, Any]:
    """A picture as a page shows it, and a post of ours keeps it."""
    shape = Picture(
        url=reverse("outbox-picture", args=[upload.pk]),
        description=upload.description.strip(),
        width=upload.width,
        height=upload.height,
    )
    return {
        "url": shape.url,
        "kind": shape.kind,
        "description": shape.description,
        "preview_url": shape.url,
        "width": shape.width,
        "height": shape.height,
    }
