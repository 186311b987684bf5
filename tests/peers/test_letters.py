"""Letters through a real mail server, and pushed messages in a real browser."""

import json
import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page

from tests.peers.servers.mail_server import CUT, HOLD, MailServer
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.running import wait_until
from tests.peers.show.words import EMAIL, PASSWORD

pytestmark = pytest.mark.peer

SEND = "main form button.primary"
NEW = "caraway-and-rye-71"
FROM = "Bäckerei Morgenrot <resonanz@bakery.example>"
OLD_ALARM = """
from datetime import timedelta
from django.utils import timezone
from resonanz.letters.asking import ask_sources
from resonanz.workspaces.models import Alarm, Workspace
Alarm.objects.update(over_at=timezone.now())
Alarm.objects.create(workspace=Workspace.objects.get(), matter="{matter}", code="disk_low",
                     raised_at=timezone.now() - timedelta(minutes=5))
ask_sources()
"""
DELIVERIES = 15
SHOWN_WITHIN_TWO_SECONDS = """async () => {
    const there = await navigator.serviceWorker.ready;
    for (let turn = 0; turn < 20; turn++) {
        const found = await there.getNotifications();
        if (found.length) return found.map((one) => [one.title, one.body, one.tag, one.data.url]);
        await new Promise((done) => setTimeout(done, 100));
    }
    return [];
}"""
Visit = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    """The mail server."""
    found = MailServer(tmp_path_factory.mktemp("post") / "server")
    yield found
    found.stop()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, post: MailServer) -> Iterator[ResonanzProcess]:
    """A house that hands its letters in there, in a hurry."""
    process = ResonanzProcess(
        tmp_path_factory.mktemp("letters") / "house",
        environment={
            "RESONANZ_MAIL_ADDRESS": post.address,
            "RESONANZ_MAIL_FROM": FROM,
            "SSL_CERT_FILE": str(post.certificate),
            "RESONANZ_LEASE_SECONDS": "1",
            "RESONANZ_PACE": "0.2",
        },
    )
    process.furnish()
    process.start("web")
    process.start("work")
    yield process
    process.stop()


@pytest.fixture
def page(house: ResonanzProcess, visit: Visit) -> Page:
    """Alice at her browser, signed in; she founds the house when she is the first."""
    found = visit(language="de-DE", base_url=f"http://localhost:{house.port}").new_page()
    found.goto("/")
    if "/setup/" in found.url:
        found.fill("#id_name", "Bäckerei Morgenrot")
        found.fill("#id_member_name", "Älice")
        found.fill("#id_email", EMAIL)
        found.fill("#id_password", PASSWORD)
        found.fill("#id_password_again", PASSWORD)
        found.click(SEND)
        found.wait_for_url("**/welcome/")
    else:
        sign_in(found, PASSWORD)
    return found


def sign_in(page: Page, password: str) -> None:
    page.goto("/sign-in/")
    page.fill("#id_login", EMAIL)
    page.fill("#id_password", password)
    page.click(SEND)
    page.wait_for_url(re.compile(r"/(welcome/)?$"))


def send_trial(page: Page) -> None:
    page.goto("/settings/letters/")
    page.click("form:has(input[name=way][value=mail]) button")
    page.wait_for_load_state()


def test_a_letter_arrives_over_tls_and_can_be_read(
    page: Page, post: MailServer, house: ResonanzProcess
) -> None:
    """In German, umlauts and all; and the doctor is let in as well."""
    before = len(post.to(EMAIL))
    send_trial(page)
    letter = post.wait_for(EMAIL, count=before + 1)
    assert letter["Subject"] == "Ein Probebrief von Resonanz"
    assert letter["From"] == FROM
    assert letter["To"] == f"Älice <{EMAIL}>"
    assert "Guten Tag Älice," in letter.get_content()
    assert "✓ The mail server localhost" in house.command("doctor").stdout


@pytest.mark.parametrize("trouble", ["450 come back later", CUT])
def test_what_went_wrong_once_goes_the_second_time(
    page: Page, post: MailServer, trouble: str
) -> None:
    """Greylisted; and cut after the letter was said, when it comes twice as the same letter."""
    before, twice = len(post.to(EMAIL)), trouble == CUT
    post.script[EMAIL] = [trouble]
    send_trial(page)
    post.wait_for(EMAIL, count=before + (2 if twice else 1))
    came = [letter["Message-ID"] for letter in post.to(EMAIL)[before:]]
    assert len(came) == (2 if twice else 1)
    assert len(set(came)) == 1


def test_a_killed_worker_says_the_same_letter_again(
    page: Page, post: MailServer, house: ResonanzProcess
) -> None:
    """It had been taken, and nobody knew: by its id it is the same."""
    before = len(post.to(EMAIL))
    post.let_go.clear()
    post.script[EMAIL] = [HOLD]
    send_trial(page)
    post.wait_for(EMAIL, count=before + 1)
    house.kill("work")
    post.let_go.set()
    house.start("work")
    post.wait_for(EMAIL, count=before + 2)
    assert len({letter["Message-ID"] for letter in post.to(EMAIL)[before:]}) == 1


def test_an_address_that_is_refused_is_told(
    page: Page, post: MailServer, house: ResonanzProcess
) -> None:
    post.script[EMAIL] = ["550 5.1.1 no such user"]
    send_trial(page)
    page.wait_for_timeout(3000)
    page.goto("/settings/letters/")
    assert "550 5.1.1 no such user" in page.inner_text("[aria-labelledby=lately] li:first-child")
    page.goto("/status/")
    assert "Ein Brief an Älice wurde nicht angenommen." in page.inner_text("main")
    before = len(post.to(EMAIL))
    send_trial(page)
    post.wait_for(EMAIL, count=before + 1)
    page.wait_for_timeout(1000)
    page.goto("/status/")
    assert "nicht angenommen" not in page.inner_text("main")


def test_one_click_stops_alarms_for_good(
    page: Page, post: MailServer, house: ResonanzProcess
) -> None:
    """As a mail program does it: a POST to the address in the head, without any cookie."""
    before = len(post.to(EMAIL))
    assert house.command("manage", "shell", "-c", OLD_ALARM.format(matter="one")).returncode == 0
    letter = post.wait_for(EMAIL, count=before + 1)
    assert letter["Subject"] == "Bäckerei Morgenrot: Etwas braucht einen Blick"
    stop = letter["List-Unsubscribe"].strip("<>")
    assert httpx.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert house.command("manage", "shell", "-c", OLD_ALARM.format(matter="two")).returncode == 0
    page.wait_for_timeout(4000)
    assert len(post.to(EMAIL)) == before + 1
    page.goto("/settings/letters/")
    assert not page.is_checked("#id_wants_alarms")
    page.goto(stop)
    page.click("main form button")
    page.goto("/settings/letters/")
    page.wait_for_selector("#id_wants_alarms")


def way_back(post: MailServer, already: set[str]) -> str:
    """The link to a new password that came last. Other letters may come in between."""

    def links() -> list[str]:
        letters = " ".join(letter.get_content() for letter in post.to(EMAIL))
        found = re.findall(r"https?://\S+/password/new/\S+", letters)
        return [link for link in found if link not in already]

    wait_until(lambda: bool(links()), seconds=60, what="a letter with a link")
    already.update(found := links())
    return found[-1]


def test_a_forgotten_password_is_chosen_anew(
    page: Page, post: MailServer, house: ResonanzProcess, visit: Visit
) -> None:
    """From the sign-in page to the letter and back, and once only."""
    already: set[str] = set()
    other = visit(language="de-DE", base_url=f"http://localhost:{house.port}").new_page()
    other.goto("/sign-in/")
    other.click("a[href='/password/forgotten/']")
    other.fill("#id_email", EMAIL)
    other.click(SEND)
    other.wait_for_url("**/password/forgotten/sent/")
    link = way_back(post, already)
    for password in (NEW, PASSWORD):
        if password == PASSWORD:
            other.goto("/password/forgotten/")
            other.fill("#id_email", EMAIL)
            other.click(SEND)
            link = way_back(post, already)
        other.goto(link)
        other.fill("#id_password1", password)
        other.fill("#id_password2", password)
        other.click(SEND)
        other.wait_for_url("**/password/new/")
        other.context.clear_cookies()
        sign_in(other, password)
        other.context.clear_cookies()
    other.goto(link)
    assert other.locator("#id_password1").count() == 0


def test_the_browser_shows_what_is_pushed(page: Page, house: ResonanzProcess) -> None:
    """What the push service would bring is handed to the service worker by the browser itself."""
    origin = f"http://localhost:{house.port}"
    page.context.grant_permissions(["notifications"], origin=origin)
    page.goto("/settings/letters/")
    page.evaluate(
        "navigator.serviceWorker.register('/service-worker.js')"
        ".then(() => navigator.serviceWorker.ready).then(() => true)"
    )
    wire = page.context.new_cdp_session(page)
    known: list[str] = []
    wire.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: known.extend(one["registrationId"] for one in told["registrations"]),
    )
    wire.send("ServiceWorker.enable")
    told = {
        "title": "Älice bittet um Zustimmung",
        "body": "Ein Text",
        "url": "/outbox/",
        "tag": "t",
    }
    shown = []
    for _ in range(DELIVERIES):
        # The browser tells of the registration when it comes to it, and drops a message for a
        # worker that it has not begun yet. The same tag shows the message once.
        page.wait_for_timeout(500)
        message = {"origin": origin, "data": json.dumps(told)}
        for one in known[-1:]:
            wire.send("ServiceWorker.deliverPushMessage", {**message, "registrationId": one})
        shown = page.evaluate(SHOWN_WITHIN_TWO_SECONDS)
        if shown:
            break
    assert shown == [["Älice bittet um Zustimmung", "Ein Text", "t", "/outbox/"]]
