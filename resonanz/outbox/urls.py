"""Addresses of this room."""

from django.urls import path

from resonanz.outbox.views import lists, writing

urlpatterns = [
    path("outbox/", lists.outbox, name="outbox"),
    path("outbox/drafts/<int:pk>/", writing.draft_page, name="outbox-draft"),
    path("outbox/drafts/<int:pk>/discard/", writing.discard, name="outbox-discard"),
    path("outbox/drafts/<int:pk>/restore/", writing.restore, name="outbox-restore"),
    path("outbox/<str:kind>/<int:pk>/again/", lists.again, name="outbox-again"),
    path("outbox/delivery/<int:pk>/take-back/", lists.withdraw, name="outbox-take-back"),
    path("speak/", writing.speak, name="speak"),
]
