"""Addresses of this room."""

from django.urls import path

from resonanz.outbox.views import lists, pictures, review, standing, writing

urlpatterns = [
    path("outbox/", lists.outbox, name="outbox"),
    path("outbox/drafts/<int:pk>/", writing.draft_page, name="outbox-draft"),
    path("outbox/drafts/<int:pk>/discard/", writing.discard, name="outbox-discard"),
    path("outbox/drafts/<int:pk>/restore/", writing.restore, name="outbox-restore"),
    path("outbox/drafts/<int:pk>/short/", writing.short_text, name="outbox-short-text"),
    path("outbox/drafts/<int:pk>/agree/", review.agree, name="outbox-agree"),
    path("outbox/drafts/<int:pk>/give-back/", review.send_back, name="outbox-give-back"),
    path("outbox/drafts/<int:pk>/write-on/", review.go_on_writing, name="outbox-write-on"),
    path("outbox/pictures/<int:pk>/", pictures.picture, name="outbox-picture"),
    path(
        "outbox/pictures/<int:pk>/restore/",
        pictures.restore_picture,
        name="outbox-picture-restore",
    ),
    path("outbox/texts/<int:pk>/take-back/", lists.withdraw_text, name="outbox-text-take-back"),
    path("outbox/sent/<int:pk>/change/", standing.change, name="outbox-change"),
    path("outbox/sent/<int:pk>/delete/", standing.delete, name="outbox-delete"),
    path("outbox/changes/<int:pk>/let-be/", standing.let_be, name="outbox-let-be"),
    path(
        "outbox/moderations/<int:pk>/let-be/",
        standing.let_comment_be,
        name="outbox-moderation-let-be",
    ),
    path("outbox/<str:kind>/<int:pk>/again/", lists.again, name="outbox-again"),
    path("outbox/delivery/<int:pk>/take-back/", lists.withdraw, name="outbox-take-back"),
    path("speak/", writing.speak, name="speak"),
    path("speak/article/", writing.speak_article, name="speak-article"),
]
