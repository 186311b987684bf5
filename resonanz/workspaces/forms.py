"""The questions of this room's pages."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from resonanz.plumbing.long_select import LongSelect
from resonanz.workspaces.hosts import clean_hosts, readable_host
from resonanz.workspaces.models import Member, User, Voice, Workspace
from resonanz.workspaces.time_zones import DEFAULT, time_zone_choices

SIGNATURE_MARK = "— "
THEMES = [("", _("as the device says")), ("light", _("light")), ("dark", _("dark"))]
LANGUAGES = [("de", "Deutsch"), ("en", "English")]


def ask_for_capacity() -> forms.ChoiceField:
    """In which capacity somebody speaks who comes here for the first time."""
    return forms.ChoiceField(
        label=_("You speak"),
        choices=Voice.Capacity.choices,
        initial=Voice.Capacity.ORGANISATION.value,
        widget=forms.RadioSelect,
    )


def ask_for_signature(**more: Any) -> forms.CharField:
    """How somebody signs who comes here for the first time."""
    return forms.CharField(
        label=_("Your signature"),
        help_text=_(
            "It stands under what you write, so that on a shared account the reader sees who"
            " speaks. Left empty, it becomes a dash and your name: “— Ada”."
        ),
        max_length=60,
        required=False,
        **more,
    )


class DomainsField(forms.CharField):
    """Several domains, one a line. Its value is the list of hosts; wrong ones are named."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        """The hosts. Raises `ValidationError` that names what is no domain."""
        hosts, wrong = clean_hosts(super().clean(value))
        if wrong:
            raise ValidationError(
                _("“%(typed)s” is not a domain. It looks like bakery.example."),
                params={"typed": "”, “".join(wrong)},
            )
        return hosts


def _domains() -> DomainsField:
    return DomainsField(
        label=_("Your own domains"),
        help_text=_(
            "One a line. A link to one of them counts as a word about you, even without your name."
        ),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 3, "placeholder": "bakery.example", "inputmode": "url"}
        ),
    )


def _time_zone() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zone_choices,
        initial=DEFAULT,
        required=True,
        widget=LongSelect,
    )


class SetupForm(forms.Form):
    """The first visit: the workspace, and the person who opens it."""

    name = forms.CharField(
        label=_("What the workspace is called"),
        help_text=_("The name of the organisation, as people know it."),
        max_length=120,
    )
    domains = _domains()
    time_zone = _time_zone()
    member_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("For signing in. Nothing is sent to it."),
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
    capacity = ask_for_capacity()
    signature = ask_for_signature(widget=forms.TextInput(attrs={"placeholder": "— Ada"}))

    def clean_email(self) -> str:
        """A login of that address must not exist yet."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("There is a login with this e-mail address already."))
        return email

    def clean(self) -> dict[str, Any]:
        """The two passwords are the same and good; an empty signature is made of the name."""
        found = super().clean() or self.cleaned_data
        password, again = found.get("password"), found.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords are not the same."))
        elif password:
            try:
                validate_password(password, User(email=found.get("email", "")))
            except ValidationError as weak:
                self.add_error("password", weak)
        name = str(found.get("member_name", "")).strip()
        found["signature"] = found.get("signature") or f"{SIGNATURE_MARK}{name}"[:60]
        return found


class WorkspaceForm(forms.Form):
    """What the workspace is called, its domains, and where it is."""

    name = forms.CharField(label=_("What the workspace is called"), max_length=120)
    domains = _domains()
    time_zone = _time_zone()

    @classmethod
    def of(cls, workspace: Workspace, data: Any = None) -> "WorkspaceForm":
        """The form as the workspace stands."""
        hosts = workspace.domains.order_by("pk").values_list("host", flat=True)
        initial = {
            "name": workspace.name,
            "time_zone": workspace.time_zone,
            "domains": "\n".join(map(readable_host, hosts)),
        }
        return cls(data, initial=initial, prefix="workspace")


class SpeakingForm(forms.Form):
    """How the workspace wants to speak, and what happens between “send” and sending."""

    principles = forms.CharField(
        label=_("How we want to speak"),
        help_text=_(
            "Your own words, written together. They stand beside the box in which one answers."
        ),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    take_back_seconds = forms.IntegerField(
        label=_("Seconds in which sending can be taken back"),
        help_text=_("From 0, at once, to 120."),
        min_value=0,
        max_value=120,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    needs_second_person = forms.BooleanField(
        label=_("A second person agrees before a text goes out"), required=False
    )

    @classmethod
    def of(cls, workspace: Workspace, data: Any = None) -> "SpeakingForm":
        """The form as the workspace stands."""
        names = ("principles", "take_back_seconds", "needs_second_person")
        return cls(data, initial={name: getattr(workspace, name) for name in names})


class FactForm(forms.Form):
    """A plain fact that answers need again and again."""

    title = forms.CharField(
        label=_("What it is about"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("The fact"),
        help_text=_("As it is put into an answer: opening hours, an address, a date."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MemberForm(forms.Form):
    """How a member is called, and how her pages look."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of the pages"), choices=LANGUAGES)
    theme = forms.ChoiceField(label=_("Light or dark"), choices=THEMES, required=False)

    @classmethod
    def of(cls, member: Member, data: Any = None) -> "MemberForm":
        """The form as the member stands."""
        initial = {"name": member.name, "language": member.language, "theme": member.theme}
        return cls(data, initial=initial, prefix="member")


class VoiceForm(forms.Form):
    """How a voice is called, in which capacity it speaks, and how it signs."""

    name = forms.CharField(
        label=_("The name you speak under"),
        help_text=_("A human being's name. One human, one voice."),
        max_length=120,
    )
    capacity = forms.ChoiceField(
        label=_("You speak"), choices=Voice.Capacity.choices, widget=forms.RadioSelect
    )
    signature = forms.CharField(
        label=_("Your signature"),
        help_text=_(
            "It stands under what you write and counts in its length. On an account that only"
            " you use it can stay empty."
        ),
        max_length=60,
        required=False,
    )

    @classmethod
    def of(cls, voice: Voice | None, member: Member, data: Any = None) -> "VoiceForm":
        """The form as the voice stands, or with a suggestion where there is none yet."""
        initial = {
            "name": voice.name if voice else member.name,
            "capacity": voice.capacity if voice else Voice.Capacity.ORGANISATION.value,
            "signature": voice.signature if voice else f"{SIGNATURE_MARK}{member.name}"[:60],
        }
        return cls(data, initial=initial, prefix="voice")


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """allauth's form in our words; the page shows no placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the two questions."""
        super().__init__(*args, **kwargs)
        word(self.fields["login"], _("E-mail address"), autocomplete="username")
        word(self.fields["password"], _("Password"), autocomplete="current-password")


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """allauth's form in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the three questions."""
        super().__init__(*args, **kwargs)
        word(self.fields["oldpassword"], _("Your password now"), autocomplete="current-password")
        word(self.fields["password1"], _("The new password"), autocomplete="new-password")
        self.fields["password1"].help_text = _("Ten characters or more, and not a common one.")
        word(self.fields["password2"], _("The new password again"), autocomplete="new-password")


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """allauth's form in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the question."""
        super().__init__(*args, **kwargs)
        word(self.fields["email"], _("Your e-mail address"), autocomplete="email")


class PasswordByLinkForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """allauth's form in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the two questions."""
        super().__init__(*args, **kwargs)
        word(self.fields["password1"], _("The new password"), autocomplete="new-password")
        self.fields["password1"].help_text = _("Ten characters or more, and not a common one.")
        word(self.fields["password2"], _("The new password again"), autocomplete="new-password")


def word(field: forms.Field, label: Any, *, autocomplete: str) -> None:
    """Give a field of allauth a label of ours, and neither placeholder nor HTML as help."""
    field.label, field.help_text = label, ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["autocomplete"] = autocomplete
