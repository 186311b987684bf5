"""Comments at a real blog: held, approved, answered, thrown away, and noticed."""

import msgspec
import pytest

from resonanz.networks.wordpress.connector import WordPressConnector
from resonanz.networks.wordpress.troubles import NOBODY_COMMENTS_HERE, SAID_BEFORE
from resonanz.networks.wordpress.writing import ANSWERED_WAITS
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.shapes import (
    Answering,
    Kind,
    Outgoing,
    Standing,
)
from resonanz.switchboard.trouble import Gone, Refused
from tests.peers.servers.wordpress import WordPressServer
from tests.peers.wordpress.looking import answering, connector, look, one, tried

pytestmark = pytest.mark.peer


def test_a_comment_is_held_approved_answered_edited_and_thrown_away(
    blog: WordPressServer, ours: WordPressConnector
):
    article = blog.write("Sauerteig braucht Zeit")
    cursor = look(ours).cursor or ""
    comment = blog.say(article, "Wie lange denn & warum?", "Bert")
    page = look(ours, cursor)
    said = one(page.posts, f"c{comment}")
    assert said.standing is Standing.HELD
    assert said.answers_local_id == f"p{article}"
    assert one(page.posts, f"p{article}").title == "Sauerteig braucht Zeit"
    answer = Outgoing(
        key="k",
        text="Zwei Tage <mindestens> & drei.\n\nhttps://mehl.example/teig?a=1&b=2",
        answering=Answering(uid=said.uid, local_id=said.local_id),
    )
    with pytest.raises(Refused) as refused:
        ours.publish(answer)
    assert refused.value.reason == ANSWERED_WAITS
    ours.moderate(said.local_id, Standing.PUBLISHED)
    ours.moderate(said.local_id, Standing.PUBLISHED)
    assert blog.comment(comment)["comment_approved"] == "1"
    page = look(ours, page.cursor or "")
    approved = one(page.posts, f"c{comment}")
    assert (approved.standing, approved.edited_at) == (Standing.PUBLISHED, None)
    receipt = ours.publish(answer)
    row = blog.comment(int(receipt.local_id[1:]))
    assert (int(row["comment_parent"]), row["comment_approved"]) == (comment, "1")
    assert int(row["user_id"]) == blog.users["mehl"].id
    shown = one(look(ours, page.cursor or "").posts, receipt.local_id)
    assert (shown.uid, shown.author.uid) == (receipt.uid, ours.verify().profile.uid)
    assert "Zwei Tage &lt;mindestens&gt; &amp; drei." in shown.html
    assert [link.url for link in shown.links] == ["https://mehl.example/teig?a=1&b=2"]
    ours.edit(receipt.local_id, msgspec.structs.replace(answer, text="Drei Tage."))
    assert blog.comment(int(receipt.local_id[1:]))["comment_content"] == "Drei Tage."
    ours.delete(receipt.local_id)
    ours.delete(receipt.local_id)
    assert blog.comment(int(receipt.local_id[1:]))["comment_approved"] == "trash"


def test_what_is_decided_at_the_blog_is_noticed(blog: WordPressServer, ours: WordPressConnector):
    """Approved in wp-admin, called spam, brought back, reworded, deleted for good."""
    article = blog.write("Entscheidungen")
    first, second, third = (blog.say(article, f"Nummer {n}", "Carla") for n in (1, 2, 3))
    cursor = look(ours).cursor or ""
    blog.decide(first, "approve")
    blog.decide(second, "spam")
    blog.php("wp_delete_comment($told['id'], true);", id=third)
    page = look(ours, cursor)
    assert one(page.posts, f"c{first}").standing is Standing.PUBLISHED
    assert one(page.posts, f"c{second}").standing is Standing.SPAM
    assert page.gone_local == (f"c{third}",)
    blog.decide(second, "hold")
    blog.php(
        "wp_update_comment(['comment_ID' => $told['id'], 'comment_content' => 'Anders']);",
        id=first,
    )
    page = look(ours, page.cursor or "")
    assert one(page.posts, f"c{second}").standing is Standing.HELD
    assert one(page.posts, f"c{first}").edited_at is not None
    assert look(ours, page.cursor or "").posts == ()


@pytest.mark.parametrize("standing", [Standing.SPAM, Standing.TRASH])
def test_spam_and_trash_and_back(
    blog: WordPressServer, ours: WordPressConnector, standing: Standing
):
    article = blog.write(f"Hin und her {standing}")
    comment = blog.say(article, f"Ein Wort {standing}", "Dora")
    word = {Standing.SPAM: "spam", Standing.TRASH: "trash"}[standing]
    for back in (Standing.HELD, Standing.PUBLISHED):
        ours.moderate(f"c{comment}", standing)
        ours.moderate(f"c{comment}", standing)
        assert blog.comment(comment)["comment_approved"] == word
        ours.moderate(f"c{comment}", back)
        assert blog.comment(comment)["comment_approved"] == str(int(back is Standing.PUBLISHED))
    left = blog.php("return get_comment_meta($told['id'], '_wp_trash_meta_status');", id=comment)
    assert left == []
    blog.php("wp_delete_comment($told['id'], true);", id=comment)
    with pytest.raises(Gone):
        ours.moderate(f"c{comment}", Standing.PUBLISHED)


def test_a_reader_keeps_what_the_blog_noted_of_her(blog: WordPressServer, ours: WordPressConnector):
    article = blog.write("Spuren")
    comment = blog.say(article, "Mit meinem Browser", "Nora")
    before = blog.comment(comment)
    for standing in (Standing.PUBLISHED, Standing.SPAM, Standing.HELD):
        ours.moderate(f"c{comment}", standing)
    after = blog.comment(comment)
    for noted in ("comment_author_IP", "comment_agent", "comment_content", "comment_date_gmt"):
        assert after[noted] == before[noted]


def test_threads_keep_who_answers_whom(blog: WordPressServer, ours: WordPressConnector):
    article = blog.write("Fäden")
    blog.set("comment_previously_approved", "")
    try:
        top = blog.say(article, "Oben", "Emil")
        below = blog.say(article, "Darunter", "Frida", below=top)
        deepest = blog.say(article, "Noch tiefer", "Emil", below=below)
    finally:
        blog.set("comment_previously_approved", "1")
    thread = ours.thread(f"c{below}")
    assert thread.is_complete
    parents = {said.local_id: said.answers_local_id for said in thread.posts}
    assert parents == {
        f"p{article}": "",
        f"c{top}": f"p{article}",
        f"c{below}": f"c{top}",
        f"c{deepest}": f"c{below}",
    }
    uids = {said.local_id: said.author.uid for said in thread.posts}
    assert uids[f"c{top}"] == uids[f"c{deepest}"] != uids[f"c{below}"]
    assert not any("hill.example" in uid for uid in uids.values())


def test_comments_that_are_closed_are_told_and_refused(
    blog: WordPressServer, ours: WordPressConnector
):
    article = blog.write("Geschlossen")
    comment = blog.say(article, "Noch schnell", "Gerda")
    blog.decide(comment, "approve")
    close = "wp_update_post(['ID' => $told['id'], 'comment_status' => 'closed']);"
    blog.php(close, id=article)
    thread = ours.thread(f"c{comment}")
    assert all(said.is_closed for said in thread.posts)
    answer = Outgoing(key="k", text="Zu spät", answering=answering(comment, article, ours))
    with pytest.raises(Refused) as refused:
        ours.publish(answer)
    assert refused.value.reason == NOBODY_COMMENTS_HERE


def test_comments_that_are_closed_for_their_age_are_refused_in_a_sentence(
    blog: WordPressServer, ours: WordPressConnector
):
    article = blog.write(
        "Alt", post_date="2020-01-01 10:00:00", post_date_gmt="2020-01-01 09:00:00"
    )
    blog.set("close_comments_for_old_posts", "1")
    try:
        said = Outgoing(
            key="k", text="Zu spät", answering=Answering(uid="", local_id=f"p{article}")
        )
        with pytest.raises(Refused) as refused:
            ours.publish(said)
        assert refused.value.reason == NOBODY_COMMENTS_HERE
    finally:
        blog.set("close_comments_for_old_posts", "0")


def test_who_may_not_moderate_sees_no_held_comments(blog: WordPressServer, world: Surroundings):
    article = blog.write("Nur für Redakteure")
    held = blog.say(article, "Wartet", "Hans")
    lena, gast = connector(blog, world, "lena"), connector(blog, world, "gast")
    for reader in (lena, gast):
        assert f"c{held}" not in {said.local_id for said in look(reader).posts}
    blog.decide(held, "approve")
    for reader in (lena, gast):
        found = one(look(reader).posts, f"c{held}")
        assert found.standing is Standing.PUBLISHED
        assert "hans" not in found.author.uid.replace("#name=hans", "")


def test_what_a_lesser_user_of_ours_says_is_held_and_noticed_when_it_is_approved(
    blog: WordPressServer, world: Surroundings
):
    """WordPress holds the first comment of everybody who may not moderate."""
    article = blog.write("Von der Redaktion")
    gast = connector(blog, world, "gast")
    cursor = look(gast).cursor or ""
    said = Outgoing(key="k", text="Darf ich?", answering=Answering(uid="", local_id=f"p{article}"))
    receipt = gast.publish(said)
    assert receipt.standing is Standing.HELD
    assert blog.comment(int(receipt.local_id[1:]))["comment_approved"] == "0"
    page = look(gast, cursor)
    assert receipt.local_id not in {one.local_id for one in page.posts}
    blog.decide(int(receipt.local_id[1:]), "approve")
    shown = one(look(gast, page.cursor or "").posts, receipt.local_id)
    assert (shown.uid, shown.standing) == (receipt.uid, Standing.PUBLISHED)
    assert shown.author.uid == gast.verify().profile.uid


def test_the_same_comment_twice_is_refused_and_a_lost_answer_is_found(
    blog: WordPressServer, ours: WordPressConnector
):
    article = blog.write("Zweimal")
    said = Outgoing(
        key="k",
        text="Danke & bis <bald>!",
        answering=Answering(uid=f"https://127.0.0.1:{blog.port}/?p={article}", local_id=""),
    )
    assert ours.find_published(tried(said)) is None
    receipt = ours.publish(said)
    assert ours.find_published(tried(said)) == receipt
    with pytest.raises(Refused) as refused:
        ours.publish(said)
    assert refused.value.reason == SAID_BEFORE
    assert len(blog.comments(post_id=article)) == 1


def test_more_comments_than_a_page_holds_while_others_arrive(
    blog: WordPressServer, ours: WordPressConnector
):
    article = blog.write("Viele")
    add = (
        "for ($n = 0; $n < $told['many']; $n++) { wp_insert_comment(['comment_post_ID' => "
        "$told['id'], 'comment_author' => 'Ida', 'comment_content' => $told['word'] . $n, "
        "'comment_author_email' => 'ida@hill.example', 'comment_approved' => 1]); }"
    )
    cursor = look(ours).cursor or ""
    blog.php(add, id=article, many=230, word="vorher")
    found: list[str] = []
    for number, page in enumerate(ours.notifications(cursor)):
        found += [said.local_id for said in page.posts if said.kind is Kind.COMMENT]
        cursor = page.cursor or cursor
        blog.php(add, id=article, many=3, word=f"währenddessen {number}")
    for _ in range(3):
        page = look(ours, cursor)
        found += [said.local_id for said in page.posts if said.kind is Kind.COMMENT]
        cursor = page.cursor or cursor
    there = [row["comment_ID"] for row in blog.comments(post_id=article)]
    assert sorted(found) == sorted(f"c{number}" for number in there)
    thread = ours.thread(f"p{article}")
    assert thread.is_complete
    assert len(thread.posts) == len(there) + 1
