"""What pages of noted talks show: places as chips, and where a post stands in its talk."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.urls import reverse
from django.utils.functional import Promise

from resonanz.conversations.models import Post
from resonanz.people.by_hand import ELSEWHERE, PLACES


@dataclass(frozen=True)
class Chip:
    """A place to tap."""

    value: str
    label: str | Promise
    icon: str
    is_chosen: bool
    is_elsewhere: bool


def chips(form: forms.Form) -> list[Chip]:
    """The places of a form, the one that is chosen marked; none where it asks for no place."""
    return list(_chips(str(form["place"].value() or ""))) if "place" in form.fields else []


def _chips(chosen: str) -> Iterator[Chip]:
    for place in PLACES:
        yield Chip(
            value=place.code,
            label=place.name,
            icon=place.icon,
            is_chosen=place.code == chosen,
            is_elsewhere=place.code == ELSEWHERE,
        )


def thread_of(post: Post) -> str:
    """Where a post stands in its talk."""
    thread = reverse("conversations-thread", args=[post.conversation_id])
    return f"{thread}?post={post.pk}#post-{post.pk}"
