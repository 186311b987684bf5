"""The shape of a word that is explained."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Word:
    """A word of the networks or of this house. `slug` is its anchor on the page of words.

    `text` explains it in two or three plain sentences, to somebody who hears it for the first
    time and is no fool.
    """

    slug: str
    name: str | Promise
    text: str | Promise
