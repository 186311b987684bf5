"""Tokens end; the line renews them, tells the house, and says when it is time to sign in."""

from datetime import timedelta

import httpx
import pytest

from resonanz.networks.bluesky.connector import network
from resonanz.networks.bluesky.session import Credentials
from resonanz.networks.bluesky.tests.sky import (
    ACCESS,
    NOW,
    PASSWORD,
    REFRESH,
    SERVER,
    US,
    Sky,
    account,
    connected,
    refused,
    said,
    uri,
)
from resonanz.switchboard.shapes import Outgoing, Secret
from resonanz.switchboard.trouble import Refused, SignInAgain, TryLater, Unsure

CREATE, REFRESHED = "com.atproto.server.createSession", "com.atproto.server.refreshSession"
WHO = "com.atproto.server.getSession"
LIST = "app.bsky.notification.listNotifications"
PUT = "com.atproto.repo.putRecord"
OVER = refused("ExpiredToken", "Token has expired")
EMPTY = said({"notifications": []})


def fresh(name: str = "new") -> httpx.Response:
    tokens = {"accessJwt": f"access-{name}", "refreshJwt": f"refresh-{name}"}
    return said({"did": US, "handle": "backstube.example", **tokens})


def token_of(request: httpx.Request) -> str:
    return request.headers["authorization"].removeprefix("Bearer ")


def test_a_token_that_is_over_is_renewed_and_the_question_asked_again() -> None:
    connector, sky = connected({LIST: [OVER, EMPTY], REFRESHED: fresh()})
    assert list(connector.notifications(""))[-1].cursor
    assert sky.names == [LIST, REFRESHED, LIST]
    assert [token_of(one) for one in sky.asked] == [ACCESS, REFRESH, "access-new"]


@pytest.mark.parametrize(
    "ended", [OVER, refused("InvalidToken"), refused("ExpiredToken", code=401)]
)
def test_servers_say_in_several_ways_that_a_token_is_over(ended: httpx.Response) -> None:
    connector, sky = connected({LIST: [ended, EMPTY], REFRESHED: fresh()})
    list(connector.notifications(""))
    assert len(sky.renewed) == 1


def test_the_house_keeps_the_renewed_tokens() -> None:
    connector, sky = connected({LIST: [OVER, EMPTY], REFRESHED: fresh()})
    list(connector.notifications(""))
    (kept,) = sky.renewed
    credentials = Credentials.of(account(credentials=kept))
    assert (credentials.access.value, credentials.refresh.value) == ("access-new", "refresh-new")
    assert (credentials.password.value, credentials.did) == (PASSWORD, US)


def test_a_write_is_sent_once_more_only_after_it_was_refused() -> None:
    """The first one was not heard: the server looked at the token, and no further."""
    done = said({"uri": uri("1", US), "cid": "c"})
    connector, sky = connected({PUT: [OVER, done], REFRESHED: fresh()})
    assert connector.publish(Outgoing(key="k", text="Moin")).uid == uri("1", US)
    assert sky.names == [PUT, REFRESHED, PUT]
    assert sky.asked[0].content == sky.asked[2].content


def test_when_the_second_token_is_over_too_the_password_opens_a_new_session() -> None:
    connector, sky = connected({LIST: [OVER, EMPTY], REFRESHED: OVER, CREATE: fresh()})
    list(connector.notifications(""))
    assert sky.names == [LIST, REFRESHED, CREATE, LIST]
    assert sky.body(2) == {"identifier": US, "password": PASSWORD}


def test_when_the_password_is_refused_it_is_time_to_sign_in_again() -> None:
    no = refused("AuthenticationRequired", "Invalid identifier or password", 401)
    connector, sky = connected({LIST: OVER, REFRESHED: OVER, CREATE: no})
    with pytest.raises(SignInAgain, match="app password of this account"):
        list(connector.notifications(""))
    assert sky.names == [LIST, REFRESHED, CREATE]
    assert not sky.renewed


def test_a_server_that_is_busy_with_sessions_is_tried_later() -> None:
    """Nobody has to sign in again because too many sessions were opened."""
    reset = str(int((NOW + timedelta(minutes=4)).timestamp()))
    busy = said({"error": "RateLimitExceeded"}, 429, **{"ratelimit-reset": reset})
    connector, _ = connected({LIST: OVER, REFRESHED: OVER, CREATE: busy})
    with pytest.raises(TryLater) as trouble:
        list(connector.notifications(""))
    assert trouble.value.after == timedelta(minutes=4)
    assert trouble.value.is_overload


def test_a_line_that_breaks_while_renewing_means_try_later_also_for_a_write() -> None:
    """What was to be written has not been heard."""
    connector, sky = connected({PUT: OVER, REFRESHED: httpx.ReadError("broken")})
    with pytest.raises(TryLater):
        connector.publish(Outgoing(key="k", text="Moin"))
    assert sky.names == [PUT, REFRESHED]


def test_a_fresh_token_that_is_refused_too_ends_it() -> None:
    connector, sky = connected({LIST: OVER, REFRESHED: fresh()})
    with pytest.raises(SignInAgain):
        list(connector.notifications(""))
    assert sky.names == [LIST, REFRESHED, LIST]


def test_what_an_app_password_may_not_do_is_refused() -> None:
    """The token is good, and the account need not be connected again."""
    scope = refused("InvalidToken", "Bad token scope")
    connector, _ = connected({LIST: scope, REFRESHED: fresh()})
    with pytest.raises(Refused, match="Bad token scope"):
        list(connector.notifications(""))


def test_an_account_that_was_taken_down_has_to_sign_in_again() -> None:
    gone = refused("AccountTakedown", "Account has been taken down", 401)
    connector, _ = connected({LIST: OVER, REFRESHED: gone, CREATE: gone})
    with pytest.raises(SignInAgain):
        list(connector.notifications(""))


def test_a_limit_is_told_with_its_end() -> None:
    reset = str(int((NOW + timedelta(seconds=90)).timestamp()))
    limited = said({"error": "RateLimitExceeded"}, 429, **{"ratelimit-reset": reset})
    connector, _ = connected({LIST: limited})
    with pytest.raises(TryLater) as trouble:
        list(connector.notifications(""))
    assert trouble.value.after == timedelta(seconds=90)


def test_the_network_is_not_shown_while_our_own_server_lives() -> None:
    """Reading waits, writing goes on."""
    down = refused("UpstreamFailure", "pipethrough network error", 502)
    done = said({"uri": uri("1", US), "cid": "c"})
    connector, _ = connected({LIST: down, PUT: done})
    with pytest.raises(TryLater):
        list(connector.notifications(""))
    assert connector.publish(Outgoing(key="k", text="Moin")).uid


def test_a_server_that_breaks_off_while_writing_leaves_us_unsure() -> None:
    connector, _ = connected({PUT: refused("InternalServerError", code=500)})
    with pytest.raises(Unsure):
        connector.publish(Outgoing(key="k", text="Moin"))


def test_the_profile_stays_while_nobody_shows_it() -> None:
    down = refused("UpstreamFailure", code=502)
    who = said({"did": US, "handle": "neu.example"})
    connector, _ = connected({WHO: who, "app.bsky.actor.getProfile": down})
    found = connector.verify()
    assert (found.profile.handle, found.profile.name) == ("@neu.example", "Backstube")
    assert found.address == SERVER


def test_forgetting_ends_the_session() -> None:
    sky = Sky({"com.atproto.server.deleteSession": said({})})
    network.forget(account(), sky.surroundings)
    assert token_of(sky.asked[0]) == REFRESH


def test_credentials_that_cannot_be_read_ask_to_sign_in() -> None:
    with pytest.raises(SignInAgain):
        Credentials.of(account(credentials=Secret(value="nonsense")))
    with pytest.raises(SignInAgain):
        Credentials.of(account(credentials=Secret(value="{}")))


def test_nothing_secret_is_printed() -> None:
    shown = repr(Credentials.of(account()))
    assert not any(secret in shown for secret in (PASSWORD, ACCESS, REFRESH))
