"""What goes wrong at Bluesky, and what is respected there: on its own reference servers."""

from pathlib import Path

import msgspec
import pytest

from resonanz.networks.bluesky.connector import network
from resonanz.networks.bluesky.directory import PLC_SETTING
from resonanz.networks.bluesky.session import Credentials
from resonanz.switchboard.contract import Way
from resonanz.switchboard.shapes import Account, ShieldKind, Wish
from resonanz.switchboard.trouble import Gone, Refused, SignInAgain, Trouble, TryLater, Unsure
from tests.peers.bluesky.us import Us, everything, text, to
from tests.peers.servers.bluesky import BlueskyPerson, BlueskyServer, ended
from tests.peers.servers.broken_line import BrokenLine

pytestmark = pytest.mark.peer

PUT = "/xrpc/com.atproto.repo.putRecord"
BLOCK = "app.bsky.graph.block"


def test_an_account_is_found_by_its_name_alone(
    us: Us, bluesky: BlueskyServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By its DID, the directory tells the server."""
    monkeypatch.setenv(PLC_SETTING, bluesky.directory)
    answers = {"handle": us.person.did, "password": us.person.app_password}
    found = network.begin(Way.TOKEN, answers, "", us.around)
    assert isinstance(found, Account)
    assert found.address == bluesky.address
    assert found.profile.handle == f"@{us.person.handle}"
    assert network.open(found, us.around).verify().profile.uid == us.person.did


def test_the_password_of_the_account_itself_is_not_taken(us: Us) -> None:
    answers = {"handle": us.person.handle, "password": us.person.password}
    with pytest.raises(Refused, match="password of the account itself"):
        network.begin(Way.TOKEN, answers | {"server": us.person.address}, "", us.around)
    wrong = answers | {"password": "abcd-efgh-ijkl-mnop", "server": us.person.address}
    with pytest.raises(Refused, match="does not accept"):
        network.begin(Way.TOKEN, wrong, "", us.around)


def test_the_same_text_stands_there_once_however_often_it_is_sent(us: Us) -> None:
    outgoing = text("Ein einziges Mal, bitte")
    first = us.connector.publish(outgoing)
    assert us.connector.publish(outgoing).uid == first.uid
    found = us.connector.find_published(outgoing)
    assert found is not None
    assert found.uid == first.uid
    texts = [one["value"]["text"] for one in us.person.records()]
    assert texts.count("Ein einziges Mal, bitte") == 1
    assert us.connector.find_published(text("Ein einziges Mal, bitte")) is None


def test_a_write_that_was_heard_and_not_answered_is_found(
    bluesky: BlueskyServer, tmp_path: Path
) -> None:
    line = BrokenLine(bluesky.port)
    us = Us(bluesky.users["lighthouse"], tmp_path, server=line.address)
    outgoing = text("Gehört und nicht bestätigt")
    line.cut("POST", PUT)
    with pytest.raises(Unsure):
        us.connector.publish(outgoing)
    found = us.connector.find_published(outgoing)
    assert found is not None
    assert us.connector.publish(outgoing).uid == found.uid
    texts = [one["value"]["text"] for one in us.person.records()]
    assert texts.count("Gehört und nicht bestätigt") == 1
    us.close()
    line.stop()


def test_what_we_delete_is_gone(us: Us, ada: BlueskyPerson) -> None:
    ours = us.connector.publish(text("Das nehmen wir zurück"))
    ada.wait_for_shown(ours.uid)
    for _ in range(2):
        us.connector.delete(ours.local_id)
    us.person.wait(lambda: us.person.shown(ours.uid) is None, "a deleted post")
    with pytest.raises(Gone):
        us.connector.thread(ours.local_id)
    assert us.connector.find_published(text("Das nehmen wir zurück")) is None


def test_what_others_delete_is_told_and_leaves_a_gap(
    us: Us, bluesky: BlueskyServer, ada: BlueskyPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLC_SETTING, bluesky.directory)
    question = ada.post(f"@{us.person.handle} nicht wichtig", naming=[us.person])
    us.person.wait_for_notice("nicht wichtig")
    cursor = everything(us.connector.notifications("")).cursor or ""
    answer = us.connector.publish(text("Doch", answering=to(question["uri"])))
    ada.wait_for_shown(answer.uid)
    # Somebody who speaks to us afterwards, so that there is something around the gap.
    ada.post(f"@{us.person.handle} sehr wichtig", naming=[us.person])
    us.person.wait_for_notice("sehr wichtig")

    ada.delete(question["uri"])
    us.person.wait(lambda: us.person.shown(question["uri"]) is None, "ada's deletion")
    pages = us.person.wait(
        lambda: [page for page in us.connector.notifications(cursor) if page.gone],
        "the news of ada's deletion",
    )
    assert pages[-1].gone == (question["uri"],)
    thread = us.connector.thread(answer.local_id)
    assert [one.uid for one in thread.posts] == [answer.uid]
    assert not thread.is_complete
    with pytest.raises(Gone):
        us.connector.publish(text("Zu spät", answering=to(question["uri"])))


def test_a_session_that_is_over_is_renewed_and_kept(us: Us) -> None:
    """By its second token; and when that is over as well, by the app password."""
    good = Credentials.of(us.account)
    over = ended(good.access.value)
    us.with_tokens(over, good.refresh.value)
    list(us.connector.notifications(""))
    (kept,) = us.kept
    fresh = Credentials.of(msgspec.structs.replace(us.account, credentials=kept))
    assert fresh.access.value != over
    assert fresh.password == good.password

    us.kept.clear()
    us.with_tokens(ended(fresh.access.value), ended(fresh.refresh.value))
    assert us.connector.publish(text("Mit neuer Sitzung")).uid
    assert len(us.kept) == 1


def test_an_app_password_that_was_taken_back_asks_to_sign_in(us: Us) -> None:
    good = Credentials.of(us.account)
    us.person.do("com.atproto.server.revokeAppPassword", name="tests")
    us.with_tokens(ended(good.access.value), ended(good.refresh.value))
    with pytest.raises(SignInAgain, match="app password"):
        list(us.connector.notifications(""))
    made = us.person.do("com.atproto.server.createAppPassword", name="tests")
    us.person.app_password = str(made["password"])


def test_while_nothing_shows_the_network_we_can_still_speak(
    us: Us, bluesky: BlueskyServer, ada: BlueskyPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading waits; a text, an answer and a deletion go to our own server."""
    monkeypatch.setenv(PLC_SETTING, bluesky.directory)
    asked = ada.post(f"@{us.person.handle} seid ihr da?", naming=[us.person])
    ada.wait_for_shown(asked["uri"])
    bluesky.close_view()
    try:
        for read in (us.connector.notifications, us.connector.home, us.connector.replies):
            with pytest.raises(TryLater):
                list(read(""))
        with pytest.raises(TryLater):
            us.connector.thread(asked["uri"])
        said = us.connector.publish(text("Wir sind da", answering=to(asked["uri"])))
        alone = us.connector.publish(text("Und weg"))
        us.connector.delete(alone.local_id)
        assert us.connector.verify().profile.uid == us.person.did
    finally:
        bluesky.open_view()
    assert ada.wait_for_notice("Wir sind da", reason="reply")["uri"] == said.uid


def test_a_limit_is_told_with_its_end(limited_bluesky: BlueskyServer, tmp_path: Path) -> None:
    """The server allows thirty sign-ins in five minutes."""
    us = Us(limited_bluesky.users["lighthouse"], tmp_path)
    answers = {
        "handle": us.person.handle,
        "password": us.person.app_password,
        "server": us.person.address,
    }

    def until_it_is_enough() -> None:
        for _ in range(40):
            network.begin(Way.TOKEN, answers, "", us.around)

    with pytest.raises(TryLater) as trouble:
        until_it_is_enough()
    assert trouble.value.is_overload
    assert trouble.value.after is not None
    assert 0 < trouble.value.after.total_seconds() <= 300
    us.close()


def test_blocks_are_respected_both_ways(us: Us, bluesky: BlueskyServer) -> None:
    """Who keeps us away is not shown to us, and says so; whom we keep away is let back."""
    carla = bluesky.users["carla"]
    post = carla.post("Nichts für euch")
    us.person.wait_for_shown(post["uri"])
    block = carla.create(BLOCK, subject=us.person.did)

    def is_kept_away() -> bool:
        try:
            us.connector.thread(post["uri"])
        except Trouble as trouble:
            return isinstance(trouble, Refused | Gone)
        return False

    us.person.wait(is_kept_away, "carla's block")
    carla.delete(block["uri"])
    us.person.wait(lambda: not is_kept_away(), "the end of carla's block")

    for _ in range(2):
        us.connector.shield(ShieldKind.BLOCK, carla.did, is_on=True)
    assert len(us.person.records(BLOCK)) == 1
    us.connector.shield(ShieldKind.BLOCK, carla.did, is_on=False)
    assert us.person.records(BLOCK) == []
    us.connector.shield(ShieldKind.MUTE, carla.did, is_on=True)
    us.connector.shield(ShieldKind.MUTE, carla.did, is_on=False)


def test_labels_of_authors_are_warnings_and_wishes(us: Us, ada: BlueskyPerson) -> None:
    kind = "com.atproto.label.defs#selfLabels"
    labels = {"$type": kind, "values": [{"val": "graphic-media"}]}
    post = ada.post(f"@{us.person.handle} Vorsicht", naming=[us.person], labels=labels)
    ada.wait_for_shown(post["uri"])
    (said,) = us.connector.thread(post["uri"]).posts
    assert said.warning == "Graphic pictures"

    wish = {"$type": kind, "values": [{"val": "!no-unauthenticated"}]}
    profile = {"$type": "app.bsky.actor.profile", "displayName": "Ada", "labels": wish}
    ada.do(
        "com.atproto.repo.putRecord",
        repo=ada.did,
        collection="app.bsky.actor.profile",
        rkey="self",
        record=profile,
    )

    def wishes() -> tuple[Wish, ...]:
        (found,) = us.connector.thread(post["uri"]).posts
        return found.author.wishes

    assert us.person.wait(wishes, "ada's wish") == (Wish.ONLY_SIGNED_IN,)


def test_a_report_reaches_the_moderators(us: Us, ada: BlueskyPerson) -> None:
    post = ada.post("Etwas Gemeines")
    us.person.wait_for_shown(post["uri"])
    us.connector.report(
        ada.did, post_local_ids=(post["uri"],), reason="Beleidigt Leute.", forward=False
    )
