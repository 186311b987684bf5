"""The same words by several ways are one post; an article and its copies are one conversation."""

from itertools import permutations

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.actions import answer_post
from resonanz.conversations.merging import merge_posts, plain_relations
from resonanz.conversations.models import (
    Conversation,
    Post,
    PostAddress,
    PostVersion,
    Sighting,
)
from resonanz.conversations.queries import channels_for_answer
from resonanz.conversations.tests.saying import answered, arrives
from resonanz.conversations.tests.several import (
    ARTICLE,
    BLOG,
    QUESTION,
    Place,
    article,
    everything,
    kept,
    reply,
    skeet,
    told_of,
    toot,
    who,
    words,
)
from resonanz.outbox.actions import save_draft
from resonanz.outbox.models import Draft
from resonanz.outbox.tests.saying import carry_out, on_its_way
from resonanz.people.models import Person
from resonanz.relationships.models import Act
from resonanz.switchboard.shapes import Kind, Standing
from resonanz.workspaces.models import Member

Turn = Conversation.Turn


def test_a_reply_and_the_webmention_of_it_are_one_post_in_either_order(
    ours: dict[str, Channel],
) -> None:
    """The words of the network stay, with the person there, and it is answered there."""
    true = reply(is_direct_to_us=True)
    for order in ((true, told_of(true)), (told_of(true), true)):
        for one in order:
            arrives(ours["town" if one is true else "pages"], one)
        found = Post.objects.get()
        assert (found.network, found.uid, found.text) == ("town", true.uid, QUESTION)
        assert found.identity.handle == "@mara@town.example"
        assert [one.pk for one in channels_for_answer(found)] == [ours["town"].pk]
        assert Act.objects.filter(post=found).count() == 1
        assert Act.objects.exclude(post=found).count() == 0
        in_touch = Person.objects.exclude(last_contact_at=None)
        assert [one.pk for one in in_touch] == [found.identity.person_id]
        Post.objects.all().delete()
        Conversation.objects.all().delete()
        Act.objects.all().delete()


def test_the_same_webmention_again_changes_nothing(ours: dict[str, Channel]) -> None:
    true = reply(is_direct_to_us=True)
    arrives(ours["town"], true)
    for text in (QUESTION, "Something else altogether, written there later on."):
        arrives(ours["pages"], told_of(true, text=text))
        assert Post.objects.get().text == QUESTION
    assert PostAddress.objects.filter(post=kept(true)).count() >= 2


def test_a_bare_link_never_takes_words_away(ours: dict[str, Channel]) -> None:
    true = reply(is_direct_to_us=True)
    arrives(ours["town"], true)
    arrives(ours["pages"], told_of(true, text="", kind=Kind.PING))
    assert Post.objects.get().text == QUESTION
    assert Post.objects.get().kind == Post.Kind.POST


def test_nobody_takes_the_place_of_somebody_else_by_a_claim(ours: dict[str, Channel]) -> None:
    """Whoever says that other words are hers stands beside them, whichever came first."""
    true = reply(is_direct_to_us=True)
    insult = "Your bread is bad, and I know where you live."
    evil = told_of(true, text=insult, author=who("pages", "evil"))
    arrives(ours["pages"], evil)
    arrives(ours["town"], true)
    assert {post.text for post in Post.objects.all()} == {insult, QUESTION}
    assert kept(true).identity.handle == "@mara@town.example"
    arrives(ours["pages"], evil)
    assert Post.objects.count() == 2


def test_a_claim_to_be_words_of_ours_makes_nothing_ours(ours: dict[str, Channel]) -> None:
    arrives(ours["press"], article())
    arrives(
        ours["pages"],
        words("pages", "evil", "x", text="Buy elsewhere.", same_as=(ARTICLE,), kind=Kind.COMMENT),
    )
    assert kept(article()).text.startswith("Why our rye bread")
    assert Post.objects.filter(is_ours=True).count() == 1
    assert Post.objects.count() == 2


def test_a_bridged_post_and_its_original_are_one(ours: dict[str, Channel]) -> None:
    """The bridge names the original; the original stays, and is answered where it was said."""
    original = words("birds", "ole", "b", text=QUESTION, is_direct_to_us=True)
    bridged = words(
        "town",
        "ole.birds",
        "b",
        text=QUESTION,
        url=original.url,
        same_as=(original.uid,),
        is_direct_to_us=True,
    )
    for first, second in ((original, bridged), (bridged, original)):
        arrives(ours["birds" if first is original else "town"], first)
        arrives(ours["birds" if second is original else "town"], second)
        found = Post.objects.get()
        assert found.network == "birds"
        assert [one.network for one in channels_for_answer(found)] == ["birds"]
        assert found.sightings.count() == 2
        Post.objects.all().delete()
        Conversation.objects.all().delete()


def test_merging_keeps_what_hangs_on_either(ours: dict[str, Channel], alice: Member) -> None:
    """Answers, quotes, versions, drafts and what was settled: nothing of it is lost."""
    true = reply(is_direct_to_us=True)
    arrives(ours["pages"], told_of(true, local_id="w1"))
    there = Post.objects.get()
    below = words("pages", "ole", "below", answers_uid=there.uid, kind=Kind.COMMENT)
    quoting = words("pages", "ida", "quoting", quotes_uid=there.uid)
    arrives(ours["pages"], below, quoting)
    PostVersion.objects.create(post=there, text="What it said before.")
    draft = Draft.objects.create(
        workspace=alice.workspace,
        author=alice,
        voice=alice.voices.get(),
        text="A whole week.",
        answering={"uid": there.uid, "local_id": "w1"},
        answering_uid=there.uid,
    )
    received = there.received_at
    arrives(ours["town"], true)
    found = kept(true)
    assert not Post.objects.filter(pk=there.pk).exists()
    assert kept(below).answers == found
    assert kept(below).answers_uid == found.uid
    assert kept(quoting).quotes == found
    assert found.versions.get().text == "What it said before."
    assert found.received_at == received
    assert set(found.sightings.values_list("channel__network", flat=True)) == {"town", "pages"}
    draft.refresh_from_db()
    assert (draft.answering_uid, draft.text) == (found.uid, "A whole week.")
    assert draft.channels.get() == ours["town"]
    assert draft.answering["local_id"] == true.local_id


def test_two_drafts_of_one_author_become_one(ours: dict[str, Channel], alice: Member) -> None:
    true = reply(is_direct_to_us=True)
    other = told_of(true, url="https://bridge.example/comment/17", text="Something else.")
    arrives(ours["town"], true)
    arrives(ours["pages"], other)
    first = answer_post(post=kept(true), member=alice, voice=alice.voices.get())
    save_draft(draft=first, text="To the one.")
    Draft.objects.create(
        workspace=alice.workspace,
        author=alice,
        voice=alice.voices.get(),
        text="To the other.",
        answering={"uid": other.uid, "local_id": ""},
        answering_uid=other.uid,
    )
    arrives(ours["town"], msgspec.structs.replace(true, edited_at=timezone.now()))
    merge_posts(kept=kept(true), gone=kept(other))
    assert Draft.objects.open().get().text == "To the one.\n\nTo the other."
    assert Draft.objects.filter(state=Draft.State.DISCARDED).count() == 1


def test_no_table_that_a_post_has_once_is_moved_blindly() -> None:
    """A new table with a post in it is moved by itself, unless a post may have one row only."""
    for relation in plain_relations():
        assert not relation.one_to_one
        for constraint in relation.related_model._meta.constraints:
            assert relation.field.name not in getattr(constraint, "fields", ())


def test_a_deletion_of_the_webmention_leaves_the_reply(ours: dict[str, Channel]) -> None:
    """What is gone on one network still stands on the other, where it was said."""
    true = reply(is_direct_to_us=True)
    arrives(ours["town"], true)
    arrives(ours["pages"], told_of(true, local_id="w1"))
    arrives(ours["pages"], gone=(told_of(true).uid,), gone_local=("w1",))
    assert kept(true).gone_at is None
    assert kept(true).text == QUESTION
    assert Sighting.objects.filter(channel=ours["pages"]).count() == 0
    arrives(ours["town"], gone=(true.uid,))
    assert kept(true).gone_at is not None


def test_an_answer_to_an_address_finds_the_post_on_another_network_in_either_order(
    ours: dict[str, Channel],
) -> None:
    """Slash, tracking, fragment and http make no difference; a comment's fragment does."""
    comment = told_of(reply(), url="https://own.example/1", uid="https://own.example/1")
    for order in ((article(), comment), (comment, article())):
        for one in order:
            arrives(ours["press" if one.kind == Kind.ARTICLE else "pages"], one)
        assert kept(comment).answers == kept(article())
        assert Conversation.objects.count() == 1
        assert Conversation.objects.get().turn == Turn.OURS
        Post.objects.all().delete()
        Conversation.objects.all().delete()


def test_comments_of_one_page_are_not_one_comment(ours: dict[str, Channel]) -> None:
    arrives(ours["press"], article())
    for number in (1, 2):
        arrives(
            ours["press"],
            words(
                "press",
                f"guest{number}",
                f"c{number}",
                uid=f"{BLOG}/?c={number}",
                url=f"{ARTICLE}#comment-{number}",
                answers_uid=article().uid,
                kind=Kind.COMMENT,
                text="The same words, by chance.",
            ),
        )
    arrives(
        ours["pages"],
        words("pages", "ole", "w", answers_uid=f"{ARTICLE}#comment-2", kind=Kind.COMMENT),
    )
    assert Post.objects.count() == 4
    assert Post.objects.get(network="pages").answers == Post.objects.get(uid=f"{BLOG}/?c=2")


@pytest.mark.parametrize("order", list(permutations(("press", "town", "birds", "pages"))))
def test_an_article_and_its_copies_are_one_conversation_in_any_order(
    ours: dict[str, Channel], order: tuple[str, ...]
) -> None:
    """Eight posts, no word twice, and each reply below the copy that it answers."""
    told = everything()
    for slug in order:
        arrives(ours[slug], *told[slug])
    assert Conversation.objects.count() == 1
    assert Post.objects.count() == 8
    assert kept(toot()).copy_of == kept(skeet()).copy_of == kept(article())
    assert {post.uid for post in kept(toot()).answered_by.all()} == {
        one.uid for one in told["town"][1:]
    }
    assert {post.uid for post in kept(skeet()).answered_by.all()} == {
        one.uid for one in told["birds"][1:]
    }
    assert {post.text for post in kept(article()).answered_by.all()} == {
        "A comment on the page itself."
    }
    assert Conversation.objects.get().post_count == 8


def test_each_answer_goes_to_the_right_place(
    around: dict[str, Place], ours: dict[str, Channel], alice: Member
) -> None:
    for slug, said in everything().items():
        arrives(ours[slug], *said)
    wanted = {"town": "t1", "birds": "b1", "press": "c1"}
    for slug, name in wanted.items():
        post = Post.objects.get(sightings__local_id__endswith=name, network=slug)
        answered(post, alice, f"Thank you, {slug}.")
        sent = around[slug].said[-1]
        assert sent.answering is not None
        assert sent.answering.uid == post.uid
        assert sent.answering.local_id.endswith(name)
        assert len(around[slug].said) == 1
    assert Conversation.objects.count() == 1
    assert Conversation.objects.get().post_count == 11
    assert around["pages"].said == []


def test_a_text_that_goes_to_several_channels_is_one_conversation(
    ours: dict[str, Channel], alice: Member
) -> None:
    first = on_its_way(alice, ours["town"], ours["birds"], text="We are closed on Monday.")
    for delivery in first.publication.deliveries.order_by("pk"):
        carry_out(delivery)
    assert Post.objects.count() == 2
    assert Conversation.objects.count() == 1
    assert Post.objects.exclude(copy_of=None).count() == 1


def test_what_says_more_than_the_title_is_no_copy(ours: dict[str, Channel]) -> None:
    arrives(ours["press"], article())
    arrives(
        ours["town"],
        toot(
            text="Yesterday somebody asked me at the counter whether baking has anything to do with"
            f" patience, and I had to think of my grandfather and his oven for a while. {ARTICLE}"
        ),
    )
    assert Conversation.objects.count() == 2


def test_a_page_asks_no_more_for_ten_more_posts_that_come_by_another_way(
    ours: dict[str, Channel],
) -> None:
    """Looking up where words stand costs the same for one post and for eleven."""

    def looked_up(count: int) -> int:
        told = [
            words("pages", "mara", f"{count}-{number}", kind=Kind.PING, text="")
            for number in range(count)
        ]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            arrives(ours["pages"], *told)
        table = PostAddress._meta.db_table
        return sum(table in one["sql"] for one in asked.captured_queries)

    assert looked_up(1) == looked_up(11)


def test_what_a_moderator_decides_moves_without_an_edit(ours: dict[str, Channel]) -> None:
    """Held it waits for us; spam lies on nobody's desk; taken back it waits again."""
    arrives(ours["press"], article())
    comment = words(
        "press", "ole", "c", answers_uid=article().uid, kind=Kind.COMMENT, standing=Standing.HELD
    )
    for standing, turn in (
        (Standing.HELD, Turn.OURS),
        (Standing.SPAM, Turn.THEIRS),
        (Standing.PUBLISHED, Turn.OURS),
        (Standing.TRASH, Turn.THEIRS),
    ):
        arrives(ours["press"], msgspec.structs.replace(comment, standing=standing))
        assert kept(comment).standing == standing.value
        assert Conversation.objects.get().turn == turn
        there = standing in (Standing.HELD, Standing.PUBLISHED)
        assert Act.objects.filter(post=kept(comment)).exists() == there
        assert hasattr(kept(comment), "search_entry") == there


def test_spam_alone_concerns_nobody(ours: dict[str, Channel]) -> None:
    arrives(ours["press"], words("press", "x", "c", kind=Kind.COMMENT, standing=Standing.SPAM))
    assert not Conversation.objects.get().concerns_us


def test_a_link_that_waits_for_approval_is_decided_before_it_becomes_one_with_its_page(
    ours: dict[str, Channel],
) -> None:
    """The page that linked to us is read as well; once the ping is approved, both are one."""
    page = words("pages", "ida", "page", kind=Kind.ARTICLE, text="I read about rye bread.")
    ping = words(
        "press",
        "ida",
        "ping",
        uid=f"{BLOG}/?p=12#comment-9",
        url=f"{ARTICLE}#comment-9",
        same_as=(page.url,),
        kind=Kind.PING,
        standing=Standing.HELD,
        answers_uid=article().uid,
        text="[…] rye bread […]",
    )
    arrives(ours["press"], article())
    arrives(ours["pages"], page, lane="home")
    arrives(ours["press"], ping)
    assert kept(ping).standing == Post.Standing.HELD
    arrives(ours["press"], msgspec.structs.replace(ping, standing=Standing.PUBLISHED))
    assert not Post.objects.filter(uid=ping.uid).exists()
    assert kept(page).answers == kept(article())
    assert kept(page).is_to_us
