"""A real blog and a house that runs, on each of the two databases: a comment's whole life."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.peers.office import Office
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.running import wait_until
from tests.peers.servers.wordpress import WordPressServer
from tests.peers.torture.__main__ import HURRIED

pytestmark = pytest.mark.peer

WITHIN_SECONDS = 60
ASKED = "Backt ihr sonntags?"


@pytest.fixture(params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, tmp_path: Path, blog: WordPressServer
) -> Iterator[Office]:
    """A house with our blog connected; pauses are short."""
    surroundings = dict(HURRIED)
    if request.param == "postgresql":
        like = request.getfixturevalue("prepared")
        server = request.getfixturevalue("postgres")
        surroundings["RESONANZ_DATABASE_URL"] = server.new_database("house_with_blog", like=like)
    found = Office.founded(ResonanzProcess(tmp_path / "resonanz", environment=surroundings))
    user = blog.users["mehl"]
    found.connect(blog.address, user.password, network="wordpress", handle=user.name)
    found.house.start()
    yield found
    found.close()


def wait_until_it_is(blog: WordPressServer, comment: int, standing: str) -> None:
    """Wait until a comment stands so at the blog."""
    wait_until(
        lambda: blog.comment(comment)["comment_approved"] == standing,
        seconds=WITHIN_SECONDS,
        what=f"comment {comment} as {standing}",
        pause_seconds=0.5,
    )


def test_a_comment_is_held_approved_answered_thrown_away_and_fetched_back(
    office: Office, blog: WordPressServer
):
    article = blog.write("Öffnungszeiten")
    asked = f"{ASKED} ({article})"
    # Somebody new each time: WordPress holds only the first comment of a reader.
    comment = blog.say(article, asked, f"Jana{article}")
    wait_until(
        lambda: office.has(asked), seconds=WITHIN_SECONDS, what="the comment", pause_seconds=0.5
    )
    assert blog.comment(comment)["comment_approved"] == "0"
    assert office.desk.ask("moderate", text=asked, standing="published")["count"] == 1
    wait_until_it_is(blog, comment, "1")
    [uid] = [uid for uid, text, *_ in office.desk.ask("kept")["posts"] if asked in text]
    assert uid.endswith(f"/?p={article}#comment-{comment}")
    answered = f"Sonntags ruht der Ofen. ({article})"
    words = {"channel": office.channel, "text": answered}
    assert office.desk.ask("answer_one", uid=uid, **words)["publication"]
    office.wait_until_out()
    [answer] = blog.comments(post_id=article, parent=comment)
    assert answer["comment_content"].startswith(answered)
    thrown = office.desk.ask("moderate", text=asked, standing="trash")
    wait_until_it_is(blog, comment, "trash")
    assert office.desk.ask("undo", batch=thrown["batch"])["count"] == 1
    wait_until_it_is(blog, comment, "1")
    kept = office.texts()
    assert (kept[asked], kept[answered]) == (1, 1)
