"""What servers of this network send, as far as we read it.

Only `translate.py` and its neighbours in this folder know these. Source: the lexicons in
github.com/bluesky-social/atproto (read 2026-11-22). What the lexicon requires and some answer
was seen without has a default; unions are kept as they came and are read where they are used.
"""

import msgspec

from resonanz.switchboard.shapes import Shape


class Payload(Shape, rename="camel"):
    """Base: unknown keys are ignored."""


class Typed(Payload):
    """One of several forms, told apart by its `$type`."""

    kind: str = msgspec.field(name="$type", default="")


class LabelPayload(Payload):
    """com.atproto.label.defs#label and #selfLabel. `uri` is a record, or an account by its DID."""

    val: str = ""
    src: str = ""
    uri: str = ""
    neg: bool | None = False


class SelfLabels(Payload):
    """com.atproto.label.defs#selfLabels."""

    values: list[LabelPayload] | None = None


class Relation(Payload):
    """app.bsky.actor.defs#viewerState: how we stand to an account. Records of ours are named."""

    blocked_by: bool | None = False
    blocking: str | None = ""
    following: str | None = ""
    followed_by: str | None = ""
    muted: bool | None = False


class ProfilePayload(Payload):
    """app.bsky.actor.defs#profileViewBasic, #profileView and #profileViewDetailed."""

    did: str
    handle: str = ""
    display_name: str | None = ""
    description: str | None = ""
    avatar: str | None = ""
    created_at: str | None = ""
    labels: list[LabelPayload] | None = None
    viewer: Relation | None = None


class ByteSlice(Payload):
    """app.bsky.richtext.facet#byteSlice: bytes of the UTF-8 text."""

    byte_start: int
    byte_end: int


class FeaturePayload(Typed):
    """app.bsky.richtext.facet#mention, #link or #tag."""

    did: str = ""
    uri: str = ""
    tag: str = ""


class FacetPayload(Payload):
    """app.bsky.richtext.facet."""

    index: ByteSlice
    features: list[FeaturePayload] | None = None


class Ref(Payload):
    """com.atproto.repo.strongRef: a record in one very version."""

    uri: str
    cid: str = ""


class ReplyRefs(Payload):
    """app.bsky.feed.post#replyRef."""

    parent: Ref
    root: Ref | None = None


class PostRecord(Typed):
    """app.bsky.feed.post. The last line is what the bridge from the fediverse writes."""

    text: str = ""
    created_at: str | None = ""
    facets: list[object] | None = None
    reply: ReplyRefs | None = None
    embed: object = None
    langs: list[str] | None = None
    labels: object = None
    tags: list[str] | None = None
    bridgy_original_url: str | None = ""


class Stand(Payload):
    """app.bsky.feed.defs#viewerState: how we stand to a post. Records of ours are named."""

    like: str | None = ""
    repost: str | None = ""
    reply_disabled: bool | None = False
    embedding_disabled: bool | None = False


class PostPayload(Payload):
    """app.bsky.feed.defs#postView."""

    uri: str
    author: ProfilePayload
    record: object
    cid: str = ""
    embed: object = None
    indexed_at: str | None = ""
    reply_count: int | None = 0
    labels: list[LabelPayload] | None = None
    viewer: Stand | None = None


class PostsPayload(Payload):
    """app.bsky.feed.getPosts."""

    posts: list[msgspec.Raw]


class ReasonPayload(Typed):
    """app.bsky.feed.defs#reasonRepost or #reasonPin."""

    by: ProfilePayload | None = None
    uri: str | None = ""


class EntryPayload(Payload):
    """app.bsky.feed.defs#feedViewPost."""

    post: PostPayload
    reason: ReasonPayload | None = None


class FeedPayload(Payload):
    """app.bsky.feed.getTimeline and getAuthorFeed."""

    feed: list[msgspec.Raw]
    cursor: str | None = ""


class NotePayload(Payload):
    """app.bsky.notification.listNotifications#notification."""

    uri: str
    author: ProfilePayload
    reason: str
    reason_subject: str | None = ""
    indexed_at: str | None = ""
    record: object = None


class NotesPayload(Payload):
    """app.bsky.notification.listNotifications."""

    notifications: list[msgspec.Raw]
    cursor: str | None = ""


class ThreadPayload(Payload):
    """app.bsky.feed.defs#threadViewPost, #notFoundPost or #blockedPost."""

    post: PostPayload | None = None
    parent: object = None
    replies: list[object] | None = None
    blocked: bool | None = False
    not_found: bool | None = False


class ThreadAnswer(Payload):
    """app.bsky.feed.getPostThread."""

    thread: ThreadPayload


class CirclePayload(Payload):
    """app.bsky.graph.getFollowers and getFollows; one of the lists is there."""

    followers: list[msgspec.Raw] | None = None
    follows: list[msgspec.Raw] | None = None
    cursor: str | None = ""


class RecordPayload(Payload):
    """com.atproto.repo.getRecord."""

    uri: str
    cid: str = ""
    value: object = None


class WrittenPayload(Payload):
    """com.atproto.repo.putRecord: what stands there now."""

    uri: str
    cid: str


class DonePayload(Payload):
    """An answer of which we need nothing."""


class BlobRef(Payload):
    """A link to content by its digest."""

    link: str = msgspec.field(name="$link")


class Blob(Typed, kw_only=True):
    """A file at a server."""

    ref: BlobRef
    mime_type: str
    size: int


class UploadedPayload(Payload):
    """com.atproto.repo.uploadBlob."""

    blob: Blob


class ServicePayload(Payload):
    """A service in a DID document (https://www.w3.org/TR/did-core/#services)."""

    id: str = ""
    service_endpoint: object = None


class DidDocument(Payload):
    """A DID document, as far as it tells where an account is at home."""

    id: str
    service: list[ServicePayload] | None = None


class SessionPayload(Payload):
    """com.atproto.server.createSession and refreshSession."""

    did: str
    handle: str
    access_jwt: str
    refresh_jwt: str
    did_doc: object = None


class WhoPayload(Payload):
    """com.atproto.server.getSession."""

    did: str
    handle: str


class ResolvedPayload(Payload):
    """com.atproto.identity.resolveHandle."""

    did: str


class ToldPayload(Payload):
    """What an answer says went wrong (https://atproto.com/specs/xrpc#error-responses)."""

    error: str = ""
    message: str = ""
