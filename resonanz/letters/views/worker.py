"""The service worker. It has to come from the root, so that it may open every page of ours."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

SCRIPT = Path(__file__).resolve().parents[1] / "service_worker.js"


@cache
def _script() -> bytes:
    return SCRIPT.read_bytes()


@cache_control(no_cache=True)
@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """The script; browsers ask again for a newer one at every visit."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


@cache_control(max_age=3600)
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the house on its home screen; an iPhone pushes only there."""
    icon = {"src": static("plumbing/wordmark.svg"), "sizes": "any", "type": "image/svg+xml"}
    told = {"name": "Resonanz", "start_url": "/", "scope": "/", "display": "standalone"}
    return JsonResponse({**told, "icons": [icon]}, content_type="application/manifest+json")
