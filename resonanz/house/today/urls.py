"""The address of the front door."""

from django.urls import path

from resonanz.house.today.views import today

urlpatterns = [path("", today, name="today")]
