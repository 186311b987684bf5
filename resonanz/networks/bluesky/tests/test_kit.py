"""Bluesky keeps the contract: what a good server answers, and the kit does the rest."""

from collections.abc import Callable
from typing import Any

import httpx
import msgspec

from resonanz.networks.bluesky.connector import network
from resonanz.networks.bluesky.tests.sky import (
    ACCESS,
    ADA,
    BOB,
    PASSWORD,
    REFRESH,
    US,
    account,
    answering,
    note,
    post,
    profile,
    uri,
)
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Mention
from resonanz.switchboard.testkit import (
    TEXT,
    Answered,
    Case,
    Check,
    Exchange,
    Uploaded,
    Written,
    every_check_of,
)

ASK, DO = "GET /xrpc/", "POST /xrpc/"
GET_RECORD = f"{ASK}com.atproto.repo.getRecord"
PUT_RECORD = f"{DO}com.atproto.repo.putRecord"
DELETE_RECORD = f"{DO}com.atproto.repo.deleteRecord"
GET_POSTS = f"{ASK}app.bsky.feed.getPosts"
GET_PROFILE = f"{ASK}app.bsky.actor.getProfile"
DIRECTORY = "GET https://plc.directory/*"
NOBODY = Answered({"message": "DID not registered"}, status=404)
OUR_POST = {"uri": uri("ours", US), "cid": "cid-ours"}
NO_RECORD = Answered({"error": "RecordNotFound", "message": "No record."}, status=400)
BLOB = {"$type": "blob", "ref": {"$link": "bafkreib"}, "mimeType": "image/png", "size": 67}


def notes(request: httpx.Request) -> Answered:
    """Two pages: a mention and a repost, then a follow."""
    if request.url.params.get("cursor") == "second":
        return Answered({"notifications": [note("97", "follow")]})
    newest = [note("99", "mention"), note("98", "repost", BOB, uri("50", US))]
    return Answered({"notifications": newest, "cursor": "second"})


def posts(request: httpx.Request) -> Answered:
    """The posts that are asked for, whichever."""
    found = [name.split("/") for name in request.url.params.get_list("uris")]
    return Answered({"posts": [post(parts[-1], by=parts[2]) for parts in found]})


def timeline(request: httpx.Request) -> Answered:
    """Two pages of neighbours; the second was passed on by somebody."""
    if request.url.params.get("cursor") == "second":
        reason = {"$type": "app.bsky.feed.defs#reasonRepost", "by": profile(BOB)}
        return Answered({"feed": [{"post": post("60"), "reason": reason}]})
    return Answered({"feed": [{"post": post("89")}, {"post": post("88")}], "cursor": "second"})


def list_of(name: str) -> Callable[[httpx.Request], Answered]:
    """Two parts of a list of accounts."""

    def answer(request: httpx.Request) -> Answered:
        if request.url.params.get("cursor") == "second":
            return Answered({name: [profile(BOB)]})
        return Answered({name: [profile()], "cursor": "second"})

    return answer


def record_of(request: httpx.Request, *, is_said: bool = False) -> Answered:
    """A record: other people's stand there, ours only once they were said."""
    if request.url.params["repo"] != US:
        return Answered({"uri": uri("9"), "cid": "cid-9", "value": post("9")["record"]})
    value = {"$type": "app.bsky.feed.post", "text": TEXT, "createdAt": "2026-03-02T09:00:00Z"}
    return Answered({**OUR_POST, "value": value}) if is_said else NO_RECORD


def speaking(local_id: str = "1") -> Exchange:
    """Posting: before it nothing of ours stands under the key, afterwards the new post does."""
    return Exchange(
        answers={
            PUT_RECORD: Answered(OUR_POST),
            GET_POSTS: posts,
            GET_RECORD: record_of,
            DIRECTORY: NOBODY,
        },
        afterwards={GET_RECORD: lambda request: record_of(request, is_said=True)},
        local_id=local_id,
    )


def switching(local_id: str) -> Exchange:
    """Likes, follows, blocks: records that come and go."""
    return Exchange(
        answers={
            GET_POSTS: posts,
            GET_PROFILE: Answered(profile(viewer={"muted": False})),
            PUT_RECORD: Answered(OUR_POST),
            DELETE_RECORD: Answered({}),
        },
        local_id=local_id,
    )


def written(request: httpx.Request) -> Written:
    """A post as it was sent."""
    record: dict[str, Any] = msgspec.json.decode(request.content)["record"]
    embed = record.get("embed", {})
    images = embed.get("images", ())
    return Written(
        text=record["text"],
        language=record.get("langs", [""])[0],
        answers_local_id=record.get("reply", {}).get("parent", {}).get("uri", ""),
        quotes_local_id=embed.get("record", {}).get("uri", ""),
        picture_ids=tuple(map(_picture_id, images)),
        descriptions=tuple(image["alt"] for image in images),
    )


def _picture_id(image: dict[str, Any]) -> str:
    blob = image["image"]
    return f"{blob['ref']['$link']} {blob['mimeType']} {blob['size']}"


def uploaded(request: httpx.Request) -> Uploaded | None:
    if not request.url.path.endswith("uploadBlob"):
        return None
    return Uploaded(content=request.content, description="")


def repeat_key(request: httpx.Request) -> str:
    """The record key: a server writes under it once."""
    if not request.url.path.endswith("putRecord"):
        return ""
    return str(msgspec.json.decode(request.content)["rkey"])


THREAD = {
    "post": post("9", record=answering(uri("8"))),
    "parent": {"post": post("8", replyCount=1)},
    "replies": [{"post": post("10", by=BOB, record=answering(uri("9")))}],
}

CASE = Case(
    network=network,
    account=account(),
    can=frozenset(Can)
    - {
        *(Can.STREAM, Can.ANSWER_DIRECT, Can.EDIT, Can.ORIGIN),
        *(Can.ARTICLE, Can.MODERATE, Can.LINKBACKS),
    },
    secrets=(PASSWORD, ACCESS, REFRESH),
    answered=Mention(uid=ADA, handle="@ada.example"),
    names_the_answered=False,
    keeps_warnings=False,
    written=written,
    uploaded=uploaded,
    repeat_key=repeat_key,
    verify=Exchange(
        answers={
            f"{ASK}com.atproto.server.getSession": Answered(
                {"did": US, "handle": "backstube.example"}
            ),
            GET_PROFILE: Answered(profile(US)),
        }
    ),
    exchanges={
        Can.NOTIFICATIONS: Exchange(
            answers={
                f"{ASK}app.bsky.notification.listNotifications": notes,
                GET_POSTS: posts,
            },
            at_least=3,
            cursor='{"seen":["at://did:plc:ada/app.bsky.graph.follow/97 follow"]}',
        ),
        Can.REPLIES: Exchange(
            answers={
                f"{ASK}app.bsky.feed.getAuthorFeed": Answered(
                    {"feed": [{"post": post("50", by=US, replyCount=1)}]}
                ),
                f"{ASK}app.bsky.feed.getPostThread": Answered(
                    {
                        "thread": {
                            "post": post("50", by=US, replyCount=1),
                            "replies": [{"post": post("51", record=answering(uri("50", US)))}],
                        }
                    }
                ),
            },
        ),
        Can.HOME: Exchange(
            answers={f"{ASK}app.bsky.feed.getTimeline": timeline},
            at_least=3,
            cursor='{"seen":["at://did:plc:ada/app.bsky.feed.post/86"]}',
        ),
        Can.THREAD: Exchange(
            answers={f"{ASK}app.bsky.feed.getPostThread": Answered({"thread": THREAD})},
            local_id=uri("9"),
            at_least=3,
        ),
        Can.PUBLISH: speaking(),
        Can.ANSWER: speaking(uri("9")),
        Can.QUOTE: speaking(uri("9")),
        Can.BOOST: switching(uri("9")),
        Can.FAVOURITE: switching(uri("9")),
        Can.FOLLOW: switching(ADA),
        Can.MUTE: Exchange(
            answers={
                f"{DO}app.bsky.graph.muteActor": Answered({}),
                f"{DO}app.bsky.graph.unmuteActor": Answered({}),
            },
            local_id=ADA,
        ),
        Can.BLOCK: switching(ADA),
        Can.MEDIA: Exchange(
            answers={
                **speaking().answers,
                f"{DO}com.atproto.repo.uploadBlob": Answered({"blob": BLOB}),
            }
        ),
        Can.DELETE: Exchange(answers={DELETE_RECORD: Answered({})}, local_id=uri("50", US)),
        Can.REPORT: Exchange(
            answers={
                GET_POSTS: posts,
                GET_RECORD: record_of,
                f"{DO}com.atproto.moderation.createReport": Answered({"id": 1}),
            },
            local_id=ADA,
            address=uri("9"),
        ),
        Can.FOLLOWERS: Exchange(
            answers={f"{ASK}app.bsky.graph.getFollowers": list_of("followers")}, at_least=2
        ),
        Can.FOLLOWED: Exchange(
            answers={f"{ASK}app.bsky.graph.getFollows": list_of("follows")}, at_least=2
        ),
    },
)


@every_check_of(CASE)
def test_bluesky_keeps_the_contract(check: Check) -> None:
    check()
