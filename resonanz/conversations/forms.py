"""The questions of this room."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resonanz.conversations.notes import Named, named_in
from resonanz.workspaces.models import Member


class PromiseForm(forms.Form):
    """What we said we would do, and by when."""

    what = forms.CharField(
        label=_("What we promise"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    due_on = forms.DateField(
        label=_("Until when"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


NAMES_SHOWN = 12


class NoteForm(forms.Form):
    """What we tell our colleagues, and whom it is for.

    Where a name fits several colleagues, the form comes back with a question for each.
    """

    text = forms.CharField(
        label=_("Your note"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )
    also = forms.ChoiceField(label=_("Show it to"), required=False)

    def __init__(self, data: Any = None, *, colleagues: Sequence[Member], **more: Any) -> None:
        """Know whom a note can name. `more` goes to Django's form."""
        super().__init__(data, auto_id="id_note_%s", **more)
        self.colleagues = colleagues
        names = [one.name for one in colleagues[:NAMES_SHOWN]]
        self.fields["text"].help_text = _("Name a colleague with @: %(names)s.") % {
            "names": ", ".join(f"@{name}" for name in names)
        }
        also: Any = self.fields["also"]
        also.choices = [("", _("nobody in particular"))] + [
            (str(one.pk), one.name) for one in colleagues
        ]
        if data is not None:
            self._ask_whom(named_in(str(data.get("text", "")), colleagues))

    def _ask_whom(self, named: Named) -> None:
        for number, (typed, fitting) in enumerate(named.unclear.items()):
            self.fields[f"meant_{number}"] = forms.ChoiceField(
                label=_("Whom do you mean by @%(name)s?") % {"name": typed},
                choices=[(str(one.pk), one.name) for one in fitting],
                widget=forms.RadioSelect,
                error_messages={"required": _("Several colleagues are called so. Choose one.")},
            )

    def named(self) -> list[Member]:
        """Everybody whom a valid note names."""
        told = {
            int(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(("also", "meant_")) and value
        }
        in_text = named_in(self.cleaned_data["text"], self.colleagues, told).members
        also = [one for one in self.colleagues if one.pk in told]
        return list({one.pk: one for one in [*in_text, *also]}.values())


class ViewNameForm(forms.Form):
    """The name of a saved view."""

    name = forms.CharField(label=_("Name"), max_length=80)


class ViewForm(ViewNameForm):
    """A choice of conversations that is kept under a name."""

    for_all = forms.BooleanField(label=_("For everybody here, not only for me"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
