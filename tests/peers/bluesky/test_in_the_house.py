"""Bluesky in a running house: what is said there arrives, and what we say stands there once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.peers.office import Office
from tests.peers.servers.bluesky import BlueskyPerson, BlueskyServer, ended
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.running import wait_until
from tests.peers.torture.__main__ import HURRIED

pytestmark = pytest.mark.peer

SIGN_IN_AGAIN = "channel_sign_in_again"
ARRIVES_WITHIN_SECONDS = 60


@pytest.fixture
def lighthouse(bluesky: BlueskyServer) -> BlueskyPerson:
    return bluesky.users["lighthouse"]


@pytest.fixture
def office(tmp_path: Path, bluesky: BlueskyServer, lighthouse: BlueskyPerson) -> Iterator[Office]:
    """A house that runs, with our account connected; pauses are short."""
    surroundings = HURRIED | {"RESONANZ_PLC_DIRECTORY": bluesky.directory}
    found = Office(ResonanzProcess(tmp_path / "resonanz", environment=surroundings))
    connect(found, lighthouse)
    found.house.start()
    yield found
    found.house.stop()
    found.desk.kill()


def connect(office: Office, person: BlueskyPerson) -> None:
    office.connect(person.address, person.app_password, network="bluesky", handle=person.handle)


def end_session(office: Office) -> dict[str, str]:
    """Both tokens that the house keeps are over. Gives them."""
    kept = office.desk.ask("tokens", channel=office.channel)
    over = {name: ended(kept[name]) for name in ("access", "refresh")}
    office.desk.ask("tokens", channel=office.channel, instead=over)
    return over


def wait_until_heard(office: Office, words: str) -> None:
    wait_until(
        lambda: office.has(words),
        seconds=ARRIVES_WITHIN_SECONDS,
        what=f"“{words}” in the house",
        pause_seconds=0.5,
    )


def test_a_mention_arrives_and_its_answer_stands_below_it(
    office: Office, lighthouse: BlueskyPerson, ada: BlueskyPerson
) -> None:
    asked = ada.post(f"@{lighthouse.handle} brennt die Lampe im Haus?", naming=[lighthouse])
    wait_until_heard(office, "brennt die Lampe im Haus")
    told = office.desk.ask("answer_one", channel=office.channel, text="Sie brennt seit acht")
    assert told["answered"] == asked["uri"]
    office.wait_until_out()
    note = ada.wait_for_notice("Sie brennt seit acht", reason="reply")
    assert note["record"]["reply"]["root"]["uri"] == asked["uri"]
    wait_until_heard(office, "Sie brennt seit acht")
    assert max(office.texts().values()) == 1


def test_an_answer_to_us_is_heard_once_though_it_comes_by_two_ways(
    office: Office, lighthouse: BlueskyPerson, ada: BlueskyPerson
) -> None:
    """By notification, and below what we said."""
    office.say("Heute Abend im Haus: Seemannsgarn")
    office.wait_until_out()
    (ours,) = [
        one
        for one in lighthouse.records()
        if one["value"]["text"].startswith("Heute Abend im Haus")
    ]
    ada.post("Wir kommen zum Garn", answering=ada.wait_for_shown(ours["uri"]))
    wait_until_heard(office, "Wir kommen zum Garn")
    # A look at the answers below our posts comes after that.
    wait_until(
        lambda: any("replies" in lane for lane in office.look()["lanes"]),
        seconds=ARRIVES_WITHIN_SECONDS,
        what="the lane of answers",
    )
    assert office.texts()["Wir kommen zum Garn"] == 1


def test_a_session_that_is_over_stops_nothing_and_the_new_one_is_kept(
    office: Office, lighthouse: BlueskyPerson, ada: BlueskyPerson
) -> None:
    over = end_session(office)
    ada.post(f"@{lighthouse.handle} noch wach im Haus?", naming=[lighthouse])
    wait_until_heard(office, "noch wach im Haus")
    kept = office.desk.ask("tokens", channel=office.channel)
    assert kept["access"] != over["access"]
    assert SIGN_IN_AGAIN not in office.look()["alarms_ever"]


def test_an_app_password_that_was_taken_back_is_one_alarm_and_a_queue_that_waits(
    office: Office, lighthouse: BlueskyPerson
) -> None:
    lighthouse.do("com.atproto.server.revokeAppPassword", name="tests")
    end_session(office)
    wait_until(
        lambda: SIGN_IN_AGAIN in office.look()["alarms"],
        seconds=ARRIVES_WITHIN_SECONDS,
        what="the alarm to sign in again",
        pause_seconds=0.5,
    )
    made = lighthouse.do("com.atproto.server.createAppPassword", name="tests")
    lighthouse.app_password = str(made["password"])
    connect(office, lighthouse)
    assert SIGN_IN_AGAIN not in office.look()["alarms"]
    office.say("Wieder da im Haus")
    office.wait_until_out()
    texts = [one["value"]["text"] for one in lighthouse.records()]
    assert texts.count("Wieder da im Haus") == 1


def test_while_nothing_shows_the_network_texts_go_out_and_afterwards_all_is_heard(
    office: Office, bluesky: BlueskyServer, lighthouse: BlueskyPerson, ada: BlueskyPerson
) -> None:
    bluesky.close_view()
    try:
        office.say("Im Dunkeln gesagt")
        office.wait_until_out()
        texts = [one["value"]["text"] for one in lighthouse.records()]
        assert texts.count("Im Dunkeln gesagt") == 1
        ada.post(f"@{lighthouse.handle} im Dunkeln gefragt", naming=[lighthouse])
    finally:
        bluesky.open_view()
    wait_until_heard(office, "im Dunkeln gefragt")
    assert SIGN_IN_AGAIN not in office.look()["alarms_ever"]
