"""Connecting: what people type, where their account lives, and what is not taken."""

from base64 import urlsafe_b64encode

import httpx
import msgspec
import pytest

from resonanz.networks.bluesky.connector import network
from resonanz.networks.bluesky.directory import PLC_SETTING
from resonanz.networks.bluesky.session import Credentials
from resonanz.networks.bluesky.sign_in import identifier_in, server_address
from resonanz.networks.bluesky.tests.sky import PASSWORD, SERVER, US, Sky, profile, refused, said
from resonanz.switchboard.contract import Way
from resonanz.switchboard.shapes import Account
from resonanz.switchboard.trouble import NotOffered, Refused, Trouble, TryLater

CREATE, PROFILE = "com.atproto.server.createSession", "app.bsky.actor.getProfile"
WELL_KNOWN = "https://backstube.example/.well-known/atproto-did"
PLC = f"https://plc.directory/{US}"
RESOLVER = "https://public.api.bsky.app/xrpc/com.atproto.identity.resolveHandle"


def document(endpoint: str = SERVER, did: str = US) -> dict[str, object]:
    service = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer"}
    return {"id": did, "service": [service | {"serviceEndpoint": endpoint}]}


def session(**more: object) -> httpx.Response:
    tokens = {"accessJwt": "a", "refreshJwt": "r"}
    return said({"did": US, "handle": "backstube.example", **tokens, **more})


def plain(text: str) -> httpx.Response:
    return httpx.Response(200, text=text)


HOME = {
    WELL_KNOWN: plain(f"{US}\n"),
    PLC: said(document()),
    CREATE: session(),
    PROFILE: said(profile(US, description="Brot")),
}


def connect(
    answers: dict[str, httpx.Response],
    handle: str = "backstube.example",
    password: str = PASSWORD,
    server: str = "",
) -> tuple[Account, Sky]:
    sky = Sky(dict(answers))
    given = {"handle": handle, "password": password, "server": server}
    found = network.begin(Way.TOKEN, given, "", sky.surroundings)
    assert isinstance(found, Account)
    return found, sky


def test_a_handle_and_an_app_password_are_enough() -> None:
    """The handle leads to the DID, the DID to the server, and there we sign in."""
    found, sky = connect(HOME)
    assert (found.address, found.profile.uid) == (SERVER, US)
    assert (found.profile.handle, found.profile.is_full) == ("@backstube.example", True)
    assert found.facts.text_limit == 300
    credentials = Credentials.of(found)
    assert (credentials.password.value, credentials.access.value) == (PASSWORD, "a")
    assert [str(one.url.host) for one in sky.asked] == [
        *("backstube.example", "plc.directory", "pds.example", "pds.example")
    ]


def test_a_handle_without_a_file_is_asked_for_at_a_public_server() -> None:
    """It stands in the DNS, where we do not look ourselves."""
    answers = HOME | {WELL_KNOWN: httpx.Response(404), RESOLVER: said({"did": US})}
    found, _ = connect(answers)
    assert found.profile.uid == US


def test_a_file_that_is_no_did_is_not_believed() -> None:
    answers = HOME | {WELL_KNOWN: plain("<html>Willkommen</html>"), RESOLVER: said({"did": US})}
    assert connect(answers)[0].profile.uid == US


def test_nobody_of_that_name_is_a_sentence() -> None:
    nobody = refused("InvalidRequest", "Unable to resolve handle")
    with pytest.raises(Refused, match="Nobody at Bluesky has this name"):
        connect({WELL_KNOWN: httpx.Response(404), RESOLVER: nobody})


def test_a_did_of_the_web_is_found_at_its_host() -> None:
    did = "did:web:backstube.example"
    place = "https://backstube.example/.well-known/did.json"
    answers = HOME | {WELL_KNOWN: plain(did), place: said(document(did=did)), CREATE: session()}
    assert connect(answers)[0].address == SERVER


@pytest.mark.parametrize(
    "told",
    [
        document(did="did:plc:somebody"),
        {"id": US},
        document("http://pds.example"),
        document("ftp://pds.example"),
        {"id": US, "service": [{"id": "#other", "serviceEndpoint": SERVER}]},
        {"id": US, "service": [{"id": "#atproto_pds", "serviceEndpoint": {"a": "b"}}]},
    ],
)
def test_a_document_that_names_no_safe_server_is_refused(told: dict[str, object]) -> None:
    """An app password goes over https only, and to the server of that very account."""
    with pytest.raises(Refused, match="on which server it lives"):
        connect(HOME | {PLC: said(told)})


def test_another_directory_can_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLC_SETTING, "http://localhost:2582")
    answers = {name: answer for name, answer in HOME.items() if name != PLC}
    found, _ = connect(answers | {f"http://localhost:2582/{US}": said(document())})
    assert found.address == SERVER


def test_a_server_of_ones_own_is_asked_directly() -> None:
    _, sky = connect({CREATE: session(), PROFILE: said(profile(US))}, server="pds.example")
    assert sky.names == [CREATE, PROFILE]


def test_where_one_signs_in_is_not_always_where_the_account_lies() -> None:
    there = "https://morel.example"
    answers = {
        CREATE: session(didDoc=document(there)),
        f"{there}/xrpc/{PROFILE}": said(profile(US)),
    }
    assert connect(answers, server=SERVER)[0].address == there


def test_an_email_address_signs_in_at_bluesky() -> None:
    entry = "https://bsky.social/xrpc/"
    answers = {
        entry + CREATE: session(),
        entry + PROFILE: said(profile(US)),
    }
    found, sky = connect(answers, handle="ada@town.example")
    assert found.address == "https://bsky.social"
    assert sky.body(0)["identifier"] == "ada@town.example"


def test_a_wrong_password_is_a_sentence_that_says_where_to_get_one() -> None:
    wrong = refused("AuthenticationRequired", f"no: {PASSWORD}", 401)
    with pytest.raises(Refused, match="App passwords") as trouble:
        connect(HOME | {CREATE: wrong})
    assert PASSWORD not in trouble.value.reason


def test_a_password_of_the_account_itself_is_not_kept() -> None:
    told = msgspec.json.encode({"scope": "com.atproto.access"})
    token = f"x.{urlsafe_b64encode(told).decode().rstrip('=')}.y"
    with pytest.raises(Refused, match="nobody else's business"):
        connect(HOME | {CREATE: session(accessJwt=token)})


def test_an_app_password_that_says_so_is_taken() -> None:
    told = msgspec.json.encode({"scope": "com.atproto.appPassPrivileged"})
    token = f"x.{urlsafe_b64encode(told).decode().rstrip('=')}.y"
    assert connect(HOME | {CREATE: session(accessJwt=token)})


@pytest.mark.parametrize("password", ["", "   ", "a\x00b"])
def test_an_empty_password_asks_nobody(password: str) -> None:
    sky = Sky({})
    given = {"handle": "ada.example", "password": password}
    with pytest.raises(Refused):
        network.begin(Way.TOKEN, given, "", sky.surroundings)
    assert not sky.asked


@pytest.mark.parametrize(
    "answer", [httpx.Response(404), httpx.Response(200, text="<html>Willkommen</html>")]
)
def test_a_server_that_is_none_of_bluesky_says_so(answer: httpx.Response) -> None:
    with pytest.raises(Refused, match="nobody can sign in to Bluesky there"):
        connect({CREATE: answer}, server=SERVER)


def test_a_server_that_does_not_answer_is_tried_later_with_a_sentence() -> None:
    sky = Sky({CREATE: httpx.ConnectError("no")})
    given = {"handle": "ada.example", "password": PASSWORD, "server": SERVER}
    with pytest.raises(TryLater, match="No server answers"):
        network.begin(Way.TOKEN, given, "", sky.surroundings)


def test_an_account_connects_while_nothing_shows_its_profile() -> None:
    found, _ = connect(HOME | {PROFILE: refused("UpstreamFailure", code=502)})
    assert (found.profile.handle, found.profile.name) == ("@backstube.example", "backstube.example")


def test_there_is_no_other_way_in() -> None:
    with pytest.raises(NotOffered):
        network.begin(Way.OAUTH, {}, "", Sky({}).surroundings)
    with pytest.raises(Trouble):
        network.finish("", {}, Sky({}).surroundings)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ada.example", "ada.example"),
        (" @Ada.Example ", "ada.example"),
        ("ada", "ada.bsky.social"),
        ("https://bsky.app/profile/ada.example", "ada.example"),
        ("https://bsky.app/profile/ada.example/post/3k", "ada.example"),
        ("at://ada.example", "ada.example"),
        ("ada.example.", "ada.example"),
        ("\u202aada.example\u202c", "ada.example"),
        ("Ada@Town.example", "Ada@Town.example"),
        ("did:plc:ada", "did:plc:ada"),
    ],
)
def test_what_people_type_is_understood(typed: str, meant: str) -> None:
    assert identifier_in(typed, is_at_home=False) == meant


@pytest.mark.parametrize("typed", ["", " @ ", "ada..example", "ädä", "a b/c"])
def test_what_is_no_name_is_a_sentence(typed: str) -> None:
    with pytest.raises(Refused, match="does not look like a name"):
        identifier_in(typed, is_at_home=False)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("", ""),
        ("pds.example", "https://pds.example"),
        (" HTTPS://pds.example/ ", "https://pds.example"),
        ("http://localhost:2583", "http://localhost:2583"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("https://pds.example/xrpc/x?y", "https://pds.example"),
    ],
)
def test_what_people_type_as_a_server_is_understood(typed: str, address: str) -> None:
    assert server_address(typed) == address


@pytest.mark.parametrize("typed", ["pds", "a b!", "..", "pds.example:port", "https://"])
def test_what_is_no_server_is_a_sentence(typed: str) -> None:
    with pytest.raises(Refused, match="does not look like the name of a server"):
        server_address(typed)
