"""The small pieces of the look that are more than an include.

    {% load look %}
    {% avatar name seed "large" picture=face %}
                                      initials on a colour, and a face over them
    {% when moment %}                 3 hours ago, as <time>
    {% waiting moment %}              for 3 hours, as <time>
    {{ post.warning|warned }}         a content warning, in the reader's language where it is ours
    {{ talk.opening|opened }}         the first words of a talk, which may be such a warning
    {% icon "reply" %}                a drawing from the sprite
    {% field form.name %}             label, help, control and errors, tied together
    {% fields form %}                 a whole form without its <form>
    {% piece "plumbing/pieces/post.html" name=… %} … {% endpiece %}
                                      an include with a body, which the piece shows as `slot`

What each piece takes stands in `templates/plumbing/README.md`.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from resonanz.plumbing import initials as faces
from resonanz.plumbing import moments
from resonanz.plumbing.content_warnings import opening_words, warning_words

register = template.Library()

FACE = '<img src="{}" alt="" width="60" height="60" loading="lazy" decoding="async" data-copy>'
PASSED_ON = ("csrf_token", "request", "may")


@register.simple_tag
def avatar(name: str, seed: str = "", size: str = "", picture: str = "") -> SafeString:
    """Initials of `name` on a colour chosen by `seed` (an uid; the name if there is none).

    `size` is "", "small" or "large". `picture` is the address of our own copy of a face, which
    lies over the initials as soon as it is there. Hidden from screen readers: the name stands
    beside it.
    """
    return format_html(
        '<span class="avatar tint-{} {}" aria-hidden="true">{}{}</span>',
        faces.tint(str(seed or name)),
        f"avatar-{size}" if size else "",
        faces.initials(str(name)),
        format_html(FACE, picture) if picture else "",
    )


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from the sprite in `sprite.html`. With `label` it speaks, without it is silent."""
    return _drawing(str(name), str(label))


@lru_cache(maxsize=1000)
def _drawing(name: str, label: str) -> SafeString:
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="#i-{}"/></svg>', label, name
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', name
    )


@register.filter
def warned(warning: str) -> str:
    """A content warning as the reader sees it; "" for None."""
    return warning_words(warning or "")


@register.filter
def opened(opening: str) -> str:
    """The first words of a talk as the reader sees them; "" for None."""
    return opening_words(opening or "")


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """A `<time>` with the time as people say it; nothing for None."""
    return _time(moment, moments.in_words)


@register.simple_tag
def waiting(moment: datetime | None) -> SafeString:
    """A `<time>` that says how long it has been: "for 3 hours"; nothing for None."""
    return _time(moment, moments.since_words)


def _time(moment: datetime | None, words: Callable[[datetime, datetime, str], str]) -> SafeString:
    if not moment:  # None, or the empty string that a template makes of a missing variable
        return mark_safe("")
    local, language = timezone.localtime(moment), get_language() or "en"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        moments.in_full(local, language),
        words(local, timezone.localtime(), language),
    )


@register.simple_tag
def field(bound: BoundField, label: str = "") -> SafeString:
    """One question of a form: label, help, control, errors. `label` replaces the form's own."""
    return render_to_string(
        "plumbing/pieces/field.html",
        {
            "field": bound,
            "label": label or bound.label,
            "is_tick": isinstance(bound.field.widget, CheckboxInput),
        },
    )


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """A whole form's inside: what went wrong first, then every question. Bring a `<form>`."""
    return render_to_string("plumbing/pieces/fields.html", {"form": form})


@register.simple_block_tag(takes_context=True)
def piece(context: Context, content: str, path: str, **given: Any) -> SafeString:
    """Show the piece at `path` with the variables `given` and the block's body as `slot`.

    The piece sees nothing else of the page, except the request, its CSRF token,
    and what the reader may do.
    """
    passed_on = {name: context[name] for name in PASSED_ON if name in context}
    return render_to_string(path, {**passed_on, **given, "slot": content})
