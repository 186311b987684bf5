"""Content warnings in the reader's language, where a network gave them in words of ours."""

from functools import cache

from django.conf import settings
from django.utils.translation import gettext, override

from resonanz.plumbing.label_words import LABEL_WORDS, OF_MODERATORS

BETWEEN = ", "
# As many as each of our tables has room for.
LONGEST_CHARACTERS = 300


def warning_words(warning: str) -> str:
    """The warning of a post, with those of its parts translated that are words of ours.

    Labels come as message ids (“Nudity, Graphic pictures”); what an author wrote stays as it is.
    """
    return BETWEEN.join(_shown(part) for part in warning.split(BETWEEN))


def _shown(part: str) -> str:
    return gettext(part) if part in LABEL_WORDS else part


def warning_of_an_answer(warning: str) -> str:
    """The warning that the answer to a post begins with, in the writer's language.

    What moderators have decided about the post is not carried on: it is not ours to say.
    """
    parts = warning.split(BETWEEN)
    carried_on = (_shown(part) for part in parts if part not in OF_MODERATORS)
    return BETWEEN.join(carried_on)[:LONGEST_CHARACTERS]


def first_words_of(warning: str) -> str:
    """A warning as it is kept as the first words of a talk.

    Those that are ours, if any are, so that `opening_words` knows them; or else all of it.
    """
    ours = [part for part in warning.split(BETWEEN) if part in LABEL_WORDS]
    return BETWEEN.join(ours) or warning


def opening_words(opening: str) -> str:
    """The first words of a talk, in the reader's language where all of them are words of labels."""
    is_ours = LABEL_WORDS.issuperset(opening.split(BETWEEN))
    return warning_words(opening) if is_ours else opening


def labels_in(warning: str) -> tuple[str, ...]:
    """A warning that says in some language of ours what labels say, as their message ids.

    Empty where any of its parts says something else.
    """
    parts = [part.strip() for part in warning.split(",") if part.strip()]
    known = _message_ids()
    return tuple(known[part] for part in parts) if known.keys() >= set(parts) else ()


@cache
def _message_ids() -> dict[str, str]:
    """Each word of a label in each of our languages, and its message id."""
    found = {word: word for word in LABEL_WORDS}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {gettext(word): word for word in LABEL_WORDS}
    return found
