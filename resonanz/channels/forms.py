"""Forms drawn from what a network asks; this room words no question of any network."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.switchboard.contract import Field, Network, WayIn
from resonanz.workspaces.models import Member

LIST_FILE_MB = 5
BYTES_PER_MB = 1024 * 1024
LONGEST_ANSWER_CHARACTERS = 2000


def question(asked: Field) -> forms.Field:
    """One question of a network as a form field. A secret is never shown again."""
    attrs = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
    if asked.example:
        attrs["placeholder"] = asked.example
    if asked.kind == "url":
        # Not type=url: browsers refuse “blog.example” without https://, and people type that.
        attrs["inputmode"] = "url"
    widget = forms.PasswordInput(attrs) if asked.kind == "secret" else forms.TextInput(attrs)
    return forms.CharField(
        label=gettext(asked.label),
        help_text=gettext(asked.help) if asked.help else "",
        required=asked.required,
        max_length=LONGEST_ANSWER_CHARACTERS,
        widget=widget,
    )


class WayForm(forms.Form):
    """The questions of one way in."""

    def __init__(self, way: WayIn, data: Any = None, initial: Any = None) -> None:
        """Draw the questions; the names are prefixed, because a page may show several ways."""
        super().__init__(data, initial=initial, prefix=way.way.value)
        self.way = way
        for asked in way.fields:
            self.fields[asked.name] = question(asked)

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by the network's own names."""
        return {name: str(value) for name, value in self.cleaned_data.items()}

    @property
    def has_secret(self) -> bool:
        """Whether something has to be typed again after a slip."""
        return any(asked.kind == "secret" for asked in self.way.fields)

    @property
    def title(self) -> str:
        """The way in the reader's language."""
        return gettext(self.way.label)


def first_answers(network: Network, member: Member, again: Channel | None) -> dict[str, str]:
    """What can be filled in beforehand: the known server or name; for a rehearsal, who we are."""
    if again is not None:
        address = again.address.removeprefix("https://")
        known = {"handle": again.handle.removeprefix("@")}
        first = [field.name for way in network.ways_in for field in way.fields[:1]]
        return {name: known.get(name, address) for name in first}
    if not network.is_pretend:
        return {}
    domain = member.workspace.domains.order_by("pk").first()
    return {
        "name": member.workspace.name,
        "domain": domain.host if domain else "",
        "language": member.language,
    }


class ListForm(forms.Form):
    """A file with a list of addresses."""

    file = forms.FileField(label=_("The file"), max_length=200)

    def clean_file(self) -> Any:
        """A list is small; anything else is no list."""
        found = self.cleaned_data["file"]
        if found.size > LIST_FILE_MB * BYTES_PER_MB:
            raise forms.ValidationError(
                _("This file is larger than %(most)s MB, so it was not read."),
                params={"most": LIST_FILE_MB},
            )
        return found
