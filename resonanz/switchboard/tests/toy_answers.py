"""What the server of the toy network answers, and how its writes are read back."""

from typing import Any

import httpx
import msgspec

from resonanz.switchboard.shapes import Audience
from resonanz.switchboard.testkit import TEXT, Answered, Exchange, Uploaded, Written


def post(number: int, text: str = "Hallo.") -> dict[str, Any]:
    return {"id": str(number), "by": "ada", "at": "2026-03-01T10:00:00+01:00", "text": text}


def news(request: httpx.Request) -> Answered:
    """Two pages: 9 and 8, then 7."""
    if request.url.params.get("before") == "8":
        return Answered({"posts": [post(7)]})
    return Answered({"posts": [post(9), post(8)], "before": "8"})


def people(request: httpx.Request) -> Answered:
    """Two parts of a list: Ada, then Bert."""
    if request.url.params.get("from") == "bert":
        return Answered({"people": ["bert"]})
    return Answered({"people": ["ada"], "more": "bert"})


def speaking(local_id: str = "") -> Exchange:
    ours = post(50, TEXT) | {"once": "kit-1"}
    return Exchange(
        answers={"POST /posts": Answered(ours), "GET /me/posts": Answered({"posts": []})},
        afterwards={"GET /me/posts": Answered({"posts": [ours]})},
        local_id=local_id,
    )


def written(request: httpx.Request) -> Written:
    said = msgspec.json.decode(request.content)
    return Written(
        text=said["text"],
        audience=Audience(said["audience"]),
        warning=said["warning"],
        language=said["language"],
        answers_local_id=said["answers"],
        quotes_local_id=said["quotes"],
        title=said["title"],
        is_draft=said["state"] == "draft",
        picture_ids=tuple(said["pictures"].split()),
    )


def uploaded(request: httpx.Request) -> Uploaded | None:
    if request.url.path != "/files":
        return None
    alt = next(value for name, value in request.headers.raw if name.lower() == b"x-alt")
    return Uploaded(content=request.content, description=alt.decode())


ME = Answered({"name": "Wir"})
