"""The questions of the pages about the team: inviting, joining, leaving, hours, absences."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from resonanz.workspaces.forms import (
    LANGUAGES,
    SIGNATURE_MARK,
    ask_for_capacity,
    ask_for_signature,
)
from resonanz.workspaces.models import Member, User, Workspace

ROLE_MEANINGS = [
    (Member.Role.COLLEAGUE.value, _("Colleague: reads, answers and sends in her own name")),
    (Member.Role.OWNER.value, _("Owner: that, and looks after channels, members and settings")),
    (Member.Role.AGENCY.value, _("Agency: reads and prepares texts, never sends")),
    (Member.Role.GUEST.value, _("Guest: sees only what she is asked about, and writes notes")),
]
WEEKDAYS = [
    ("1", _("Monday")),
    ("2", _("Tuesday")),
    ("3", _("Wednesday")),
    ("4", _("Thursday")),
    ("5", _("Friday")),
    ("6", _("Saturday")),
    ("7", _("Sunday")),
]


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    name = forms.CharField(
        label=_("Her or his name"),
        help_text=_("Whoever accepts can change it."),
        max_length=120,
    )
    role = forms.ChoiceField(
        label=_("Comes as"),
        choices=ROLE_MEANINGS,
        initial=Member.Role.COLLEAGUE.value,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Can be left empty: the link is shown here in any case."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=LANGUAGES)


class JoinForm(forms.Form):
    """Joining with a login one has: the name here, and the voice for those who speak."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    capacity = ask_for_capacity()
    signature = ask_for_signature()

    def __init__(self, *args: Any, speaks: bool, **kwargs: Any) -> None:
        """Ask for a voice only whoever will speak."""
        super().__init__(*args, **kwargs)
        if not speaks:
            del self.fields["capacity"], self.fields["signature"]

    def clean(self) -> dict[str, Any]:
        """An empty signature is made of the name."""
        found = super().clean() or self.cleaned_data
        name = str(found.get("name", "")).strip()
        if "signature" in self.fields:
            found["signature"] = found.get("signature") or f"{SIGNATURE_MARK}{name}"[:60]
        return found


class JoinWithNewLoginForm(JoinForm):
    """Joining with a new login."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("For signing in."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("A password"),
        help_text=_("Ten characters or more, and not a common one."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ("name", "email", "password", "password_again", "capacity", "signature")

    def clean_email(self) -> str:
        """A login of that address must not exist yet: whoever has one signs in first."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(
                _("There is a login with this e-mail address already. Sign in with it first.")
            )
        return email

    def clean(self) -> dict[str, Any]:
        """The two passwords are the same and good."""
        found = super().clean()
        password, again = found.get("password"), found.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords are not the same."))
        elif password:
            try:
                validate_password(password, User(email=found.get("email", "")))
            except ValidationError as weak:
                self.add_error("password", weak)
        return found


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    """One of the members who are here, by name; or nobody in particular."""

    def __init__(self, *, label: Any, nobody: Any, help_text: Any = "") -> None:
        """Label it, and word the empty choice."""
        super().__init__(
            Member.objects.none(),
            label=label,
            help_text=help_text,
            required=False,
            empty_label=nobody,
        )


def colleagues_of(member: Member) -> Any:
    """Who else could look after something: everybody present who reads here, but herself."""
    others = member.workspace.members.present().exclude(pk=member.pk)
    return others.exclude(role=Member.Role.GUEST).order_by("name", "pk")


class LeaveForm(forms.Form):
    """Who takes over from a member who leaves."""

    successor = ColleagueField(
        label=_("Who takes over what is open"),
        nobody=_("nobody in particular: it goes back to everybody"),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        """Offer the others."""
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = colleagues_of(member)  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """What a member may do from now on."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLE_MEANINGS, widget=forms.RadioSelect)


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class HoursForm(forms.Form):
    """When a member works, and when it is quiet for her."""

    work_days = forms.MultipleChoiceField(
        label=_("I work on"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    works_from = _time(_("I begin at"))
    works_until = _time(_("I stop at"))
    quiet_from = _time(_("Quiet from"))
    quiet_until = _time(_("Quiet until"))

    @classmethod
    def of(cls, member: Member, data: Any = None) -> "HoursForm":
        """The form as the member stands."""
        names = ("works_from", "works_until", "quiet_from", "quiet_until")
        initial = {name: getattr(member, name) for name in names}
        return cls(data, initial={**initial, "work_days": list(member.work_days)}, prefix="hours")

    def clean_work_days(self) -> str:
        """As the member's row keeps it: "12345"."""
        return "".join(sorted(self.cleaned_data["work_days"]))

    def clean(self) -> dict[str, Any]:
        """Quiet hours have two ends, and nothing ends when it begins."""
        found = super().clean() or self.cleaned_data
        first, last = found.get("quiet_from"), found.get("quiet_until")
        if (first is None) != (last is None) and not self.errors:
            self.add_error(
                "quiet_until" if last is None else "quiet_from",
                _("Quiet hours have a beginning and an end. Fill in both, or neither."),
            )
        for begin, end in (("works_from", "works_until"), ("quiet_from", "quiet_until")):
            if found.get(begin) is not None and found.get(begin) == found.get(end):
                self.add_error(end, _("Beginning and end are the same time."))
        return found


def _day() -> forms.DateInput:
    """A field of the browser for days, which reads and writes ISO 8601 in every language."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class AbsenceForm(forms.Form):
    """When a member is away, and who stands in."""

    from_day = forms.DateField(label=_("First day"), widget=_day())
    until_day = forms.DateField(
        label=_("Last day"),
        help_text=_("Left empty, it lasts until you end it."),
        required=False,
        widget=_day(),
    )
    stand_in = ColleagueField(
        label=_("Who stands in"),
        nobody=_("nobody: what waits with you is shown to everybody"),
    )

    prefix = "absence"

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        """Offer the others."""
        super().__init__(*args, **kwargs)
        self.fields["stand_in"].queryset = colleagues_of(member)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It ends on its first day at the earliest."""
        found = super().clean() or self.cleaned_data
        first, last = found.get("from_day"), found.get("until_day")
        if first and last and last < first:
            self.add_error("until_day", _("The last day lies before the first."))
        return found


class StandInForm(forms.Form):
    """Who looks after what waits today."""

    stand_in = ColleagueField(
        label=_("Who looks after it today"), nobody=_("nobody in particular: everybody sees it")
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        """Offer the others."""
        super().__init__(*args, **kwargs)
        self.fields["stand_in"].queryset = colleagues_of(member)  # type: ignore[attr-defined]


class WordsField(forms.CharField):
    """Words or phrases, one a line. Its value is the list of them: lower case, each once."""

    widget = forms.Textarea
    longest = 80

    def clean(self, value: Any) -> Any:
        """The words. Raises `ValidationError` that names one that is too long."""
        lines = str(super().clean(value) or "").lower().splitlines()
        words = list(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))
        too_long = next((word for word in words if len(word) > self.longest), None)
        if too_long is not None:
            raise ValidationError(
                _("“%(word)s …” is too long. A word or phrase has at most 80 characters."),
                params={"word": too_long[:30]},
            )
        return words


class HiddenWordsForm(forms.Form):
    """What is hidden until somebody asks to see it."""

    words = WordsField(
        label=_("Words that hide a text until somebody asks to see it"),
        help_text=_("One word or phrase a line. Nothing is deleted, and nobody is told."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @classmethod
    def of(cls, workspace: Workspace, data: Any = None) -> "HiddenWordsForm":
        """The form as the workspace stands."""
        known = workspace.hidden_words.order_by("word").values_list("word", flat=True)
        return cls(data, initial={"words": "\n".join(known)}, prefix="hidden")
