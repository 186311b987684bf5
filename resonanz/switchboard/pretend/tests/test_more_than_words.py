"""Pictures, polls, pages, quotes; what is edited, taken back, muted, reported, only elsewhere."""

import sqlite3
import struct
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from resonanz.switchboard.pretend.connector import network
from resonanz.switchboard.pretend.drawing import MOTIFS, address_of
from resonanz.switchboard.pretend.happenings import BEATS
from resonanz.switchboard.pretend.tests.test_town import Walk, find, plain
from resonanz.switchboard.pretend.visit import ledger_of, plan_of
from resonanz.switchboard.shapes import (
    Answering,
    Attachment,
    Outgoing,
    ReactionKind,
    ShieldKind,
)
from resonanz.switchboard.trouble import Gone, Refused


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    return Walk(tmp_path)


def photo(folder: Path, content: bytes = b"a photo") -> Attachment:
    path = folder / "photo.png"
    path.write_bytes(content)
    return Attachment(
        path=str(path),
        content_type="image/png",
        size=len(content),
        description="Ein Blech voller Brötchen.",
        sha256=sha256(content).hexdigest(),
    )


def test_pictures_come_with_and_without_a_description(walk: Walk) -> None:
    post = find(walk.read("notifications")[0], "Form einer Acht")
    assert [bool(picture.description) for picture in post.pictures] == [True, False]


def test_every_picture_of_the_town_can_be_drawn(walk: Walk) -> None:
    """Each is a PNG of the size it says, and none asks anybody."""
    walk.clock.advance(days=30)
    posts = [post for lane in walk.cursors for post in walk.read(lane)[0]]
    pictures = [picture for post in posts for picture in post.pictures]
    assert len(pictures) >= 4
    for picture in pictures:
        png = network.drawn(picture.url) or b""
        assert png.startswith(b"\x89PNG")
        assert struct.unpack(">II", png[16:24]) == (picture.width, picture.height)
    assert network.drawn(address_of("anything-else"))
    assert network.drawn("https://elsewhere.example/pictures/a.png") is None


def test_the_script_draws_only_what_there_is_a_motif_for() -> None:
    drawn = {drawing.motif for beat in BEATS for drawing in beat.pictures}
    drawn |= {beat.leaflet.motif for beat in BEATS if beat.leaflet}
    assert drawn <= set(MOTIFS)


def test_a_poll_is_told_again_when_it_is_over(walk: Walk) -> None:
    asked = find(walk.read("home")[0], "Welcher Kuchen").poll
    assert asked is not None
    assert not asked.is_over
    assert asked.choices[0].votes is None
    walk.clock.advance(minutes=21)
    over = find(walk.read("home")[0], "Welcher Kuchen").poll
    assert over is not None
    assert over.is_over
    assert over.votes == sum(choice.votes or 0 for choice in over.choices)


def test_a_link_shows_its_page_and_a_quote_its_post(walk: Walk) -> None:
    card = find(walk.read("home")[0], "eigene Seite").card
    assert card is not None
    assert card.provider == "Buchladen am Brunnen"
    quoting = find(walk.read("notifications")[0], "Genau so macht man das")
    assert quoting.quoted is not None
    assert quoting.quoted.uid == quoting.quotes_uid
    assert "halbe Stunde früher" in plain(quoting.quoted)


def test_an_edit_arrives_as_the_same_post_with_other_words(walk: Walk) -> None:
    walk.clock.advance(minutes=7)
    first = find(walk.read("notifications")[0], "Ersatzuhr")
    walk.clock.advance(minutes=6)
    again = find(walk.read("notifications")[0], "Ersatzuhr")
    assert (again.uid, again.said_at) == (first.uid, first.said_at)
    assert first.edited_at is None
    assert again.edited_at is not None
    assert "sieben Minuten" in plain(first)
    assert "neun Minuten" in plain(again)


def test_what_was_addressed_to_us_and_taken_back_is_told_gone(walk: Walk) -> None:
    walk.clock.advance(minutes=11)
    secret = find(walk.read("notifications")[0], "Brötchentasche")
    walk.clock.advance(minutes=6)
    assert walk.read("notifications")[2] == [secret.uid]


def test_half_a_thread_says_so_and_its_origin_knows_the_rest(walk: Walk) -> None:
    post = find(walk.read("notifications")[0], "wie kommt das Mehl")
    thread = walk.town.thread(post.local_id)
    assert not thread.is_complete
    assert [said.uid for said in thread.posts] == [post.uid]
    whole = walk.town.thread_at_origin(post.uid, "")
    assert whole.is_complete
    assert len(whole.posts) == 3
    unknown = whole.posts[-1]
    local_id = walk.town.resolve(unknown.uid, unknown.url)
    answering = Answering(uid=unknown.uid, local_id=local_id)
    walk.town.publish(Outgoing(key="k", text="Eimerchen haben wir.", answering=answering))
    with pytest.raises(Gone):
        walk.town.thread_at_origin("https://elsewhere.example/1", "")


def test_a_picture_of_ours_stands_there_with_its_description(walk: Walk, tmp_path: Path) -> None:
    draft = Outgoing(key="k", text="", pictures=(photo(tmp_path),))
    receipt = walk.town.publish(draft)
    assert walk.town.publish(draft) == receipt == walk.town.find_published(draft)
    picture = walk.town.thread(receipt.local_id).posts[0].pictures[0]
    assert picture.description == "Ein Blech voller Brötchen."
    assert network.drawn(picture.url)


def test_a_picture_whose_file_is_lost_is_refused_with_a_sentence(
    walk: Walk, tmp_path: Path
) -> None:
    lost = msgspec.structs.replace(photo(tmp_path), path=str(tmp_path / "lost.png"))
    with pytest.raises(Refused, match=r"again\.$"):
        walk.town.publish(Outgoing(key="k", text="Da.", pictures=(lost,)))


def test_we_edit_what_we_said_once(walk: Walk, tmp_path: Path) -> None:
    """The same words again change nothing, and the pictures that are named stay."""
    first = Outgoing(key="k", text="Ab siehben.", pictures=(photo(tmp_path),))
    receipt = walk.town.publish(first)
    kept = msgspec.structs.replace(first.pictures[0], local_id=receipt.picture_ids[0])
    better = msgspec.structs.replace(first, text="Ab sieben.", pictures=(kept,))
    walk.clock.advance(minutes=2)
    assert walk.town.edit(receipt.local_id, better) == receipt
    edited = walk.town.thread(receipt.local_id).posts[0]
    assert "Ab sieben." in plain(edited)
    assert edited.pictures
    walk.clock.advance(minutes=2)
    walk.town.edit(receipt.local_id, better)
    assert walk.town.thread(receipt.local_id).posts[0].edited_at == edited.edited_at


def test_what_we_take_back_is_gone_and_its_answers_stay(walk: Walk) -> None:
    receipt = walk.town.publish(Outgoing(key="k", text="Guten Morgen."))
    walk.clock.advance(minutes=10)
    walk.town.delete(receipt.local_id)
    walk.town.delete(receipt.local_id)
    posts = walk.town.thread(receipt.local_id).posts
    assert posts
    assert receipt.uid not in {post.uid for post in posts}
    with pytest.raises(Gone):
        walk.town.edit(receipt.local_id, Outgoing(key="k", text="Doch."))


def test_nobody_edits_or_deletes_what_others_said(walk: Walk) -> None:
    with pytest.raises(Gone):
        walk.town.edit("saturn", Outgoing(key="k", text="Jupiter."))
    walk.town.delete("saturn")
    assert find(walk.read("home")[0], "Saturn")


def test_a_boost_that_is_taken_back_at_once_is_not_thanked_for(walk: Walk) -> None:
    walk.read_everything()
    walk.town.react(ReactionKind.BOOST, "saturn")
    walk.town.react(ReactionKind.BOOST, "saturn", is_on=False)
    walk.town.react(ReactionKind.BOOST, "saturn", is_on=False)
    walk.clock.advance(minutes=3.5)
    assert not any(post.answers_local_id == "saturn" for post in walk.read("notifications")[0])


@pytest.mark.parametrize("kind", ShieldKind)
def test_nothing_arrives_of_whom_we_shield(walk: Walk, kind: ShieldKind) -> None:
    walk.town.shield(kind, "aylin", is_on=True)
    walk.town.shield(kind, "aylin", is_on=True)
    everything = [post for lane in walk.cursors for post in walk.read(lane)[0]]
    assert not any(post.author.local_id == "aylin" for post in everything)
    walk.town.shield(kind, "aylin", is_on=False)
    walk.clock.advance(minutes=3)
    assert any(post.author.local_id == "aylin" for post in walk.read("notifications")[0])


def test_a_report_is_written_down(walk: Walk) -> None:
    walk.town.report("glanzpreis", post_local_ids=("gewinn",), reason="Werbung", forward=True)
    reports = ledger_of(plan_of(walk.account), walk.around).reports()
    assert [(report.target, report.reason, report.forward) for report in reports] == [
        ("glanzpreis", "Werbung", True)
    ]
    with pytest.raises(Gone):
        walk.town.report("nobody", post_local_ids=(), reason="", forward=False)


def test_a_file_of_the_first_version_goes_on(walk: Walk, tmp_path: Path) -> None:
    """Whoever entered the town before pictures existed keeps what he said there."""
    path = ledger_of(plan_of(walk.account), walk.around).path
    with closing(sqlite3.connect(path)) as old:
        old.execute(
            "CREATE TABLE said (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL"
            " UNIQUE, at TEXT NOT NULL, text TEXT NOT NULL, audience TEXT NOT NULL, warning TEXT"
            " NOT NULL, language TEXT NOT NULL, answers TEXT NOT NULL)"
        )
        old.execute(
            "INSERT INTO said (key, at, text, audience, warning, language, answers)"
            " VALUES ('old', '2026-03-02T08:00:00+00:00', 'Früher.', 'public', '', 'de', '')"
        )
        old.commit()
    assert "Früher." in plain(walk.town.thread("our-1").posts[0])
    receipt = walk.town.publish(Outgoing(key="k", text="Neu.", pictures=(photo(tmp_path),)))
    assert receipt.local_id == "our-2"
