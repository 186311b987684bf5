"""What stops pictures of ours from going out, by what a server said about itself. Pure."""

from resonanz.switchboard.shapes import Attachment, Facts
from resonanz.switchboard.wording import N_

SENTENCES = {
    "too_many_pictures": N_("These are more pictures than one post may hold here."),
    "picture_too_large": N_("One of the pictures is a larger file than this server takes."),
    "picture_type_not_offered": N_(
        "One of the pictures is of a kind that this server does not take."
    ),
    "description_too_long": N_(
        "The description of one of the pictures is too long for this server."
    ),
}
NOT_THERE = N_("The file of a picture is not there any more. Please add the picture again.")


def problems_of(pictures: tuple[Attachment, ...], facts: Facts) -> tuple[str, ...]:
    """Codes as in `Composed.problems`. What the server never named stops nothing."""
    found = {
        "too_many_pictures": 0 < facts.picture_limit < len(pictures),
        "picture_too_large": facts.picture_bytes
        and any(picture.size > facts.picture_bytes for picture in pictures),
        "picture_type_not_offered": facts.picture_types
        and any(picture.content_type not in facts.picture_types for picture in pictures),
        "description_too_long": facts.description_limit
        and any(len(picture.description) > facts.description_limit for picture in pictures),
    }
    return tuple(code for code, is_there in found.items() if is_there)
