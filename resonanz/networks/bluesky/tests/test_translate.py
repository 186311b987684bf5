"""What a server shows, and what we make of it."""

from typing import Any

import msgspec
import pytest

from resonanz.networks.bluesky.payloads import PostPayload, ProfilePayload, ThreadPayload
from resonanz.networks.bluesky.tests.sky import ADA, BOB, answering, post, profile, uri
from resonanz.networks.bluesky.translate import profile_of, said_of, thread_of
from resonanz.switchboard.shapes import Profile, Said, Wish
from resonanz.switchboard.trouble import Gone, Refused, Unreadable


def shown(**more: Any) -> Said:
    return said_of(msgspec.convert(post(**more), PostPayload, strict=False))


def person(**more: Any) -> Profile:
    return profile_of(msgspec.convert(profile(**more), ProfilePayload, strict=False))


def label(val: str, src: str = "did:plc:labeler", **more: Any) -> dict[str, Any]:
    return {"val": val, "src": src, "uri": uri(), "cts": "2026-03-10T11:00:00Z"} | more


def self_labels(*values: str) -> dict[str, Any]:
    kind = "com.atproto.label.defs#selfLabels"
    return {"labels": {"$type": kind, "values": [{"val": val} for val in values]}}


def test_a_post_has_its_two_names_and_its_page() -> None:
    said = shown(key="3abc", text="Moin & <b>", record={"langs": ["de", "en"], "tags": ["brot"]})
    assert (said.uid, said.local_id) == (uri("3abc"), uri("3abc"))
    assert said.url == "https://bsky.app/profile/ada.example/post/3abc"
    assert said.html == "<p>Moin &amp; &lt;b&gt;</p>"
    assert (said.language, said.tags) == ("de", ("brot",))
    assert said.said_at.isoformat() == "2026-03-10T11:00:00+00:00"


def test_an_answer_names_what_it_answers() -> None:
    assert shown(record=answering(uri("8"), uri("7"))).answers_uid == uri("8")


def test_nobody_speaks_from_the_future() -> None:
    """The moment at which the network saw it is the latest that is believed."""
    said = shown(record={"createdAt": "2099-01-01T00:00:00Z"})
    assert said.said_at.isoformat() == "2026-03-10T11:00:01+00:00"
    assert shown(record={"createdAt": "once"}).said_at.year == 2026


def test_a_post_without_any_time_or_name_is_none() -> None:
    with pytest.raises(Unreadable):
        shown(record={"createdAt": ""}, indexedAt=None)
    with pytest.raises(Unreadable):
        shown(uri="at://did:plc:ada/app.bsky.feed.generator/1")
    with pytest.raises(Unreadable):
        shown(uri="https://town.example/1")


def test_pictures_come_with_descriptions_and_sizes() -> None:
    image = {
        "fullsize": "https://cdn.example/1",
        "thumb": "https://cdn.example/1s",
        "alt": "Brot",
        "aspectRatio": {"width": 40, "height": 30},
    }
    (picture,) = shown(embed={"$type": "app.bsky.embed.images#view", "images": [image]}).pictures
    assert (picture.url, picture.preview_url) == (image["fullsize"], image["thumb"])
    assert (picture.description, picture.width, picture.height) == ("Brot", 40, 30)


def test_a_film_is_a_picture_with_a_preview() -> None:
    embed = {
        "$type": "app.bsky.embed.video#view",
        "cid": "c",
        "playlist": "https://video.example/1.m3u8",
        "thumbnail": "https://video.example/1.jpg",
        "alt": "Ofen",
    }
    (film,) = shown(embed=embed).pictures
    assert (film.kind, film.url, film.description) == ("video", embed["playlist"], "Ofen")


def test_the_page_below_a_post_is_a_card_and_a_link() -> None:
    """Whoever links to us says so here, and often nowhere else."""
    external = {"uri": "https://backstube.example/zimt", "title": "Zimt", "description": "Viel."}
    said = shown(embed={"$type": "app.bsky.embed.external#view", "external": external})
    assert said.card is not None
    assert (said.card.url, said.card.provider) == (external["uri"], "backstube.example")
    assert [link.url for link in said.links] == [external["uri"]]


def quoted(**more: Any) -> dict[str, Any]:
    record = {
        "$type": "app.bsky.embed.record#viewRecord",
        "uri": uri("7", BOB),
        "cid": "c",
        "author": profile(BOB),
        "value": post("7", "Das Original", BOB)["record"],
        "indexedAt": "2026-03-09T10:00:00Z",
    }
    return {"$type": "app.bsky.embed.record#view", "record": record | more}


def test_a_quoted_post_comes_along() -> None:
    said = shown(embed=quoted())
    assert said.quotes_uid == uri("7", BOB)
    assert said.quoted is not None
    assert (said.quoted.uid, said.quoted.author.uid) == (uri("7", BOB), BOB)
    assert "Das Original" in said.quoted.html


def test_a_quote_with_pictures_has_both() -> None:
    image = {"fullsize": "https://cdn.example/1", "thumb": "", "alt": ""}
    embed = {
        "$type": "app.bsky.embed.recordWithMedia#view",
        "record": quoted(),
        "media": {"$type": "app.bsky.embed.images#view", "images": [image]},
    }
    said = shown(embed=embed)
    assert (said.quotes_uid, len(said.pictures)) == (uri("7", BOB), 1)
    assert said.quoted is not None


@pytest.mark.parametrize(
    ("form", "is_named"), [("NotFound", True), ("Blocked", True), ("Detached", False)]
)
def test_a_quote_that_is_not_shown_is_named_unless_its_author_left_it(
    form: str, is_named: bool
) -> None:
    view = {"$type": f"app.bsky.embed.record#view{form}", "uri": uri("7", BOB)}
    ref = {"$type": "app.bsky.embed.record", "record": {"uri": uri("7", BOB), "cid": "c"}}
    said = shown(
        embed={"$type": "app.bsky.embed.record#view", "record": view}, record={"embed": ref}
    )
    assert bool(said.quotes_uid) is is_named
    assert said.quoted is None


def test_a_feed_below_a_post_is_a_card() -> None:
    record = {
        "$type": "app.bsky.feed.defs#generatorView",
        "uri": f"at://{BOB}/app.bsky.feed.generator/brot",
        "displayName": "Nur Brot",
        "description": "Alles über Brot",
    }
    said = shown(embed={"$type": "app.bsky.embed.record#view", "record": record})
    assert said.card is not None
    assert said.card.url == f"https://bsky.app/profile/{BOB}/feed/brot"
    assert said.quotes_uid == ""


def test_labels_of_authors_and_moderators_are_warnings() -> None:
    said = shown(record=self_labels("porn"), labels=[label("graphic-media"), label("rude-words")])
    assert said.warning == "Graphic pictures, rude words, Adult content"


def test_labels_that_warn_of_nothing_and_those_taken_back_are_no_warnings() -> None:
    labels = [label("!no-unauthenticated"), label("sexual"), label("sexual", neg=True)]
    assert shown(labels=labels).warning == ""


def test_a_label_that_one_service_took_back_holds_by_another() -> None:
    labels = [label("porn", ADA), label("porn"), label("porn", neg=True)]
    assert shown(labels=labels).warning == "Adult content"


def test_what_moderators_stuck_on_an_account_holds_for_all_that_it_says() -> None:
    """What is stuck on the profile holds for its picture and its words only."""
    on_profile = label("nudity", uri=f"at://{ADA}/app.bsky.actor.profile/self")
    labels = [label("!warn", uri=ADA), on_profile]
    said = shown(author=profile(labels=labels))
    assert said.warning == "Marked with a warning by the moderators"
    view = {
        "$type": "app.bsky.embed.record#viewRecord",
        "uri": uri("7", BOB),
        "author": profile(BOB, labels=[label("!hide", uri=BOB)]),
        "value": post()["record"],
    }
    quoted = shown(embed={"$type": "app.bsky.embed.record#view", "record": view}).quoted
    assert quoted is not None
    assert quoted.warning == "Hidden by the moderators"


def test_an_account_says_who_may_see_it_and_whether_somebody_sits_there() -> None:
    labels = [label("!no-unauthenticated", ADA), label("bot", ADA)]
    found = person(labels=labels, viewer={"blockedBy": True})
    assert found.wishes == (Wish.ONLY_SIGNED_IN,)
    assert (found.is_bot, found.blocks_us) == (True, True)
    # Others cannot call somebody a machine.
    assert not person(labels=[label("bot")]).is_bot


def test_a_handle_that_leads_nowhere_is_no_name() -> None:
    found = person(handle="handle.invalid", displayName="")
    assert (found.handle, found.name) == (ADA, ADA)
    assert found.url == f"https://bsky.app/profile/{ADA}"


def test_a_closed_conversation_is_closed() -> None:
    assert shown(viewer={"replyDisabled": True}).is_closed
    assert not shown().is_closed


def test_a_post_from_over_a_bridge_names_its_original() -> None:
    original = "https://town.example/@ada/7"
    assert shown(record={"bridgyOriginalUrl": original}).same_as == (original,)
    assert shown(record={"bridgyOriginalUrl": "javascript:x"}).same_as == ()


def node(key: str, **more: Any) -> dict[str, Any]:
    around = ("parent", "replies")
    named: dict[str, Any] = {name: more.pop(name) for name in around if name in more}
    return {"$type": "app.bsky.feed.defs#threadViewPost", "post": post(key, **more), **named}


def read(thread: dict[str, Any]) -> tuple[list[str], bool]:
    found = thread_of(msgspec.convert(thread, ThreadPayload, strict=False))
    return [said.uid for said in found.posts], found.is_complete


def at(second: int) -> dict[str, str]:
    return {"createdAt": f"2026-03-10T11:00:{second:02}Z"}


def later(key: str, second: int, answered: str, **more: Any) -> dict[str, Any]:
    times = {"indexedAt": f"2026-03-10T11:00:{second:02}Z"}
    return node(key, record=at(second) | answering(uri(answered)), **times, **more)


def test_a_thread_stands_oldest_first_and_is_whole() -> None:
    top = node("1", record=at(0), replyCount=1)
    asked = later("2", 5, "1", parent=top, replyCount=2)
    asked["replies"] = [later("4", 9, "2"), later("3", 7, "2")]
    assert read(asked) == ([uri("1"), uri("2"), uri("3"), uri("4")], True)


DELETED = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": uri("1"), "notFound": True}
KEPT_AWAY = {
    "$type": "app.bsky.feed.defs#blockedPost",
    "uri": uri("1"),
    "blocked": True,
    "author": {"did": ADA},
}


@pytest.mark.parametrize("hole", [DELETED, KEPT_AWAY])
def test_a_thread_with_a_hole_is_not_complete(hole: dict[str, Any]) -> None:
    assert read(later("2", 5, "1", parent=hole)) == ([uri("2")], False)
    assert read(node("2", replyCount=1, replies=[hole])) == ([uri("2")], False)


def test_a_thread_with_fewer_answers_than_counted_is_not_complete() -> None:
    assert read(node("2", replyCount=3, replies=[later("3", 7, "2")]))[1] is False


def test_a_thread_that_begins_with_an_answer_is_not_complete() -> None:
    assert read(later("2", 5, "1"))[1] is False


def test_a_post_that_is_kept_from_us_is_refused() -> None:
    with pytest.raises(Refused, match="keeps the account away"):
        read(KEPT_AWAY)
    with pytest.raises(Gone):
        read(DELETED)
