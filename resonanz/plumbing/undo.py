"""A message that says what was done and offers to take it back.

The button stands in the message; the form it belongs to stands once beside all messages
(`plumbing/pieces/messages.html`), so that it carries the page's own CSRF token and works
without scripts.
"""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join


def say_with_undo(
    request: HttpRequest, sentence: str, *, label: str, url: str, **fields: str
) -> None:
    """Show a sentence on the next page, with a button that posts to `url`.

    `fields` is at most one name with its value, sent along with the button.
    """
    named = format_html_join("", ' name="{}" value="{}"', list(fields.items())[:1])
    button = format_html(
        '<button class="link undo" form="undo" formaction="{}"{}>{}</button>', url, named, label
    )
    messages.success(request, format_html("{} {}", sentence, button))
