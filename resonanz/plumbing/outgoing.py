"""The one client for every outgoing request: guarded, because others choose the addresses.

What it keeps, on the first request and on every redirect:

* only http and https, and only addresses of the open internet (`addresses.py`); the connection
  goes to the very address that was judged, so a name cannot point elsewhere in between;
* a limit on the size of an answer, counted after unpacking (and while unpacking, in small
  pieces, so that a small archive cannot become a large one in memory);
* a limit on the whole time, from the first request to the last byte, beside the limits on
  connecting and on each read; the name lookup has the system resolver's own limit;
* a redirect never carries our Authorization to another host, and never turns a write into
  something else; cookies are not kept; proxies of the environment are not used.

    NotFetched (httpx.TransportError)      what we ourselves refuse; the message is a sentence
     ├── ForbiddenAddress                    leads into the own network
     ├── TooLarge                            more than `max_bytes`
     └── MovedWrite                          a write was redirected
    TookTooLong (httpx.ReadTimeout)        the whole time is over

The messages are constant sentences, and so can be translated where they are shown.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from http.cookiejar import CookieJar, DefaultCookiePolicy
from math import inf
from ssl import SSLContext
from typing import Any

import httpcore
import httpx

from resonanz.plumbing.addresses import (
    Resolver,
    is_odd_number,
    is_open_internet,
    resolve_by_system,
)
from resonanz.plumbing.unpacking import UNPACKED_HERE, Unpacking
from resonanz.plumbing.wording import N_

ENDLESS = "resonanz.endless"
"""Request extension: set it to True for a stream that has no end, so no size and whole time."""

MOST_BYTES = "resonanz.most_bytes"
"""Request extension: the most bytes of this answer, where less than the client's limit will do."""

WITHIN_SECONDS = "resonanz.within_seconds"
"""Request extension: the whole time for this request and its redirects, likewise."""

MAX_BYTES = 10 * 1024 * 1024
MAX_REDIRECTS = 5
CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
TOTAL_SECONDS = 60.0
TIME_IS_OVER = N_("The answer took longer than the whole time allowed.")
NOTHING_IS_WRITTEN = frozenset({"GET", "HEAD", "OPTIONS"})

_DEADLINE_KEY = "resonanz.deadline"
_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class NotFetched(httpx.TransportError):
    """We do not do what was asked. `str()` of it is a sentence for a person."""

    sentence = N_("This address cannot be fetched.")

    def __init__(self) -> None:
        """Carry the sentence of the class."""
        super().__init__(self.sentence)


class ForbiddenAddress(NotFetched):
    """The host is, or resolves to, an address that is not on the open internet."""

    sentence = N_("This address leads into a private network, and Resonanz does not go there.")


class TooLarge(NotFetched):
    """The answer is larger than the limit."""

    sentence = N_("The answer is larger than what Resonanz reads, so it was not taken.")


class MovedWrite(NotFetched):
    """A write was answered by a redirect. Nothing was written; the new address has to be used."""

    sentence = N_("This server has moved to another address. Connect it there, then send again.")


class TookTooLong(httpx.ReadTimeout):
    """The answer was not complete within the whole time allowed."""


def guarded_client(
    *,
    allowed_hosts: frozenset[str],
    user_agent: str,
    max_bytes: int = MAX_BYTES,
    total_seconds: float = TOTAL_SECONDS,
    connect_seconds: float = CONNECT_SECONDS,
    read_seconds: float = READ_SECONDS,
    resolve: Resolver = resolve_by_system,
    ssl_context: SSLContext | None = None,
) -> httpx.Client:
    """The guarded client. Close it, or use it in `with`. Threads may share it.

    `allowed_hosts` are hosts ("localhost") or hosts with port ("127.0.0.1:8081") that may be
    asked although they are private; for development and tests. `resolve` stands in for the
    system's name lookup.
    """
    transport = GuardedTransport(
        allowed_hosts=allowed_hosts,
        max_bytes=max_bytes,
        total_seconds=total_seconds,
        resolve=resolve,
        ssl_context=ssl_context or httpx.create_ssl_context(trust_env=True),
    )
    return httpx.Client(
        transport=transport,
        headers={"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"},
        timeout=httpx.Timeout(read_seconds, connect=connect_seconds),
        follow_redirects=True,
        max_redirects=MAX_REDIRECTS,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        trust_env=False,
    )


class GuardedTransport(httpx.BaseTransport):
    """Carries one request over a guarded connection. See the module's docstring."""

    def __init__(
        self,
        *,
        allowed_hosts: frozenset[str],
        max_bytes: int,
        total_seconds: float,
        resolve: Resolver,
        ssl_context: SSLContext,
    ) -> None:
        """Take the limits. No connection is made yet."""
        self._max_bytes = max_bytes
        self._total_seconds = total_seconds
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            max_connections=100,
            # Some servers close after an answer without saying so; a write on a connection that
            # was kept would break off, and nobody would know whether it was heard.
            max_keepalive_connections=0,
            network_backend=_GuardedBackend(allowed_hosts, resolve),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it. Raises what httpx raises, and the errors of this module."""
        if request.url.scheme not in ("http", "https"):
            raise httpx.UnsupportedProtocol("Only http and https are spoken here.")
        is_endless = bool(request.extensions.get(ENDLESS))
        seconds = min(request.extensions.get(WITHIN_SECONDS, inf), self._total_seconds)
        limit = min(request.extensions.get(MOST_BYTES, inf), self._max_bytes)
        # httpx copies the extensions into the request after a redirect: one deadline for all.
        deadline = request.extensions.setdefault(
            _DEADLINE_KEY, None if is_endless else time.monotonic() + seconds
        )
        with _until(deadline), _errors_of_httpx():
            answer = self._pool.handle_request(_for_httpcore(request))
        body = _Body(answer.stream, deadline)
        try:
            return self._checked(request, answer, body, None if is_endless else int(limit))
        except httpx.HTTPError:
            body.close()
            raise

    def _checked(
        self, request: httpx.Request, answer: httpcore.Response, body: "_Body", limit: int | None
    ) -> httpx.Response:
        """The answer with its body limited and unpacked, or the error that its head shows."""
        headers = httpx.Headers(answer.headers)
        has_body = request.method != "HEAD" and answer.status not in (204, 304)
        if answer.status in (301, 307, 308) and request.method not in NOTHING_IS_WRITTEN:
            raise MovedWrite
        if has_body and limit is not None and _announced(headers) > limit:
            raise TooLarge
        body.limit = limit
        packing = headers.get("content-encoding", "identity").strip().lower()
        if has_body and packing not in ("identity", ""):
            if packing not in UNPACKED_HERE:
                raise httpx.DecodingError("The answer is packed in a way that nobody asked for.")
            body.unpack = Unpacking()
            del headers["content-encoding"]
            headers.pop("content-length", None)
        return httpx.Response(
            answer.status, headers=headers, stream=body, extensions=answer.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The body of an answer: unpacked piece by piece, counted, and ended at the deadline."""

    def __init__(self, stream: object, deadline: float | None) -> None:
        self._stream: Any = stream
        self._deadline = deadline
        self.limit: int | None = None
        self.unpack: Unpacking | None = None

    def __iter__(self) -> Iterator[bytes]:
        packed, unpacked = 0, 0
        for chunk in self._chunks():
            packed += len(chunk)
            for piece in self.unpack.pieces(chunk) if self.unpack else (chunk,):
                unpacked += len(piece)
                # Packed bytes count too: an archive of nothing can be endless.
                if self.limit is not None and max(packed, unpacked) > self.limit:
                    raise TooLarge
                yield piece

    def _chunks(self) -> Iterator[bytes]:
        """The chunks as they come. The deadline holds while we read, not while others work."""
        chunks = iter(self._stream)
        while True:
            with _until(self._deadline), _errors_of_httpx():
                chunk = next(chunks, None)
            if chunk is None:
                return
            yield chunk

    def close(self) -> None:
        with _errors_of_httpx():
            self._stream.close()


class _GuardedBackend(httpcore.NetworkBackend):
    """Opens connections, to judged addresses only."""

    def __init__(self, allowed_hosts: frozenset[str], resolve: Resolver) -> None:
        self._allowed = frozenset(host.lower().rstrip(".") for host in allowed_hosts)
        self._resolve = resolve
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        error: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._judged(host, port):
            try:
                stream = self._plain.connect_tcp(
                    address, port, _left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as cause:
                error = cause
            else:
                return _TimedStream(stream)
        raise error or httpcore.ConnectError(f"{host} has no address.")

    def _judged(self, host: str, port: int) -> list[str]:
        """The addresses to connect to. One forbidden address is enough to refuse the name."""
        name = host.lower().rstrip(".")
        is_allowed = bool({name, f"{name}:{port}", f"[{name}]:{port}"} & self._allowed)
        if not is_allowed and is_odd_number(name):
            raise ForbiddenAddress
        try:
            addresses = list(self._resolve(host, port))
        except OSError as cause:
            raise httpcore.ConnectError(f"{host} could not be looked up.") from cause
        if not is_allowed and not all(is_open_internet(address) for address in addresses):
            raise ForbiddenAddress
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A connection on which no step outlasts the deadline of the request that uses it."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@contextmanager
def _until(deadline: float | None) -> Iterator[None]:
    """Let a deadline (on the monotonic clock, seconds) hold for what happens inside."""
    token = _deadline.set(deadline)
    try:
        yield
    finally:
        _deadline.reset(token)


def _left(timeout: float | None) -> float | None:
    """The seconds that a step may take: its own limit, or what is left of the whole time."""
    deadline = _deadline.get()
    if deadline is None:
        return timeout
    left = deadline - time.monotonic()
    if left <= 0:
        raise TookTooLong(TIME_IS_OVER)
    return left if timeout is None else min(timeout, left)


_BY_HTTPCORE: dict[type[Exception], Callable[[str], httpx.HTTPError]] = {
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.ReadTimeout: httpx.ReadTimeout,
    httpcore.WriteTimeout: httpx.WriteTimeout,
    httpcore.PoolTimeout: httpx.PoolTimeout,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.ReadError: httpx.ReadError,
    httpcore.WriteError: httpx.WriteError,
    httpcore.UnsupportedProtocol: httpx.UnsupportedProtocol,
    httpcore.LocalProtocolError: httpx.LocalProtocolError,
    httpcore.RemoteProtocolError: httpx.RemoteProtocolError,
}


@contextmanager
def _errors_of_httpx() -> Iterator[None]:
    """Raise the errors of httpcore as those of httpx, which have the same names."""
    try:
        yield
    except (httpcore.ReadTimeout, httpcore.WriteTimeout) as cause:
        if (deadline := _deadline.get()) is not None and time.monotonic() >= deadline:
            raise TookTooLong(TIME_IS_OVER) from cause
        raise _BY_HTTPCORE[type(cause)](str(cause)) from cause
    except tuple(_BY_HTTPCORE) as cause:
        raise _BY_HTTPCORE[type(cause)](str(cause)) from cause


def _for_httpcore(request: httpx.Request) -> httpcore.Request:
    url = httpcore.URL(
        scheme=request.url.raw_scheme,
        host=request.url.raw_host,
        port=request.url.port,
        target=request.url.raw_path,
    )
    return httpcore.Request(
        method=request.method,
        url=url,
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


def _announced(headers: httpx.Headers) -> int:
    """The length that the answer announces, in bytes, or 0."""
    value = headers.get("content-length", "")
    is_number = value.isascii() and value.isdigit() and len(value) < 20
    return int(value) if is_number else 0
