"""Addresses of this room."""

from django.urls import path

from resonanz.conversations.views import acts, answering, inbox, thread

urlpatterns = [
    path("conversations/", inbox.inbox, name="conversations"),
    path("conversations/<int:pk>/", thread.thread, name="conversations-thread"),
    path("conversations/<int:pk>/turn/", acts.turn, name="conversations-turn"),
    path("conversations/<int:pk>/whole/", acts.whole, name="conversations-whole"),
    path("conversations/<int:pk>/promises/", acts.promise, name="conversations-promise"),
    path(
        "conversations/promises/<int:pk>/kept/",
        acts.promise_kept,
        name="conversations-promise-kept",
    ),
    path("conversations/posts/<int:pk>/answer/", answering.answer, name="conversations-answer"),
    path("conversations/posts/<int:pk>/react/", acts.react, name="conversations-react"),
    path("conversations/accounts/<int:pk>/follow/", acts.follow, name="conversations-follow"),
]
