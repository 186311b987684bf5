"""What servers of the Mastodon API send, as far as we read it.

Only `translate.py` and its neighbours in this folder know these. Everything that some server
leaves out has a default. Source: docs.joinmastodon.org/entities (read 2026-10), with what
snac2 2.75, GoToSocial and mastodon-mock 0.6.1 were seen to leave out or to send as null.
"""

import msgspec

from resonanz.switchboard.shapes import Shape


class Payload(Shape):
    """Base: unknown keys are ignored."""


class AccountPayload(Payload):
    """Account, also the credential account. `acct` has no host for people of the same server.

    `moved` is the account to which this one has gone. `indexable` is missing before Mastodon 4.2.
    """

    id: str
    acct: str
    display_name: str | None = ""
    url: str | None = ""
    uri: str | None = ""
    avatar: str | None = ""
    note: str | None = ""
    bot: bool | None = False
    locked: bool | None = False
    noindex: bool | None = False
    indexable: bool | None = None
    moved: object = None
    created_at: str | None = None


class MentionPayload(Payload):
    """Status::Mention."""

    acct: str
    id: str = ""
    url: str | None = ""


class TagPayload(Payload):
    """Status::Tag; the name comes without its sign."""

    name: str
    url: str | None = ""


class MediaSize(Payload):
    """`meta.original` of a picture, in pixels."""

    width: int | None = 0
    height: int | None = 0


class MediaMeta(Payload):
    """`meta` of a media attachment."""

    original: MediaSize | None = None


class MediaPayload(Payload):
    """MediaAttachment. `url` is null while the server has not fetched it."""

    type: str | None = "unknown"
    url: str | None = ""
    remote_url: str | None = ""
    preview_url: str | None = ""
    description: str | None = ""
    meta: object = None


class UploadedPayload(Payload):
    """MediaAttachment, as it answers an upload."""

    id: str


class OptionPayload(Payload):
    """Poll::Option. `votes_count` is null while the results are not shown."""

    title: str
    votes_count: int | None = None


class PollPayload(Payload):
    """Poll."""

    options: list[OptionPayload]
    expires_at: str | None = None
    expired: bool | None = False
    multiple: bool | None = False
    votes_count: int | None = 0


class CardPayload(Payload):
    """PreviewCard."""

    url: str
    title: str | None = ""
    description: str | None = ""
    image: str | None = ""
    provider_name: str | None = ""


class QuotePayload(Payload):
    """Quote (Mastodon 4.4 and newer); older forks send the quoted post itself."""

    state: str | None = ""
    uri: str | None = ""
    quoted_status: object = None


class StatusPayload(Payload):
    """Status. `text` is what was typed, where the server tells it to the author."""

    id: str
    account: AccountPayload
    created_at: str
    uri: str | None = ""
    url: str | None = ""
    content: str | None = ""
    visibility: str | None = "public"
    spoiler_text: str | None = ""
    language: str | None = ""
    text: str | None = ""
    in_reply_to_id: str | None = None
    replies_count: int | None = 0
    edited_at: str | None = None
    favourited: bool | None = False
    reblogged: bool | None = False
    mentions: list[MentionPayload] | None = None
    tags: list[TagPayload] | None = None
    media_attachments: list[MediaPayload] | None = None
    reblog: "StatusPayload | None" = None
    quote: object = None
    poll: object = None
    card: object = None


class NotificationPayload(Payload):
    """Notification."""

    id: str
    type: str
    created_at: str
    account: AccountPayload
    status: StatusPayload | None = None


class ContextPayload(Payload):
    """Context. The lists are read one by one, so that one broken post hides no other."""

    ancestors: list[msgspec.Raw]
    descendants: list[msgspec.Raw]


class DonePayload(Payload):
    """What answers a boost, a favourite or a follow: some object, which nobody looks into.

    It is read all the same: a page of a hotel's network in its place means that nothing was done.
    """


class SearchPayload(Payload):
    """Search, statuses only."""

    statuses: list[msgspec.Raw] | None = None


class SourcePayload(Payload):
    """StatusSource: what was typed."""

    text: str | None = ""


class StatusLimits(Payload):
    """`configuration.statuses` of an instance."""

    max_characters: int | None = 0
    characters_reserved_per_url: int | None = 0
    max_media_attachments: int | None = 0


class MediaLimits(Payload):
    """`configuration.media_attachments` of an instance. `description_limit` since Mastodon 4.4."""

    supported_mime_types: tuple[str, ...] | None = ()
    image_size_limit: int | None = 0
    description_limit: int | None = 0


class InstanceUrls(Payload):
    """`configuration.urls` of version 2, `urls` of version 1."""

    streaming: str | None = ""
    streaming_api: str | None = ""


class InstanceConfiguration(Payload):
    """`configuration` of an instance."""

    statuses: StatusLimits = StatusLimits()
    media_attachments: MediaLimits = MediaLimits()
    urls: InstanceUrls = InstanceUrls()


class InstancePayload(Payload):
    """Instance, of version 2 or 1. `uri` and `domain` name the host in people's handles."""

    version: str
    title: str | None = ""
    uri: str | None = ""
    domain: str | None = ""
    account_domain: str | None = ""
    source_url: str | None = ""
    languages: list[str] | None = None
    max_toot_chars: int | None = 0
    configuration: InstanceConfiguration = InstanceConfiguration()
    urls: InstanceUrls = InstanceUrls()


class AppPayload(Payload):
    """The answer to registering an application."""

    client_id: str
    client_secret: str


class TokenPayload(Payload):
    """The answer to a code. `scope` is what was granted, with blanks between."""

    access_token: str
    scope: str | None = ""


class MetadataPayload(Payload):
    """OAuth server metadata (RFC 8414), as far as we read it."""

    authorization_endpoint: str = ""
    token_endpoint: str = ""
    revocation_endpoint: str = ""
    code_challenge_methods_supported: tuple[str, ...] = ()
    scopes_supported: tuple[str, ...] = ()
