"""The questions of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
