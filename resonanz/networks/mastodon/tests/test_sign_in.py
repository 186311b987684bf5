"""Finding a server and connecting an account to it."""

from collections.abc import Sequence
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import msgspec
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]

from resonanz.networks.mastodon import sign_in
from resonanz.networks.mastodon.connector import network
from resonanz.networks.mastodon.tests.town import (
    OURS,
    SERVER,
    Answer,
    Town,
    account,
    connected,
    said,
)
from resonanz.switchboard.contract import Begun, Can, Way
from resonanz.switchboard.shapes import Account, Secret
from resonanz.switchboard.trouble import NotOffered, Refused, SignInAgain, TryLater

V1, V2 = "GET /api/v1/instance", "GET /api/v2/instance"
WHO = "GET /api/v1/accounts/verify_credentials"
APPS, TOKEN, REVOKE = "POST /api/v1/apps", "POST /oauth/token", "POST /oauth/revoke"
METADATA = "GET /.well-known/oauth-authorization-server"
HEALTH = "GET /api/v1/streaming/health"
CALLBACK = "https://resonanz.example/channels/back"

INSTANCE = {
    "version": "4.3.1",
    "domain": "town.example",
    "title": "Town",
    "languages": ["de"],
    "configuration": {
        "statuses": {"max_characters": 640, "characters_reserved_per_url": 23},
        "urls": {"streaming": "wss://town.example"},
    },
}
OFFERS = {
    "authorization_endpoint": f"{SERVER}/oauth/authorize",
    "token_endpoint": f"{SERVER}/oauth/token",
    "revocation_endpoint": f"{SERVER}/oauth/revoke",
    "code_challenge_methods_supported": ["S256"],
    "scopes_supported": [*sign_in.SCOPES, "push"],
}


def a_town(**more: Answer | Sequence[Answer]) -> Town:
    answers: dict[str, Answer | Sequence[Answer]] = {
        V2: said(INSTANCE),
        METADATA: said(OFFERS),
        APPS: said({"client_id": "cl1ent", "client_secret": "cl1ent-secret"}),
        TOKEN: said({"access_token": "fresh-t0ken", "token_type": "Bearer"}),
        REVOKE: said({}),
        WHO: said(OURS),
        HEALTH: httpx.Response(200, text="OK"),
    }
    return Town(answers | {globals()[name]: answer for name, answer in more.items()})


def begun(town: Town, typed: str = "@backstube@town.example") -> tuple[Begun, dict[str, str]]:
    found = network.begin(Way.OAUTH, {"server": typed}, CALLBACK, town.surroundings)
    assert isinstance(found, Begun)
    return found, dict(parse_qsl(urlsplit(found.address).query))


def form(town: Town, path: str) -> dict[str, str]:
    (request,) = [one for one in town.asked if f"{one.method} {one.url.path}" == path]
    return {name: values[0] for name, values in parse_qs(request.content.decode()).items()}


def test_the_whole_way_from_a_typed_name_to_a_connected_account() -> None:
    town = a_town()
    errand, asked = begun(town)
    assert errand.address.startswith(f"{SERVER}/oauth/authorize?")
    assert (asked["client_id"], asked["redirect_uri"]) == ("cl1ent", CALLBACK)
    assert asked["scope"] == " ".join(sign_in.SCOPES)
    assert form(town, APPS)["redirect_uris"] == CALLBACK

    came_back = {"code": "the-code", "state": asked["state"]}
    found = network.finish(errand.memo, came_back, town.surroundings)
    sent = form(town, TOKEN)
    assert (sent["code"], sent["client_secret"]) == ("the-code", "cl1ent-secret")
    assert asked["code_challenge_method"] == "S256"
    assert asked["code_challenge"] == create_s256_code_challenge(sent["code_verifier"])
    assert found.address == SERVER
    assert (found.profile.uid, found.profile.local_id) == ("backstube@town.example", "1")
    assert (found.facts.text_limit, found.facts.streaming_url) == (640, SERVER)
    assert "t0ken" not in repr(found)
    assert "secret" not in repr(found)


def test_without_metadata_the_usual_addresses_are_used_and_no_pkce() -> None:
    errand, asked = begun(a_town(METADATA=said({}, 404)))
    assert errand.address.startswith(f"{SERVER}/oauth/authorize?")
    assert "code_challenge" not in asked


def test_a_server_that_knows_only_broad_scopes_is_asked_for_those() -> None:
    _, asked = begun(a_town(METADATA=said(OFFERS | {"scopes_supported": ["read", "write"]})))
    assert asked["scope"] == "read write follow"


def test_an_endpoint_on_another_host_is_not_believed() -> None:
    foreign = OFFERS | {"token_endpoint": "https://elsewhere.example/token"}
    town = a_town(METADATA=said(foreign))
    errand, asked = begun(town)
    network.finish(errand.memo, {"code": "c", "state": asked["state"]}, town.surroundings)
    assert "POST /oauth/token" in town.paths


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"error": "access_denied"}, "did not allow"),
        ({"code": "c", "state": "somebody else's"}, "does not belong"),
        ({"code": "c"}, "does not belong"),
        ({}, "does not belong"),
    ],
)
def test_an_answer_that_is_not_ours_is_refused(answers: dict[str, str], words: str) -> None:
    town = a_town()
    errand, _ = begun(town)
    with pytest.raises(Refused, match=words):
        network.finish(errand.memo, answers, town.surroundings)
    assert "POST /oauth/token" not in town.paths


def test_a_lost_memo_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match="connect once more"):
        network.finish("", {"code": "c", "state": "s"}, a_town().surroundings)


def test_a_code_that_has_ended_is_refused_with_a_sentence() -> None:
    town = a_town(TOKEN=said({"error": "invalid_grant"}, 400))
    errand, asked = begun(town)
    with pytest.raises(Refused, match="connect once more"):
        network.finish(errand.memo, {"code": "c", "state": asked["state"]}, town.surroundings)


def test_a_server_that_registers_nobody_says_what_else_can_be_done() -> None:
    with pytest.raises(Refused, match="token made there"):
        begun(a_town(APPS=said({"error": "Forbidden"}, 403)))


def test_a_server_that_is_no_mastodon_is_refused_with_a_sentence() -> None:
    shop = httpx.Response(200, html="<h1>Schrauben aller Art</h1>")
    for answers in ({V1: shop, V2: shop}, {}, {V2: said({"name": "other"})}):
        with pytest.raises(Refused, match="does not speak the Mastodon API"):
            begun(Town(answers))  # type: ignore[arg-type]


def test_a_name_that_nobody_answers_to_is_told_with_a_sentence() -> None:
    with pytest.raises(TryLater, match="No server answers"):
        begun(a_town(V2=httpx.ConnectError("x")))


def test_a_busy_server_keeps_its_pause() -> None:
    busy = said({"error": "x"}, 429, **{"Retry-After": "30"})
    with pytest.raises(TryLater) as found:
        begun(a_town(V2=busy))
    assert found.value.after is not None


def test_a_host_that_only_lends_its_name_is_followed_to_where_the_people_are() -> None:
    meta = '<Link rel="lrdd" template="https://town.example/.well-known/webfinger?resource={uri}"/>'

    def hill(request: httpx.Request) -> httpx.Response | None:
        if request.url.host != "name.example":
            return None
        is_meta = request.url.path == "/.well-known/host-meta"
        return httpx.Response(200, text=meta) if is_meta else httpx.Response(404)

    town = a_town()
    inner = town.__call__
    http = httpx.Client(
        transport=httpx.MockTransport(lambda request: hill(request) or inner(request))
    )
    surroundings = town.surroundings.__class__(http=http, folder=town.surroundings.folder)
    found = network.begin(Way.OAUTH, {"server": "name.example"}, CALLBACK, surroundings)
    assert isinstance(found, Begun)
    assert found.address.startswith(f"{SERVER}/oauth/authorize")


def test_a_server_that_moved_is_connected_where_it_is_now() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "www.town.example":
            return httpx.Response(301, headers={"Location": f"{SERVER}/api/v2/instance"})
        return said(INSTANCE)

    errand, _ = begun(a_town(V2=answer), "www.town.example")
    assert errand.address.startswith(f"{SERVER}/oauth/authorize")


def by_token(town: Town, *tokens: str) -> Account:
    answers = {"server": "town.example", "token": "".join(tokens or ["t0ken"])}
    found = network.begin(Way.TOKEN, answers, CALLBACK, town.surroundings)
    assert isinstance(found, Account)
    return found


def test_a_token_connects_at_once() -> None:
    town = a_town()
    found = by_token(town, "  t0ken\n")
    assert found.profile.handle == "@backstube@town.example"
    who = next(one for one in town.asked if one.url.path.endswith("verify_credentials"))
    assert who.headers["authorization"] == "Bearer t0ken"


@pytest.mark.parametrize("token", ["", "two words", "tökén", "a\nb"])
def test_what_can_be_no_token_is_not_sent_anywhere(token: str) -> None:
    town = a_town()
    with pytest.raises(Refused, match="does not look like an access token"):
        by_token(town, token)
    assert town.asked == []


def test_a_token_that_names_a_file_is_sent_as_it_is_and_the_file_stays_closed() -> None:
    """Mastodon.py would open it, and send its first line to the server."""
    town = a_town()
    by_token(town, __file__)
    who = next(one for one in town.asked if one.url.path.endswith("verify_credentials"))
    assert who.headers["authorization"] == f"Bearer {__file__}"


@pytest.mark.parametrize("code", [401, 403, 422])
def test_a_wrong_token_is_refused_with_a_sentence(code: int) -> None:
    """422 with an empty body is how snac2 2.75 says it."""
    with pytest.raises(Refused, match="does not accept this access token"):
        by_token(a_town(WHO=httpx.Response(code)))


def test_there_is_no_other_way_in() -> None:
    with pytest.raises(NotOffered):
        network.begin(Way.ADDRESS, {"server": "town.example"}, CALLBACK, a_town().surroundings)


@pytest.mark.parametrize(
    ("health", "streams"),
    [
        (httpx.Response(200, text="OK"), True),
        (httpx.Response(404), False),
        (httpx.Response(200, html="<h1>Hallo</h1>"), False),
        (httpx.ConnectError("x"), False),
        ([httpx.ConnectError("x"), httpx.Response(200, text="OK")], True),
    ],
)
def test_streaming_is_offered_only_where_something_answers(
    health: Answer | list[Answer], streams: bool
) -> None:
    """snac2 2.75 names an address for streaming and has none."""
    town = a_town(HEALTH=health)
    found = by_token(town)
    assert (Can.STREAM in network.open(found, town.surroundings).can) is streams


def test_a_stream_that_was_there_before_is_not_lost_by_a_line_that_breaks() -> None:
    town = a_town(HEALTH=httpx.ConnectError("x"))
    connector = network.open(account(streaming_url=SERVER), town.surroundings)
    assert connector.verify().facts.streaming_url == SERVER


def test_a_token_is_never_streamed_to_where_nobody_encrypts() -> None:
    plain = INSTANCE | {"configuration": {"urls": {"streaming": "ws://town.example"}}}
    assert by_token(a_town(V2=said(plain))).facts.streaming_url == ""


def test_verifying_asks_who_we_are_and_keeps_what_the_server_does_not_tell_now() -> None:
    connector, _ = connected({WHO: said(OURS | {"display_name": "Neu"})}, text_limit=777)
    found = connector.verify()
    assert (found.profile.name, found.facts.text_limit) == ("Neu", 777)
    assert found.credentials == account().credentials


@pytest.mark.parametrize("code", [401, 403, 422])
def test_verifying_with_a_dead_token_says_sign_in_again(code: int) -> None:
    connector, _ = connected({WHO: httpx.Response(code)})
    with pytest.raises(SignInAgain):
        connector.verify()


def test_credentials_that_cannot_be_read_say_sign_in_again() -> None:
    broken = msgspec.structs.replace(account(), credentials=Secret(value="{}"))
    with pytest.raises(SignInAgain):
        network.open(broken, a_town().surroundings)


def test_forgetting_gives_back_a_token_that_was_made_for_us() -> None:
    town = a_town()
    errand, asked = begun(town)
    found = network.finish(errand.memo, {"code": "c", "state": asked["state"]}, town.surroundings)
    network.forget(found, town.surroundings)
    assert form(town, REVOKE) == {
        "token": "fresh-t0ken",
        "client_id": "cl1ent",
        "client_secret": "cl1ent-secret",
    }


def test_forgetting_leaves_alone_a_token_that_the_person_made_herself() -> None:
    town = a_town()
    network.forget(by_token(town), town.surroundings)
    assert "POST /oauth/revoke" not in town.paths


def test_every_request_of_signing_in_has_a_line_of_its_own() -> None:
    town = a_town()
    begun(town)
    assert {one.headers["connection"] for one in town.asked} == {"close"}


def test_the_scopes_are_just_what_the_abilities_need() -> None:
    """Reading, and of writing one for each thing that is written; nothing about the profile."""
    written = {scope.removeprefix("write:") for scope in sign_in.SCOPES[1:]}
    needed = {"statuses", "media", "favourites", "follows", "mutes", "blocks", "reports"}
    assert sign_in.SCOPES[0] == "read"
    assert written == needed


def test_a_token_of_our_first_version_claims_no_more_than_it_was_given() -> None:
    """It was asked for with four scopes, and nobody wrote them down: pictures need it anew."""
    facts = {"software": "Mastodon", "version": "4.3.1"}
    kept = {"token": "t0ken", "client_id": "7", "client_secret": "s", "revocation": ""}
    old = msgspec.structs.replace(
        account(**facts), credentials=Secret(value=msgspec.json.encode(kept).decode())
    )
    beyond = {Can.MEDIA, Can.MUTE, Can.BLOCK, Can.REPORT}
    can = network.open(old, Town({}).surroundings).can
    assert not can & beyond
    assert {Can.PUBLISH, Can.EDIT, Can.DELETE, Can.BOOST} <= can
    made_by_hand = network.open(account(**facts), Town({}).surroundings).can
    assert beyond <= made_by_hand


def test_what_was_granted_is_written_down() -> None:
    granted = {"access_token": "t0ken", "scope": "read write:statuses write:media"}
    begun_, _ = begun(a_town(TOKEN=said(granted)))
    town = a_town(TOKEN=said(granted))
    state = parse_qs(urlsplit(begun_.address).query)["state"][0]
    connected_ = network.finish(begun_.memo, {"code": "c0de", "state": state}, town.surroundings)
    assert sign_in.Credentials.of(connected_).scopes == "read write:statuses write:media"
    can = network.open(connected_, town.surroundings).can
    assert Can.MEDIA in can
    assert Can.BLOCK not in can
