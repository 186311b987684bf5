"""A real browser opens every page of a house full of attacks; nothing of them comes to life.

Each page is shown as Django answers it, once under the house's own policy and once without, so
that what is tried is both walls, one by one.
"""

import mimetypes
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse
from playwright.sync_api import Browser, Dialog, Page, Route

from resonanz.house.tests.attacked import BREAKS_OUT, attack, pages
from resonanz.house.tests.conftest import things
from resonanz.house.tests.things import Things
from resonanz.workspaces.models import Member

pytestmark = pytest.mark.peer

HOUSE = "http://house.test"
POLICY = "content-security-policy"
WHAT_COULD_ACT = """() => {
  const found = [];
  for (const one of document.querySelectorAll("*")) {
    for (const { name } of one.attributes) if (name.startsWith("on")) found.push(name);
    const address = one.href || one.src || one.action || one.formAction || "";
    // The bookmarklet is dragged away; the policy lets nobody run it here.
    if ("bookmarklet" in one.dataset) continue;
    if (typeof address === "string" && /^(javascript|data|vbscript):/i.test(address)) {
      found.push(`${one.tagName} ${address.slice(0, 60)}`);
    }
  }
  for (const { src } of document.scripts) {
    if (!src.startsWith(location.origin)) found.push(`script ${src}`);
  }
  return found;
}"""

__all__ = ["things"]


def served(answers: dict[str, HttpResponse], with_policy: bool) -> Callable[[Route], None]:
    """Answers the browser with what Django answered, and with our own static files."""

    def answer(route: Route) -> None:
        where = route.request.url.removeprefix(HOUSE)
        told = answers.get(where)
        if told is not None:
            headers = {name.lower(): value for name, value in told.items()}
            if not with_policy:
                del headers[POLICY]
            route.fulfill(status=200, headers=headers, body=told.content)
            return
        is_ours = where.startswith("/static/")
        path = finders.find(where.removeprefix("/static/").partition("?")[0]) if is_ours else None
        if not path:
            route.abort()
            return
        kind = mimetypes.guess_type(str(path))[0] or "text/plain"
        route.fulfill(path=str(path), content_type=kind)

    return answer


def opened(page: Page, answers: dict[str, HttpResponse], *, with_policy: bool) -> list[str]:
    """Opens all of them; gives what came to life or could."""
    alive: list[str] = []

    def note(dialog: Dialog) -> None:
        alive.append(f"{page.url}: dialog")
        dialog.dismiss()

    page.on("dialog", note)
    page.route("**/*", served(answers, with_policy))
    for where in answers:
        page.goto(HOUSE + where, wait_until="load")
        alive += [f"{where}: {one}" for one in page.evaluate(WHAT_COULD_ACT)]
    return alive


def test_the_browser_would_tell(browser: Browser) -> None:
    """Without a policy and without escaping a dialog opens; with the policy it does not."""
    bare = HttpResponse(f"<title>{BREAKS_OUT}")
    bare[POLICY] = "default-src 'none'; script-src 'self'; img-src 'self'"
    for with_policy in (False, True):
        with browser.new_page() as page:
            alive = opened(page, {"/": bare}, with_policy=with_policy)
        assert any("dialog" in one for one in alive) is not with_policy


def answered(things: Things, member: Member) -> dict[str, HttpResponse]:
    """What Django answers at every address."""
    answers: dict[str, HttpResponse] = {}
    for where, answer in pages(things, member):
        # A browser writes those in its own way; the inspector without a browser reads them.
        if "<" not in where:
            answers.setdefault(where, answer)
    connection.close()
    return answers


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_policy", [True, False])
def test_nothing_comes_to_life(
    browser: Browser, things: Things, alice: Member, with_policy: bool
) -> None:
    attack(things)
    # The browser runs a loop in this thread, where Django's client would refuse to work.
    with ThreadPoolExecutor(1) as beside:
        answers = beside.submit(answered, things, alice).result()
    with browser.new_page() as page:
        assert opened(page, answers, with_policy=with_policy) == []
