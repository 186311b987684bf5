"""The questions of a note by hand. On a phone they fit one screen, and few need an answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resonanz.conversations.by_hand.noting import Reply, Words
from resonanz.conversations.by_hand.whom import NEW, people_called, person_told
from resonanz.conversations.content import TEXT_CHARACTERS
from resonanz.conversations.models import Conversation
from resonanz.people.by_hand import (
    ELSEWHERE,
    PLACES,
    WORD_CHARACTERS,
    network_at,
    own_word,
    place_at,
    place_of,
)
from resonanz.people.models import Person
from resonanz.plumbing.text import web_address
from resonanz.workspaces.models import Voice, Workspace

LOCAL_TIME = "%Y-%m-%dT%H:%M"
CLOCK_AHEAD = timedelta(minutes=5)
TURNS = (
    ("", _("as it follows: ours until we answer")),
    (Conversation.Turn.OURS.value, _("ours")),
    (Conversation.Turn.THEIRS.value, _("theirs")),
    (Conversation.Turn.DONE.value, _("nobody's, it is done")),
)


def _one_line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", **attrs})


class WhereAndWhen(forms.Form):
    """What every note by hand has: the place, the time, the address, and its own name."""

    place = forms.ChoiceField(label=_("Where"), choices=[(one.code, one.name) for one in PLACES])
    place_word = forms.CharField(
        label=_("Where else, in a word"),
        required=False,
        max_length=WORD_CHARACTERS,
        widget=_one_line(),
    )
    said_at = forms.DateTimeField(
        label=_("When"),
        help_text=_("Now, if you leave it empty."),
        required=False,
        input_formats=[LOCAL_TIME, f"{LOCAL_TIME}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_TIME),
    )
    url = forms.CharField(
        label=_("Address"),
        help_text=_("Where it can be read, if it can."),
        required=False,
        max_length=1000,
        widget=_one_line(inputmode="url"),
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    def clean_said_at(self) -> datetime | None:
        """What lies ahead has not been said."""
        told: datetime | None = self.cleaned_data["said_at"]
        if told is not None and told > timezone.now() + CLOCK_AHEAD:
            raise forms.ValidationError(_("This lies ahead. When was it said?"))
        return told

    def clean_url(self) -> str:
        """Only what leads into the web."""
        told = str(self.cleaned_data["url"])
        if told and not web_address(told):
            raise forms.ValidationError(_("An address begins with https:// or http://."))
        return told

    def words(self, text: str, *, title: str = "", network: str = "") -> Words:
        """What was said, from a form that holds; `network` where the place was not asked for."""
        told = self.cleaned_data
        return Words(
            text=text,
            network=network or network_at(told["place"], told["place_word"]),
            said_at=told["said_at"] or timezone.now(),
            title=title,
            url=told["url"],
        )


class TalkForm(WhereAndWhen):
    """What somebody said, and what we answered there."""

    name = forms.CharField(label=_("Who"), required=False, max_length=300, widget=_one_line())
    text = forms.CharField(
        label=_("What was said"),
        max_length=TEXT_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down what was said, in a word or two.")},
    )
    title = forms.CharField(
        label=_("Title of the page"), required=False, max_length=400, widget=_one_line()
    )
    answer = forms.CharField(
        label=_("What we answered"),
        required=False,
        max_length=TEXT_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    turn = forms.ChoiceField(label=_("Whose turn it is then"), required=False, choices=TURNS)

    def __init__(
        self,
        data: Any = None,
        *,
        workspace: Workspace,
        voices: Sequence[Voice] = (),
        offered: Sequence[Person] = (),
        **more: Any,
    ) -> None:
        """Know who may have answered, and whom the page offers before anything is typed."""
        super().__init__(data, auto_id="id_%s", **more)
        # Of a page its title says enough.
        self.fields["text"].required = not (data if data is not None else self.initial).get("title")
        self.workspace, self.offered = workspace, list(offered)
        self.whom: Person | str = ""
        self.voices = {str(voice.pk): voice for voice in voices}
        if not voices:
            del self.fields["answer"]
        self.fields["voice"] = forms.ChoiceField(
            label=_("Who of us answered"),
            required=False,
            choices=[(pk, voice.name) for pk, voice in self.voices.items()],
            widget=forms.Select if len(voices) > 1 else forms.HiddenInput,
        )

    @property
    def chosen(self) -> str:
        """Who is ticked: a person's id, “new”, or nobody."""
        return str((self.data if self.is_bound else self.initial).get("person", ""))

    @property
    def typed(self) -> str:
        """The name that stands in the field."""
        return str(self["name"].value() or "").strip()

    @property
    def new(self) -> str:
        """What the choice of somebody new sends."""
        return NEW

    def clean(self) -> dict[str, Any]:
        """Find out who it was; ask where a name fits somebody we know and nobody was chosen."""
        told = super().clean() or self.cleaned_data
        self._find_whom(str(told.get("name", "")))
        return told

    def _find_whom(self, name: str) -> None:
        called = people_called(self.workspace, name)
        chosen = person_told(self.workspace, self.chosen)
        known = {one.pk: one for one in [*called, *(self.offered if not name else [])]}
        if chosen is not None and (not name or chosen.pk in known or chosen.name == name):
            self.whom = chosen
        elif chosen is not None:
            self._ask([chosen, *called], _("You typed one name and chose another. Who was it?"))
        elif not name:
            self.add_error("name", _("Who was it? A first name is enough."))
        elif called and self.chosen != NEW:
            self._ask(called, _("We know somebody of this name. Is it one of them?"))
        else:
            self.whom = name

    def _ask(self, people: Sequence[Person], sentence: Any) -> None:
        self.offered = list({one.pk: one for one in people}.values())
        self.add_error("name", sentence)

    @property
    def said(self) -> Words:
        """What was said, from a form that holds."""
        return self.words(self.cleaned_data["text"], title=self.cleaned_data["title"])

    @property
    def reply(self) -> Reply | None:
        """What we answered, if anything; by the voice chosen, or by the first."""
        text = str(self.cleaned_data.get("answer", "")).strip()
        voice = self.voices.get(self.cleaned_data["voice"]) or next(
            iter(self.voices.values()), None
        )
        return Reply(text, voice) if text and voice else None


class AnswerThereForm(WhereAndWhen):
    """What we answered, where a post stands or was said."""

    text = forms.CharField(
        label=_("What we answered"),
        max_length=TEXT_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write down what was answered, in a word or two.")},
    )

    def __init__(
        self, data: Any = None, *, voices: Sequence[Voice], asks_place: bool = False, **more: Any
    ) -> None:
        """Know who may have answered. The place is that of the post, unless it is changed."""
        super().__init__(data, auto_id="id_%s", **more)
        if not asks_place:
            del self.fields["place"], self.fields["place_word"]
        self.voices = {str(voice.pk): voice for voice in voices}
        self.fields["voice"] = forms.ChoiceField(
            label=_("Who of us answered"),
            choices=[(pk, voice.name) for pk, voice in self.voices.items()],
            widget=forms.Select if len(voices) > 1 else forms.HiddenInput,
        )

    @property
    def voice(self) -> Voice:
        """By which voice, from a form that holds."""
        return self.voices[self.cleaned_data["voice"]]


def fresh(**more: Any) -> dict[str, Any]:
    """What a form begins with: a name of its own, so that it counts once however often it comes."""
    return {"once": uuid4(), **more}


def initial_place(network: str, url: str = "") -> dict[str, str]:
    """The place that a form begins with: that of an address, of a network, or the first."""
    if url:
        return {"place": place_at(url)}
    place = place_of(network)
    code = place.code if place else PLACES[0].code
    return {"place": code, "place_word": own_word(network) if code == ELSEWHERE else ""}


def initial_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """What a form begins with that somebody was filling in when her session had ended."""
    names = ("name", "person", "text", "title", "answer", "turn", "place", "place_word", "voice")
    kept: dict[str, Any] = {name: told.get(name, "") for name in (*names, "said_at", "url")}
    try:
        kept["once"] = UUID(str(told.get("once", "")))
    except ValueError:
        kept["once"] = uuid4()
    return {name: value for name, value in kept.items() if value}
