"""A text of ours as it will stand at the blog, counted, with what stops it. Pure."""

from collections.abc import Iterator

from resonanz.networks.wordpress.limits import (
    ARTICLE_LIMIT_CHARACTERS,
    COMMENT_LIMIT_CHARACTERS,
    TITLE_LIMIT_CHARACTERS,
)
from resonanz.networks.wordpress.markup import is_article, whole_text
from resonanz.switchboard.pictures import SENTENCES as PICTURE_SENTENCES
from resonanz.switchboard.pictures import problems_of
from resonanz.switchboard.shapes import Account, Audience, Composed, Outgoing
from resonanz.switchboard.wording import N_

SENTENCES = {
    "empty": N_("There is nothing to send yet: the text is empty."),
    "too_long": N_("The text is longer than this blog takes."),
    "title_too_long": N_("The title is longer than Resonanz can keep."),
    "wider_than_answered": N_(
        "The answer would be seen by more people than what it answers, so it was not sent."
    ),
    "audience_not_offered": N_("A blog is read by everybody: it knows no narrower audience."),
    **PICTURE_SENTENCES,
}


def compose(outgoing: Outgoing, account: Account) -> Composed:
    """The text with the warning and what it answers in front; nobody has to be named."""
    text = whole_text(outgoing)
    limit = ARTICLE_LIMIT_CHARACTERS if is_article(outgoing) else COMMENT_LIMIT_CHARACTERS
    return Composed(
        text=text,
        length=len(text),
        limit=limit,
        problems=tuple(problems(outgoing, account, too_long=len(text) > limit)),
    )


def problems(outgoing: Outgoing, account: Account, *, too_long: bool) -> Iterator[str]:
    """Codes of what stops it from being sent. A comment holds no pictures."""
    if not outgoing.text.strip() and not outgoing.pictures:
        yield "empty"
    if too_long:
        yield "too_long"
    if len(outgoing.title.strip()) > TITLE_LIMIT_CHARACTERS:
        yield "title_too_long"
    answered = outgoing.answering
    if answered and outgoing.audience.is_wider_than(answered.audience):
        yield "wider_than_answered"
    if outgoing.audience is not Audience.PUBLIC:
        yield "audience_not_offered"
    if outgoing.pictures and not is_article(outgoing):
        yield "too_many_pictures"
        return
    yield from problems_of(outgoing.pictures, account.facts)
