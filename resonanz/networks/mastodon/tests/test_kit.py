"""The Mastodon API keeps the contract: what a good server answers, and the kit does the rest."""

from email import message_from_bytes, policy
from typing import Any
from urllib.parse import parse_qs

import httpx
import msgspec

from resonanz.networks.mastodon.connector import network
from resonanz.networks.mastodon.sign_in import Credentials
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Account, Audience, Facts, Mention, Profile, Secret
from resonanz.switchboard.testkit import (
    TEXT,
    Answered,
    Case,
    Check,
    Exchange,
    Meaning,
    Uploaded,
    Written,
    every_check_of,
)
from resonanz.switchboard.trouble import SignInAgain

TOKEN, CLIENT_SECRET = "kit-t0ken-4711", "kit-cl1ent-0815"
SERVER = "https://town.example"
NAMES_OF_PARTS = ("file", "description")
ELSEWHERE = "https://elsewhere.example"
ADA = Mention(uid="ada@elsewhere.example", handle="@ada@elsewhere.example")
AUDIENCES = {
    "public": Audience.PUBLIC,
    "unlisted": Audience.UNLISTED,
    "private": Audience.FOLLOWERS,
    "direct": Audience.DIRECT,
}
OLD_SERVERS = "A server from before 2020 does not know the newer place: the older one is asked."
# A dead token is 403 or an empty 422 on some servers; see `troubles.py`.
WHO_AM_I_NEEDS_ONLY_A_TOKEN = "Asking who we are needs a token and nothing else."

ACCOUNT = Account(
    address=SERVER,
    profile=Profile(
        uid="backstube@town.example",
        handle="@backstube@town.example",
        local_id="1",
        url=f"{SERVER}/@backstube",
    ),
    credentials=Credentials(
        token=Secret(value=TOKEN), client_id="kit", client_secret=Secret(value=CLIENT_SECRET)
    ).sealed(),
    facts=Facts(
        software="Mastodon",
        version="4.5.0",
        text_limit=500,
        link_cost=23,
        streaming_url=SERVER,
        picture_limit=4,
        picture_bytes=16_000_000,
        picture_types=("image/jpeg", "image/png"),
        description_limit=1500,
    ),
)


def account(name: str = "ada", host: str = "elsewhere.example") -> dict[str, Any]:
    return {
        "id": f"7{len(name)}",
        "acct": f"{name}@{host}",
        "display_name": name.title(),
        "url": f"https://{host}/@{name}",
        "note": "<p>Moin</p>",
        "bot": False,
        "created_at": "2024-01-01T00:00:00.000Z",
    }


US = account("backstube", "town.example") | {"id": "1", "acct": "backstube"}


def status(number: int, content: str = "<p>Moin</p>", **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "account": account(),
        "created_at": f"2026-03-01T10:00:{number % 60:02}.000Z",
        "uri": f"https://elsewhere.example/ada/{number}",
        "url": f"https://elsewhere.example/@ada/{number}",
        "content": content,
        "visibility": "public",
        "spoiler_text": "",
        "language": "de",
        "in_reply_to_id": None,
        "replies_count": 0,
        "mentions": [{"id": "1", "acct": "backstube", "url": f"{SERVER}/@backstube"}],
        "tags": [{"name": "brot"}],
        "media_attachments": [],
        "reblogged": False,
        "favourited": False,
    } | more


def note(number: int, kind: str, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "type": kind,
        "created_at": f"2026-03-01T11:00:{number % 60:02}.000Z",
        "account": account(),
    } | more


def below(path: str, number: int) -> dict[str, str]:
    return {"Link": f'<{SERVER}{path}?max_id={number}>; rel="next"'}


def notifications(request: httpx.Request) -> Answered:
    """Two pages: a mention and a boost, then a follow."""
    if request.url.params.get("max_id") == "98":
        return Answered([note(97, "follow")], headers={"Link": ""})
    boosted = status(50, account=US)
    newest = [
        note(99, "mention", status=status(99)),
        note(98, "reblog", status=boosted),
    ]
    return Answered(newest, headers=below("/api/v1/notifications", 98))


def home(request: httpx.Request) -> Answered:
    """Two pages of neighbours; the second was passed on by somebody."""
    if request.url.params.get("max_id") == "88":
        passed_on = status(87, account=account("bob"), reblog=status(60))
        return Answered([passed_on], headers={"Link": ""})
    return Answered([status(89), status(88)], headers=below("/api/v1/timelines/home", 88))


def ours(number: int = 50, **more: Any) -> dict[str, Any]:
    """A post of ours, as the server shows it after publishing."""
    more = {"created_at": "2026-03-02T09:00:00.000Z"} | more
    shown = {"uri": f"{SERVER}/us/{number}", "url": f"{SERVER}/@backstube/{number}"}
    return status(number, f"<p>{TEXT}</p>", account=US, mentions=[], **shown, **more)


def speaking(answered: str = "", visibility: str = "public") -> Exchange:
    """Posting: before it nothing of ours stands there, afterwards the new post does."""
    named = f"<p>@ada {TEXT}</p>" if answered else f"<p>{TEXT}</p>"
    new = ours(visibility=visibility, in_reply_to_id=answered or None) | {"content": named}
    return Exchange(
        answers={
            "POST /api/v1/statuses": Answered(new),
            "GET /api/v1/accounts/1/statuses": Answered([]),
            "GET /api/v1/timelines/home": Answered([]),
        },
        afterwards={"GET /api/v1/accounts/1/statuses": Answered([new])},
        local_id=answered or "1",
    )


def quoting(quoted: str) -> Exchange:
    """A quote: the server puts a line for older ones in front of the words."""
    exchange = speaking()
    new = ours(quote={"state": "pending", "quoted_status": None})
    new |= {"content": f'<p class="quote-inline">RE: {ELSEWHERE}/9</p><p>{TEXT}</p>'}
    return Exchange(
        answers={**exchange.answers, "POST /api/v1/statuses": Answered(new)},
        afterwards={"GET /api/v1/accounts/1/statuses": Answered([new])},
        local_id=quoted,
    )


def reacting(kind: str, mark: str) -> Exchange:
    """A server that does and undoes: before the first write the mark is not set."""
    return Exchange(
        answers={
            "GET /api/v1/statuses/9": [Answered(status(9)), Answered(status(9) | {mark: True})],
            f"POST /api/v1/statuses/9/{kind}": Answered(status(9)),
            f"POST /api/v1/statuses/9/un{kind}": Answered(status(9)),
        },
        local_id="9",
    )


def circle(kind: str) -> Exchange:
    """Two parts of a list; where the second begins stands in the Link header alone."""
    path = f"/api/v1/accounts/1/{kind}"

    def answer(request: httpx.Request) -> Answered:
        if request.url.params.get("max_id") == "7486869":
            return Answered([account("cem", "dale.example")])
        more = [account(), account("bob")]
        return Answered(more, headers=below(path, 7486869))

    return Exchange(answers={f"GET {path}": answer}, at_least=3)


def shielding(kind: str) -> Exchange:
    relationship = Answered({"id": "73"})
    return Exchange(
        answers={
            f"POST /api/v1/accounts/73/{kind}": relationship,
            f"POST /api/v1/accounts/73/un{kind}": relationship,
        },
        local_id="73",
    )


def event(name: str, data: object) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), msgspec.json.encode(data))


STREAM = (
    b":thump\n\n"
    + event("update", status(89))
    + event("notification", note(99, "mention", status=status(99)))
)

INSTANCE = {"version": "4.5.0", "domain": "town.example", "title": "Town", "languages": ["de"]}


def written(request: httpx.Request) -> Written:
    """A status as it was sent, by form or by JSON."""
    if "json" in request.headers.get("content-type", ""):
        sent: dict[str, Any] = msgspec.json.decode(request.content)
    else:
        told = parse_qs(request.content.decode())
        sent = {key: values if "[" in key else values[0] for key, values in told.items()}
    return Written(
        text=sent["status"],
        audience=AUDIENCES[sent.get("visibility", "public")],
        warning=sent.get("spoiler_text") or "",
        language=sent.get("language") or "",
        answers_local_id=str(sent.get("in_reply_to_id") or ""),
        quotes_local_id=str(sent.get("quoted_status_id") or ""),
        picture_ids=tuple(sent.get("media_ids") or sent.get("media_ids[]") or ()),
    )


def uploaded(request: httpx.Request) -> Uploaded | None:
    """A file as it was sent, as a form of several parts (RFC 7578)."""
    if not request.url.path.endswith("/media"):
        return None
    head = f"Content-Type: {request.headers['content-type']}\n\n".encode()
    parts = message_from_bytes(head + request.content, policy=policy.HTTP).iter_parts()
    found = {part.get_param("name", header="content-disposition"): part for part in parts}
    content, description = (found[name].get_payload(decode=True) for name in NAMES_OF_PARTS)
    if not isinstance(content, bytes) or not isinstance(description, bytes):
        raise TypeError("A part of a form is bytes.")
    return Uploaded(content=content, description=description.decode())


CASE = Case(
    network=network,
    account=ACCOUNT,
    can=frozenset(Can) - {Can.ARTICLE, Can.MODERATE, Can.LINKBACKS},
    secrets=(TOKEN, CLIENT_SECRET),
    answered=ADA,
    meanings={
        "verify/403": Meaning(SignInAgain, WHO_AM_I_NEEDS_ONLY_A_TOKEN),
        "verify/422": Meaning(SignInAgain, WHO_AM_I_NEEDS_ONLY_A_TOKEN),
    },
    written=written,
    uploaded=uploaded,
    excused={
        "media/404": OLD_SERVERS,
        "media/410": OLD_SERVERS,
    },
    repeat_key=lambda request: request.headers.get("idempotency-key", ""),
    verify=Exchange(
        answers={
            "GET /api/v1/accounts/verify_credentials": Answered(US),
            "GET /api/v2/instance": Answered(INSTANCE),
            "GET /api/v1/instance": Answered(INSTANCE),
            "GET /.well-known/host-meta": Answered(body=b"", status=404),
            "GET /api/v1/streaming/health": Answered(body=b"OK"),
        }
    ),
    exchanges={
        Can.NOTIFICATIONS: Exchange(
            answers={"GET /api/v1/notifications": notifications},
            at_least=3,
            cursor='{"seen":["96"]}',
        ),
        Can.REPLIES: Exchange(
            answers={
                "GET /api/v1/accounts/1/statuses": Answered([ours(50, replies_count=1)]),
                "GET /api/v1/statuses/50/context": Answered(
                    {"ancestors": [], "descendants": [status(51, in_reply_to_id="50")]}
                ),
            },
        ),
        Can.HOME: Exchange(
            answers={"GET /api/v1/timelines/home": home}, at_least=3, cursor='{"seen":["86"]}'
        ),
        Can.THREAD: Exchange(
            answers={
                "GET /api/v1/statuses/9": Answered(status(9)),
                "GET /api/v1/statuses/9/context": Answered(
                    {"ancestors": [status(8)], "descendants": [status(10)]}
                ),
            },
            local_id="9",
            at_least=3,
        ),
        Can.STREAM: Exchange(
            answers={
                "GET /api/v1/streaming/user": Answered(
                    body=STREAM, headers={"content-type": "text/event-stream"}
                )
            },
            at_least=2,
        ),
        Can.PUBLISH: speaking(),
        Can.ANSWER: speaking("9"),
        Can.ANSWER_DIRECT: speaking("9", "direct"),
        Can.QUOTE: quoting("9"),
        Can.FOLLOWERS: circle("followers"),
        Can.FOLLOWED: circle("following"),
        Can.BOOST: reacting("reblog", "reblogged"),
        Can.FAVOURITE: reacting("favourite", "favourited"),
        Can.FOLLOW: shielding("follow"),
        Can.MUTE: shielding("mute"),
        Can.BLOCK: shielding("block"),
        Can.MEDIA: Exchange(
            answers={
                **speaking().answers,
                "POST /api/v2/media": Answered({"id": "501"}),
                "GET /api/v1/media/501": Answered({"id": "501", "url": f"{SERVER}/501.png"}),
            }
        ),
        Can.EDIT: Exchange(answers={"PUT /api/v1/statuses/50": Answered(ours())}, local_id="50"),
        Can.DELETE: Exchange(
            answers={"DELETE /api/v1/statuses/50": Answered(ours())}, local_id="50"
        ),
        Can.REPORT: Exchange(
            answers={"POST /api/v1/reports": Answered({"id": "1"})}, local_id="73", address="9"
        ),
        Can.ORIGIN: Exchange(
            answers={
                f"GET {ELSEWHERE}/api/v1/statuses/9": Answered(status(9)),
                f"GET {ELSEWHERE}/api/v1/statuses/9/context": Answered(
                    {"ancestors": [status(8)], "descendants": [status(10)]}
                ),
            },
            address=f"{ELSEWHERE}/@ada/9",
            at_least=3,
        ),
    },
)


@every_check_of(CASE)
def test_the_mastodon_api_keeps_the_contract(check: Check) -> None:
    check()
