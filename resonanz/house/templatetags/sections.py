"""Showing the rows that rooms bring to the Today page.

{% load sections %}
{% row_of section row %}
"""

from typing import Any, cast

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from resonanz.workspaces.places import Section

register = template.Library()


@register.simple_tag(takes_context=True)
def row_of(context: RequestContext, section: Section, row: Any) -> SafeString:
    """One row in the section's own template, which gets it as `row`, and what is in `extra`."""
    # Bound while a page is rendered, and there is no other time at which a tag runs.
    page = cast(template.Template, context.template)
    shown = page.engine.get_template(section.row_template)
    with context.push(**section.extra, row=row):
        return shown.render(context)
