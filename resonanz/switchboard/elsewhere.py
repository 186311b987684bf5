"""What another server than ours shows. Pure."""

import msgspec

from resonanz.switchboard.shapes import Said


def without_local_names(post: Said) -> Said:
    """A post as another server shows it, without its own names for things.

    On our server the same names mean something else, or nothing.
    """
    return msgspec.structs.replace(
        post,
        local_id="",
        answers_local_id="",
        author=msgspec.structs.replace(post.author, local_id=""),
        shared_by=post.shared_by and msgspec.structs.replace(post.shared_by, local_id=""),
        quoted=post.quoted and without_local_names(post.quoted),
    )
