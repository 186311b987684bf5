"""Nobody hands in more at once than the house takes.

Django's door for ASGI writes the whole body of a request to the disk before it asks who sends it.
So without this anybody could fill the disk of a house that stands in the net without a proxy.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

# Two pictures of the largest size that is taken, with room for text; a proxy may allow less.
MOST_BYTES = 100 * 1024 * 1024

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# Django's own types for the three are narrower than those of ASGI.
Application = Callable[[Any, Any, Any], Awaitable[None]]


class LimitedBody:
    """An ASGI application whose requests have at most `most_bytes`; larger ones get 413."""

    def __init__(self, application: Application, most_bytes: int = MOST_BYTES) -> None:
        """Keep what comes next."""
        self._application, self._most = application, most_bytes

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on; one that is too large ends as if its sender had gone."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        if announced(scope) > self._most:
            await refuse(send)
            return
        count, is_begun = 0, False

        async def counted() -> Message:
            nonlocal count
            message = await receive()
            count += len(message.get("body", b""))
            return {"type": "http.disconnect"} if count > self._most else message

        async def noted(message: Message) -> None:
            nonlocal is_begun
            is_begun = True
            await send(message)

        await self._application(scope, counted, noted)
        if count > self._most and not is_begun:
            await refuse(send)


def announced(scope: Message) -> int:
    """The length that a request announces, in bytes; 0 where it tells none."""
    told = dict(scope["headers"]).get(b"content-length", b"")
    return int(told) if told.isdigit() and len(told) < 20 else 0


async def refuse(send: Send) -> None:
    """Say so in every language of the house: whose request it is has not been read."""
    sentences = []
    for language in ("de", "en"):
        with translation.override(language):
            sentences.append(_("This is more than the house takes at once. Send less in one go."))
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": "\n".join(sentences).encode()})
