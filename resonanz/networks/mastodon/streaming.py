"""Posts and notifications as they happen, by server-sent events.

Mastodon.py is not used here: its listener sleeps, reconnects by itself and hides when the line
broke. Source: docs.joinmastodon.org/methods/streaming (read 2026-11-22).
"""

from collections.abc import Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic

import httpx
from httpx_sse import EventSource, ServerSentEvent

from resonanz.networks.mastodon.limits import ONE_LINE_EACH, SIGN_OF_LIFE_SECONDS, SILENCE_SECONDS
from resonanz.networks.mastodon.payloads import NotificationPayload, StatusPayload
from resonanz.networks.mastodon.translate import Viewpoint, said_of_each, told_of
from resonanz.networks.mastodon.troubles import trouble_of_answer
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.decoding import read
from resonanz.switchboard.http import trouble_of_line
from resonanz.switchboard.shapes import Page, Pages
from resonanz.switchboard.trouble import Trouble, TryLater, Unreadable
from resonanz.switchboard.wording import N_

PATH = "/api/v1/streaming/user"
EVENTS = "text/event-stream"
# mastodon-mock 0.6.1 writes the last one so.
POST_EVENTS = frozenset({"update", "status.update", "status_update"})
LINE_ENDED = N_("The server ended the stream.")
NO_STREAM = N_("The server does not stream at the address that it names.")
LOOK_AT_STOP_EVERY_SECONDS = 0.5


def stream_pages(
    address: str, token: str, view: Viewpoint, surroundings: Surroundings, stop: Event
) -> Pages:
    """Pages as they happen until `stop` is set; raises `TryLater` when the line ends.

    The first one is empty and says that the line is open. A thread waits on the line, so that
    `stop` is noticed while nothing happens. It ends by itself with the next thing it hears, at
    the latest after the silence that breaks a line.
    """
    arrived: SimpleQueue[Page | Trouble] = SimpleQueue()
    left = Event()

    def listen() -> None:
        try:
            for page in _pages_of_line(address, token, view, surroundings):
                arrived.put(page)
                if stop.is_set() or left.is_set():
                    return
        except Trouble as trouble:
            arrived.put(trouble)
        finally:
            # Whatever else ends this thread, nobody must wait for it for ever.
            arrived.put(TryLater(LINE_ENDED))

    Thread(target=listen, name="mastodon-stream", daemon=True).start()
    try:
        yield from _until_stopped(arrived, stop)
    finally:
        left.set()


def _until_stopped(arrived: "SimpleQueue[Page | Trouble]", stop: Event) -> Pages:
    # Nothing is a sign of life before the line is open.
    last_sign: float | None = None
    while not stop.is_set():
        try:
            found = arrived.get(timeout=LOOK_AT_STOP_EVERY_SECONDS)
        except Empty:
            if last_sign is None or monotonic() - last_sign < SIGN_OF_LIFE_SECONDS:
                continue
            found = Page()
        if isinstance(found, Trouble):
            raise found
        last_sign = monotonic()
        yield found


def _pages_of_line(
    address: str, token: str, view: Viewpoint, surroundings: Surroundings
) -> Iterator[Page]:
    try:
        with surroundings.http.stream(
            "GET",
            address + PATH,
            headers={
                "Authorization": f"Bearer {token}",
                "Accept": EVENTS,
                **ONE_LINE_EACH,
            },
            timeout=httpx.Timeout(10.0, read=SILENCE_SECONDS),
            extensions={"resonanz.endless": True},
        ) as response:
            if response.is_error:
                response.read()
            if trouble := trouble_of_answer(response, writing=False, now=surroundings.clock()):
                raise trouble
            if EVENTS not in response.headers.get("content-type", ""):
                raise Unreadable(NO_STREAM)
            yield Page()
            for event in EventSource(response).iter_sse():
                yield page_of_event(event, view)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as cause:
        raise trouble_of_line(cause, writing=False) from cause


def page_of_event(event: ServerSentEvent, view: Viewpoint) -> Page:
    """One event as a page; empty for kinds that we do not know and for broken ones.

    What the stream loses, the next look at the lists finds.
    """
    try:
        if event.event == "delete":
            return Page(gone_local=(event.data.strip(),))
        if event.event in POST_EVENTS:
            return Page(posts=said_of_each([read(event.data.encode(), StatusPayload)], view))
        if event.event == "notification":
            posts, reactions = told_of([read(event.data.encode(), NotificationPayload)], view)
            return Page(posts=posts, reactions=reactions)
    except Unreadable:
        return Page()
    return Page()
