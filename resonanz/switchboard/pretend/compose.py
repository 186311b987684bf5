"""A text of ours as it will stand in the town, counted. Pure."""

from resonanz.switchboard import pictures
from resonanz.switchboard.pretend.limits import (
    ARTICLE_LIMIT_CHARACTERS,
    DESCRIPTION_LIMIT_CHARACTERS,
    PICTURE_BYTES,
    PICTURE_TYPES,
    PICTURES_A_POST,
    TEXT_LIMIT_CHARACTERS,
    TITLE_LIMIT_CHARACTERS,
    UNIT,
)
from resonanz.switchboard.pretend.people import TOWN
from resonanz.switchboard.shapes import Composed, Facts, Outgoing
from resonanz.switchboard.wording import N_

FACTS = Facts(
    software="pretend",
    version="1",
    text_limit=TEXT_LIMIT_CHARACTERS,
    title=TOWN,
    picture_limit=PICTURES_A_POST,
    picture_bytes=PICTURE_BYTES,
    picture_types=PICTURE_TYPES,
    description_limit=DESCRIPTION_LIMIT_CHARACTERS,
)
SENTENCES = {
    "empty": N_("There is nothing to say yet: the text is empty."),
    "too_long": N_("The text is longer than the pretend town allows."),
    "title_too_long": N_("The title is longer than our page in the pretend town allows."),
    "wider_than_answered": N_("The answer would be seen by more people than what it answers."),
    **pictures.SENTENCES,
}


def compose(outgoing: Outgoing) -> Composed:
    """The text with the names of those answered in front, counted in characters.

    An article names nobody in front, and there is more room for it.
    """
    answering, is_article = outgoing.answering, bool(outgoing.title)
    text = outgoing.text.strip()
    names = answering.names if answering and not is_article else ()
    added = tuple(name for name in names if name.handle not in text)
    problems = [] if text or outgoing.pictures else ["empty"]
    text = " ".join([*(name.handle for name in added), text]).strip()
    limit = ARTICLE_LIMIT_CHARACTERS if is_article else TEXT_LIMIT_CHARACTERS
    if len(text) > limit:
        problems.append("too_long")
    if len(outgoing.title) > TITLE_LIMIT_CHARACTERS:
        problems.append("title_too_long")
    if answering and outgoing.audience.is_wider_than(answering.audience):
        problems.append("wider_than_answered")
    return Composed(
        text=text,
        length=len(text),
        limit=limit,
        unit=UNIT,
        names_added=added,
        problems=(*problems, *pictures.problems_of(outgoing.pictures, FACTS)),
    )
