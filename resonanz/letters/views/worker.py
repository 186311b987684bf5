"""The service worker. It has to come from the root, so that it may open every page of ours."""

from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from resonanz.letters.places import MANIFEST

SCRIPT = Path(__file__).resolve().parents[1] / "service_worker.js"


@cache
def _script() -> bytes:
    return SCRIPT.read_bytes()


@cache_control(no_cache=True)
@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """The script; browsers ask again for a newer one at every visit."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


# The colours of the page as `tokens.css` has them by day.
PAPER = "#f8f3ea"


@cache_control(max_age=3600)
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the house on its home screen; an iPhone pushes only there."""
    told: dict[str, Any] = {
        "id": "/",
        "name": "Resonanz",
        "short_name": "Resonanz",
        "description": _("People who speak with us, and what we owe them."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [_icon("wordmark.svg", "any", "image/svg+xml"), *_drawn()],
    }
    for panel in MANIFEST:
        told |= panel()
    return JsonResponse(told, content_type="application/manifest+json")


def _drawn() -> list[dict[str, str]]:
    """The same drawing in dots, for what takes no SVG; one with room to be cut round."""
    return [
        _icon("icon-192.png", "192x192"),
        _icon("icon-512.png", "512x512"),
        _icon("icon-maskable-512.png", "512x512") | {"purpose": "maskable"},
    ]


def _icon(name: str, sizes: str, kind: str = "image/png") -> dict[str, str]:
    return {"src": static(f"plumbing/{name}"), "sizes": sizes, "type": kind}
