"""A network's name and icon, for every page that shows where something was said.

{% load networks %}
{% network_icon channel.network %} {% network_name channel.network %}
"""

from functools import cache

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from resonanz.channels.queries import network_of

register = template.Library()

SILENT = '<svg class="icon" aria-hidden="true" focusable="false"'


@register.simple_tag
def network_icon(slug: str) -> SafeString:
    """The network's drawing, silent for screen readers; nothing for one that is not installed."""
    return _drawing(slug)


@cache
def _drawing(slug: str) -> SafeString:
    found = network_of(slug)
    if found is None or not found.icon.exists():
        return mark_safe("")
    drawn = found.icon.read_text(encoding="utf-8").replace(' role="img"', "", 1)
    # The file is part of this program, so it is trusted.
    return mark_safe(SILENT + drawn.partition("<svg")[2])  # noqa: S308


@register.simple_tag
def network_name(slug: str) -> str:
    """The network's name, or its slug when it is not installed any more."""
    found = network_of(slug)
    return gettext(found.name) if found else slug
