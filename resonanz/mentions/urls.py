"""Addresses of this room."""

from django.urls import path

from resonanz.mentions.views import door, pages

urlpatterns = [
    path("mentions/", pages.mentions, name="mentions"),
    path("mentions/sent/", pages.sent, name="mentions-sent"),
    path("mentions/domains/<int:pk>/", pages.domain, name="mentions-domain"),
    path("mentions/domains/<int:pk>/look/", pages.look, name="mentions-domain-look"),
    path("mentions/<int:pk>/again/", pages.again, name="mentions-again"),
    path("mentions/sent/<int:pk>/again/", pages.sent_again, name="mentions-sent-again"),
    path("webmention/<str:token>", door.webmention, name="webmention"),
    path("pingback/<str:token>", door.pingback, name="pingback"),
    path("webmention/status/<str:token>", door.mention_status, name="mentions-status"),
]
