"""The page for Prometheus. Without a token in the settings there is none."""

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from resonanz.house.metrics.figures import REGISTRY


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures, for whoever has the token; 404 where none was set, 401 for a wrong one."""
    token: str = settings.RESONANZ_METRICS_TOKEN
    if not token:
        raise Http404
    given = request.headers.get("Authorization", "").encode()
    if not secrets.compare_digest(given, f"Bearer {token}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
