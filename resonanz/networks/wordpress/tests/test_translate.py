"""Their JSON to our shapes."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from resonanz.networks.wordpress.payloads import ArticlePayload, CommentPayload, UserPayload
from resonanz.networks.wordpress.tests.blog import BLOG, US, account, article, comment
from resonanz.networks.wordpress.translate import (
    author_of,
    is_words,
    profile_of_user,
    route_above,
    said_of_article,
    said_of_comment,
    viewpoint_of,
)
from resonanz.switchboard.decoding import read_each
from resonanz.switchboard.shapes import Kind, Said, Standing
from resonanz.switchboard.trouble import Unreadable

VIEW = viewpoint_of(account())


def payload(**more: Any) -> CommentPayload:
    return msgspec.convert(comment(34, **more), CommentPayload)


def said(**more: Any) -> Said:
    return said_of_comment(payload(**more), VIEW)


def an_article(**more: Any) -> ArticlePayload:
    return msgspec.convert(article(**more), ArticlePayload)


def test_a_comment_stands_below_its_article() -> None:
    found = said()
    assert found.uid == f"{BLOG}/?p=12#comment-34"
    assert (found.local_id, found.url) == ("c34", f"{BLOG}/sauerteig/#comment-34")
    assert (found.answers_uid, found.answers_local_id) == (f"{BLOG}/?p=12", "p12")
    assert (found.kind, found.standing) == (Kind.COMMENT, Standing.PUBLISHED)


def test_an_answer_stands_below_the_comment_it_answers() -> None:
    found = said(parent=30)
    assert (found.answers_uid, found.answers_local_id) == (f"{BLOG}/?p=12#comment-30", "c30")


def test_a_comment_and_an_article_of_the_same_number_are_two_things() -> None:
    below = said_of_article(an_article(id=34), VIEW)
    assert {said().uid, said().local_id}.isdisjoint({below.uid, below.local_id})


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("approved", Standing.PUBLISHED),
        ("hold", Standing.HELD),
        ("spam", Standing.SPAM),
        ("trash", Standing.TRASH),
        ("post-trashed", Standing.TRASH),
        ("of a plugin", Standing.HELD),
        (None, Standing.PUBLISHED),
    ],
)
def test_where_a_comment_stands(status: str | None, standing: Standing) -> None:
    assert said(status=status).standing is standing


def test_times_come_without_a_zone_and_mean_utc() -> None:
    assert said(date_gmt="2026-03-01T10:00:34").said_at == datetime(
        2026, 3, 1, 10, 0, 34, tzinfo=UTC
    )
    with pytest.raises(Unreadable):
        said(date_gmt="0000-00-00T00:00:00")


def test_an_e_mail_address_goes_no_further() -> None:
    found = said(author_email="Ada@Hill.example ")
    assert "hill.example" not in msgspec.json.encode(found.author).decode().replace(
        "https://hill.example/ada", ""
    )
    assert found.author.uid == said(author_email="ada@hill.example").author.uid
    assert found.author.uid != said(author_email="bob@hill.example").author.uid
    assert found.author.uid.startswith(f"{BLOG}/#reader=")


def test_the_same_reader_is_another_at_another_blog() -> None:
    """So that two workspaces cannot find out by names that they know the same person."""
    there = msgspec.structs.replace(VIEW.names, base="https://other.example")
    here_is, there_is = (names.reader("ada@hill.example") for names in (VIEW.names, there))
    assert here_is.partition("=")[2] != there_is.partition("=")[2]


@pytest.mark.parametrize(
    ("told", "uid"),
    [
        ({"author": 5}, f"{BLOG}/?author=5"),
        ({"author_email": ""}, f"{BLOG}/#site=hill.example/ada"),
        ({"author_email": "", "author_url": ""}, f"{BLOG}/#name=ada%20roggen"),
        ({"author_email": "", "author_url": "javascript:alert(1)"}, f"{BLOG}/#name=ada%20roggen"),
        ({"author_email": "", "author_url": "", "author_name": ""}, f"{BLOG}/#nobody=34"),
    ],
)
def test_a_reader_is_known_by_what_is_told_of_her(told: dict[str, Any], uid: str) -> None:
    found = author_of(payload(**told), VIEW)
    assert found.uid == uid
    assert found.handle


def test_what_our_user_says_is_ours() -> None:
    assert author_of(payload(author=2), VIEW) == US


def test_what_the_author_of_the_article_answers_is_ours_too() -> None:
    """A colleague answers in her own name at the blog, and nobody waits for an answer any more."""
    colleague = payload(author=7)
    assert said_of_comment(colleague, VIEW, an_article(author=7)).author == US
    assert said_of_comment(colleague, VIEW, an_article(author=2)).author != US
    reader = payload(author=0)
    assert said_of_comment(reader, VIEW, an_article(author=0)).author != US


def test_entities_are_decoded_once() -> None:
    assert said(author_name="Brot &amp; Butter &#8211; &lt;Ada&gt;").author.name == (
        "Brot & Butter – <Ada>"
    )
    assert said(author_name="&amp;amp;").author.name == "&amp;"
    assert said_of_article(an_article(), VIEW).title == "Brot & Butter – jetzt"
    tags = {"rendered": "Das <em>neue</em> Brot"}
    assert said_of_article(an_article(title=tags), VIEW).title == "Das neue Brot"


@pytest.mark.parametrize("type", ["pingback", "trackback"])
def test_a_ping_is_what_it_is(type: str) -> None:
    found = said(
        type=type,
        author_name="Roggen &amp; mehr",
        author_url="https://hill.example/roggen/",
        author_email="",
    )
    assert (found.kind, found.title) == (Kind.PING, "Roggen & mehr")
    assert found.author.uid == f"{BLOG}/#site=hill.example"
    assert (found.author.name, found.author.url) == ("hill.example", "https://hill.example/")
    assert found.url == found.links[0].url == "https://hill.example/roggen/"
    assert found.same_as == ("https://hill.example/roggen/",)


def test_a_ping_without_a_page_still_has_somebody_behind_it() -> None:
    found = said(type="pingback", author_name="", author_url="")
    assert found.author.uid
    assert found.author.handle
    assert found.url == f"{BLOG}/sauerteig/#comment-34"
    assert found.same_as == ()


def test_notes_of_editors_and_likes_of_plugins_are_no_words() -> None:
    assert is_words(payload(), VIEW.names)
    assert is_words(payload(type="review"), VIEW.names)
    for type in ("note", "order_note", "like"):
        assert not is_words(payload(type=type), VIEW.names)
    assert not is_words(payload(post=0), VIEW.names)


def test_what_the_blog_pings_itself_is_no_words_and_what_others_ping_is() -> None:
    """WordPress does so for every link from one article of ours to another."""
    for own in (f"{BLOG}/roggen/", "http://www.blog.example/roggen/"):
        assert not is_words(payload(type="pingback", author_url=own), VIEW.names)
        assert is_words(payload(type="comment", author_url=own), VIEW.names)
    for others in ("https://blog.example.hill.example/", ""):
        assert is_words(payload(type="pingback", author_url=others), VIEW.names)


def test_comments_that_are_closed_are_closed_below_the_article_too() -> None:
    closed = an_article(comment_status="closed")
    assert said_of_article(closed, VIEW).is_closed
    assert said_of_comment(payload(), VIEW, closed).is_closed
    assert not said_of_comment(payload(), VIEW, an_article()).is_closed


def test_an_article_is_ours_and_known_by_a_name_that_stays() -> None:
    found = said_of_article(an_article(author=99), VIEW)
    assert (found.uid, found.local_id, found.author) == (f"{BLOG}/?p=12", "p12", US)
    assert found.url == f"{BLOG}/sauerteig-12/"
    assert found.same_as == ("http://old.example/?p=12",)
    assert (found.kind, found.language) == (Kind.ARTICLE, "de")
    assert found.edited_at == datetime(2026, 2, 28, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("publish", Standing.PUBLISHED),
        ("draft", Standing.HELD),
        ("future", Standing.HELD),
        ("private", Standing.HELD),
        ("trash", Standing.TRASH),
    ],
)
def test_an_article_that_readers_do_not_see_is_held(status: str, standing: Standing) -> None:
    assert said_of_article(an_article(status=status), VIEW).standing is standing


def test_an_article_behind_a_password_shows_nothing() -> None:
    hidden = {"rendered": "<form>Passwort</form>", "protected": True}
    assert said_of_article(an_article(content=hidden), VIEW).html == ""


def test_pictures_and_links_are_taken_from_the_words() -> None:
    html = '<p><a href="/rezept">Rezept</a> <img src="/brot.jpg" alt="Ein Brot"></p>'
    found = said_of_article(an_article(content={"rendered": html}), VIEW)
    assert [link.url for link in found.links] == [f"{BLOG}/rezept"]
    assert [(p.url, p.description) for p in found.pictures] == [(f"{BLOG}/brot.jpg", "Ein Brot")]


def test_a_user_is_named_and_not_numbered() -> None:
    user = msgspec.convert(
        {"id": 5, "name": "Ada &amp; Bob", "slug": "ada", "avatar_urls": []}, UserPayload
    )
    found = profile_of_user(user, VIEW.names)
    assert (found.handle, found.name, found.avatar_url) == ("ada@blog.example", "Ada & Bob", "")


def test_what_stands_above_a_comment_is_told_by_its_link() -> None:
    page = {"up": [{"href": f"{BLOG}/?rest_route=/wp/v2/pages/7"}]}
    assert route_above(payload(_links=page)) == "wp/v2/pages/7"
    assert route_above(payload(_links=[])) == ""
    assert route_above(payload(_links=None)) == ""


def test_one_broken_entry_hides_no_other() -> None:
    good, broken = msgspec.Raw(msgspec.json.encode(comment(34))), msgspec.Raw(b'{"id": null}')
    assert [c.id for c in read_each([broken, good], CommentPayload)] == [34]
    with pytest.raises(Unreadable):
        read_each([broken], CommentPayload)
