"""Addresses of this room."""

from django.urls import path

from resonanz.relationships.views import owing, pulsing, walking
from resonanz.switchboard.shapes import ReactionKind

urlpatterns = [
    path("neighbourhood/", walking.neighbourhood, name="neighbourhood"),
    path("neighbourhood/pulse/", pulsing.neighbourhood, name="neighbourhood-pulse"),
    path("neighbourhood/walked/", walking.note_walked, name="neighbourhood-walked"),
    path("neighbourhood/<int:pk>/answer/", walking.answer, name="neighbourhood-answer"),
    path(
        "neighbourhood/<int:pk>/share/",
        walking.react,
        {"kind": ReactionKind.BOOST},
        name="neighbourhood-share",
    ),
    path(
        "neighbourhood/<int:pk>/like/",
        walking.react,
        {"kind": ReactionKind.FAVOURITE},
        name="neighbourhood-like",
    ),
    path("neighbourhood/first-word/<int:pk>/", walking.first_word, name="neighbourhood-first-word"),
    path("today/owed/", owing.owed, name="today-owed"),
    path("today/owed/<int:pk>/thank/", owing.thank, name="today-owed-thank"),
    path("today/owed/<int:pk>/settle/", owing.settle, name="today-owed-settle"),
    path("today/owed/<int:pk>/unsettle/", owing.unsettle, name="today-owed-unsettle"),
    path("today/faces/", owing.faces, name="today-faces"),
]
