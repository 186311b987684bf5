"""Makes names from outside fit into their columns, before anybody looks them up.

Nothing limits the length of an address or an entry's id on the networks; SQLite would keep any,
PostgreSQL refuses what is longer than its column, and one such post would stop its whole page
for ever. A name that is too long is cut and told apart by a digest, the same way every time.
Zeros, which PostgreSQL takes in no text, are left out.
"""

import re
from hashlib import sha256
from typing import TypeVar

import msgspec

from resonanz.switchboard.shapes import Circle, Mention, Page, Profile, Reaction, Said, Shape

Told = TypeVar("Told", bound=Shape)

UID_CHARACTERS = 500
LOCAL_ID_CHARACTERS = 200
_DIGEST_CHARACTERS = 64
# As JSON writes it; behind an odd number of backslashes it would be a backslash and five letters.
_ZERO = re.compile(rb"(?<!\\)((?:\\\\)*+)\\u0000")


def fitting(uid: str) -> str:
    """The uid itself, or its beginning with a digest of the whole, 500 characters long."""
    if len(uid) <= UID_CHARACTERS:
        return uid
    digest = sha256(uid.encode()).hexdigest()
    return f"{uid[: UID_CHARACTERS - _DIGEST_CHARACTERS - 1]}#{digest}"


def fitting_page(page: Page) -> Page:
    """The page with every name fitting, and without zeros."""
    page = _without_zeros(page)
    return msgspec.structs.replace(
        page,
        posts=tuple(_said(said) for said in page.posts),
        reactions=tuple(_reaction(reaction) for reaction in page.reactions),
        gone=tuple(fitting(uid) for uid in page.gone),
    )


def fitting_circle(circle: Circle) -> Circle:
    """A part of a list of accounts, with every name fitting and without zeros."""
    circle = _without_zeros(circle)
    return msgspec.structs.replace(
        circle, profiles=tuple(_profile(profile) for profile in circle.profiles)
    )


def _without_zeros(shape: Told) -> Told:
    told = msgspec.json.encode(shape)
    if not _ZERO.search(told):
        return shape
    return msgspec.json.decode(_ZERO.sub(rb"\1", told), type=type(shape))


def _said(said: Said) -> Said:
    return msgspec.structs.replace(
        said,
        uid=fitting(said.uid),
        local_id=_local(said.local_id),
        answers_uid=fitting(said.answers_uid),
        answers_local_id=_local(said.answers_local_id),
        quotes_uid=fitting(said.quotes_uid),
        quoted=_said(said.quoted) if said.quoted else None,
        author=_profile(said.author),
        shared_by=_profile(said.shared_by) if said.shared_by else None,
        mentions=tuple(_mention(mention) for mention in said.mentions),
    )


def _reaction(reaction: Reaction) -> Reaction:
    return msgspec.structs.replace(
        reaction,
        uid=fitting(reaction.uid),
        by=_profile(reaction.by),
        post=_said(reaction.post) if reaction.post else None,
    )


def _profile(profile: Profile) -> Profile:
    return msgspec.structs.replace(
        profile,
        uid=fitting(profile.uid),
        local_id=_local(profile.local_id),
        moved_to=_mention(profile.moved_to) if profile.moved_to else None,
    )


def _mention(mention: Mention) -> Mention:
    return msgspec.structs.replace(mention, uid=fitting(mention.uid))


def _local(local_id: str) -> str:
    """A server's own id cannot be cut: without it the post is kept, but cannot be answered."""
    return local_id if len(local_id) <= LOCAL_ID_CHARACTERS else ""
