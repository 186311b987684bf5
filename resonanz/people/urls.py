"""Addresses of this room."""

from django.urls import path

from resonanz.people import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person, name="people-person"),
    path("people/<int:pk>/note/", views.note, name="people-note"),
    path("people/<int:pk>/name/", views.rename, name="people-name"),
    path("people/<int:pk>/join/", views.join, name="people-join"),
    path("people/part/<int:pk>/", views.part, name="people-part"),
]
