"""Invented people for the page that shows every piece."""

from datetime import datetime, timedelta

from django import forms
from django.utils.safestring import SafeString

ROOMS = ("today", "neighbourhood", "conversations", "people", "channels", "settings", "status")


class Reply(forms.Form):
    """An answer with its manners."""

    text = forms.CharField(widget=forms.Textarea, initial="Thank you.")
    warning = forms.CharField(required=False)
    language = forms.ChoiceField(choices=[("de", "Deutsch"), ("en", "English")])


class Connect(forms.Form):
    """Questions of every kind."""

    server = forms.CharField(help_text="Such as town.example.")
    way = forms.ChoiceField(choices=[("a", "Sign in"), ("b", "A token")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="I have read what is kept")
    note = forms.CharField(required=False, widget=forms.Textarea)


def rail() -> list[dict[str, object]]:
    """Seven rooms, the last three set apart."""
    return [
        {
            "label": name.title(),
            "url": f"#{name}",
            "icon": name,
            "key": name[0],
            "current": name == "today",
            "count": 3 if name == "conversations" else 0,
            "is_below": number > 3,
        }
        for number, name in enumerate(ROOMS)
    ]


def sample(now: datetime) -> dict[str, object]:
    """What `pieces.html` shows."""
    long = "Das Roggenbrot ist das beste nördlich der Elbe. " * 6
    words = SafeString(f'<p>{long}</p><p><a href="https://x.example">x.example</a></p>')
    media = [{"kind": "image", "description": "A loaf.", "url": "https://x.example/1"}]
    people = ("Jonas Lindqvist", "Mara Okonkwo", "Bürgerverein Hafenrand", "김민준")
    turns = ("ours", "theirs", "done", "ours")
    rows = [
        {"url": f"#{name}", "name": name, "words": long, "what": "asks", "turn": turn,
         "since": now - timedelta(days=2), "where": "Mastodon", "acts": turn == "ours"}
        for name, turn in zip(people, turns, strict=True)
    ]  # fmt: skip
    rows[2]["warning"] = "Quarrel"
    posts = [
        {"name": "Jonas Lindqvist", "handle": "@jonas@bike.example", "moment": now, "html": words,
         "media": media, "url": "https://bike.example/1", "person_url": "#p", "language": "de"},
        {"name": "Ines", "is_ours": True, "capacity": "for the bakery", "moment": now,
         "html": words, "state": "sent"},
        {"name": "Mara Okonkwo", "moment": now, "html": words, "warning": "Food", "is_here": True,
         "audience": "direct", "edited_at": now},
        {"name": "Ines", "is_ours": True, "moment": now, "html": words, "state": "refused",
         "reason": "text is too long"},
    ]  # fmt: skip
    return {
        "rows": rows,
        "posts": posts,
        "media": media,
        "form": Reply(),
        "wrong_form": Connect({}, auto_id="connect_%s"),
        "names": ["@jonas@bike.example"],
        "segments": [{"label": "Waiting", "url": "#w", "current": True, "count": 3}],
        "handles": [{"handle": "@jonas@bike.example", "url": "https://bike.example"}],
        "lines": ["We met in May."],
        "facts": [{"label": "Recommended us", "value": "four times", "url": "#f"}],
        "early": now,
        "late": now - timedelta(days=20),
        "tints": list("abcdefghijklmnop"),
    }
