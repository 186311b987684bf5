"""Words explained, for people who are new to all this: shown whole on one page, and in place.

{% load words %}{% explain "boost" %}
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resonanz.plumbing.words.house import HOUSE
from resonanz.plumbing.words.networks import NETWORKS
from resonanz.plumbing.words.running import RUNNING
from resonanz.plumbing.words.word import Word


@dataclass(frozen=True)
class Group:
    """Words that belong together. `slug` is the anchor of its heading."""

    slug: str
    name: str | Promise
    words: tuple[Word, ...]


GROUPS = (
    Group("networks", _("On the networks"), NETWORKS),
    Group("house", _("In this house"), HOUSE),
    Group("running", _("When something is the matter, and behind the scenes"), RUNNING),
)

WORDS = {word.slug: word for group in GROUPS for word in group.words}

__all__ = ["GROUPS", "WORDS", "Group", "Word"]
