"""A push service on loopback, and browsers that subscribed there and can read what it brings."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from http_ece import decrypt
from py_vapid import Vapid02

from resonanz.letters.models import PushSubscription
from resonanz.workspaces.models import Member

AUTH = b"sixteen bytes it"


@dataclass
class Pushed:
    """One message as the service got it."""

    path: str
    headers: dict[str, str]
    content: bytes


@dataclass
class PushService:
    """What it answers to each path, used up one by one; then 201. Keeps what it was given."""

    port: int = 0
    answers: dict[str, list[int]] = field(default_factory=dict)
    got: list[Pushed] = field(default_factory=list)

    @property
    def host(self) -> str:
        """As the guarded client is told of it."""
        return f"127.0.0.1:{self.port}"


@dataclass
class Browser:
    """A browser of a member: its keys, and its row with us."""

    key: EllipticCurvePrivateKey
    row: PushSubscription

    def read(self, pushed: Pushed) -> dict[str, Any]:
        """What a message says. Nobody else can read it."""
        content = decrypt(
            pushed.content, private_key=self.key, auth_secret=AUTH, version="aes128gcm"
        )
        told: dict[str, Any] = json.loads(content)
        return told


def keys() -> tuple[EllipticCurvePrivateKey, str, str]:
    """A browser's private key, and what it tells of itself: p256dh and auth."""
    key = generate_private_key(SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return key, base64(point), base64(AUTH)


def base64(content: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(content).decode().rstrip("=")


def browser_of(member: Member, service: PushService, path: str) -> Browser:
    """Let a browser of hers subscribe at the service."""
    key, p256dh, auth = keys()
    endpoint = f"http://{service.host}{path}"
    row = PushSubscription.objects.create(
        member=member,
        endpoint=endpoint,
        endpoint_hash=sha256(endpoint.encode()).hexdigest(),
        p256dh=p256dh,
        auth=auth,
    )
    return Browser(key, row)


def is_signed(pushed: Pushed) -> bool:
    """Whether the message says by a good signature who sends it."""
    return bool(Vapid02.verify(pushed.headers["Authorization"]))


@contextmanager
def push_service() -> Iterator[PushService]:
    """A service on a free port until the block ends."""
    service = PushService()

    class Counter(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            scripted = service.answers.get(self.path)
            status = scripted.pop(0) if scripted else 201
            if status < 300:
                service.got.append(Pushed(self.path, dict(self.headers), content))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Counter) as server:
        service.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join(timeout=5)
