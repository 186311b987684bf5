"""A line to a real blog that breaks at the worst moments."""

import pytest

from resonanz.networks.wordpress.connector import WordPressConnector, network
from resonanz.switchboard.contract import Surroundings, Way
from resonanz.switchboard.shapes import (
    Account,
    Answering,
    Outgoing,
)
from resonanz.switchboard.trouble import TryLater, Unsure
from tests.peers.servers.broken_line import BrokenLine
from tests.peers.servers.wordpress import WordPressServer
from tests.peers.wordpress.looking import connector, look, tried

pytestmark = pytest.mark.peer


def over(line: BrokenLine, blog: WordPressServer, world: Surroundings) -> WordPressConnector:
    answers = {"blog": line.address, **blog.users["mehl"].answers}
    account = network.begin(Way.TOKEN, answers, "", world)
    assert isinstance(account, Account)
    return network.open(account, world)


def test_a_text_whose_answer_was_lost_is_found_and_not_said_again(
    blog: WordPressServer, world: Surroundings, line: BrokenLine
):
    ours = over(line, blog, world)
    article = blog.write("Bricht ab")
    texts = [
        Outgoing(key="1", text="Ein & derselbe <Text>", title="Abgebrochen"),
        Outgoing(key="2", text="Ein Entwurf", title="Abgebrochen", is_draft=True),
        Outgoing(key="3", text="Ohne Überschrift"),
        Outgoing(
            key="4", text="Ein Kommentar", answering=Answering(uid="", local_id=f"p{article}")
        ),
    ]
    for text in texts:
        place = "comments" if text.answering else "posts"
        line.cut("POST", f"/wp-json/wp/v2/{place}")
        with pytest.raises(Unsure):
            ours.publish(text)
        found = ours.find_published(tried(text))
        assert found is not None
        line.cut("GET", f"/wp-json/wp/v2/{place}")
        with pytest.raises(TryLater):
            ours.find_published(tried(text))
    assert len(blog.comments(post_id=article)) == 1


def test_a_blog_that_is_down_is_asked_again_later(blog: WordPressServer, world: Surroundings):
    ours = connector(blog, world)
    blog.kill()
    try:
        with pytest.raises(TryLater):
            look(ours)
        with pytest.raises(TryLater):
            ours.publish(Outgoing(key="k", text="Hallo?", title="Hallo?"))
    finally:
        blog.start()
    assert look(ours).cursor
