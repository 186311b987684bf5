"""The words at the top of Today."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from resonanz.workspaces.places import Section


def hello(name: str, now: datetime) -> str:
    """A greeting by the hour of `now`, which is in the reader's time zone."""
    if 5 <= now.hour < 11:
        return _("Good morning, %(name)s") % {"name": name}
    if 11 <= now.hour < 18:
        return _("Good day, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


def headline(sections: Sequence[Section]) -> str:
    """The one sentence that says who waits: that of the first section which has one."""
    return next((section.headline for section in sections if section.headline), "")
