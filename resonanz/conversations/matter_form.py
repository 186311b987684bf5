"""The questions about matters."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resonanz.conversations.matters import TITLE_CHARACTERS
from resonanz.conversations.models import Matter
from resonanz.workspaces.models import Member


class MatterForm(forms.Form):
    """What it is about, whose field it is, and which colleague looks after it."""

    title = forms.CharField(
        label=_("What it is about"),
        help_text=_("In a few words, without anybody's name: “Rolls are too dark”."),
        max_length=TITLE_CHARACTERS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    kind = forms.ChoiceField(label=_("Whose field it is"), choices=Matter.Kind.choices)
    colleague = forms.ChoiceField(label=_("Who looks after it"), required=False)

    def __init__(self, data: Any = None, *, colleagues: Sequence[Member], **more: Any) -> None:
        """Know who can look after it. `more` goes to Django's form."""
        super().__init__(data, auto_id="id_matter_%s", **more)
        self.colleagues = {str(one.pk): one for one in colleagues}
        chosen: Any = self.fields["colleague"]
        chosen.choices = [("", _("nobody in particular"))] + [
            (pk, one.name) for pk, one in self.colleagues.items()
        ]

    def told(self) -> dict[str, Any]:
        """Title, kind and colleague of a valid form."""
        return {
            "title": self.cleaned_data["title"],
            "kind": self.cleaned_data["kind"],
            "colleague": self.colleagues.get(self.cleaned_data["colleague"]),
        }


class OutcomeForm(forms.Form):
    """What became of a matter, in our words."""

    outcome = forms.CharField(
        label=_("What became of it"),
        help_text=_(
            "For colleagues: it stands beside the box when somebody tells those who spoke of it."
            " “No” is an answer, too."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what became of it. “No” is an answer, too.")},
    )


class StepForm(forms.Form):
    """A note on how a matter stands."""

    text = forms.CharField(
        label=_("How it stands"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write something first.")},
    )
