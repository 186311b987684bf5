"""Alice's app and passkey, so that the pages about them have something to show."""

import re

from playwright.sync_api import Browser

from resonanz.workspaces.tests.app_codes import code_of
from tests.pages import SEND
from tests.peers.servers.chromium import visitor
from tests.peers.show.words import EMAIL, PASSWORD

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def set_up_second_steps(browser: Browser, port: int) -> int:
    """Set both up in a browser of their own. Gives the number of the passkey.

    At `localhost`, because browsers keep no passkeys for a number.
    """
    context = visitor(browser, base_url=f"http://localhost:{port}")
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("#id_login", EMAIL)
    page.fill("#id_password", PASSWORD)
    page.click(SEND)
    page.goto("/security/password/?next=/security/app/")
    page.fill("#id_password", PASSWORD)
    page.click(SEND)
    page.wait_for_url("**/security/app/")
    page.fill("#id_code", code_of(page.inner_text("form code"), -1))
    page.click(SEND)
    page.wait_for_url("**/security/codes/")
    line = context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto("/security/passkeys/add/")
    page.click("#passkey-button")
    page.wait_for_url("**/security/")
    page.goto("/security/passkeys/")
    where = page.get_attribute("main a[href$='/remove/']", "href") or ""
    context.close()
    found = re.search(r"\d+", where)
    assert found, "The passkey is not in the list."
    return int(found[0])
