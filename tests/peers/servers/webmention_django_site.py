"""The pages of the website in `webmention_django.py`; read in that process only."""

import json

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from webmention.models import WebMentionResponse


def page(request: HttpRequest) -> HttpResponse:
    """A page to which others may link; the package's middleware names the endpoint."""
    del request
    return HttpResponse("<!doctype html><title>On water</title><p>Water.</p>")


def heard(request: HttpRequest) -> HttpResponse:
    """Who links to us."""
    del request
    rows = WebMentionResponse.objects.values("source", "response_to", "current", "response_body")
    return HttpResponse(json.dumps(list(rows)), content_type="application/json")


urlpatterns = [
    path("page", page),
    path("heard", heard),
    path("webmention/", include("webmention.urls")),
]
