"""The addresses of the front door."""

from django.urls import path

from resonanz.house.today import programme_views
from resonanz.house.today.views import today

urlpatterns = [
    path("", today, name="today"),
    path("today/programme/", programme_views.programme, name="today-programme"),
    path("today/programme/begin/", programme_views.begin, name="today-programme-begin"),
    path("today/programme/more/", programme_views.more, name="today-programme-more"),
    path("today/programme/stop/", programme_views.stop, name="today-programme-stop"),
    path("today/programme/leave-out/", programme_views.left_out, name="today-programme-leave-out"),
]
