"""Addresses of the status page."""

from django.urls import path

from resonanz.house.status.views import status

urlpatterns = [path("status/", status, name="status")]
