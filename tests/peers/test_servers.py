"""The servers that other tests stand on do what those tests take for granted."""

import threading
from pathlib import Path
from unittest.mock import patch

import httpx
import pytest

from tests.peers.provide import PROVISIONS
from tests.peers.servers.crossroads import Crossroads
from tests.peers.servers.running import NotInTime, Running, free_port, wait_until

pytestmark = pytest.mark.peer


def test_providing_again_installs_nothing():
    """Everything is there by now, so nothing is installed and nothing is fetched."""
    with patch("tests.peers.provide.say", side_effect=AssertionError):
        assert all(provision() for strand in PROVISIONS for provision in strand)


def test_a_mention_travels_from_b_to_a_with_its_manners(snac_a, snac_b):
    """Warning and language arrive, and A's user can answer what B's user said."""
    anna, bert = snac_a.users["anna"], snac_b.users["bert"]
    sent = bert.post(f"Good morning {anna.handle}, a word?", warning="weather", language="de")
    notice = anna.wait_for_notice("Good morning")
    assert (notice.type, notice.status.uri) == ("mention", sent.uri)
    assert notice.status.spoiler_text == "weather"
    assert list(snac_a.kept(sent.uri)["contentMap"]) == ["de"]
    assert f"@{notice.status.account.acct}" == bert.handle

    anna.post(f"{bert.handle} gladly", answering=notice.status.id)
    answer = bert.wait_for_notice("gladly")
    assert answer.status.in_reply_to_id == sent.id


def test_a_direct_message_reaches_only_whom_it_names(snac_a, snac_b):
    """To snac a direct post is one that only those named may see; its API calls it private."""
    anna, bert = snac_a.users["anna"], snac_b.users["bert"]
    bert.post(f"{anna.handle} between us", visibility="direct")
    arrived = anna.wait_for_notice("between us").status
    kept = snac_a.kept(arrived.uri)
    assert arrived.visibility == "private"
    assert {*kept["to"], *kept["cc"]} == {anna.me().url}
    assert not any("between us" in s.content for s in snac_a.users["lighthouse"].timeline())


def test_a_follower_on_b_sees_what_a_says_and_may_share_it(snac_a, snac_b):
    lighthouse, carla = snac_a.users["lighthouse"], snac_b.users["carla"]
    carla.follow(lighthouse.handle)
    wait_until(lambda: lighthouse.notifications(["follow"]), seconds=30, what="carla as a follower")
    lighthouse.post("The lamp is lit.")
    seen = carla.wait_for_post("The lamp is lit.")
    carla.boost(seen.id)
    wait_until(lambda: lighthouse.notifications(["reblog"]), seconds=30, what="carla's boost")


def test_snac_comes_back_with_what_it_had(snac_b):
    """Killed and started again on the same port, tokens and posts are still there."""
    bert = snac_b.users["bert"]
    bert.post("Written before the storm.")
    snac_b.kill()
    snac_b.start()
    assert any("before the storm" in status.content for status in bert.said())


def test_the_crossroads_lead_nowhere_but_home():
    """Another host than loopback, or a name that nobody has, is refused."""
    crossroads = Crossroads()
    try:
        crossroads.settle("anna", 1234)
        assert crossroads.destination("http://town.example/") is None
        webfinger = "http://localhost/.well-known/webfinger?resource=acct%3A{}%40localhost"
        assert crossroads.destination(webfinger.format("bert")) is None
        assert crossroads.destination(webfinger.format("anna")) == (
            1234,
            "/.well-known/webfinger?resource=acct%3Aanna%40localhost%3A1234",
        )
        with pytest.raises(ValueError, match="another server"):
            crossroads.settle("anna", 1235)
    finally:
        crossroads.stop()


def test_the_mock_fails_on_demand_and_then_works_again(mock):
    """Each effect is told apart by its status; the count is kept; other paths still work."""
    dora = mock.users["dora"]
    mock.fault("ratelimit", path="/api/v1/timelines/home", headers={"Retry-After": "7"})
    mock.fault("status", path="/api/v1/statuses", methods=["POST"], status=503, times=2)
    assert dora.me().username == "dora"
    with pytest.raises(httpx.HTTPStatusError) as caught:
        dora.timeline()
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["retry-after"] == "7"
    for _ in range(2):
        with pytest.raises(httpx.HTTPStatusError, match="503"):
            dora.post("Once")
    assert mock.faults_left() == 0
    dora.post("Once")
    assert len(dora.said()) == 1


def test_the_mock_notifies_a_mention_and_not_a_bare_reply(mock):
    """As Mastodon does, and as snac2 does not."""
    dora, emil = mock.users["dora"], mock.users["emil"]
    said = dora.post("What a morning")
    emil.post("Indeed, and what a light", answering=said.id)
    emil.post("@dora indeed", answering=said.id)
    dora.wait_for_notice("indeed")
    assert len(dora.notifications()) == 1
    assert len(dora.context(said.id).descendants) == 2


def test_the_mock_posts_once_for_one_idempotency_key(mock):
    dora = mock.users["dora"]
    for _ in range(2):
        dora.ask(
            "POST", "/api/v1/statuses", data={"status": "Once"}, headers={"Idempotency-Key": "k"}
        )
    assert len(dora.said()) == 1


def test_the_mock_ends_a_token_and_gives_another(mock):
    emil = mock.users["emil"]
    mock.expire(emil)
    with pytest.raises(httpx.HTTPStatusError, match="401"):
        emil.me()
    mock.new_token(emil)
    assert emil.me().username == "emil"


def test_the_mock_streams_and_is_ended_all_the_same(mock):
    """An open stream delivers a mention, and does not keep the server from ending."""
    dora, emil = mock.users["dora"], mock.users["emil"]
    heard = threading.Event()

    def listen() -> None:
        headers = {"authorization": f"Bearer {dora.token}"}
        try:
            with httpx.stream(
                "GET", f"{mock.address}/api/v1/streaming/user", headers=headers, timeout=30
            ) as stream:
                for line in stream.iter_lines():
                    if "by the sea" in line:
                        heard.set()
        except httpx.HTTPError:
            pass

    listener = threading.Thread(target=listen)
    listener.start()
    mock.wait_for_listeners()
    # The connection is open a moment before the server has noted who listens.
    wait_until(
        lambda: emil.post("@dora a walk by the sea") and heard.wait(1), seconds=15, what="a stream"
    )
    mock.kill()
    listener.join(10)
    assert not listener.is_alive()
    assert not mock.is_alive
    mock.start()
    assert any("by the sea" in status.content for status in emil.said())


def test_chromium_draws_a_page(page):
    """Text, language, window and emoji font are there, and a picture comes out."""
    page.goto("data:text/html;charset=utf-8,<title>Day</title><h1>Guten Morgen ☀️ äöüß</h1>")
    assert page.title() == "Day"
    assert page.inner_text("h1").startswith("Guten Morgen")
    assert page.evaluate("[navigator.language, innerWidth]") == ["de-DE", 1440]
    assert page.screenshot().startswith(b"\x89PNG")


def test_chromium_without_scripts_runs_none(visit):
    page = visit(has_scripts=False, size=(390, 844), language="en-GB").new_page()
    page.goto("data:text/html,<p>before</p><script>document.body.innerText='after'</script>")
    assert page.inner_text("p") == "before"


def test_a_process_that_dies_at_its_start_says_why(tmp_path):
    running = Running(["sh", "-c", "echo no such lamp; exit 3"], log=tmp_path / "log")
    with pytest.raises(NotInTime, match="no such lamp"):
        running.wait_for_port(free_port(), seconds=10)
    assert running.stop() == 3


def test_killing_takes_children_along(tmp_path):
    """A group is ended as a whole, so that no worker is left over from a test."""
    running = Running(["sh", "-c", "sleep 300 & echo child $!; wait"], log=tmp_path / "log")
    child = wait_until(
        lambda: (tmp_path / "log").read_text().split()[1:], seconds=10, what="a child"
    )[0]
    running.kill()
    wait_until(lambda: not is_running(int(child)), seconds=10, what="the end of the child")


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
