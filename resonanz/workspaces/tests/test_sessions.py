"""Where one is signed in: told in words, ended one by one or all at once."""

from collections.abc import Iterator

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from resonanz.workspaces.devices import Device, device
from resonanz.workspaces.doorkeeping import SEEN_AT
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import PASSWORD

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)


@pytest.fixture(autouse=True)
def nobody_failed_before(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def signed_in(user_agent: str, email: str = "alice@bakery.example") -> Client:
    """A browser in which somebody just said her password."""
    client = Client(headers={"accept-language": "en", "user-agent": user_agent})
    assert client.post("/sign-in/", {"login": email, "password": PASSWORD}).status_code == 302
    return client


def test_each_browser_stands_there_in_words(alice: Member) -> None:
    """This one is marked."""
    signed_in(PHONE)
    page = signed_in(FIREFOX).get("/security/sessions/").content.decode()
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert page.count("This browser.") == 1
    assert "127.0.0.1" in page


def test_one_of_them_can_be_ended(alice: Member) -> None:
    """On that device the next click leads to the door; the others go on."""
    phone, desk, third = signed_in(PHONE), signed_in(FIREFOX), signed_in(EDGE)
    row = UserSession.objects.get(session_key=phone.session.session_key)
    assert desk.post("/security/sessions/", {"session": row.pk}).status_code == 302
    assert phone.get("/settings/").status_code == 302
    assert third.get("/settings/").status_code == 200
    assert desk.get("/settings/").status_code == 200
    assert "iPhone" not in desk.get("/security/sessions/").content.decode()


def test_all_others_can_be_ended(alice: Member) -> None:
    """Twice is as good as once."""
    phone, desk = signed_in(PHONE), signed_in(FIREFOX)
    for _ in range(2):
        desk.post("/security/sessions/", {"session": "others"})
    assert phone.get("/settings/").status_code == 302
    assert desk.get("/settings/").status_code == 200


def test_nobody_ends_somebody_elses_session(alice: Member, charlie: Member) -> None:
    hers, his = signed_in(FIREFOX), signed_in(EDGE, "charlie@cutlery.example")
    row = UserSession.objects.get(user=alice.user)
    for told in (row.pk, "others", "9" * 40, "-1", "x"):
        his.post("/security/sessions/", {"session": told})
    assert hers.get("/settings/").status_code == 200


def test_a_new_password_clears_the_list(alice: Member) -> None:
    """What a new password ended is not shown as if it went on."""
    signed_in(PHONE)
    desk = signed_in(FIREFOX)
    fresh = "barley-and-honey-23"
    desk.post("/password/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    page = desk.get("/security/sessions/").content.decode()
    assert "Firefox on Linux" in page
    assert "iPhone" not in page


def test_a_session_without_a_row_is_listed_too(alice: Member) -> None:
    """One from before the update, or that of the first visit; also with its next page."""
    for path in ("/security/sessions/", "/settings/"):
        client = Client(headers={"user-agent": PHONE})
        client.force_login(alice.user)
        session = client.session
        del session[SEEN_AT]
        session.save()
        client.get(path)
        assert UserSession.objects.filter(session_key=session.session_key).exists(), path
    page = client.get("/security/sessions/").content.decode()
    assert page.count("Safari auf iPhone") + page.count("Safari on iPhone") == 2


def test_ten_more_browsers_cost_no_more_queries(
    alice: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk = signed_in(FIREFOX)
    desk.get("/security/sessions/")
    with django_assert_max_num_queries(15) as few:
        desk.get("/security/sessions/")
    count = len(few.captured_queries)
    for _ in range(10):
        cache.clear()
        signed_in(PHONE)
    with django_assert_max_num_queries(count):
        desk.get("/security/sessions/")


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (FIREFOX, Device("Firefox", "Linux")),
        (PHONE, Device("Safari", "iPhone")),
        (EDGE, Device("Edge", "Windows")),
        ("curl/8.5", Device("", "")),
        ("", Device("", "")),
    ],
)
def test_what_a_browser_says_about_itself(told: str, known: Device) -> None:
    assert device(told) == known
