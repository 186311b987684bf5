"""What comes after sending, and pictures, on real servers: mastodon-mock and snac2.

Through the connector, as the rooms use it, on the guarded client.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event, Timer

import msgspec
import pytest

from resonanz.networks.mastodon.connector import network
from resonanz.plumbing.outgoing import guarded_client
from resonanz.switchboard.contract import Can, Connector, Surroundings, Way
from resonanz.switchboard.shapes import (
    Account,
    Attachment,
    Outgoing,
    Page,
    ReactionKind,
    Said,
    ShieldKind,
)
from resonanz.switchboard.testkit import PICTURE
from resonanz.switchboard.trouble import Gone, NotOffered, Refused
from tests.peers.servers.mastodon_api import Person
from tests.peers.servers.running import wait_until

pytestmark = pytest.mark.peer

LOOPBACK = frozenset({"localhost", "127.0.0.1"})
LISTENS_SECONDS = 40.0

Connect = Callable[[Person], Connector]


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Connect]:
    """Connects an account by its token, on a line that may go to loopback."""
    with guarded_client(allowed_hosts=LOOPBACK, user_agent="Resonanz tests") as http:
        around = Surroundings(http=http, folder=tmp_path)

        def make(person: Person) -> Connector:
            answers = {"server": person.address, "token": person.token}
            account = network.begin(Way.TOKEN, answers, "", around)
            assert isinstance(account, Account)
            return network.open(account, around)

        yield make


@pytest.fixture
def picture(tmp_path: Path) -> Attachment:
    path = tmp_path / "roll.png"
    path.write_bytes(PICTURE)
    return Attachment(
        path=str(path),
        content_type="image/png",
        size=len(PICTURE),
        description="Ein Brötchen, kleiner als gedacht.",
        sha256=sha256(PICTURE).hexdigest(),
    )


def seen(connector: Connector, local_id: str) -> Said:
    """A post as the connector shows it."""
    return next(p for p in connector.thread(local_id).posts if p.local_id == local_id)


def test_a_picture_and_its_description_stand_there(mock, connect: Connect, picture: Attachment):
    ours = connect(mock.users["lighthouse"])
    draft = Outgoing(key="k1", text="Fresh today.", pictures=(picture,))
    receipt = ours.publish(draft)
    (shown,) = seen(ours, receipt.local_id).pictures
    assert shown.description == picture.description
    started = datetime.now(UTC) - timedelta(minutes=1)
    again = msgspec.structs.replace(draft, first_tried_at=started)
    found = ours.find_published(again)
    assert found is not None
    assert found.local_id == receipt.local_id


def test_two_pictures_without_words_are_told_apart(mock, connect: Connect, picture: Attachment):
    ours = connect(mock.users["lighthouse"])
    other = msgspec.structs.replace(picture, description="Something else.")
    started = datetime.now(UTC) - timedelta(minutes=1)
    drafts = [
        Outgoing(key=f"k{at}", text="", pictures=(shown,), first_tried_at=started)
        for at, shown in enumerate((picture, other))
    ]
    receipt = ours.publish(drafts[0])
    assert ours.find_published(drafts[1]) is None
    found = ours.find_published(drafts[0])
    assert found is not None
    assert found.local_id == receipt.local_id


def test_an_edit_and_a_deletion_reach_whoever_listens(mock, connect: Connect):
    """And the one who said it is told that it is gone."""
    ours, dora = connect(mock.users["lighthouse"]), connect(mock.users["dora"])
    ours.react(ReactionKind.FOLLOW, mock.users["dora"].me().id)
    stop, heard = Event(), list[Page]()
    Timer(LISTENS_SECONDS, stop.set).start()
    pages = ours.stream(stop)
    next(pages)
    receipt = dora.publish(Outgoing(key="k", text="@lighthouse at siven?"))
    dora.edit(receipt.local_id, Outgoing(key="k", text="@lighthouse at seven?"))
    dora.delete(receipt.local_id)
    dora.delete(receipt.local_id)
    for page in pages:
        heard.append(page)
        if page.gone_local:
            stop.set()
    texts = [(post.html, post.edited_at is not None) for page in heard for post in page.posts]
    assert any("seven" in html and is_edited for html, is_edited in texts)
    assert heard[-1].gone_local == (receipt.local_id,)
    with pytest.raises(Gone):
        dora.edit(receipt.local_id, Outgoing(key="k", text="at eight?"))


def test_what_we_did_without_words_can_be_taken_back(mock, connect: Connect):
    us, dora = mock.users["lighthouse"], mock.users["dora"]
    ours, said = connect(us), dora.post("Good morning.")
    for kind in (ReactionKind.BOOST, ReactionKind.FAVOURITE):
        for is_on in (True, True, False, False):
            ours.react(kind, said.id, is_on=is_on)
    standing = us.ask("GET", f"/api/v1/statuses/{said.id}").json()
    assert (standing["reblogged"], standing["favourited"]) == (False, False)
    for is_on in (True, False):
        ours.react(ReactionKind.FOLLOW, said.account.id, is_on=is_on)
        assert relationship(us, said.account.id)["following"] is is_on


@pytest.mark.parametrize(
    ("kind", "mark"), [(ShieldKind.MUTE, "muting"), (ShieldKind.BLOCK, "blocking")]
)
def test_a_shield_is_up_until_it_is_taken_down(mock, connect: Connect, kind: ShieldKind, mark: str):
    us = mock.users["lighthouse"]
    who = mock.users["emil"].me().id
    ours = connect(us)
    for is_on in (True, True, False, False):
        ours.shield(kind, who, is_on=is_on)
        assert relationship(us, who)[mark] is is_on


def test_a_report_arrives_with_its_proof(mock, connect: Connect):
    said = mock.users["emil"].post("Buy gold!")
    ours = connect(mock.users["lighthouse"])
    ours.report(said.account.id, post_local_ids=(said.id,), reason="Adverts", forward=True)
    other = mock.users["dora"].post("Good morning.")
    with pytest.raises(Refused):
        ours.report(said.account.id, post_local_ids=(other.id,), reason="Adverts", forward=False)


def test_the_origin_is_asked_without_a_token(mock, connect: Connect):
    """Its own server stands in for another one here: what counts is that nobody signs in."""
    dora, ours = mock.users["dora"], connect(mock.users["lighthouse"])
    first = dora.post("Who brings what?")
    mock.users["emil"].post("Salad.", answering=first.id)
    url = f"{mock.address}/@dora/{first.id}"
    known = seen(ours, first.id)
    thread = ours.thread_at_origin(known.uid, known.url or url)
    assert len(thread.posts) == 2
    assert not any(post.local_id for post in thread.posts)


def test_snac_takes_pictures_edits_and_blocks_and_claims_no_more(
    snac_a, connect: Connect, picture: Attachment
):
    us, anna = snac_a.users["lighthouse"], snac_a.users["anna"]
    ours = connect(us)
    assert {Can.MEDIA, Can.EDIT, Can.BLOCK} <= ours.can
    assert not {Can.DELETE, Can.MUTE, Can.REPORT, Can.STREAM} & ours.can
    receipt = ours.publish(Outgoing(key="s1", text="Fresh from snac.", pictures=(picture,)))
    (shown,) = seen(ours, receipt.local_id).pictures
    assert shown.description == picture.description
    kept = msgspec.structs.replace(picture, local_id=receipt.picture_ids[0])
    edited = ours.edit(
        receipt.local_id, Outgoing(key="s1", text="Fresh, from snac.", pictures=(kept,))
    )
    assert edited.uid == receipt.uid
    wait_until(
        lambda: "Fresh, from" in snac_a.kept(receipt.uid).get("content", ""),
        seconds=10,
        what="the edit",
    )
    with pytest.raises(Refused, match=r"\.$"):
        ours.edit(edited.local_id, Outgoing(key="s1", text="Without a picture."))
    # snac knows only accounts that it has met.
    anna.post(f"{us.handle} Good morning.")
    wait_until(us.notifications, seconds=10, what="the mention")
    for is_on in (True, False):
        ours.shield(ShieldKind.BLOCK, anna.me().id, is_on=is_on)
        assert relationship(us, anna.me().id)["blocking"] is is_on
    with pytest.raises(NotOffered):
        ours.delete(edited.local_id)
    said = anna.post("Only for those who sign in.")
    with pytest.raises(Refused):
        ours.thread_at_origin(said.uri, said.url or "")


def relationship(person: Person, account_id: str) -> dict[str, bool]:
    """How a person stands to an account, by the server's own word."""
    answer = person.ask("GET", "/api/v1/accounts/relationships", params={"id[]": account_id})
    found: dict[str, bool] = answer.json()[0]
    return found
