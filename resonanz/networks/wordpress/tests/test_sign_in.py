"""Connecting a blog."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest

from resonanz.networks.wordpress.address import NO_PASSWORDS, NO_PASSWORDS_WITHOUT_HTTPS
from resonanz.networks.wordpress.connector import network
from resonanz.networks.wordpress.credentials import ASKED_FOR, Credentials
from resonanz.networks.wordpress.sign_in import (
    DENIED,
    NOT_OUR_ERRAND,
    NOT_SENT_BACK_WITHOUT_HTTPS,
    PASSWORD_NOT_SEEN,
    PASSWORD_NOT_TAKEN,
)
from resonanz.networks.wordpress.tests.blog import API, BLOG, PASSWORD, World, account, refusal
from resonanz.networks.wordpress.troubles import CLOSED
from resonanz.switchboard.contract import Begun, Can, Way
from resonanz.switchboard.shapes import Account
from resonanz.switchboard.trouble import Refused

AUTHORIZE = f"{BLOG}/wp-admin/authorize-application.php"
PASSWORDS = {"application-passwords": {"endpoints": {"authorization": AUTHORIZE}}}
INDEX: dict[str, Any] = {
    "name": "Mehl &amp; S\u00f6hne",
    "url": BLOG,
    "home": BLOG,
    "namespaces": ["wp/v2"],
    "authentication": PASSWORDS,
}
ME = {
    "id": 2,
    "name": "Backstube Mehl",
    "slug": "mehl",
    "link": f"{BLOG}/author/mehl/",
    "capabilities": dict.fromkeys(ASKED_FOR, True) | {"read": True},
}
ANSWERS = {"blog": "blog.example", "user": " mehl ", "password": PASSWORD}
CALLBACK = "https://resonanz.example/door/a-token"


def blog(
    index: dict[str, Any] = INDEX, me: httpx.Response | None = None, base: str = BLOG
) -> World:
    link = {"Link": f'<{base}/wp-json/>; rel="https://api.w.org/"'}
    return World(
        {
            f"GET {base}/": httpx.Response(200, html='<html lang="de-DE">', headers=link),
            f"GET {base}/wp-json/": httpx.Response(200, json=index),
            f"GET {base}/wp-json/wp/v2/users/me": me or httpx.Response(200, json=ME),
        }
    )


def connect(world: World, way: Way = Way.TOKEN, **answers: str) -> Account | Begun:
    return network.begin(way, ANSWERS | answers, CALLBACK, world.surroundings)


def test_a_blog_is_connected_with_what_the_user_may_do() -> None:
    found = connect(blog())
    assert isinstance(found, Account)
    assert (found.address, found.profile.uid) == (BLOG, f"{BLOG}/?author=2")
    assert found.profile.handle == "mehl@blog.example"
    assert (found.facts.title, found.facts.language) == ("Mehl & S\u00f6hne", "de")
    can = network.open(found, blog().surroundings).can
    assert {Can.MODERATE, Can.ARTICLE, Can.MEDIA, Can.EDIT, Can.DELETE} <= can
    assert PASSWORD not in repr(found)


def test_a_reader_with_a_login_may_answer_and_nothing_more() -> None:
    found = connect(blog(me=httpx.Response(200, json=ME | {"capabilities": {"read": True}})))
    assert isinstance(found, Account)
    can = network.open(found, blog().surroundings).can
    assert can == {Can.NOTIFICATIONS, Can.HOME, Can.THREAD, Can.ANSWER}


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (refusal(401, "incorrect_password"), PASSWORD_NOT_TAKEN),
        (refusal(401, "invalid_username"), PASSWORD_NOT_TAKEN),
        (refusal(401, "rest_not_logged_in"), PASSWORD_NOT_SEEN),
        (refusal(401, "rest_login_required"), CLOSED),
        (refusal(404, "rest_no_route"), CLOSED),
        (httpx.Response(404, html="nothing"), CLOSED),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence(answer: httpx.Response, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        connect(blog(me=answer))
    assert refused.value.reason == sentence


def test_a_blog_without_application_passwords_says_why() -> None:
    off = INDEX | {"authentication": []}
    stranger = refusal(401, "rest_not_logged_in")
    with pytest.raises(Refused) as refused:
        connect(blog(off, stranger))
    assert refused.value.reason == NO_PASSWORDS
    bare = "http://blog.example"
    with pytest.raises(Refused) as refused:
        connect(blog(off | {"home": bare}, stranger, bare), blog=bare)
    assert refused.value.reason == NO_PASSWORDS_WITHOUT_HTTPS


@pytest.mark.parametrize("missing", ["user", "password"])
def test_a_question_without_an_answer_asks_nobody(missing: str) -> None:
    world = blog()
    with pytest.raises(Refused):
        network.begin(Way.TOKEN, ANSWERS | {missing: "  "}, CALLBACK, world.surroundings)
    assert not world.asked


def test_a_person_gives_the_password_at_her_blog() -> None:
    world = blog()
    begun = connect(world, Way.OAUTH)
    assert isinstance(begun, Begun)
    asked = parse_qs(urlsplit(begun.address).query)
    assert begun.address.startswith(AUTHORIZE)
    assert asked["success_url"] == [CALLBACK]
    answers = {"site_url": BLOG, "user_login": "mehl", "password": PASSWORD}
    found = network.finish(begun.memo, answers, world.surroundings)
    assert Credentials.of(found).was_granted
    assert found.profile.uid == f"{BLOG}/?author=2"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"success": "false"}, DENIED),
        ({}, DENIED),
        (
            {"site_url": "https://other.example", "user_login": "m", "password": "p"},
            NOT_OUR_ERRAND,
        ),
    ],
)
def test_who_comes_back_with_something_else_is_not_connected(
    answers: dict[str, str], sentence: str
) -> None:
    begun = connect(blog(), Way.OAUTH)
    assert isinstance(begun, Begun)
    with pytest.raises(Refused) as refused:
        network.finish(begun.memo, answers, blog().surroundings)
    assert refused.value.reason == sentence


def test_nobody_is_sent_away_who_could_not_come_back() -> None:
    world = blog()
    with pytest.raises(Refused) as refused:
        network.begin(Way.OAUTH, ANSWERS, "http://localhost/door/x", world.surroundings)
    assert refused.value.reason == NOT_SENT_BACK_WITHOUT_HTTPS
    assert not world.asked


def test_only_a_password_that_was_made_for_us_is_revoked() -> None:
    place = f"{API}/wp/v2/users/me/application-passwords"
    answers: dict[str, Any] = {
        f"GET {place}/introspect": httpx.Response(200, json={"uuid": "abc-1"}),
        f"DELETE {place}/abc-1": httpx.Response(200, json={"deleted": True}),
    }
    world = World(answers)
    network.forget(account(), world.surroundings)
    assert not world.asked
    network.forget(account(was_granted=True), world.surroundings)
    assert world.writes[0].method == "DELETE"


def test_what_is_kept_can_be_read_again() -> None:
    kept = Credentials.of(account())
    assert kept.rights == ASKED_FOR
    assert kept.sealed() == account().credentials
    assert msgspec.json.decode(kept.sealed().value)["password"] == PASSWORD
