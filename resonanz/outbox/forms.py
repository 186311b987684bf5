"""The questions of a text that is being written: an answer, or a word of our own."""

from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.outbox.languages import language_choices
from resonanz.outbox.models import AUDIENCES, Draft
from resonanz.plumbing.long_select import LongSelect
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Audience
from resonanz.workspaces.models import Voice

TEXT_CHARACTERS = 60_000
ARTICLE_ROWS = 18
NOTHING_SEEN = datetime(1970, 1, 1, tzinfo=UTC)


def new_page() -> str:
    """A name for one open page in which somebody writes."""
    return uuid4().hex


class WritingForm(forms.Form):
    """What both kinds of text have in common.

    `page` names the open page and `seen` the version it began with, so that a text which was
    written in another window meanwhile is not overwritten.
    """

    channels: dict[str, Channel]

    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=TEXT_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    warning = forms.CharField(label=_("Content warning"), required=False, max_length=300)
    language = forms.ChoiceField(label=_("Language"), required=False, widget=LongSelect)
    audience = forms.ChoiceField(label=_("Who may see it"))
    page = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        voices: list[Voice],
        audiences: list[str],
        **given: Any,
    ) -> None:
        """Offer these voices and audiences, and the languages of the draft first."""
        super().__init__(data, **given)
        languages = (self.initial.get("language", ""), (data or {}).get("language", ""))
        field = cast(forms.ChoiceField, self.fields["language"])
        field.choices = language_choices(*languages)
        audience = cast(forms.ChoiceField, self.fields["audience"])
        audience.choices = [choice for choice in AUDIENCES if choice[0] in audiences]
        self.voices = {str(voice.pk): voice for voice in voices}
        self.fields["voice"] = forms.ChoiceField(
            label=_("Who speaks"),
            required=False,
            choices=[(pk, str(voice)) for pk, voice in self.voices.items()],
            widget=forms.Select if len(voices) > 1 else forms.HiddenInput,
        )

    @property
    def chosen_voice(self) -> Voice | None:
        """The voice that was chosen; the only one where there is no choice."""
        chosen = self.cleaned_data.get("voice") or next(iter(self.voices), "")
        return self.voices.get(chosen)

    @property
    def has_channels(self) -> bool:
        """Whether there is anything to send through; in a template `channels` is the question."""
        return bool(self.channels)

    @property
    def seen_at(self) -> datetime:
        """The version of the draft that the page knows; a page that knows none has seen none."""
        try:
            return parse_datetime(self.cleaned_data.get("seen") or "") or NOTHING_SEEN
        except ValueError:
            return NOTHING_SEEN

    def columns(self) -> dict[str, Any]:
        """What was written, as `save_draft` takes it."""
        return {
            "text": self.cleaned_data["text"].replace("\r\n", "\n"),
            "warning": self.cleaned_data.get("warning"),
            "language": self.cleaned_data["language"],
            "audience": self.cleaned_data.get("audience"),
            "voice": self.chosen_voice,
            "edited_in": self.cleaned_data["page"],
            "seen_at": self.seen_at,
        }


class OneChannelForm(WritingForm):
    """A text that goes through one of several channels."""

    channel_label = _("Through which account")

    def __init__(self, data: Any = None, *, channels: list[Channel], **given: Any) -> None:
        """Offer these channels."""
        super().__init__(data, **given)
        self.channels = {str(channel.pk): channel for channel in channels}
        self.fields["channel"] = forms.ChoiceField(
            label=self.channel_label,
            required=False,
            choices=[(pk, channel.handle) for pk, channel in self.channels.items()],
            widget=forms.Select if len(channels) > 1 else forms.HiddenInput,
        )

    @property
    def chosen_channel(self) -> Channel | None:
        """The channel that was chosen, or the first one."""
        return self.channels.get(
            self.cleaned_data.get("channel") or next(iter(self.channels), ""), None
        )


class ChangeForm(forms.Form):
    """Other words for something that stands there already."""

    text = forms.CharField(
        label=_("Text"),
        strip=False,
        max_length=TEXT_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    warning = forms.CharField(label=_("Content warning"), required=False, max_length=300)

    def columns(self) -> dict[str, str]:
        """What was written, as `edit_afterwards` takes it."""
        return {
            "text": self.cleaned_data["text"].replace("\r\n", "\n").strip(),
            "warning": self.cleaned_data["warning"],
        }


class AnswerForm(OneChannelForm):
    """An answer: one channel among those that know the post."""

    is_thanks = forms.BooleanField(widget=forms.HiddenInput, required=False)


class ArticleForm(OneChannelForm):
    """An article: one site of ours, a title, and whether it is published at once."""

    channel_label = _("On which site")

    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    stays_draft = forms.BooleanField(
        label=_("Leave it there as a draft: it is published there by hand"), required=False
    )

    def __init__(self, data: Any = None, **given: Any) -> None:
        """An article is for everybody and has no content warning."""
        super().__init__(data, audiences=[Audience.PUBLIC.value], **given)
        del self.fields["audience"], self.fields["warning"]
        self.fields["text"].widget.attrs["rows"] = ARTICLE_ROWS

    def columns(self) -> dict[str, Any]:
        """What was written, with its title and where it goes."""
        channel = self.chosen_channel
        return super().columns() | {
            "title": " ".join(self.cleaned_data["title"].split()),
            "stays_draft": self.cleaned_data["stays_draft"],
            "channels": [channel] if channel else [],
        }


class PostForm(WritingForm):
    """A word of our own, to one or several channels."""

    def __init__(self, data: Any = None, *, channels: list[Channel], **given: Any) -> None:
        """Offer these channels."""
        super().__init__(data, **given)
        self.channels = {str(channel.pk): channel for channel in channels}
        self.fields["channels"] = forms.MultipleChoiceField(
            label=_("Where"),
            required=False,
            choices=[(pk, channel.handle) for pk, channel in self.channels.items()],
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def chosen_channels(self) -> list[Channel]:
        """The channels that were chosen."""
        return [self.channels[pk] for pk in self.cleaned_data.get("channels", [])]

    def columns(self) -> dict[str, Any]:
        """What was written, with where it goes."""
        return super().columns() | {"channels": self.chosen_channels}


def audiences_for_answer(answered: str, abilities: list[str]) -> list[str]:
    """The audiences an answer may have: that of what it answers, or narrower."""
    widest = Audience(answered)
    found = [one.value for one in Audience if not one.is_wider_than(widest)]
    if Can.ANSWER_DIRECT not in abilities and widest is not Audience.DIRECT:
        found.remove(Audience.DIRECT.value)
    return found


def audiences_for_quote(quoted: str) -> list[str]:
    """The audiences of a word about somebody's post: hers or narrower, and one that is somebody."""
    widest = Audience(quoted)
    return [one for one in audiences_for_post() if not Audience(one).is_wider_than(widest)]


def audiences_for_post() -> list[str]:
    """The audiences a word of our own may have; one for nobody named makes no sense."""
    return [one.value for one in Audience if one is not Audience.DIRECT]


def initial_of(draft: Draft) -> dict[str, Any]:
    """The form's values for a draft, stored or not."""
    return {
        "text": draft.text,
        "warning": draft.warning,
        "language": draft.language,
        "audience": draft.audience,
        "voice": draft.voice_id,
        "page": new_page(),
        "seen": draft.updated_at.isoformat() if draft.pk else "",
        "is_thanks": draft.is_thanks,
        "title": draft.title,
        "stays_draft": draft.stays_draft,
    }
