"""Addresses of this room."""

from django.urls import path

from resonanz.conversations.views import (
    acts,
    answering,
    inbox,
    keeping_views,
    matters,
    moving,
    noting,
    origin,
    pulsing,
    ruling,
    search,
    shielding,
    thread,
    versions,
)

urlpatterns = [
    path("search/", search.search, name="search"),
    path("conversations/", inbox.inbox, name="conversations"),
    path("conversations/<int:pk>/", thread.thread, name="conversations-thread"),
    path("conversations/pulse/", pulsing.inbox, name="conversations-pulse"),
    path("conversations/<int:pk>/pulse/", pulsing.talk, name="conversations-talk-pulse"),
    path("conversations/<int:pk>/move/", moving.move_one, name="conversations-move"),
    path("conversations/move/", moving.move_many, name="conversations-move-many"),
    path("conversations/moves/<uuid:batch>/undo/", moving.undo, name="conversations-undo"),
    path("conversations/views/", keeping_views.views, name="conversations-views"),
    path("conversations/views/<int:pk>/", keeping_views.view, name="conversations-view"),
    path(
        "conversations/views/<int:pk>/remove/",
        keeping_views.remove,
        name="conversations-view-remove",
    ),
    path("conversations/rules/", ruling.rules, name="conversations-rules"),
    path("conversations/rules/add/", ruling.add, name="conversations-rule-add"),
    path("conversations/rules/<int:pk>/", ruling.change, name="conversations-rule"),
    path("conversations/rules/<int:pk>/act/", ruling.act, name="conversations-rule-act"),
    path("conversations/<int:pk>/notes/", noting.notes, name="conversations-notes"),
    path("conversations/notes/<int:pk>/", noting.note, name="conversations-note"),
    path("conversations/notes/<int:pk>/remove/", noting.remove, name="conversations-note-remove"),
    path("conversations/<int:pk>/whole/", origin.whole, name="conversations-whole"),
    path("conversations/<int:pk>/matter/", matters.here, name="conversations-matter"),
    path(
        "conversations/<int:pk>/matters/<int:matter>/",
        matters.link,
        name="conversations-matter-link",
    ),
    path(
        "conversations/<int:pk>/matters/<int:matter>/told/",
        matters.told,
        name="conversations-matter-told",
    ),
    path("matters/", matters.matters, name="matters"),
    path("matters/<int:pk>/", matters.matter, name="matters-matter"),
    path("matters/<int:pk>/change/", matters.change, name="matters-change"),
    path("matters/<int:pk>/settle/", matters.settle, name="matters-settle"),
    path("matters/<int:pk>/reopen/", matters.reopen, name="matters-reopen"),
    path("conversations/<int:pk>/promises/", acts.promise, name="conversations-promise"),
    path(
        "conversations/promises/<int:pk>/kept/",
        acts.promise_kept,
        name="conversations-promise-kept",
    ),
    path("conversations/posts/<int:pk>/answer/", answering.answer, name="conversations-answer"),
    path("conversations/posts/<int:pk>/react/", acts.react, name="conversations-react"),
    path("conversations/accounts/<int:pk>/follow/", acts.follow, name="conversations-follow"),
    path(
        "conversations/posts/<int:pk>/versions/", versions.versions, name="conversations-versions"
    ),
    path("conversations/posts/<int:pk>/fetch/", origin.fetch, name="conversations-fetch"),
    path("conversations/accounts/<int:pk>/shield/", shielding.shield, name="conversations-shield"),
]
