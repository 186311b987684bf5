"""A small web site on loopback, with everything that people type into a field by mistake."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PIECE = b"<item><title>Sand</title><description>" + b"grain " * 2000 + b"</description></item>\n"
HUGE_BYTES = 50 * 1024 * 1024
PATIENCE_SECONDS = 10

PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title}</title>{head}
</head><body><h1>{title}</h1><p>Geöffnet von neun bis fünf.</p></body></html>"""
NAMES_ITS_FEED = '<link rel="alternate" type="application/rss+xml" href="nachrichten.xml">'
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Hafenblog</title><link>{address}/hafen/</link>
<description>Vom Kai</description><language>de</language>
<item><title>Die neue Fähre</title><link>{address}/hafen/faehre</link><guid>faehre</guid>
<description>Sie heißt Möwe und fährt &lt;b&gt;ab Montag&lt;/b&gt; jede halbe Stunde.</description>
</item></channel></rss>"""


class SmallSite(ThreadingHTTPServer):
    """The site, in a thread of its own.

    `heard` holds host and path of every request, `sent_bytes` what was sent of the huge feed.
    """

    daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free loopback port at once."""
        super().__init__(("127.0.0.1", 0), _Asked)
        self.host = f"localhost:{self.server_port}"
        self.address = f"http://{self.host}"
        self.inside = f"http://127.0.0.1:{self.server_port}"
        self.heard: list[tuple[str, str]] = []
        self.sent_bytes = 0
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the port and end the thread."""
        self.shutdown()
        self.server_close()
        self._thread.join(PATIENCE_SECONDS)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: whoever asked for the huge feed hangs up."""


class _Asked(BaseHTTPRequestHandler):
    """One request."""

    server: SmallSite
    timeout = PATIENCE_SECONDS

    def do_GET(self) -> None:
        self.server.heard.append((self.headers.get("host", ""), self.path))
        address = self.server.address
        match self.path:
            case "/hafen/":
                self._answer(PAGE.format(title="Der Hafen", head=NAMES_ITS_FEED))
            case "/hafen/nachrichten.xml":
                self._answer(RSS.format(address=address), kind="application/rss+xml")
            case "/umweg.xml":
                self.send_response(302)
                self.send_header("Location", f"{self.server.inside}/hafen/nachrichten.xml")
                self.end_headers()
            case "/riesig.xml":
                self._pour()
            case "/":
                self._answer(PAGE.format(title="Die Reederei", head=""))
            case _:
                self._answer(PAGE.format(title="Nicht gefunden", head=""), status=404)

    do_POST = do_GET

    def _answer(self, text: str, *, kind: str = "text/html", status: int = 200) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _pour(self) -> None:
        """A feed of 50 MB that does not say beforehand how long it is."""
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(b'<?xml version="1.0"?><rss version="2.0"><channel><title>Sand</title>')
        while self.server.sent_bytes < HUGE_BYTES:
            self.wfile.write(PIECE)
            self.server.sent_bytes += len(PIECE)
        self.wfile.write(b"</channel></rss>")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
