"""Saying something, once; likes, follows and reports; all of it on a pretended wire."""

from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from PIL import Image

from resonanz.networks.bluesky.record_keys import record_key
from resonanz.networks.bluesky.tests.sky import (
    ADA,
    BOB,
    US,
    answering,
    connected,
    post,
    profile,
    refused,
    said,
    uri,
)
from resonanz.switchboard.shapes import (
    Answering,
    Attachment,
    Mention,
    Outgoing,
    Quoting,
    ReactionKind,
    ShieldKind,
)
from resonanz.switchboard.trouble import Gone, Refused, TryLater

PUT, GET, DELETE = (f"com.atproto.repo.{verb}Record" for verb in ("put", "get", "delete"))
UPLOAD = "com.atproto.repo.uploadBlob"
POSTS, PROFILE = "app.bsky.feed.getPosts", "app.bsky.actor.getProfile"
RESOLVE = "com.atproto.identity.resolveHandle"
DONE = said({"uri": uri("new", US), "cid": "cid-new"})
KEY = record_key(US, "k")


def text(words: str = "Moin", **more: Any) -> Outgoing:
    return msgspec.structs.replace(Outgoing(key="k", text=words), **more)


def to(answered: str) -> Answering:
    return Answering(uid=answered, local_id=answered)


def record(sky: Any, number: int = -1) -> dict[str, Any]:
    return dict(sky.body(number)["record"])


def test_a_text_goes_under_a_key_of_ours_and_only_where_nothing_stands() -> None:
    connector, sky = connected({PUT: DONE})
    receipt = connector.publish(text("Moin", language="de"))
    sent = sky.body()
    assert (sent["repo"], sent["rkey"], sent["swapRecord"]) == (US, KEY, None)
    assert sent["record"] == {
        "$type": "app.bsky.feed.post",
        "text": "Moin",
        "createdAt": "2026-03-10T12:00:00.000Z",
        "langs": ["de"],
    }
    assert receipt.url == "https://bsky.app/profile/backstube.example/post/new"


def test_a_second_attempt_finds_the_first() -> None:
    """The server says that something stands there; it is ours, and is not written again."""
    there = said({"uri": uri(KEY, US), "cid": "c", "value": post()["record"]})
    connector, _ = connected({PUT: refused("InvalidSwap", "Record was at c"), GET: there})
    assert connector.publish(text()).uid == uri(KEY, US)
    assert connector.find_published(text()).uid == uri(KEY, US)  # type: ignore[union-attr]


def test_what_was_never_said_is_not_found() -> None:
    connector, _ = connected({GET: refused("RecordNotFound", "Could not locate record")})
    assert connector.find_published(text()) is None


def test_an_answer_names_the_root_of_the_conversation() -> None:
    parent = post("9", record=answering(uri("8"), uri("7", BOB)))
    connector, sky = connected({POSTS: said({"posts": [parent]}), PUT: DONE})
    connector.publish(text(answering=to(uri("9"))))
    assert record(sky)["reply"] == {
        "root": {"uri": uri("7", BOB), "cid": "cid"},
        "parent": {"uri": uri("9"), "cid": "cid-9"},
    }


def test_an_answer_to_the_first_word_has_it_as_root() -> None:
    connector, sky = connected({POSTS: said({"posts": [post("9")]}), PUT: DONE})
    connector.publish(text(answering=to(uri("9"))))
    reply = record(sky)["reply"]
    assert reply["root"] == reply["parent"]


def test_our_own_words_are_answered_from_our_own_server() -> None:
    """The second of several posts in a row: nobody shows the first one yet."""
    ours = said({"uri": uri("1", US), "cid": "c1", "value": post("1", by=US)["record"]})
    connector, sky = connected({GET: ours, PUT: DONE})
    connector.publish(text(answering=to(uri("1", US))))
    assert sky.names == [GET, PUT]
    assert record(sky)["reply"]["root"] == {"uri": uri("1", US), "cid": "c1"}


DOWN = refused("UpstreamFailure", "pipethrough network error", 502)
HOME = "https://home.example"
DOCUMENT = {
    "id": ADA,
    "service": [{"id": "#atproto_pds", "serviceEndpoint": HOME}],
}


def test_while_the_network_is_not_shown_the_answered_post_is_read_where_it_was_written() -> None:
    there = said({"uri": uri("9"), "cid": "c9", "value": post("9")["record"]})
    connector, sky = connected(
        {
            POSTS: DOWN,
            GET: DOWN,
            f"https://plc.directory/{ADA}": said(DOCUMENT),
            f"{HOME}/xrpc/{GET}": there,
            PUT: DONE,
        }
    )
    connector.publish(text(answering=to(uri("9"))))
    assert record(sky)["reply"]["parent"] == {"uri": uri("9"), "cid": "c9"}
    strangers = [one for one in sky.asked if one.url.host != "pds.example"]
    assert not any("authorization" in one.headers for one in strangers)


def test_a_post_that_is_gone_everywhere_is_gone() -> None:
    missing = refused("RecordNotFound")
    connector, sky = connected(
        {
            POSTS: said({"posts": []}),
            GET: missing,
            f"https://plc.directory/{ADA}": said(DOCUMENT),
            f"{HOME}/xrpc/{GET}": missing,
        }
    )
    with pytest.raises(Gone, match="not there any more"):
        connector.publish(text(answering=to(uri("9"))))
    assert PUT not in sky.names


def test_a_closed_conversation_is_not_answered() -> None:
    closed = post("9", viewer={"replyDisabled": True})
    connector, sky = connected({POSTS: said({"posts": [closed]})})
    with pytest.raises(Refused, match="closed this conversation"):
        connector.publish(text(answering=to(uri("9"))))
    assert sky.names == [POSTS]


def test_what_stands_on_another_network_is_not_answered_here() -> None:
    connector, sky = connected({})
    with pytest.raises(Refused, match="no post at Bluesky"):
        connector.publish(text(answering=to("https://town.example/1")))
    assert not sky.asked


def test_a_quote_names_the_post() -> None:
    connector, sky = connected({POSTS: said({"posts": [post("9")]}), PUT: DONE})
    connector.publish(text(quoting=Quoting(uid=uri("9"), local_id=uri("9"))))
    assert record(sky)["embed"] == {
        "$type": "app.bsky.embed.record",
        "record": {"uri": uri("9"), "cid": "cid-9"},
    }


def test_whoever_does_not_want_to_be_quoted_is_not() -> None:
    kept = post("9", viewer={"embeddingDisabled": True})
    connector, sky = connected({POSTS: said({"posts": [kept]})})
    with pytest.raises(Refused, match="to be quoted"):
        connector.publish(text(quoting=Quoting(uid=uri("9"), local_id=uri("9"))))
    assert PUT not in sky.names


def picture(folder: Path, *, orientation: int = 1) -> Attachment:
    path = folder / "brot.jpg"
    exif = Image.Exif()
    exif[274] = orientation
    Image.new("RGB", (40, 30)).save(path, exif=exif)
    size = path.stat().st_size
    return Attachment(path=str(path), content_type="image/jpeg", size=size, description="Ein Brot")


BLOB = {"$type": "blob", "ref": {"$link": "bafk"}, "mimeType": "image/jpeg", "size": 77}


def test_a_picture_has_its_description_and_its_shape(tmp_path: Path) -> None:
    connector, sky = connected({UPLOAD: said({"blob": BLOB}), PUT: DONE})
    receipt = connector.publish(text(pictures=(picture(tmp_path),)))
    (image,) = record(sky)["embed"]["images"]
    assert image == {
        "image": BLOB,
        "alt": "Ein Brot",
        "aspectRatio": {"width": 40, "height": 30},
    }
    assert receipt.picture_ids == ("bafk image/jpeg 77",)
    assert sky.asked[0].headers["content-type"] == "image/jpeg"


def test_a_picture_on_its_side_is_as_wide_as_it_is_seen(tmp_path: Path) -> None:
    connector, sky = connected({UPLOAD: said({"blob": BLOB}), PUT: DONE})
    connector.publish(text(pictures=(picture(tmp_path, orientation=6),)))
    assert record(sky)["embed"]["images"][0]["aspectRatio"] == {"width": 30, "height": 40}


def test_a_quote_with_a_picture_has_both(tmp_path: Path) -> None:
    answers = {POSTS: said({"posts": [post("9")]}), UPLOAD: said({"blob": BLOB}), PUT: DONE}
    connector, sky = connected(answers)
    quoting = Quoting(uid=uri("9"), local_id=uri("9"))
    connector.publish(text(quoting=quoting, pictures=(picture(tmp_path),)))
    embed = record(sky)["embed"]
    assert embed["$type"] == "app.bsky.embed.recordWithMedia"
    assert embed["record"]["record"]["uri"] == uri("9")
    assert len(embed["media"]["images"]) == 1


def test_an_upload_whose_line_broke_is_tried_later(tmp_path: Path) -> None:
    connector, _ = connected({UPLOAD: httpx.ReadError("broken")})
    with pytest.raises(TryLater):
        connector.upload(picture(tmp_path))


def test_a_file_that_is_not_there_any_more_is_a_sentence(tmp_path: Path) -> None:
    found = picture(tmp_path)
    Path(found.path).unlink()
    connector, _ = connected({})
    with pytest.raises(Refused, match="not there any more"):
        connector.upload(found)


def test_people_who_are_named_are_looked_up_and_nobody_stays_plain() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        is_bob = request.url.params["handle"] == "bob.example"
        return said({"did": BOB}) if is_bob else refused("InvalidRequest", "Unable to resolve")

    answered = msgspec.structs.replace(
        to(uri("9")), names=(Mention(uid=ADA, handle="@ada.example"),)
    )
    connector, sky = connected({POSTS: said({"posts": [post("9")]}), RESOLVE: answer, PUT: DONE})
    connector.publish(text("@ada.example @bob.example @nobody.example", answering=answered))
    named = [facet["features"][0]["did"] for facet in record(sky)["facets"]]
    assert named == [ADA, BOB]
    assert sky.names.count(RESOLVE) == 2


def test_a_label_goes_out_as_a_label() -> None:
    connector, sky = connected({PUT: DONE})
    connector.publish(text(warning="Nacktheit", labels=("Nudity",)))
    assert record(sky)["labels"]["values"] == [{"val": "nudity"}]
    assert record(sky)["text"] == "Moin"


def test_only_what_is_ours_is_deleted() -> None:
    connector, sky = connected({DELETE: said({})})
    connector.delete(uri("1", US))
    assert sky.body() == {"repo": US, "collection": "app.bsky.feed.post", "rkey": "1"}
    for other in (uri("1"), "https://town.example/1"):
        with pytest.raises(Refused):
            connector.delete(other)
    assert len(sky.asked) == 1


LIKE_KEY = record_key(US, "app.bsky.feed.like", uri("9"))


def test_a_like_is_a_record_under_a_key_of_ours() -> None:
    connector, sky = connected({POSTS: said({"posts": [post("9")]}), PUT: DONE})
    connector.react(ReactionKind.FAVOURITE, uri("9"))
    sent = sky.body()
    assert (sent["collection"], sent["rkey"]) == ("app.bsky.feed.like", LIKE_KEY)
    assert sent["record"]["subject"] == {"uri": uri("9"), "cid": "cid-9"}


def test_what_was_liked_in_another_app_is_liked_already() -> None:
    elsewhere = f"at://{US}/app.bsky.feed.like/3elsewhere"
    liked = post("9", viewer={"like": elsewhere})
    connector, sky = connected({POSTS: said({"posts": [liked]})})
    connector.react(ReactionKind.FAVOURITE, uri("9"))
    assert sky.names == [POSTS]


def test_what_was_liked_in_another_app_can_be_taken_back() -> None:
    elsewhere = f"at://{US}/app.bsky.feed.like/3elsewhere"
    liked = post("9", viewer={"like": elsewhere})
    connector, sky = connected({POSTS: said({"posts": [liked]}), DELETE: said({})})
    connector.react(ReactionKind.FAVOURITE, uri("9"), is_on=False)
    keys = {sky.body(number)["rkey"] for number in (1, 2)}
    assert keys == {LIKE_KEY, "3elsewhere"}


def test_a_like_that_stands_already_is_fine() -> None:
    there = said({"uri": f"at://{US}/app.bsky.feed.like/{LIKE_KEY}", "cid": "c", "value": {}})
    connector, _ = connected(
        {POSTS: said({"posts": [post("9")]}), PUT: refused("InvalidSwap"), GET: there}
    )
    connector.react(ReactionKind.FAVOURITE, uri("9"))


def test_a_post_that_is_gone_cannot_be_liked() -> None:
    connector, _ = connected({POSTS: said({"posts": []})})
    with pytest.raises(Gone):
        connector.react(ReactionKind.BOOST, uri("9"))


def test_a_follow_from_another_app_is_taken_back_too() -> None:
    elsewhere = f"at://{US}/app.bsky.graph.follow/3elsewhere"
    followed = said(profile(ADA, viewer={"following": elsewhere}))
    connector, sky = connected({PROFILE: followed, DELETE: said({})})
    connector.react(ReactionKind.FOLLOW, ADA)
    assert sky.names == [PROFILE]
    connector.react(ReactionKind.FOLLOW, ADA, is_on=False)
    assert "3elsewhere" in {sky.body(number)["rkey"] for number in (2, 3)}


def test_a_mute_is_asked_for_and_a_block_is_written() -> None:
    mute = "app.bsky.graph.muteActor"
    connector, sky = connected({mute: httpx.Response(200), PROFILE: said(profile(ADA)), PUT: DONE})
    connector.shield(ShieldKind.MUTE, ADA, is_on=True)
    connector.shield(ShieldKind.BLOCK, ADA, is_on=True)
    assert sky.names == [mute, PROFILE, PUT]
    assert sky.body()["record"]["subject"] == ADA


REPORT = "com.atproto.moderation.createReport"


def test_one_post_is_reported_as_that_post() -> None:
    connector, sky = connected({POSTS: said({"posts": [post("9")]}), REPORT: said({"id": 1})})
    connector.report(ADA, post_local_ids=(uri("9"),), reason="Gemein.", forward=True)
    assert sky.body()["subject"]["uri"] == uri("9")
    assert sky.body()["reason"] == "Gemein."


def test_several_posts_are_reported_as_the_account_with_their_addresses() -> None:
    connector, sky = connected({REPORT: said({"id": 1})})
    both = (uri("8"), uri("9"))
    connector.report(ADA, post_local_ids=both, reason="Gemein.", forward=False)
    assert sky.body()["subject"] == {"$type": "com.atproto.admin.defs#repoRef", "did": ADA}
    assert all(one in sky.body()["reason"] for one in both)
