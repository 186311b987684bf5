"""A picture from outside is fetched once, made anew, and shown only to members."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone
from PIL import Image

from resonanz.pictures.actions import KEPT_UNSEEN, erase_copies, forget_unseen, wanted
from resonanz.pictures.addresses import shown_at
from resonanz.pictures.fetching import picture_client
from resonanz.pictures.files import path_of
from resonanz.pictures.jobs import due_copies, fetch_copy
from resonanz.pictures.models import PictureCopy
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf


def a_jpeg() -> bytes:
    """A small blue picture."""
    file = BytesIO()
    Image.new("RGB", (30, 20), (0, 0, 200)).save(file, format="JPEG")
    return file.getvalue()


@pytest.fixture
def gallery(allow_inside: Callable[..., None]) -> Iterator[str]:
    """A server that shows a picture at /blue.jpg, a page at /page, and is busy at /busy."""
    answers = {
        "/blue.jpg": (200, a_jpeg()),
        "/page": (200, b"<html><script>alert(1)</script></html>"),
        "/busy": (503, b""),
    }

    class Gallery(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers.get(self.path, (404, b""))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Gallery)
    Thread(target=server.serve_forever, daemon=True).start()
    host = f"127.0.0.1:{server.server_port}"
    allow_inside(host)
    picture_client.cache_clear()
    yield f"http://{host}"
    server.shutdown()
    server.server_close()
    picture_client().close()
    picture_client.cache_clear()


def kept(member: Member, url: str) -> PictureCopy:
    """The copy of a picture after the worker has tried to fetch it."""
    copy = wanted(workspace=member.workspace, url=url)
    fetch_copy.call(copy.pk)
    copy.refresh_from_db()
    return copy


def test_a_picture_appears_once_it_was_fetched(
    alice: Member, client_of: ClientOf, gallery: str
) -> None:
    address, browser = shown_at(f"{gallery}/blue.jpg"), client_of(alice)
    first = browser.get(address)
    assert (first.status_code, first["Cache-Control"]) == (404, "no-store")
    fetch_copy.call(PictureCopy.objects.get().pk)
    shown = browser.get(address)
    assert shown["Content-Type"] == "image/webp"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert Image.open(BytesIO(b"".join(shown))).size == (30, 20)


@pytest.mark.parametrize("path", ["page", "nowhere"])
def test_what_is_no_picture_is_asked_for_once(alice: Member, gallery: str, path: str) -> None:
    copy = kept(alice, f"{gallery}/{path}")
    assert copy.state == PictureCopy.State.REFUSED
    assert not path_of(copy).exists()
    assert due_copies(timezone.now(), 10) == []


def test_a_busy_server_is_asked_again_later(alice: Member, gallery: str) -> None:
    copy = kept(alice, f"{gallery}/busy")
    assert copy.state == PictureCopy.State.WAITING
    assert copy.due_at > timezone.now()


def test_nobody_makes_us_fetch_an_address_of_his_choice(alice: Member, client_of: ClientOf) -> None:
    forged = Signer(salt="another").sign_object("http://127.0.0.1:9/secret")
    assert client_of(alice).get(f"/pictures/{forged}/").status_code == 404
    assert not PictureCopy.objects.exists()


def test_inside_addresses_are_never_asked(alice: Member) -> None:
    copy = kept(alice, "http://169.254.169.254/latest/meta-data")
    assert copy.state == PictureCopy.State.REFUSED


def test_only_who_is_signed_in_sees_copies(
    alice: Member, client_of: ClientOf, client: Client, gallery: str
) -> None:
    answer = client.get(shown_at(f"{gallery}/blue.jpg"))
    assert answer.status_code == 302
    assert not PictureCopy.objects.exists()


def test_a_file_that_is_gone_is_fetched_again(
    alice: Member, client_of: ClientOf, gallery: str
) -> None:
    copy = kept(alice, f"{gallery}/blue.jpg")
    path_of(copy).unlink()
    assert client_of(alice).get(shown_at(copy.url)).status_code == 404
    copy.refresh_from_db()
    assert copy.state == PictureCopy.State.WAITING
    fetch_copy.call(copy.pk)
    assert path_of(copy).exists()


def test_what_nobody_looks_at_is_thrown_away(alice: Member, gallery: str) -> None:
    copy = kept(alice, f"{gallery}/blue.jpg")
    forget_unseen()
    assert path_of(copy).exists()
    forget_unseen(timezone.now() + KEPT_UNSEEN + KEPT_UNSEEN)
    assert not path_of(copy).exists()
    assert not PictureCopy.objects.exists()


def test_erasing_takes_row_and_file(alice: Member, gallery: str) -> None:
    copy = kept(alice, f"{gallery}/blue.jpg")
    erase_copies(workspace=alice.workspace, urls=[copy.url])
    assert not path_of(copy).exists()
    assert not PictureCopy.objects.exists()


def test_strange_addresses_are_not_shown() -> None:
    for url in ("", "data:image/png;base64,AA", "javascript:alert(1)", "https://" + "x" * 2000):
        assert shown_at(url) == ""
