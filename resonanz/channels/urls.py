"""Addresses of this room."""

from django.urls import path

from resonanz.channels.views.connecting import connect, connect_network, door
from resonanz.channels.views.lists import bring, report, take_along, try_list_again
from resonanz.channels.views.overview import channel, channels, look, pause, remove, resume

urlpatterns = [
    path("channels/", channels, name="channels"),
    path("channels/connect/", connect, name="channels-connect"),
    path("channels/connect/<slug:slug>/", connect_network, name="channels-connect-network"),
    path("channels/connect/<slug:slug>/list/", bring, name="channels-list-bring"),
    path("channels/connect/<slug:slug>/list/file/", take_along, name="channels-list-file"),
    path("channels/lists/<int:pk>/", report, name="channels-list"),
    path("channels/lists/<int:pk>/again/", try_list_again, name="channels-list-again"),
    path("channels/<int:pk>/", channel, name="channels-channel"),
    path("channels/<int:pk>/pause/", pause, name="channels-pause"),
    path("channels/<int:pk>/resume/", resume, name="channels-resume"),
    path("channels/<int:pk>/look/", look, name="channels-look"),
    path("channels/<int:pk>/remove/", remove, name="channels-remove"),
    path("door/<str:token>", door, name="channels-door"),
]
