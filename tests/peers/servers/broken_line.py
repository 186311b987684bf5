"""A line to a server that can break at the worst moments: it was heard, and nobody says so.

The pretended faults of mastodon-mock wait *before* a request is heard, and snac2 has none. This
small proxy on loopback passes requests on and can, for those that a rule matches, cut the line
or hold it, either before the server hears the request (`ARRIVED`) or after it has answered and
before the answer goes back (`HEARD`).
"""

import re
import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

PATIENCE_SECONDS = 30.0
PIECE_BYTES = 65_536
HEAD_ENDS = b"\r\n\r\n"
# Close at once and throw away what was not read: the other side sees a reset.
LINGER_NOT = struct.pack("ii", 1, 0)


class Moment(StrEnum):
    """When a rule strikes."""

    ARRIVED = "the request has arrived and the server has not heard it"
    HEARD = "the server has answered and the answer is not on its way"


@dataclass
class Rule:
    """What happens to the next `times` requests with this method and path.

    `reached` is set when a request has come to the moment. A rule that holds waits there until
    `go_on` is set, for `hold_seconds` at the longest, and lets the request go its way; one that
    does not hold cuts.
    """

    method: str
    path: re.Pattern[str]
    moment: Moment
    times: int = 1
    hold_seconds: float = 0
    reached: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)


class BrokenLine(socketserver.ThreadingTCPServer):
    """The proxy, in threads of its own. Whole until somebody asks for a break.

    `passed` counts the requests that went on to the server.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, server_port: int) -> None:
        """Listen on a free loopback port at once."""
        super().__init__(("127.0.0.1", 0), _Passing)
        self.onward_port = server_port
        self.port: int = self.server_address[1]
        self.host = f"localhost:{self.port}"
        self.address = f"http://{self.host}"
        self.passed = 0
        self._rules: list[Rule] = []
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)
        self._thread.start()

    def cut(self, method: str, path: str, *, moment: Moment = Moment.HEARD, times: int = 1) -> Rule:
        """Cut the line of the next `times` requests. `path` is a pattern for the whole path."""
        return self._add(Rule(method, re.compile(path), moment, times))

    def hold(
        self, method: str, path: str, *, moment: Moment = Moment.HEARD, seconds: float = 5
    ) -> Rule:
        """Hold the next such request, until `go_on` is set or the time is over."""
        return self._add(Rule(method, re.compile(path), moment, hold_seconds=seconds))

    def mend(self) -> None:
        """Forget every rule, and let go what is held."""
        with self._lock:
            for rule in self._rules:
                rule.go_on.set()
            self._rules.clear()

    def stop(self) -> None:
        """Close the port and end the thread."""
        self.mend()
        self.shutdown()
        self.server_close()
        self._thread.join(PATIENCE_SECONDS)

    def rule_for(self, method: str, path: str) -> Rule | None:
        """The rule for a request, used up by one."""
        with self._lock:
            for rule in self._rules:
                if rule.method == method and rule.path.fullmatch(path):
                    rule.times -= 1
                    if not rule.times:
                        self._rules.remove(rule)
                    return rule
        return None

    def _add(self, rule: Rule) -> Rule:
        with self._lock:
            self._rules.append(rule)
        return rule

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: lines break here on purpose."""


class _Passing(socketserver.BaseRequestHandler):
    """One request on its way. Every connection carries one."""

    server: BrokenLine
    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(PATIENCE_SECONDS)
        head, body = _read_request(self.request)
        if not head:
            return
        method, path = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")[:2]
        rule = self.server.rule_for(method, path.partition("?")[0])
        if rule and rule.moment is Moment.ARRIVED and not self._outlasts(rule):
            return
        onward = socket.create_connection(("127.0.0.1", self.server.onward_port), PATIENCE_SECONDS)
        with onward:
            onward.sendall(_with_one_request_each(head, self.server.onward_port) + body)
            pieces = _pieces(onward)
            self.server.passed += 1
            if rule and rule.moment is Moment.HEARD:
                pieces = iter([b"".join(pieces)])
                if not self._outlasts(rule):
                    return
            with suppress(OSError):
                for piece in pieces:
                    self.request.sendall(piece)

    def _outlasts(self, rule: Rule) -> bool:
        """Whether the line is still whole afterwards. Who asked may be dead by then."""
        rule.reached.set()
        if rule.hold_seconds:
            rule.go_on.wait(rule.hold_seconds)
            return True
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
        return False


def _read_request(line: socket.socket) -> tuple[bytes, bytes]:
    """Head (with its end) and body; empty when the other side left before the end."""
    told = b""
    while HEAD_ENDS not in told:
        piece = line.recv(PIECE_BYTES)
        if not piece:
            return b"", b""
        told += piece
    head, _, body = told.partition(HEAD_ENDS)
    found = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    length = int(found.group(1)) if found else 0
    while len(body) < length:
        piece = line.recv(PIECE_BYTES)
        if not piece:
            return b"", b""
        body += piece
    return head + HEAD_ENDS, body


def _with_one_request_each(head: bytes, port: int) -> bytes:
    """The head for the server: under its own name, and closed after the answer."""
    first, *fields = head.removesuffix(HEAD_ENDS).split(b"\r\n")
    ours = (b"connection", b"host")
    kept = [line for line in fields if line.partition(b":")[0].strip().lower() not in ours]
    added = [b"Host: localhost:%d" % port, b"Connection: close"]
    return b"\r\n".join([first, *added, *kept]) + HEAD_ENDS


def _pieces(line: socket.socket) -> Iterator[bytes]:
    # A stream may be silent for longer than a request takes.
    line.settimeout(None)
    while piece := line.recv(PIECE_BYTES):
        yield piece
