"""Signing in as people do, in a real browser: a real provider, real passkeys, a real code."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from resonanz.workspaces.tests.app_codes import code_of
from tests.peers.servers.oidc_provider import CLIENT, SECRET, OidcProvider
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.show.second_steps import DEVICE
from tests.peers.show.words import EMAIL, PASSWORD

pytestmark = pytest.mark.peer

BACK = "/sign-in/with/house/back/"
SEND = "main form button.primary"
PEOPLE = {
    "alice": {"email": EMAIL, "email_verified": True, "name": "Alice"},
    "stranger": {"email": "stranger@else.example", "email_verified": True, "name": "Nobody"},
    "unsure": {"email": EMAIL, "email_verified": False, "name": "Somebody"},
}
Visit = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OidcProvider]:
    """The provider; it runs while a house does."""
    found = OidcProvider(tmp_path_factory.mktemp("oidc") / "provider.log", PEOPLE)
    yield found
    found.stop()


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, provider: OidcProvider
) -> Iterator[ResonanzProcess]:
    """A house that knows the provider, at a name that browsers keep passkeys for."""
    told = {"ADDRESS": provider.address, "CLIENT": CLIENT, "SECRET": SECRET, "NAME": "Guildhall"}
    process = ResonanzProcess(
        tmp_path_factory.mktemp("sign-in") / "house",
        environment={f"RESONANZ_OIDC_{name}": value for name, value in told.items()},
    )
    process.furnish()
    process.start("web")
    provider.start(f"http://localhost:{process.port}{BACK}")
    yield process
    process.stop()


@pytest.fixture
def enter(house: ResonanzProcess, visit: Visit) -> Callable[[], Page]:
    """Somebody new in front of the door; the house is founded by whoever comes first."""

    def come() -> Page:
        page = visit(language="en-GB", base_url=f"http://localhost:{house.port}").new_page()
        page.goto("/")
        if "/setup/" in page.url:
            found(page)
            page.context.clear_cookies()
        page.goto("/sign-in/")
        return page

    return come


def found(page: Page) -> None:
    """The first visit."""
    page.fill("#id_name", "Daybreak Bakery")
    page.fill("#id_member_name", "Alice")
    page.fill("#id_email", EMAIL)
    page.fill("#id_password", PASSWORD)
    page.fill("#id_password_again", PASSWORD)
    page.click(SEND)
    page.wait_for_url("**/welcome/")


def with_password(page: Page) -> None:
    """Sign in by password."""
    page.fill("#id_login", EMAIL)
    page.fill("#id_password", PASSWORD)
    page.click(SEND)
    page.wait_for_load_state()


def confirm(page: Page, where: str) -> None:
    """Go to a page that asks for the password again."""
    page.goto(f"/security/password/?next={where}")
    page.fill("#id_password", PASSWORD)
    page.click(SEND)
    page.wait_for_url(f"**{where}")


def at_provider(page: Page, name: str) -> None:
    """Press the button, sign in at the provider under a name, and agree."""
    page.click("text=Sign in with Guildhall")
    agree(page, name)


def agree(page: Page, name: str) -> None:
    """What one does at the provider."""
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", "anything")
    page.click("button[type=submit]")
    page.wait_for_load_state()
    page.click("button[type=submit]")
    page.wait_for_load_state()


def device(page: Page) -> None:
    """Give the browser something that keeps passkeys."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def is_inside(page: Page) -> bool:
    """Whether the house lets this browser in."""
    page.goto("/settings/")
    return urlsplit(page.url).path == "/settings/"


def test_whom_the_provider_and_the_house_know_comes_in(enter: Callable[[], Page]) -> None:
    """And the second time too, by the tie."""
    for _ in range(2):
        page = enter()
        at_provider(page, "alice")
        assert urlsplit(page.url).path == "/"
        assert is_inside(page)


@pytest.mark.parametrize(
    ("name", "words"), [("stranger", "entered by invitation"), ("unsure", "does not vouch")]
)
def test_whom_the_house_does_not_know_is_told_kindly(
    enter: Callable[[], Page], name: str, words: str
) -> None:
    page = enter()
    at_provider(page, name)
    assert words in page.inner_text("main")
    assert not is_inside(page)


@pytest.mark.parametrize("what", ["state", "nonce"])
def test_an_answer_to_another_question_is_refused(enter: Callable[[], Page], what: str) -> None:
    """The question is changed on its way to the provider."""
    page = enter()
    # The browser follows a redirect unseen, so this way is gone by hand.
    answer = page.request.get("/sign-in/with/house/", max_redirects=0)
    page.goto(re.sub(rf"{what}=[^&]+", f"{what}=somebody-elses", answer.headers["location"]))
    agree(page, "alice")
    assert "does not belong to a sign-in" in page.inner_text("main")
    assert not is_inside(page)


def test_a_provider_that_is_down_is_told_in_a_sentence(
    enter: Callable[[], Page], provider: OidcProvider, house: ResonanzProcess
) -> None:
    """And the password works meanwhile."""
    page = enter()
    provider.stop()
    page.click("text=Sign in with Guildhall")
    assert "Guildhall cannot be reached just now" in page.inner_text("main")
    page.click("text=To the sign-in")
    with_password(page)
    assert is_inside(page)
    provider.start(f"http://localhost:{house.port}{BACK}")


def forget(page: Page) -> None:
    """Be signed in no longer, on a page without scripts: others notice it, and lead away."""
    page.goto("/healthz")
    page.context.clear_cookies()


def test_a_passkey_is_added_lets_in_and_goes(enter: Callable[[], Page]) -> None:
    """Without any password in between."""
    page = enter()
    device(page)
    with_password(page)
    confirm(page, "/security/passkeys/add/")
    page.fill("#id_name", "The phone")
    page.click("#passkey-button")
    page.wait_for_url("**/security/codes/")
    forget(page)
    page.goto("/sign-in/?next=/people/")
    page.click("#passkey-button")
    page.wait_for_url("**/people/")
    # By password it is asked for as the second step.
    forget(page)
    page.goto("/sign-in/")
    with_password(page)
    assert urlsplit(page.url).path == "/sign-in/second-step/"
    page.click("#passkey-button")
    page.wait_for_url(re.compile(r"localhost:\d+/$"))
    # The passkey counts as the second look before it is removed itself.
    page.goto("/security/passkeys/")
    page.click("text=Remove")
    page.wait_for_url("**/security/password/**")
    page.fill("#id_password", PASSWORD)
    page.click(SEND)
    page.wait_for_url("**/remove/")
    page.click("button.grave")
    page.wait_for_url("**/security/passkeys/")
    assert "There is no passkey yet" in page.inner_text("main")
    page.context.clear_cookies()
    page.goto("/sign-in/")
    with page.expect_navigation():
        page.click("#passkey-button")
    assert "This code is not right" in page.inner_text("#messages")
    assert not is_inside(page)


def test_calling_a_passkey_off_is_told_in_a_sentence(enter: Callable[[], Page]) -> None:
    """A browser without anything that could keep one."""
    page = enter()
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {**DEVICE, "isUserVerified": False}
    line.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    with_password(page)
    confirm(page, "/security/passkeys/add/")
    page.click("#passkey-button")
    page.wait_for_selector("#passkey-cancelled:visible")


def test_an_app_asks_for_its_codes_and_one_for_emergencies_helps(
    enter: Callable[[], Page], house: ResonanzProcess
) -> None:
    """The secret is read from the page, as the app's camera would; the command takes it away."""
    page = enter()
    with_password(page)
    confirm(page, "/security/app/")
    secret = page.inner_text("form code")
    page.fill("#id_code", code_of(secret, -1))
    page.click(SEND)
    page.wait_for_url("**/security/codes/")
    emergency = page.locator("main li code").first.inner_text()
    for code in (code_of(secret), emergency):
        page.context.clear_cookies()
        page.goto("/sign-in/")
        with_password(page)
        page.fill("#id_code", code)
        page.click(SEND)
        page.wait_for_load_state()
        assert is_inside(page)
    assert house.command("second-step-off", EMAIL, seconds=120).returncode == 0
    assert not is_inside(page)
    page.goto("/sign-in/")
    with_password(page)
    assert is_inside(page)


def test_a_browser_is_signed_out_from_another(enter: Callable[[], Page]) -> None:
    """By name, in one click."""
    here, there = enter(), enter()
    with_password(there)
    with_password(here)
    here.goto("/security/sessions/")
    here.click("text=Sign out everywhere else")
    here.wait_for_load_state()
    assert not is_inside(there)
    assert is_inside(here)
