"""The message after sending: how long it can be taken back, with the button for it."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from resonanz.outbox.models import Publication
from resonanz.outbox.sentences import goes_out_in


def say_it_goes_out(request: HttpRequest, publication: Publication, seconds: int) -> None:
    """Say that a text is on its way and, while it waits, offer to take it back.

    Where scripts run, the seconds are counted down and the offer ends with them.
    """
    if seconds <= 0:
        messages.success(request, _("It is on its way."))
        return
    messages.success(
        request,
        format_html(
            '<span data-countdown="{}" data-over="{}">{}</span>'
            ' <button class="link undo" form="undo" formaction="{}">{}</button>',
            seconds,
            _("It is on its way."),
            goes_out_in(seconds),
            reverse("outbox-text-take-back", args=[publication.pk]),
            _("Take it back"),
        ),
    )
