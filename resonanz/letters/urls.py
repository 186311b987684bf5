"""Addresses of this room."""

from django.urls import path

from resonanz.letters.views import reaching, stopping, worker

urlpatterns = [
    path("settings/letters/", reaching.reaching, name="settings-letters"),
    path("settings/letters/wishes/", reaching.save_wishes, name="settings-letters-wishes"),
    path("settings/letters/trial/", reaching.send_trial, name="settings-letters-trial"),
    path("settings/letters/browsers/", reaching.subscribe, name="settings-letters-browser"),
    path(
        "settings/letters/browsers/<int:pk>/stop/",
        reaching.stop,
        name="settings-letters-browser-stop",
    ),
    path("letters/stop/<str:token>/", stopping.stop_letters, name="letters-stop"),
    path("service-worker.js", worker.service_worker, name="service-worker"),
    path("manifest.webmanifest", worker.manifest, name="manifest"),
]
