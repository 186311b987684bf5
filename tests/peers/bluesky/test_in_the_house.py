"""Bluesky in a running house: what is said there arrives, and what we say stands there once."""

from collections.abc import Iterator

import pytest

from tests.peers.office import Office
from tests.peers.servers.bluesky import BlueskyPerson, BlueskyServer, ended
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.running import wait_until
from tests.peers.torture.__main__ import HURRIED

pytestmark = pytest.mark.peer

SIGN_IN_AGAIN = "channel_sign_in_again"
ARRIVES_WITHIN_SECONDS = 60


@pytest.fixture(scope="module")
def lighthouse(bluesky: BlueskyServer) -> BlueskyPerson:
    return bluesky.users["lighthouse"]


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, bluesky: BlueskyServer, lighthouse: BlueskyPerson
) -> Iterator[Office]:
    """A house that runs, with our account connected; pauses are short."""
    surroundings = HURRIED | {"RESONANZ_PLC_DIRECTORY": bluesky.directory}
    home = tmp_path_factory.mktemp("in-the-house") / "resonanz"
    found = Office.founded(ResonanzProcess(home, environment=surroundings))
    connect(found, lighthouse)
    found.house.start()
    yield found
    found.close()


def connect(office: Office, person: BlueskyPerson) -> None:
    office.connect(person.address, person.app_password, network="bluesky", handle=person.handle)


def end_session(office: Office) -> dict[str, str]:
    """Both tokens that the house keeps are over. Gives them."""
    kept = office.desk.ask("tokens", channel=office.channel)
    over = {name: ended(kept[name]) for name in ("access", "refresh")}
    office.desk.ask("tokens", channel=office.channel, instead=over)
    return over


def times_to_sign_in_again(office: Office) -> int:
    """How often the house ever asked for it."""
    return int(office.look()["alarms_ever"].count(SIGN_IN_AGAIN))


def lane_of_answers(office: Office) -> str:
    """When it is due next, among others: it says something else after each look."""
    return next(lane for lane in office.look()["lanes"] if "replies" in lane)


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
    answer = {"text": "Sie brennt seit acht", "uid": asked["uri"]}
    told = office.desk.ask("answer_one", channel=office.channel, **answer)
    assert told["publication"]
    office.wait_until_out()
    note = ada.wait_for_notice("Sie brennt seit acht", reason="reply")
    assert note["record"]["reply"]["root"]["uri"] == asked["uri"]
    wait_until_heard(office, "Sie brennt seit acht")
    assert max(office.texts().values()) == 1


def test_an_answer_to_us_is_heard_once_though_it_comes_by_two_ways(
    office: Office, lighthouse: BlueskyPerson, ada: BlueskyPerson
) -> None:
    """By notification, and below what we said."""
    office.say("Heute Abend im Haus: eine Geschichte")
    office.wait_until_out()
    (ours,) = [
        one
        for one in lighthouse.records()
        if one["value"]["text"].startswith("Heute Abend im Haus")
    ]
    ada.post("Wir kommen zuhören", answering=ada.wait_for_shown(ours["uri"]))
    wait_until_heard(office, "Wir kommen zuhören")
    before = lane_of_answers(office)
    wait_until(
        lambda: lane_of_answers(office) != before,
        seconds=ARRIVES_WITHIN_SECONDS,
        what="a look at the answers below our posts, after that",
        pause_seconds=0.5,
    )
    assert office.texts()["Wir kommen zuhören"] == 1


def test_a_session_that_is_over_stops_nothing_and_the_new_one_is_kept(
    office: Office, lighthouse: BlueskyPerson, ada: BlueskyPerson
) -> None:
    alarms = times_to_sign_in_again(office)
    over = end_session(office)
    ada.post(f"@{lighthouse.handle} noch wach im Haus?", naming=[lighthouse])
    wait_until_heard(office, "noch wach im Haus")
    kept = office.desk.ask("tokens", channel=office.channel)
    assert kept["access"] != over["access"]
    assert times_to_sign_in_again(office) == alarms


def test_an_app_password_that_was_taken_back_is_one_alarm_and_a_queue_that_waits(
    office: Office, lighthouse: BlueskyPerson
) -> None:
    alarms = times_to_sign_in_again(office)
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
    assert times_to_sign_in_again(office) == alarms + 1


def test_while_nothing_shows_the_network_texts_go_out_and_afterwards_all_is_heard(
    office: Office, bluesky: BlueskyServer, lighthouse: BlueskyPerson, ada: BlueskyPerson
) -> None:
    alarms = times_to_sign_in_again(office)
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
    assert times_to_sign_in_again(office) == alarms
