"""A real blog and the rooms of the house: what arrives is kept, what is approved goes out once."""

import pytest
from django.utils import timezone

from resonanz.channels.jobs import read_lane
from resonanz.channels.models import Channel, Lane
from resonanz.conversations.actions import answer_post, answer_with_article
from resonanz.conversations.models import Post
from resonanz.conversations.moderating import moderate_posts
from resonanz.outbox.jobs import moderate
from resonanz.outbox.models import Moderation
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Kind, Standing
from resonanz.workspaces.models import Member, Voice
from tests.peers.servers.wordpress import WordPressServer
from tests.peers.wordpress.house import Read, post, send

pytestmark = [pytest.mark.peer, pytest.mark.django_db]


def test_a_held_comment_is_kept_approved_and_answered(
    alice: Member, blog: WordPressServer, channel: Channel, read: Read
):
    article = blog.write("Im Haus")
    comment = blog.say(article, "Habt ihr sonntags offen?", "Jana")
    read()
    held = post(f"c{comment}")
    assert (held.standing, held.is_to_us) == (Standing.HELD.value, True)
    assert held.answers == post(f"p{article}")
    assert moderate_posts(posts=[held], standing=Standing.PUBLISHED, by=alice).count == 1
    moderate.func(Moderation.objects.get().pk)
    assert blog.comment(comment)["comment_approved"] == "1"
    held.refresh_from_db()
    assert held.standing == Standing.PUBLISHED.value
    voice = Voice.objects.get(member=alice)
    draft = answer_post(post=held, member=alice, voice=voice, channel=channel)
    delivery = send(draft, alice, "Nein, sonntags ruht der Ofen.")
    row = blog.comment(int(delivery.local_id[1:]))
    assert row["comment_content"].startswith("Nein, sonntags ruht der Ofen.")
    assert int(row["comment_parent"]) == comment
    read()
    answers = Post.objects.filter(conversation=held.conversation_id, is_ours=True)
    assert {one.kind for one in answers} == {Kind.ARTICLE.value, Kind.COMMENT.value}
    assert answers.count() == 2
    held.conversation.refresh_from_db()
    assert held.conversation.turn == "theirs"


def test_what_is_decided_at_the_blog_arrives_in_the_house(
    blog: WordPressServer, channel: Channel, read: Read
):
    article = blog.write("Entschieden")
    comment = blog.say(article, "Kauft meine Uhren", "Kuno")
    read()
    blog.decide(comment, "spam")
    read()
    assert post(f"c{comment}").standing == Standing.SPAM.value
    blog.decide(comment, "approve")
    read()
    assert post(f"c{comment}").standing == Standing.PUBLISHED.value
    blog.php("wp_delete_comment($told['id'], true);", id=comment)
    read()
    assert post(f"c{comment}").gone_at is not None
    assert post(f"c{comment}").text == ""


def test_an_answer_goes_out_as_an_article_and_is_published_there(
    alice: Member, blog: WordPressServer, channel: Channel, read: Read
):
    article = blog.write("Zu lang für einen Kommentar")
    comment = blog.say(article, "Wie geht Sauerteig?", "Lotte")
    blog.decide(comment, "approve")
    read()
    asked = post(f"c{comment}")
    voice = Voice.objects.get(member=alice)
    draft = answer_with_article(post=asked, member=alice, voice=voice, channel=channel)
    delivery = send(
        draft,
        alice,
        "Mehl und Wasser.\n\nUnd Zeit.",
        title="Sauerteig & Geduld",
        stays_draft=True,
    )
    number = int(delivery.local_id[1:])
    laid = blog.article(number)
    assert (laid["post_status"], laid["post_title"]) == ("draft", "Sauerteig & Geduld")
    assert f'href="{asked.url}"' in laid["post_content"]
    kept = Post.objects.get(delivery=delivery)
    assert kept.conversation_id == asked.conversation_id
    assert kept.standing == Standing.HELD.value
    blog.php("wp_publish_post($told['id']);", id=number)
    read(Can.HOME)
    kept.refresh_from_db()
    assert kept.standing == Standing.PUBLISHED.value
    assert kept.title == "Sauerteig & Geduld"
    assert Post.objects.filter(uid=kept.uid).count() == 1


def test_a_password_that_was_revoked_is_one_alarm(
    blog: WordPressServer, channel: Channel, read: Read
):
    blog.php(
        "WP_Application_Passwords::delete_all_application_passwords($told['id']);",
        id=blog.users["mehl"].id,
    )
    lane = Lane.objects.get(channel=channel, kind=Can.NOTIFICATIONS.value)
    for _ in range(2):
        Lane.objects.filter(pk=lane.pk).update(due_at=timezone.now(), leased_until=timezone.now())
        read_lane.func(lane.pk)
    channel.refresh_from_db()
    assert channel.state == Channel.State.SIGN_IN_AGAIN
    assert [alarm.code for alarm in channel.workspace.alarms.all()] == ["channel_sign_in_again"]
