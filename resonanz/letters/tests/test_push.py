"""Pushed messages: for the browser's eyes only, and what push services answer."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from resonanz.letters.models import Letter, PushSubscription
from resonanz.letters.push import push_client
from resonanz.letters.tests.letter_box import SendDue
from resonanz.letters.tests.push_service import (
    PushService,
    browser_of,
    is_signed,
    keys,
    push_service,
)
from resonanz.letters.vapid import public_key
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.membership import leave
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

ENDPOINT = "https://push.example/send/abc"


@pytest.fixture
def service(settings: Settings, clock: HandClock) -> Iterator[PushService]:
    """A push service that our guarded client may speak to."""
    with push_service() as found:
        settings.RESONANZ_ALLOWED_HOSTS_INSIDE = frozenset({found.host})
        settings.RESONANZ_PUBLIC_ADDRESS = "https://resonanz.example"
        push_client.cache_clear()
        yield found
        push_client.cache_clear()


@pytest.fixture
def trial(client_of: ClientOf, clock: HandClock) -> Callable[[Member], None]:
    """Presses “Send a trial to these browsers”."""

    def press(member: Member) -> None:
        client_of(member).post("/settings/letters/trial/", {"way": "push"})
        clock.advance(minutes=1)

    return press


def test_only_the_browser_can_read_it(
    service: PushService, bob: Member, trial: Callable[[Member], None], send_due: SendDue
) -> None:
    """In her language, with who we are, how long it is kept, and what replaces what."""
    browser = browser_of(bob, service, "/bob")
    trial(bob)
    send_due()
    [pushed] = service.got
    assert browser.read(pushed) == {
        "title": "Ein Probebrief von Resonanz",
        "body": "Er ist angekommen: Briefe erreichen dich hier.",
        "url": "/settings/letters/",
        "tag": Letter.objects.get().matter,
    }
    assert b"Probebrief" not in pushed.content
    assert is_signed(pushed)
    assert f"k={public_key()}" in pushed.headers["Authorization"]
    assert pushed.headers["Content-Encoding"] == "aes128gcm"
    assert pushed.headers["TTL"] == "43200"
    assert pushed.headers["Urgency"] == "normal"
    assert 0 < len(pushed.headers["Topic"]) <= 32


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(
    service: PushService,
    alice: Member,
    trial: Callable[[Member], None],
    send_due: SendDue,
    status: int,
) -> None:
    browser_of(alice, service, "/gone")
    service.answers = {"/gone": [status]}
    trial(alice)
    send_due()
    assert not PushSubscription.objects.exists()
    assert Letter.objects.get().state == Letter.State.DROPPED


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_asks_for_patience_is_asked_again(
    service: PushService,
    alice: Member,
    trial: Callable[[Member], None],
    send_due: SendDue,
    clock: HandClock,
    status: int,
) -> None:
    """Only the browser that was not told is told then."""
    browser_of(alice, service, "/one")
    browser_of(alice, service, "/two")
    service.answers = {"/two": [status]}
    trial(alice)
    send_due()
    assert [one.path for one in service.got] == ["/one"]
    clock.advance(minutes=5)
    send_due()
    assert [one.path for one in service.got] == ["/one", "/two"]
    assert Letter.objects.get().state == Letter.State.SENT


def test_a_refusal_is_told_beside_the_letter_and_wakes_nobody(
    service: PushService, alice: Member, trial: Callable[[Member], None], send_due: SendDue
) -> None:
    browser_of(alice, service, "/no")
    service.answers = {"/no": [413]}
    trial(alice)
    send_due()
    letter = Letter.objects.get()
    assert letter.state == Letter.State.REFUSED
    assert letter.trouble
    assert not alice.workspace.alarms.exists()


def test_no_message_goes_into_the_own_network(
    settings: Settings,
    service: PushService,
    alice: Member,
    trial: Callable[[Member], None],
    send_due: SendDue,
) -> None:
    """The browser names the address, and whoever forges one gets nowhere."""
    settings.RESONANZ_ALLOWED_HOSTS_INSIDE = frozenset()
    push_client.cache_clear()
    browser_of(alice, service, "/inside")
    trial(alice)
    send_due()
    assert service.got == []
    assert Letter.objects.get().state == Letter.State.REFUSED


def subscribe(client: Client, **more: str) -> None:
    _key, p256dh, auth = keys()
    told = {"endpoint": ENDPOINT, "p256dh": p256dh, "auth": auth, **more}
    answer = client.post(
        "/settings/letters/browsers/",
        told,
        headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"},
    )
    assert answer.status_code == 302


def test_a_browser_is_known_once_and_can_be_stopped(
    alice: Member, bob: Member, client_of: ClientOf
) -> None:
    """By her, not by a colleague."""
    client = client_of(alice)
    for _ in range(2):
        subscribe(client)
    row = PushSubscription.objects.get()
    assert (row.member, row.browser) == (alice, "Firefox · Linux")
    where = f"/settings/letters/browsers/{row.pk}/stop/"
    assert client_of(bob).post(where).status_code == 404
    assert "Firefox · Linux" in client.get("/settings/letters/").content.decode()
    client.post(where)
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://"},
        {"endpoint": "https://push.example/" + "x" * 1000},
        {"p256dh": "AAAA"},
        {"p256dh": "ä"},
        {"auth": "AAAA"},
        {"auth": ""},
    ],
)
def test_what_is_no_browser_is_not_kept(
    alice: Member, client_of: ClientOf, wrong: dict[str, str]
) -> None:
    subscribe(client_of(alice), **wrong)
    assert not PushSubscription.objects.exists()


def test_nobody_keeps_more_than_twenty(alice: Member, client_of: ClientOf) -> None:
    client = client_of(alice)
    for number in range(22):
        subscribe(client, endpoint=f"{ENDPOINT}{number}")
    kept = PushSubscription.objects.values_list("endpoint", flat=True)
    assert len(kept) == 20
    assert f"{ENDPOINT}21" in kept
    assert f"{ENDPOINT}0" not in kept


def test_the_service_worker_may_open_every_page(client: Client) -> None:
    answer = client.get("/service-worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer.headers["Cache-Control"]
    assert client.get("/manifest.webmanifest").json()["display"] == "standalone"


def test_who_leaves_is_told_nothing_more(
    service: PushService, alice: Member, bob: Member, trial: Callable[[Member], None]
) -> None:
    browser_of(bob, service, "/bob")
    trial(bob)
    leave(member=bob, successor=alice, by=alice)
    assert not PushSubscription.objects.exists()
    assert Letter.objects.get().state == Letter.State.DROPPED
