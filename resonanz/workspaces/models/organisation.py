"""Tables: Workspace, OwnDomain, Fact, HiddenWord."""

from functools import cached_property

from django.db import models
from django.utils import timezone

from resonanz.understanding.hiding import Hider


class Workspace(models.Model):
    """One organisation. `time_zone` is an IANA name; `language` one of the LANGUAGES setting.

    `principles` are its own words on how it wants to speak, plain text, shown where one answers.
    What is sent can be taken back for `take_back_seconds`. With `needs_second_person` a text
    goes out only after another member than its author has agreed. With `needs_second_step`
    nobody goes on who has only a password.
    """

    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, default="de")
    time_zone = models.CharField(max_length=64, default="Europe/Berlin")
    principles = models.TextField(blank=True)
    take_back_seconds = models.PositiveSmallIntegerField(default=10)
    needs_second_person = models.BooleanField(default=False)
    needs_second_step = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

    @cached_property
    def hider(self) -> Hider:
        """Finds the words that are to be hidden in a text. Asked once for each object."""
        return Hider(self.hidden_words.values_list("word", flat=True))


class OwnDomain(models.Model):
    """A domain of ours: a link to it is a link to us. Stored as typed hosts, lower case."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="domains")
    host = models.CharField(max_length=253)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "host"], name="own_domain_once")
        ]

    def __str__(self) -> str:
        return self.host


class Fact(models.Model):
    """A piece of plain fact that answers need again and again: opening hours, an address.

    Facts may be put into an answer; greetings, apologies and thanks are written each time by a
    human (`docs/decisions/0011-facts-not-phrases.md`).
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="facts")
    title = models.CharField(max_length=80)
    text = models.CharField(max_length=500)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "title"], name="fact_once_per_title")
        ]

    def __str__(self) -> str:
        return self.title


class HiddenWord(models.Model):
    """A word or phrase that hides a text until somebody asks to see it. Kept in lower case."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="hidden_words")
    word = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "word"], name="hidden_word_once")
        ]

    def __str__(self) -> str:
        return self.word
