"""The address of the page of words."""

from django.urls import path

from resonanz.house.words.views import words

urlpatterns = [path("words/", words, name="words")]
