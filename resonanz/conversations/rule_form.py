"""The questions of a rule."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from resonanz.conversations.models import Rule
from resonanz.conversations.rows import network_name
from resonanz.outbox.languages import language_choices
from resonanz.people.by_hand import BY_HAND

MOST_WORDS_CHARACTERS = 2000


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who gets what. The instance brings its workspace."""

    class Meta:
        model = Rule
        fields = (
            "name",
            "assignee",
            "channel",
            "network",
            "language",
            "words",
            "only_direct",
        )
        labels: ClassVar[dict[str, Any]] = {
            "name": _("What the rule is called"),
            "assignee": _("Who gets the conversation"),
            "channel": _("Only through this account"),
            "network": _("Only on this network"),
            "language": _("Only in this language"),
            "words": _("Only with one of these words"),
            "only_direct": _("Only what was said privately"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("It stands in the conversation, so that everybody sees why she got it."),
            "words": _(
                "One word or phrase a line, whole words in any case. A star at the end stands "
                "for any ending: recipe*"
            ),
        }
        widgets: ClassVar[dict[str, Any]] = {"words": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer the colleagues, accounts and networks of the workspace."""
        super().__init__(*args, **more)
        workspace = self.instance.workspace
        channels = workspace.channels.order_by("pk")
        assignee: Any = self.fields["assignee"]
        assignee.queryset = workspace.members.present().order_by("name")
        channel: Any = self.fields["channel"]
        channel.queryset = channels
        channel.empty_label = _("any account")
        networks = dict.fromkeys([*(one.network for one in channels), BY_HAND])
        self.fields["network"] = forms.ChoiceField(
            label=self.fields["network"].label,
            required=False,
            choices=[("", _("any network")), *((one, network_name(one)) for one in networks)],
        )
        languages = [pair for pair in language_choices(self.instance.language) if pair[0]]
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label,
            required=False,
            choices=[("", _("any language")), *languages],
        )
        self.fields["words"].widget.attrs["maxlength"] = MOST_WORDS_CHARACTERS

    def clean_words(self) -> str:
        """Refuse what would take long to look for."""
        words = str(self.cleaned_data["words"])
        if len(words) > MOST_WORDS_CHARACTERS:
            raise forms.ValidationError(_("That are too many words for one rule. Make two of it."))
        return words
