"""People speak with us at Bluesky, and we with them: on its own reference servers."""

from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from resonanz.switchboard.shapes import Attachment, Quoting, ReactionKind
from resonanz.switchboard.testkit import PICTURE
from tests.peers.bluesky.us import Us, everything, heard, only, text, to
from tests.peers.servers.bluesky import BlueskyPerson

pytestmark = pytest.mark.peer

LIKE, REPOST, FOLLOW = "app.bsky.feed.like", "app.bsky.feed.repost", "app.bsky.graph.follow"


def records_about(us: Us, collection: str, what: str) -> int:
    """How many records of ours there are about a post or an account."""
    subjects = [one["value"]["subject"] for one in us.person.records(collection)]
    return sum(what in (one if isinstance(one, str) else one["uri"]) for one in subjects)


def test_a_mention_is_heard_and_answered_in_its_conversation(us: Us, ada: BlueskyPerson) -> None:
    """Facets by bytes: umlauts, a pictogram, a link, a tag and a name arrive as such."""
    asked = ada.post(f"@{us.person.handle} habt ihr Licht?", naming=[us.person])
    said = only(heard(lambda: us.connector.notifications(""), "habt ihr Licht"), "Licht")
    assert said.uid == asked["uri"]
    assert [one.uid for one in said.mentions] == [us.person.did]
    assert said.author.uid == ada.did

    words = (
        f"Grüße \N{WOMAN}\N{ZERO WIDTH JOINER}\N{COOKING} @{ada.handle} #Öl https://kai.example/a"
    )
    receipt = us.connector.publish(text(words, answering=to(said.local_id)))
    # Named and answered at once, she is told once, of being named.
    note = ada.wait_for_notice("Grüße", reason="mention")
    assert note["uri"] == receipt.uid
    record = note["record"]
    assert record["reply"]["parent"]["uri"] == record["reply"]["root"]["uri"] == asked["uri"]
    assert record["langs"] == ["de"]
    told = record["text"].encode()
    marked = {
        told[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(): feature
        for facet in record["facets"]
        for feature in facet["features"]
    }
    assert marked[f"@{ada.handle}"]["did"] == ada.did
    assert marked["#Öl"]["tag"] == "Öl"
    assert marked["kai.example/a"]["uri"] == "https://kai.example/a"

    deeper = ada.post("Danke euch", answering=ada.wait_for_shown(receipt.uid))
    second = only(heard(lambda: us.connector.notifications(""), "Danke euch"), "Danke euch")
    again = us.connector.publish(text("Gern wieder", answering=to(second.local_id)))
    shown = ada.wait_for_shown(again.uid)["record"]["reply"]
    assert (shown["root"]["uri"], shown["parent"]["uri"]) == (asked["uri"], deeper["uri"])


def test_several_posts_in_a_row_hang_below_one_another_at_once(us: Us, ada: BlueskyPerson) -> None:
    """Nobody waits until the network shows the first one."""
    first = us.connector.publish(text("Erstens"))
    second = us.connector.publish(text("Zweitens", answering=to(first.local_id)))
    third = us.connector.publish(text("Drittens", answering=to(second.local_id)))
    reply = ada.wait_for_shown(third.uid)["record"]["reply"]
    assert (reply["root"]["uri"], reply["parent"]["uri"]) == (first.uid, second.uid)


def test_a_quote_reaches_whoever_is_quoted_and_comes_back(us: Us, ada: BlueskyPerson) -> None:
    original = ada.post("Nebel am Hafen")
    ada.wait_for_shown(original["uri"])
    quoting = Quoting(uid=original["uri"], local_id=original["uri"])
    us.connector.publish(text("Seht euch das an", quoting=quoting))
    assert ada.wait_for_notice("Seht euch das an", reason="quote")

    ours = us.connector.publish(text("Heute lesen wir vor"))
    ada.post("Das müsst ihr hören", quoting=ada.wait_for_shown(ours.uid))
    page = heard(lambda: us.connector.notifications(""), "Das müsst ihr hören")
    said = only(page, "müsst ihr hören")
    assert said.quotes_uid == ours.uid
    assert said.quoted is not None
    assert "vorlesen" not in said.quoted.html
    assert "Heute lesen wir vor" in said.quoted.html


def test_a_picture_arrives_with_its_description(us: Us, ada: BlueskyPerson, tmp_path: Path) -> None:
    path = tmp_path / "lamp.png"
    path.write_bytes(PICTURE)
    picture = Attachment(
        path=str(path),
        content_type="image/png",
        size=len(PICTURE),
        description="Die neue Lampe",
        sha256=sha256(PICTURE).hexdigest(),
    )
    local_id = us.connector.upload(picture)
    there = msgspec.structs.replace(picture, local_id=local_id)
    receipt = us.connector.publish(text("Seht her", pictures=(there,)))
    assert receipt.picture_ids == (local_id,)
    (image,) = ada.wait_for_shown(receipt.uid)["embed"]["images"]
    assert image["alt"] == "Die neue Lampe"
    assert image["aspectRatio"] == {"width": 1, "height": 1}
    (shown,) = us.connector.thread(receipt.local_id).posts
    assert (shown.pictures[0].description, shown.pictures[0].width) == ("Die neue Lampe", 1)


def test_likes_reposts_and_follows_arrive_and_can_be_taken_back(us: Us, ada: BlueskyPerson) -> None:
    post = ada.post("Wer mag Nebel?")
    ada.wait_for_shown(post["uri"])
    for kind, reason, collection, local_id in (
        (ReactionKind.FAVOURITE, "like", LIKE, post["uri"]),
        (ReactionKind.BOOST, "repost", REPOST, post["uri"]),
        (ReactionKind.FOLLOW, "follow", FOLLOW, ada.did),
    ):
        for _ in range(2):
            us.connector.react(kind, local_id)
        ada.wait_for_notice(reason=reason)
        assert records_about(us, collection, local_id) == 1, reason
        for _ in range(2):
            us.connector.react(kind, local_id, is_on=False)
        assert records_about(us, collection, local_id) == 0, reason


def test_what_was_done_in_another_app_is_seen_and_can_be_taken_back(
    us: Us, ada: BlueskyPerson
) -> None:
    post = ada.post("Im anderen Programm gemocht")
    us.person.wait_for_shown(post["uri"])
    us.person.like(post)
    us.person.wait(lambda: (us.person.shown(post["uri"]) or {})["viewer"].get("like"), "our like")
    us.connector.react(ReactionKind.FAVOURITE, post["uri"])
    assert records_about(us, LIKE, post["uri"]) == 1
    us.connector.react(ReactionKind.FAVOURITE, post["uri"], is_on=False)
    assert records_about(us, LIKE, post["uri"]) == 0


def test_what_others_do_without_words_is_told(us: Us, bert: BlueskyPerson) -> None:
    ours = us.connector.publish(text("Ein Wort von uns"))
    shown = bert.wait_for_shown(ours.uid)
    bert.like(shown)
    bert.repost(shown)
    bert.follow(us.person)

    def kinds() -> set[ReactionKind] | None:
        page = everything(us.connector.notifications(""))
        found = {one.kind for one in page.reactions if one.by.uid == bert.did}
        return found if len(found) == 3 else None

    assert us.person.wait(kinds, "three reactions of bert")
    page = everything(us.connector.notifications(""))
    about = {one.post.uid for one in page.reactions if one.post and one.by.uid == bert.did}
    assert about == {ours.uid}

    names = {one.uid for part in us.connector.followers("") for one in part.profiles}
    assert bert.did in names


def test_home_shows_whom_we_follow_and_what_they_pass_on(
    us: Us, ada: BlueskyPerson, bert: BlueskyPerson
) -> None:
    us.connector.react(ReactionKind.FOLLOW, bert.did)
    original = ada.post("Ursprünglich von Ada")
    bert.repost(ada.wait_for_shown(original["uri"]))
    bert.post("Von Bert selbst")
    page = heard(lambda: us.connector.home(""), "Ursprünglich von Ada")
    found = only(page, "Ursprünglich")
    assert found.author.uid == ada.did
    assert found.shared_by is not None
    assert found.shared_by.uid == bert.did
    followed = {one.uid for part in us.connector.followed("") for one in part.profiles}
    assert bert.did in followed


def test_answers_to_answers_are_read_below_our_posts(
    us: Us, ada: BlueskyPerson, bert: BlueskyPerson
) -> None:
    ours = us.connector.publish(text("Wer kommt am Sonntag?"))
    first = ada.post("Ich komme", answering=ada.wait_for_shown(ours.uid))
    second = bert.post("Ich dann auch", answering=bert.wait_for_shown(first["uri"]))
    page = heard(lambda: us.connector.replies(""), "Ich dann auch")
    thread = us.connector.thread(first["uri"])
    assert {ours.uid, first["uri"], second["uri"]} <= {one.uid for one in page.posts}
    assert [one.uid for one in thread.posts] == [ours.uid, first["uri"], second["uri"]]
    assert thread.is_complete


def test_a_busy_day_is_read_to_the_last_seen(us: Us, ada: BlueskyPerson) -> None:
    """More notifications than one page holds; nothing twice, nothing left out."""
    cursor = everything(us.connector.notifications("")).cursor or ""
    texts = [f"Nummer {number} an @{us.person.handle}" for number in range(120)]
    said = set(ada.post_many(texts, naming=us.person))

    def all_told() -> bool:
        return said <= {note["uri"] for note in us.person.notices()}

    us.person.wait(all_told, "120 notifications")
    found = [one.uid for one in everything(us.connector.notifications(cursor)).posts]
    assert said <= set(found)
    assert len(found) == len(set(found))
