"""The questions of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """What we call a person."""

    name = forms.CharField(
        label=_("What we call this person"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NoteForm(forms.Form):
    """What we want to remember about a person."""

    note = forms.CharField(
        label=_("What we want to remember"),
        help_text=_("Only for us. Whoever asks what we keep about her is shown this, too."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
