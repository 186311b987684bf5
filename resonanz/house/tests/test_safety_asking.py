"""Whatever others make us ask, it is never our own machine or network. Every way is tried."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import httpx
import pytest
import requests

from resonanz.channels.opening import shared_client
from resonanz.letters.push import push_client
from resonanz.pictures.fetching import content_at, picture_client
from resonanz.plumbing.guarded_library import guarded_session
from resonanz.plumbing.outgoing import ForbiddenAddress, guarded_client
from resonanz.switchboard.trouble import Trouble

REFUSALS = (Trouble, httpx.HTTPError, httpx.InvalidURL, requests.RequestException)
# How one can write 127.0.0.1 and its neighbours; {port} is where something listens.
INSIDE = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://127.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0x7f000001:{port}/",
    "http://2130706433:{port}/",
    "http://017700000001:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[fd00::1]:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://user:word@127.0.0.1:{port}/",
    "http://fine.example@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@fine.example/",
    "http://127.0.0.1:{port}\\@fine.example/",
    "//127.0.0.1:{port}/",
    "file:///etc/passwd",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_x",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:169.254.169.254]/",
]


@pytest.fixture
def heard() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine: its port, and what it was asked."""
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port, asked
    server.shutdown()
    thread.join()
    server.server_close()


def by_library(url: str) -> None:
    guarded_session(allowed_hosts=frozenset(), user_agent="t").get(url)


WAYS: dict[str, Callable[[str], object]] = {
    "channels and feeds": lambda url: shared_client().get(url),
    "pictures": content_at,
    "pictures, the bare client": lambda url: picture_client().get(url),
    "push services": lambda url: push_client().post(url, content=b"x"),
    "the sign-in provider's library": by_library,
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_inside(way: str, heard: tuple[int, list[str]]) -> None:
    port, asked = heard
    for inside in INSIDE:
        with pytest.raises(REFUSALS):
            WAYS[way](inside.format(port=port))
    assert asked == []


def test_a_name_that_is_fine_at_first_is_judged_each_time(heard: tuple[int, list[str]]) -> None:
    """The address that was judged is the one that is asked; the next one is judged anew."""
    port, asked = heard
    given = iter([["127.0.0.1"], ["::1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:127.0.0.1"]])
    with guarded_client(
        allowed_hosts=frozenset(), user_agent="t", resolve=lambda _host, _port: next(given)
    ) as http:
        for _ in range(4):
            with pytest.raises(ForbiddenAddress):
                http.get(f"http://rebound.example:{port}/")
    assert asked == []


def test_the_library_reads_no_password_file_and_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    session = guarded_session(allowed_hosts=frozenset(), user_agent="t")
    assert not session.trust_env
    with pytest.raises(requests.RequestException):
        session.get("http://127.0.0.1:9/")
