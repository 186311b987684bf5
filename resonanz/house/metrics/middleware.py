"""Measures how long pages take, by the page's name: an address may hold what is nobody's business.

The time is that of our own program, until an answer begins.
"""

import time
from asyncio import iscoroutinefunction
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

from resonanz.house.metrics.figures import REQUESTS

UNKNOWN = "unknown"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}


@sync_and_async_middleware
def measuring(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Note how long each page took. Pages that wait (live updates) hold no thread by it."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponse:
            begun = time.perf_counter()
            response: HttpResponse = await get_response(request)
            note(request, response.status_code, time.perf_counter() - begun)
            return response

        return later

    def now(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response: HttpResponse = get_response(request)
        note(request, response.status_code, time.perf_counter() - begun)
        return response

    return now


def note(request: HttpRequest, status: int, seconds: float) -> None:
    """Count one request, where metrics are wanted."""
    if not settings.RESONANZ_METRICS_TOKEN:
        return
    found = request.resolver_match
    method = request.method if request.method in METHODS else UNKNOWN
    page = (found.url_name if found else None) or UNKNOWN
    REQUESTS.labels(method, page, f"{status // 100}xx").observe(seconds)
