"""A select with hundreds of options, drawn without a template for each of them.

Django renders every option from a template of its own: 450 time zones took 50 ms of a page.
"""

from typing import Any

from django.forms import Select
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(Select):
    """Django's select, with the same HTML."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """The select with its groups."""
        del renderer
        widget = self.get_context(name, value, attrs)["widget"]
        groups = [_group(label, options) for label, options, _ in widget["optgroups"]]
        inside = format_html_join("", "{}", ((group,) for group in groups))
        return format_html(
            '<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), inside
        )


def _group(label: str | None, options: list[dict[str, Any]]) -> SafeString:
    drawn = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (option["value"], flatatt({"selected": option["selected"]}), option["label"])
            for option in options
        ),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', label, drawn) if label else drawn
