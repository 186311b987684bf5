"""The guarded client against a real server on loopback, and against ill will."""

import gzip
import ssl
import time
import tracemalloc
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from resonanz.plumbing.addresses import is_odd_number, is_open_internet
from resonanz.plumbing.outgoing import (
    ENDLESS,
    ForbiddenAddress,
    MovedWrite,
    TookTooLong,
    TooLarge,
    guarded_client,
)
from resonanz.plumbing.tests.loopback import Asked, Served, serving


def client_for(*served: Served, **limits: Any) -> httpx.Client:
    hosts = frozenset(server.host for server in served)
    return guarded_client(allowed_hosts=hosts, user_agent="Resonanz tests", **limits)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 - an address to refuse, nothing listens on it
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::1",
        "2002:a00:1::",
        "2001:0:1:2:3:4:5:6",
        "2001:db8::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fe80::1%lo",
        "fec0::1",
        "ff02::1",
        "no address",
        "",
    ],
)
def test_an_address_outside_the_open_internet_is_known(address: str) -> None:
    assert not is_open_internet(address)


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "2620:fe::9", "::ffff:9.9.9.9", "64:ff9b::909:909", "2002:909:909::1"]
)
def test_an_address_of_the_open_internet_is_known(address: str) -> None:
    assert is_open_internet(address)


@pytest.mark.parametrize("host", ["0177.0.0.1", "0x7f.1", "2130706433", "127.1", "0", "1.2.3.0x4"])
def test_a_number_in_disguise_is_odd(host: str) -> None:
    assert is_odd_number(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "town.example", "4.town.example", "::1", "0x.de"])
def test_a_plain_host_is_not_odd(host: str) -> None:
    assert not is_odd_number(host)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "localhost.",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "2130706433",
        "127.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::]",
        "①②⑦.0.0.1",
        "127。0。0。1",
    ],
)
def test_our_own_machine_is_not_asked_however_it_is_written(host: str) -> None:
    with (
        serving(lambda asked: asked.give(b"secret")) as own,
        guarded_client(allowed_hosts=frozenset(), user_agent="t") as http,
    ):
        # Some spellings are refused by the address parser already; that is as good.
        with pytest.raises((ForbiddenAddress, httpx.InvalidURL, httpx.ConnectError)):
            http.get(f"http://{host}:{own.port}/")
        assert own.requests == []


def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    with (
        guarded_client(
            allowed_hosts=frozenset(),
            user_agent="t",
            resolve=lambda host, port: ["9.9.9.9", "10.0.0.1"],
        ) as http,
        pytest.raises(ForbiddenAddress) as refused,
    ):
        http.get("http://town.test/")
    assert str(refused.value).endswith(".")


def test_a_host_can_be_allowed_with_and_without_its_port() -> None:
    with serving(lambda asked: asked.give(b"hello")) as town:
        for allowed in ("127.0.0.1", town.host):
            with guarded_client(allowed_hosts=frozenset({allowed}), user_agent="t") as http:
                assert http.get(town.address).text == "hello"
        with (
            guarded_client(allowed_hosts=frozenset({"127.0.0.1:1"}), user_agent="t") as http,
            pytest.raises(ForbiddenAddress),
        ):
            http.get(town.address)


def test_a_redirect_into_the_own_network_is_not_followed() -> None:
    with (
        serving(lambda asked: asked.give(b"secret")) as inner,
        serving(lambda asked: asked.give(status=302, Location=f"{inner.address}/keys")) as outer,
        client_for(outer) as http,
    ):
        with pytest.raises(ForbiddenAddress):
            http.get(outer.address)
        assert inner.requests == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://town.test/", "gopher://town.test"])
def test_a_redirect_to_another_scheme_is_not_followed(target: str) -> None:
    with (
        serving(lambda asked: asked.give(status=302, Location=target)) as outer,
        client_for(outer) as http,
        pytest.raises(httpx.UnsupportedProtocol),
    ):
        http.get(outer.address)


def test_redirects_end() -> None:
    with (
        serving(lambda asked: asked.give(status=302, Location=f"{asked.path}x")) as town,
        client_for(town) as http,
    ):
        with pytest.raises(httpx.TooManyRedirects):
            http.get(town.address)
        assert len(town.requests) == 6


def test_a_name_is_looked_up_once_and_the_judged_address_is_the_one_asked() -> None:
    """A name that answers differently the second time (rebinding) gains nothing."""
    lookups: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        lookups.append(host)
        assert len(lookups) == 1, "looked up again between judging and connecting"
        return ["127.0.0.1"]

    with (
        serving(lambda asked: asked.give(asked.headers["Host"].encode())) as town,
        guarded_client(
            allowed_hosts=frozenset({"town.test"}), user_agent="t", resolve=rebinding
        ) as http,
    ):
        assert http.get(f"http://town.test:{town.port}/").text == f"town.test:{town.port}"
    assert lookups == ["town.test"]


def test_a_name_that_turns_private_between_two_requests_is_refused() -> None:
    with serving(lambda asked: asked.give(b"secret")) as inner:

        def outside(asked: Asked) -> None:
            asked.give(status=302, Location=f"http://town.test:{inner.port}/")

        with (
            serving(outside) as outer,
            guarded_client(
                allowed_hosts=frozenset({f"town.test:{outer.port}"}),
                user_agent="t",
                resolve=lambda host, port: ["127.0.0.1"],
            ) as http,
        ):
            with pytest.raises(ForbiddenAddress):
                http.get(f"http://town.test:{outer.port}/")
            assert inner.requests == []


def certificate(folder: Path, name: str) -> Path:
    """A self-signed certificate and its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.mark.parametrize(("certified", "is_fine"), [("town.test", True), ("other.test", False)])
def test_tls_is_checked_against_the_name_and_not_the_address(
    tmp_path: Path, certified: str, is_fine: bool
) -> None:
    pem = certificate(tmp_path, certified)
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(pem)
    asked_for: list[str | None] = []
    server_side.sni_callback = lambda sock, name, context: asked_for.append(name)
    with (
        serving(lambda asked: asked.give(b"hello"), tls=server_side) as town,
        guarded_client(
            allowed_hosts=frozenset({"town.test"}),
            user_agent="t",
            resolve=lambda host, port: ["127.0.0.1"],
            ssl_context=ssl.create_default_context(cafile=pem),
        ) as http,
    ):
        url = f"https://town.test:{town.port}/"
        if is_fine:
            assert http.get(url).text == "hello"
        else:
            with pytest.raises(httpx.ConnectError):
                http.get(url)
    assert asked_for == ["town.test"]


def test_our_authorization_stays_with_its_host() -> None:
    with (
        serving(lambda asked: asked.give(b"hello")) as other,
        serving(lambda asked: asked.give(status=302, Location=f"{other.address}/")) as town,
        client_for(town, other) as http,
    ):
        http.get(town.address, headers={"Authorization": "Bearer x"})
        http.get(town.address, auth=("name", "word"))
        assert all("authorization" in headers for _, _, headers in town.requests)
        assert not any("authorization" in headers for _, _, headers in other.requests)


def test_cookies_are_not_kept() -> None:
    with (
        serving(lambda asked: asked.give(b"", Set_Cookie="track=1; Path=/")) as town,
        client_for(town) as http,
    ):
        http.get(town.address)
        http.get(town.address)
        assert "cookie" not in town.requests[1][2]


def test_who_asks_is_named() -> None:
    with serving(lambda asked: asked.give(b"")) as town, client_for(town) as http:
        http.get(town.address)
        assert town.requests[0][2]["user-agent"] == "Resonanz tests"


@pytest.mark.parametrize("status", [301, 307, 308])
def test_a_write_is_not_carried_elsewhere(status: int) -> None:
    with (
        serving(lambda asked: asked.give(status=status, Location="/new")) as town,
        client_for(town) as http,
    ):
        with pytest.raises(MovedWrite):
            http.post(town.address, json={"status": "hello"})
        assert len(town.requests) == 1


def test_a_write_may_point_to_what_came_of_it() -> None:
    def behaviour(asked: Asked) -> None:
        if asked.command == "POST":
            asked.give(status=303, Location="/done")
        else:
            asked.give(b"done")

    with serving(behaviour) as town, client_for(town) as http:
        assert http.post(town.address).text == "done"


def test_fifty_megabytes_are_refused_by_their_announcement() -> None:
    with (
        serving(lambda asked: asked.give(b"x", Content_Length=str(50 * 2**20))) as town,
        client_for(town) as http,
        pytest.raises(TooLarge),
    ):
        http.get(town.address)


def test_fifty_megabytes_without_announcement_are_cut_off() -> None:
    def behaviour(asked: Asked) -> None:
        asked.send_response(200)
        asked.send_header("Connection", "close")
        asked.end_headers()
        for _ in range(50):
            asked.raw(b"x" * 2**20)

    with serving(behaviour) as town, client_for(town) as http:
        with pytest.raises(TooLarge):
            http.get(town.address)
        # The rest fits into the buffers of the two sockets.
        assert town.bytes_sent < 30 * 2**20


def test_a_gzip_bomb_neither_passes_nor_fills_the_memory() -> None:
    bomb = gzip.compress(b"\0" * (200 * 2**20), compresslevel=9)
    assert len(bomb) < 2**20
    with (
        serving(lambda asked: asked.give(bomb, Content_Encoding="gzip")) as town,
        client_for(town, max_bytes=2**20) as http,
    ):
        tracemalloc.start()
        try:
            with pytest.raises(TooLarge):
                http.get(town.address)
            _, peak_bytes = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak_bytes < 5 * 2**20


def test_an_endless_archive_of_nothing_is_cut_off() -> None:
    nothing = gzip.compress(b"") * 2000
    with (
        serving(lambda asked: asked.give(nothing, Content_Encoding="gzip")) as town,
        client_for(town, max_bytes=10_000) as http,
        pytest.raises(TooLarge),
    ):
        http.get(town.address)


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


LETTER = b"".join(b"Dear neighbour, line %d\n" % number for number in range(20_000))


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(LETTER), "gzip"),
        (gzip.compress(LETTER), "x-gzip"),
        (gzip.compress(LETTER[:100]) + gzip.compress(LETTER[100:]) + b"\0\0", "gzip"),
        (zlib.compress(LETTER), "deflate"),
        (bare(LETTER), "deflate"),
        (LETTER, "identity"),
    ],
)
def test_what_is_packed_arrives_whole(packed: bytes, encoding: str) -> None:
    with (
        serving(lambda asked: asked.give(packed, Content_Encoding=encoding)) as town,
        client_for(town) as http,
    ):
        assert http.get(town.address).content == LETTER


@pytest.mark.parametrize(
    ("body", "encoding"), [(b"?", "br"), (b"not packed at all", "gzip"), (b"?", "gzip, gzip")]
)
def test_what_cannot_be_unpacked_is_an_error(body: bytes, encoding: str) -> None:
    with (
        serving(lambda asked: asked.give(body, Content_Encoding=encoding)) as town,
        client_for(town) as http,
        pytest.raises(httpx.DecodingError),
    ):
        http.get(town.address)


def drip(asked: Asked, data: bytes) -> None:
    for byte in data:
        asked.raw(bytes([byte]))
        time.sleep(0.05)


def drip_body(asked: Asked) -> None:
    asked.send_response(200)
    asked.send_header("Content-Length", "400")
    asked.end_headers()
    drip(asked, b"x" * 400)


def drip_head(asked: Asked) -> None:
    drip(asked, b"HTTP/1.1 200 OK\r\nX: " + b"x" * 400)


def test_a_slow_drip_ends_with_the_whole_time() -> None:
    """Every byte comes in time for the read limit; the whole does not."""
    for behaviour in (drip_body, drip_head):
        with serving(behaviour) as town, client_for(town, total_seconds=0.5) as http:
            with pytest.raises(TookTooLong):
                http.get(town.address)
            assert town.bytes_sent < 400


def test_slow_redirects_share_one_whole_time() -> None:
    def behaviour(asked: Asked) -> None:
        time.sleep(0.3)
        asked.give(status=302, Location=f"{asked.path}x")

    with serving(behaviour) as town, client_for(town, total_seconds=0.5) as http:
        with pytest.raises(TookTooLong):
            http.get(town.address)
        assert len(town.requests) == 2


def test_a_stream_without_end_is_held_by_neither_limit() -> None:
    def behaviour(asked: Asked) -> None:
        asked.send_response(200)
        asked.send_header("Connection", "close")
        asked.end_headers()
        for _ in range(8):
            asked.raw(b"data: word\n\n" * 100)
            time.sleep(0.05)

    with (
        serving(behaviour) as town,
        client_for(town, total_seconds=0.2, max_bytes=100) as http,
        http.stream("GET", town.address, extensions={ENDLESS: True}) as answer,
    ):
        assert sum(len(chunk) for chunk in answer.iter_bytes()) == 8 * 1200


def test_a_host_that_nobody_knows_is_a_line_that_could_not_be_opened() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError("no such host")

    with (
        guarded_client(allowed_hosts=frozenset(), user_agent="t", resolve=unknown) as http,
        pytest.raises(httpx.ConnectError),
    ):
        http.get("http://nowhere.test/")


def test_every_request_has_a_connection_of_its_own() -> None:
    """A server that closes without saying so would break a write on a connection that was kept."""
    ports = []

    def note_port(asked: Asked) -> None:
        ports.append(asked.client_address[1])
        asked.give(b"hello")

    with serving(note_port) as town, client_for(town) as http:
        for _ in range(3):
            assert http.get(town.address).text == "hello"
    assert len(set(ports)) == 3
