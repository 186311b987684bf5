"""A few invented blogs on loopback. One of them can be closed for good."""

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>{title}</title><link>{address}/</link>
<description>{title}</description><language>{language}</language>
<item><title>{heading}</title><link>{address}/1</link><guid>{address}/1</guid>
<pubDate>{date}</pubDate><description>{text}</description></item>
</channel></rss>"""
PAGE = b"<!doctype html><title>Nothing to read</title><p>No feed here.</p>"


class Blogs(ThreadingHTTPServer):
    """Blog number n is at `feed_url(n)`; every other address answers with a plain page."""

    daemon_threads = True

    def __init__(self, blogs: tuple[tuple[str, str, str], ...], language: str) -> None:
        """Listen on a free loopback port at once."""
        super().__init__(("127.0.0.1", 0), _Asked)
        self.host = f"localhost:{self.server_port}"
        self.language = language
        self.blogs = blogs
        self.closed: set[int] = set()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def feed_url(self, number: int) -> str:
        """Where a blog is read."""
        return f"http://{self.host}/{number}/feed.xml"

    def stop(self) -> None:
        """Close every blog."""
        self.shutdown()
        self.server_close()

    def feed(self, number: int) -> bytes:
        """A blog with one entry."""
        title, heading, text = self.blogs[number]
        written = datetime.now(UTC) - timedelta(hours=5 * number + 3)
        filled = FEED.format(
            title=escape(title),
            address=f"http://{self.host}/{number}",
            language=self.language,
            heading=escape(heading),
            date=format_datetime(written),
            text=escape(text),
        )
        return filled.encode()


class _Asked(BaseHTTPRequestHandler):
    server: Blogs

    def do_GET(self) -> None:
        """A feed, 410 for a closed one, or a page."""
        number = self.path.strip("/").partition("/")[0]
        if not number.isdecimal() or int(number) >= len(self.server.blogs):
            self._answer(200, "text/html", PAGE)
        elif int(number) in self.server.closed:
            self._answer(410, "text/plain", b"Closed for good.")
        else:
            self._answer(200, "application/rss+xml", self.server.feed(int(number)))

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Say nothing."""
