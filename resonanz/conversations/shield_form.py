"""The form by which an account is reported."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.plumbing.text import excerpt

WORDS_CHARACTERS = 120


class ReportForm(forms.Form):
    """Through which account, which posts, why, and whether their own server is told."""

    channel = forms.ChoiceField(label=_("Reported by"))
    posts = forms.MultipleChoiceField(
        label=_("Which posts belong to the report"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("What is wrong, in your own words"),
        help_text=_("Read by the people who look after our server."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_forwarded = forms.BooleanField(
        label=_("Tell the server of the account as well, without our name"), required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        channels: Sequence[Channel],
        posts: Sequence[Post],
        chosen: str = "",
    ) -> None:
        """Ask with these channels and posts; `chosen` is the id of the post that led here."""
        first = str(channels[0].pk) if channels else ""
        super().__init__(data, prefix="report", initial={"channel": first, "posts": [chosen]})
        self.channels = {str(channel.pk): channel for channel in channels}
        self.known_posts = {str(post.pk): post for post in posts}
        choices: Any = self.fields["channel"]
        choices.choices = [(pk, channel.handle) for pk, channel in self.channels.items()]
        if len(self.channels) == 1:
            choices.widget = forms.HiddenInput()
        told: Any = self.fields["posts"]
        told.choices = [(pk, _words(post)) for pk, post in self.known_posts.items()]

    @property
    def chosen_channel(self) -> Channel:
        """The channel of a valid form."""
        return self.channels[self.cleaned_data["channel"]]

    @property
    def chosen_posts(self) -> list[Post]:
        """The posts of a valid form."""
        return [self.known_posts[pk] for pk in self.cleaned_data["posts"]]


def _words(post: Post) -> str:
    return excerpt(post.title or post.text, WORDS_CHARACTERS) or post.url or post.uid
