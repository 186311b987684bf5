"""What an installed house offers on a phone: to share something with it, and to begin a note."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def in_manifest() -> dict[str, Any]:
    """The share target and the shortcut of the manifest.

    A phone opens our page with what is shared in its address; nothing is stored by that
    (https://w3c.github.io/web-share-target/, read 2026-11-22).
    """
    note = reverse("conversations-by-hand")
    told = {"title": "title", "text": "text", "url": "url"}
    shortcut = {"name": _("Note a talk"), "short_name": _("Note a talk"), "url": note}
    return {
        "share_target": {
            "action": note,
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",
            "params": told,
        },
        "shortcuts": [shortcut],
    }
