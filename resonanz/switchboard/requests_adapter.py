"""Lets a library that brings `requests` speak through the client that a connector was handed.

    session = requests_session(RequestsAdapter(surroundings.http, clock=surroundings.clock))

Whatever the library asks goes through the guarded httpx client, with its limits, its user agent
and its refusals. A bad answer or a broken line is raised as one of our troubles, from inside the
library; if the library wraps what it catches, `trouble_behind` finds it again.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import local

import httpx
import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from resonanz.switchboard.contract import now_utc
from resonanz.switchboard.http import Judge, trouble_of, trouble_of_line
from resonanz.switchboard.trouble import Refused, Trouble, Unreadable

READING = frozenset({"GET", "HEAD", "OPTIONS"})

# The guarded client sets these itself: it names us, and it chooses what it can unpack.
LEFT_TO_THE_CLIENT = frozenset({"user-agent", "accept-encoding", "host"})


class RequestsAdapter(BaseAdapter):
    """A transport for `requests` that sends everything through an `httpx.Client`.

    `judge` turns an answer into a trouble, which is raised. `stand_in`, when given, is the body
    that the library gets to see instead of the real one: for a library that is wanted for its
    requests, not for its (slow) reading. The real answer is always at `answer`.

    One adapter may be used by several threads; `answer` is each thread's own.
    """

    def __init__(
        self,
        http: httpx.Client,
        *,
        clock: Callable[[], datetime] = now_utc,
        judge: Judge = trouble_of,
        stand_in: bytes | None = None,
    ) -> None:
        """Keep what was handed in."""
        super().__init__()
        self._http = http
        self._clock = clock
        self._judge = judge
        self._stand_in = stand_in
        self._kept = local()

    @property
    def answer(self) -> httpx.Response:
        """The last good answer in this thread. Raises `LookupError` when there was none."""
        try:
            found: httpx.Response = self._kept.answer
        except AttributeError as cause:
            raise LookupError("Nothing has been asked yet.") from cause
        return found

    def send(  # noqa: PLR0917  (the signature is that of requests)
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002
        timeout: object = None,  # noqa: ARG002
        verify: object = True,  # noqa: ARG002
        cert: object = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        """Send one request; limits, certificates and proxies are those of the httpx client.

        Raises a `Trouble` for a bad answer, a broken line, or an address that is none.
        """
        method = request.method or "GET"
        writing = method.upper() not in READING
        headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in LEFT_TO_THE_CLIENT
        }
        content = request.body.encode() if isinstance(request.body, str) else request.body
        try:
            response = self._http.request(
                method, request.url or "", headers=headers, content=content
            )
        except httpx.InvalidURL as cause:
            raise Refused(str(cause)) from cause
        except (httpx.HTTPError, OSError) as cause:
            raise trouble_of_line(cause, writing=writing) from cause
        if trouble := self._judge(response, writing=writing, now=self._clock()):
            raise trouble
        self._kept.answer = response
        return self._for_the_library(response, request)

    def close(self) -> None:
        """Nothing: the httpx client belongs to whoever handed it in."""

    def _for_the_library(
        self, response: httpx.Response, request: requests.PreparedRequest
    ) -> requests.Response:
        given = requests.Response()
        given.status_code = response.status_code
        given.reason = response.reason_phrase
        given.headers = CaseInsensitiveDict(response.headers)
        given.url = str(response.url)
        given.request = request
        given.encoding = response.encoding
        given._content = response.content if self._stand_in is None else self._stand_in
        return given


def requests_session(adapter: RequestsAdapter) -> requests.Session:
    """A session that knows this adapter only: no .netrc, no proxies from the environment."""
    session = requests.Session()
    session.trust_env = False
    session.adapters.clear()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def trouble_behind(error: BaseException) -> Trouble:
    """The trouble that a library wrapped, however deep; `Unreadable` when there is none.

    Follows causes and contexts. The library's own words are not repeated: they may quote a
    whole payload.
    """
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        if isinstance(current, Trouble):
            return current
        seen.add(id(current))
        current = current.__cause__ or current.__context__
    return Unreadable(f"The answer could not be used ({type(error).__name__}).")
