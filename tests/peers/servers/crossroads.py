"""The crossroads: a small forward proxy on loopback that lets snac2 find people by name.

snac2 2.75 recognises `@anna@host` in a text with a pattern that has no place for a port, and
asks `http://localhost/.well-known/webfinger` for `@anna@localhost:41234`. Nothing answers at
port 80, so no mention and no direct message would ever leave a server on loopback. Every
snac2 is therefore started with `http_proxy` pointing here. Questions for a name without a port
go to the server that has a user of that name; everything else is passed on untouched. Nothing
but loopback is ever asked.
"""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

WEBFINGER = "/.well-known/webfinger"
PATIENCE_SECONDS = 10
# Of one connection only, so they are not passed on (RFC 9110, section 7.6.1).
OF_ONE_CONNECTION = {"connection", "proxy-connection", "keep-alive", "transfer-encoding"}


class Crossroads(ThreadingHTTPServer):
    """The proxy, in a thread of its own. User names are unique over all its servers."""

    daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free loopback port at once."""
        super().__init__(("127.0.0.1", 0), _Traveller)
        self.homes: dict[str, int] = {}
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)
        self._thread.start()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a server that is killed leaves without its answer."""

    @property
    def address(self) -> str:
        """What `http_proxy` has to say."""
        return f"http://127.0.0.1:{self.server_port}"

    def settle(self, user: str, port: int) -> None:
        """Remember that `user` lives on the server at `port`. Raises `ValueError` if taken."""
        if self.homes.setdefault(user, port) != port:
            raise ValueError(f"There is a user {user} on another server already.")

    def stop(self) -> None:
        """Close the port and end the thread."""
        self.shutdown()
        self.server_close()
        self._thread.join(PATIENCE_SECONDS)

    def destination(self, url: str) -> tuple[int, str] | None:
        """Port and path to ask for a URL; None when it is not on loopback or nobody lives there."""
        parts = urlsplit(url)
        if parts.hostname not in ("localhost", "127.0.0.1"):
            return None
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        if parts.port:
            return parts.port, path
        resource = parse_qs(parts.query).get("resource", [""])[0]
        user = resource.removeprefix("acct:").split("@")[0]
        if parts.path != WEBFINGER or user not in self.homes:
            return None
        port = self.homes[user]
        return port, f"{WEBFINGER}?{urlencode({'resource': f'acct:{user}@localhost:{port}'})}"


class _Traveller(BaseHTTPRequestHandler):
    """One request on its way."""

    server: Crossroads
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE_SECONDS

    def _pass_on(self) -> None:
        destination = self.server.destination(self.path)
        if destination is None:
            self.send_error(502, "Nobody lives there")
            return
        port, path = destination
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        onward = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        try:
            headers = {k: v for k, v in self.headers.items() if k.lower() not in OF_ONE_CONNECTION}
            onward.request(self.command, path, body=body or None, headers=headers)
            answer = onward.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.send_error(502, "The server does not answer")
            return
        finally:
            onward.close()
        self._answer(answer, content)

    def _answer(self, answer: http.client.HTTPResponse, content: bytes) -> None:
        self.send_response(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in OF_ONE_CONNECTION | {"content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = _pass_on

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the servers keep their own logs."""
