"""Articles, drafts, held comments and quotes; who follows whom; what people ask of others."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from resonanz.switchboard.pretend.limits import TEXT_LIMIT_CHARACTERS
from resonanz.switchboard.pretend.people import BY_SLUG
from resonanz.switchboard.pretend.tests.test_town import Walk
from resonanz.switchboard.shapes import (
    Answering,
    Kind,
    Outgoing,
    Profile,
    Quoting,
    ReactionKind,
    Said,
    ShieldKind,
    Standing,
)
from resonanz.switchboard.trouble import Gone, Refused

LONG = "Brot. " * TEXT_LIMIT_CHARACTERS


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    return Walk(tmp_path)


def named(said: list[Said], local_id: str) -> Said:
    return next(one for one in said if one.local_id == local_id)


def article(key: str = "1", **more: Any) -> Outgoing:
    return Outgoing(key=key, title="Vom Ausschlafen", text=LONG.strip()[:2000], **more)


def followers(walk: Walk) -> list[Profile]:
    return [one for part in walk.town.followers("") for one in part.profiles]


def test_an_article_has_a_title_and_room_and_finds_readers(walk: Walk) -> None:
    receipt = walk.town.publish(article())
    posts = walk.town.thread(receipt.local_id).posts
    assert (posts[0].kind, posts[0].title) == (Kind.ARTICLE, "Vom Ausschlafen")
    walk.clock.advance(minutes=30)
    comments, _, _ = walk.read("replies")
    below = [one for one in comments if one.answers_local_id == receipt.local_id]
    assert below
    assert {one.kind for one in below} == {Kind.COMMENT}


def test_a_draft_is_seen_by_nobody_until_the_apprentice_puts_it_up(walk: Walk) -> None:
    walk.read("home")
    walk.clock.advance(minutes=1)
    receipt = walk.town.publish(article(is_draft=True))
    walk.clock.advance(minutes=9)
    laid, _, _ = walk.read("home")
    assert named(laid, receipt.local_id).standing is Standing.HELD
    assert not [one for one in walk.read("replies")[0] if receipt.local_id in one.local_id]
    walk.clock.advance(minutes=2)
    put_up = named(walk.read("home")[0], receipt.local_id)
    assert (put_up.uid, put_up.standing) == (receipt.uid, Standing.PUBLISHED)
    walk.clock.advance(minutes=30)
    assert [one for one in walk.read("replies")[0] if receipt.local_id in one.local_id]


def test_an_edit_leaves_a_title_that_is_not_given(walk: Walk) -> None:
    local_id = walk.town.publish(article()).local_id
    walk.clock.advance(minutes=1)
    walk.town.edit(local_id, Outgoing(key="2", text="Kürzer."))
    walk.town.edit(local_id, Outgoing(key="2", text="Kürzer.", title="Vom Schlafen"))
    (post,) = [one for one in walk.town.thread(local_id).posts if one.local_id == local_id]
    assert (post.title, post.html) == ("Vom Schlafen", "<p>Kürzer.</p>")


def test_an_article_may_answer_what_was_said_elsewhere(walk: Walk) -> None:
    answering = Answering(uid="https://blog.example/brot", local_id="", url="https://blog.example")
    assert walk.town.publish(article(answering=answering)).local_id
    with pytest.raises(Gone):
        walk.town.publish(Outgoing(key="9", text="Moin", answering=answering))


def test_a_title_has_its_limit(walk: Walk) -> None:
    with pytest.raises(Refused, match="title"):
        walk.town.publish(Outgoing(key="1", text="Moin", title="Brot" * 100))


def test_comments_wait_for_us_and_stand_as_we_judge_them(walk: Walk) -> None:
    walk.clock.advance(minutes=15)
    comments, _, _ = walk.read("replies")
    held = {one.local_id for one in comments if one.standing is Standing.HELD}
    assert held == {"roggen-mira", "roggen-gewinn"}
    walk.clock.advance(minutes=1)
    walk.town.moderate("roggen-mira", Standing.PUBLISHED)
    walk.town.moderate("roggen-gewinn", Standing.SPAM)
    walk.town.moderate("roggen-gewinn", Standing.SPAM)
    walk.clock.advance(minutes=1)
    told, _, _ = walk.read("replies")
    assert named(told, "roggen-mira").standing is Standing.PUBLISHED
    assert named(told, "roggen-gewinn").standing is Standing.SPAM
    walk.town.moderate("roggen-gewinn", Standing.HELD)
    assert {one.standing for one in walk.town.thread("roggen").posts} == {
        Standing.PUBLISHED,
        Standing.HELD,
    }


def test_only_comments_are_judged(walk: Walk) -> None:
    for local_id in ("roggen", "saturn", "nothing", "roggen-mira"):
        with pytest.raises(Gone):
            walk.town.moderate(local_id, Standing.TRASH)


def test_a_quote_shows_what_it_quotes_and_pleases_its_author(walk: Walk) -> None:
    walk.read("notifications")
    quoting = Quoting(uid="", local_id="saturn")
    local_id = walk.town.publish(Outgoing(key="1", text="So ist es.", quoting=quoting)).local_id
    post = named(list(walk.town.thread(local_id).posts), local_id)
    assert post.quoted is not None
    assert post.quotes_uid == post.quoted.uid
    walk.clock.advance(minutes=5)
    _, reactions, _ = walk.read("notifications")
    pleased = [one.by.local_id for one in reactions if one.kind is ReactionKind.FAVOURITE]
    assert post.quoted.author.local_id in pleased
    unknown = Quoting(uid="", local_id="nothing")
    with pytest.raises(Gone):
        walk.town.publish(Outgoing(key="2", text="Wie?", quoting=unknown))


def test_followers_come_in_parts_and_each_says_where_to_go_on(walk: Walk) -> None:
    parts = list(walk.town.followers(""))
    assert len(parts) > 1
    assert parts[-1].cursor == ""
    rest = [one for part in walk.town.followers(parts[0].cursor) for one in part.profiles]
    assert [*parts[0].profiles, *rest] == followers(walk)


def test_who_is_blocked_follows_no_more_and_who_is_followed_is_listed(walk: Walk) -> None:
    assert "glanzpreis" in {one.local_id for one in followers(walk)}
    walk.town.shield(ShieldKind.BLOCK, "glanzpreis", is_on=True)
    assert "glanzpreis" not in {one.local_id for one in followers(walk)}
    assert [part.profiles for part in walk.town.followed("")] == [()]
    walk.town.react(ReactionKind.FOLLOW, "emil")
    assert [one.local_id for one in next(walk.town.followed("")).profiles] == ["emil"]
    walk.clock.advance(minutes=1)
    walk.town.react(ReactionKind.FOLLOW, "emil", is_on=False)
    assert [part.profiles for part in walk.town.followed("")] == [()]


def test_people_of_the_town_have_wishes_and_one_has_moved(walk: Walk) -> None:
    posts, _, _ = walk.read("home")
    authors = {one.author.local_id: one.author for one in posts}
    moved = authors["wetterglas"].moved_to
    assert moved is not None
    assert moved.handle == BY_SLUG["bodo"].handle
    assert not authors["wetterglas"].is_indexable
    assert "#nobridge" in authors["gretel"].bio_html
    assert all(author.is_full for author in authors.values())
    locked = [one.local_id for one in followers(walk) if one.is_locked]
    assert locked == ["jascha"]


def test_the_same_past_is_told_whenever_one_looks(walk: Walk) -> None:
    walk.clock.advance(minutes=20)
    walk.town.moderate("roggen-mira", Standing.PUBLISHED)
    first = walk.town.thread("roggen")
    walk.clock.advance(days=1)
    assert walk.town.thread("roggen") == first
    assert walk.clock() - timedelta(days=1) > first.posts[-1].said_at
