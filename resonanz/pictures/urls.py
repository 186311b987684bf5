"""Addresses of this room."""

from django.urls import path

from resonanz.pictures.views import copy

urlpatterns = [path("pictures/<str:token>/", copy, name="pictures-copy")]
