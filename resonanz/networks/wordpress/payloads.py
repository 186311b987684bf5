"""What the REST API sends, as far as we read it.

Only `translate.py` and its neighbours in this folder know these. What a role may not see, and
what older versions leave out, has a default. Source: developer.wordpress.org/rest-api/reference
(read 2026-11-22), and WordPress 6.1 itself.
"""

from typing import Annotated

import msgspec

from resonanz.switchboard.shapes import Shape

Number = Annotated[int, msgspec.Meta(ge=1)]
NumberOrNone = Annotated[int, msgspec.Meta(ge=0)] | None


class Payload(Shape):
    """Base: unknown keys are ignored."""


class Rendered(Payload):
    """A text as it is shown, and as it was typed where the user may change it (else None)."""

    rendered: str | None = ""
    raw: str | None = None
    protected: bool | None = False


class IndexPayload(Payload):
    """The root of the API: what the site says about itself. PHP sends an empty map as a list."""

    namespaces: list[str]
    name: str | None = ""
    url: str | None = ""
    home: str | None = ""
    authentication: object = None


class AuthorizationEndpoint(Payload):
    """Where a person allows a program to work in her name."""

    authorization: str = ""


class ApplicationPasswords(Payload):
    """`authentication.application-passwords` of the root."""

    endpoints: AuthorizationEndpoint = AuthorizationEndpoint()


class Authentication(Payload):
    """`authentication` of the root; without application passwords it is empty."""

    application_passwords: ApplicationPasswords | None = msgspec.field(
        default=None, name="application-passwords"
    )


class UserPayload(Payload):
    """A user; `capabilities` only of ourselves."""

    id: Number
    name: str | None = ""
    slug: str | None = ""
    link: str | None = ""
    description: str | None = ""
    avatar_urls: object = None
    capabilities: object = None


class LinkPayload(Payload):
    """One of `_links`."""

    href: str = ""


class LinksPayload(Payload):
    """`_links` of a comment: `up` is what it stands below."""

    up: tuple[LinkPayload, ...] = ()


class CommentPayload(Payload):
    """A comment or a ping."""

    id: Number
    post: NumberOrNone = 0
    parent: NumberOrNone = 0
    author: NumberOrNone = 0
    author_name: str | None = ""
    author_email: str | None = ""
    author_url: str | None = ""
    author_avatar_urls: object = None
    date_gmt: str | None = ""
    content: Rendered | None = None
    link: str | None = ""
    status: str | None = "approved"
    type: str | None = "comment"
    links: object = msgspec.field(default=None, name="_links")


class StandingPayload(Payload):
    """How a comment stands, and what WordPress would write anew when that is changed."""

    id: Number
    status: str | None = "approved"
    author_ip: str | None = ""
    author_user_agent: str | None = ""


class ArticlePayload(Payload):
    """A post of the blog, or a page of it."""

    id: Number
    date_gmt: str | None = ""
    modified_gmt: str | None = ""
    link: str | None = ""
    guid: Rendered | None = None
    status: str | None = "publish"
    author: NumberOrNone = 0
    title: Rendered | None = None
    content: Rendered | None = None
    comment_status: str | None = "open"


class MediaPayload(Payload):
    """A file of the media library. The number of pixels stands in `media_details`."""

    id: Number
    source_url: str | None = ""
    alt_text: str | None = ""


class ErrorPayload(Payload):
    """What every refusal of the API looks like."""

    code: str | int | None = ""
    message: str | None = ""


class DonePayload(Payload):
    """What answers a deletion: some object, which nobody looks into.

    It is read all the same: a page of a hotel's network in its place means that nothing was done.
    """
