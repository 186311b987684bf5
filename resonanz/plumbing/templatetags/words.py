"""Explaining a word where it stands.

    {% load words %}
    {% explain "boost" %}     a small question mark that opens two sentences

Works by keyboard and without scripts; a screen reader hears “What does Boost mean?”.
"""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from resonanz.plumbing.words import WORDS

register = template.Library()


@register.simple_tag
def explain(slug: str) -> SafeString:
    """The explanation of one word. Raises `KeyError` for a word that the list does not hold."""
    return render_to_string("plumbing/pieces/explain.html", {"word": WORDS[slug]})
