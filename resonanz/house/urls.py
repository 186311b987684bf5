"""All addresses of the house. Each room brings its own; names begin with the room's word."""

from django.urls import include, path

from resonanz.house.health import healthz
from resonanz.house.metrics.views import metrics

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("", include("resonanz.house.today.urls")),
    path("", include("resonanz.house.status.urls")),
    path("", include("resonanz.house.words.urls")),
    path("", include("resonanz.relationships.urls")),
    path("", include("resonanz.mentions.urls")),
    path("", include("resonanz.conversations.urls")),
    path("", include("resonanz.outbox.urls")),
    path("", include("resonanz.people.urls")),
    path("", include("resonanz.channels.urls")),
    path("", include("resonanz.letters.urls")),
    path("", include("resonanz.pictures.urls")),
    path("", include("resonanz.workspaces.urls")),
]
