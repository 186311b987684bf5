"""The search, through the address: what is found, by whom, and that it follows every change."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.models import Note, NoteMention, Post, SearchEntry, SearchRun
from resonanz.conversations.models.searching import span_of
from resonanz.conversations.search.entries import index_notes, index_posts
from resonanz.conversations.search.index import LOOKED_AT_ONE_BY_ONE, newest_keys
from resonanz.conversations.search.runs import begin_run, do_batch, due_runs, go_on
from resonanz.conversations.tests.pairs import pairs
from resonanz.conversations.tests.saying import arrives, post, said, talk_of
from resonanz.people.privacy import erase_person
from resonanz.understanding.search_query import keeps_order, read_query
from resonanz.workspaces.models import Member, User
from resonanz.workspaces.tests.cast import ClientOf

PAIRS = pairs()


def found(client: Any, words: str, **more: str) -> str:
    """The page for these words."""
    answer = client.get("/search/", {"q": words, **more})
    assert answer.status_code == 200
    return str(answer.content.decode())


def names(workspace_id: int, typed: str) -> set[str]:
    """The uids of all posts that are found."""
    query = read_query(typed)
    keys = newest_keys(span_of(workspace_id), query, most=1000) if query else []
    rows = Post.objects.filter(search_entry__in=keys)
    return {one.uid.rpartition("/")[2] for one in rows if keeps_order(query, one.text)}


@pytest.mark.parametrize("is_old", [False, True], ids=["among the newest", "by the index"])
def test_the_table_of_what_finds_what_is_true(
    pretend_channel: Channel, monkeypatch: pytest.MonkeyPatch, is_old: bool
) -> None:
    """On both ways by which words are looked for, and on the database of this run."""
    arrives(
        pretend_channel,
        *(
            said("eve", f"pair-{number}", text=pair.said.replace("&", "&amp;"))
            for number, pair in enumerate(PAIRS)
        ),
    )
    if is_old:
        monkeypatch.setattr("resonanz.conversations.search.index.LOOKED_AT_ONE_BY_ONE", 0)
    wrong = [
        pair
        for number, pair in enumerate(PAIRS)
        if (f"pair-{number}" in names(pretend_channel.workspace_id, pair.typed)) != pair.is_found
    ]
    assert not wrong
    assert len(PAIRS) >= 80
    assert LOOKED_AT_ONE_BY_ONE > 0


@pytest.mark.parametrize("looked_at", [0, 1, 4, 7, 100])
@pytest.mark.parametrize("further", [0, 10, 1000])
def test_however_far_back_it_looks_one_by_one_the_same_is_found(
    pretend_channel: Channel, monkeypatch: pytest.MonkeyPatch, looked_at: int, further: int
) -> None:
    """Each key once, the newest first, whether the next ones come from there or by the index."""
    now = timezone.now()
    arrives(
        pretend_channel,
        *(
            said(
                "eve",
                f"{number:02}",
                text="Kuchen" if number % 3 else "Brot",
                at=now - timedelta(days=40 - number),
            )
            for number in range(40)
        ),
    )
    monkeypatch.setattr("resonanz.conversations.search.index.LOOKED_AT_ONE_BY_ONE", looked_at)
    monkeypatch.setattr("resonanz.conversations.search.index.MOST_ONE_BY_ONE", further)
    query = read_query("kuchen")
    assert query is not None
    for most in (1, 5, 12, 100):
        keys = newest_keys(span_of(pretend_channel.workspace_id), query, most=most)
        found = Post.objects.filter(search_entry__in=keys).order_by("-search_entry__key")
        seen = [int(one.uid.rpartition("/")[2]) for one in found]
        assert keys == sorted(set(keys), reverse=True)
        assert seen == [number for number in reversed(range(40)) if number % 3][:most]


def test_a_hit_shows_who_said_it_with_the_word_marked(
    pretend_channel: Channel, alice: Member, client_of: ClientOf
) -> None:
    arrives(pretend_channel, said("eve", "1", text="Wie sind die &lt;b&gt;Öffnungszeiten?"))
    page = found(client_of(alice), "oeffnungszeiten")
    assert "&lt;b&gt;<mark>Öffnungszeiten</mark>?" in page
    assert "Eve" in page
    assert f"/conversations/{talk_of('1').pk}/?post={post('1').pk}#post-{post('1').pk}" in page


def test_the_newest_stands_first_and_pages_go_on_where_the_last_ended(
    pretend_channel: Channel, alice: Member, client_of: ClientOf
) -> None:
    """By when it was said, whenever it arrived."""
    now = timezone.now()
    for number in reversed(range(45)):
        # The oldest arrives last.
        arrives(
            pretend_channel,
            said(
                "eve",
                f"{number:02}",
                text=f"Kuchen Nummer x{number:02}.",
                at=now - timedelta(days=45 - number),
            ),
        )
    client, address, seen = client_of(alice), "/search/?q=kuchen", []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        seen += [hit.url.rpartition("-")[2] for hit in answer.context["hits"]]
        address = answer.context["older_url"]
    expected = [str(post(f"{number:02}").pk) for number in reversed(range(45))]
    assert seen == expected


def test_another_workspace_finds_nothing_of_ours(
    pretend_channel: Channel, charlie: Member, client_of: ClientOf
) -> None:
    arrives(pretend_channel, said("eve", "1", text="Nusszopf"))
    page = found(client_of(charlie), "nusszopf")
    assert "<mark>" not in page
    assert "Eve" not in found(client_of(charlie), "eve")


def test_a_guest_finds_only_what_she_was_asked_about(
    pretend_channel: Channel, alice: Member, client_of: ClientOf
) -> None:
    arrives(
        pretend_channel,
        said("eve", "1", text="Nusszopf bitte"),
        said("dan", "2", text="Nusszopf danke"),
    )
    user = User.objects.create_user(email="gina@bakery.example", password="rye-and-caraway-17")
    gina = Member.objects.create(
        workspace=alice.workspace, user=user, name="Gina", role=Member.Role.GUEST
    )
    asked = Note.objects.create(
        conversation=talk_of("1"), author=alice, text="@Gina, welcher Nusszopf?"
    )
    other = Note.objects.create(conversation=talk_of("2"), author=alice, text="Nusszopf geheim")
    NoteMention.objects.create(note=asked, member=gina)
    index_notes([asked, other])
    page = found(client_of(gina), "nusszopf")
    assert "<mark>Nusszopf</mark> bitte" in page
    assert "welcher <mark>Nusszopf</mark>" in page
    assert "danke" not in page
    assert "geheim" not in page
    assert "Eve" not in found(client_of(gina), "eve", who="eve")


def test_filters_narrow_what_is_found(
    pretend_channel: Channel, alice: Member, client_of: ClientOf
) -> None:
    now = timezone.now()
    arrives(pretend_channel, said("eve", "1", text="Nusszopf erstens", at=now - timedelta(days=10)))
    arrives(pretend_channel, said("dan", "2", text="Nusszopf zweitens"), lane="home")
    client = client_of(alice)
    first, second = "</mark> erstens", "</mark> zweitens"

    def which(**more: str) -> tuple[bool, bool]:
        page = found(client, "nusszopf", **more)
        return first in page, second in page

    assert which() == (True, True)
    assert which(who="eve") == (True, False)
    assert which(who="nobody at all") == (False, False)
    assert which(about="us") == (True, False)
    assert which(about="neighbourhood") == (False, True)
    assert which(since=(now - timedelta(days=3)).date().isoformat()) == (False, True)
    assert which(since="2026-99-99", network="pretend") == (True, True)
    assert which(network="elsewhere") == (False, False)


def test_people_are_found_by_their_names(
    pretend_channel: Channel, alice: Member, client_of: ClientOf
) -> None:
    arrives(pretend_channel, said("eve", "1"))
    assert f"/people/{post('1').identity.person_id}/" in found(client_of(alice), "eve")


def test_an_edit_changes_what_finds_a_post_and_a_deletion_ends_it(
    pretend_channel: Channel, alice: Member
) -> None:
    arrives(pretend_channel, said("eve", "1", text="Nusszopf"))
    arrives(pretend_channel, said("eve", "1", text="Mohnzopf", edited_at=timezone.now()))
    workspace = alice.workspace_id
    assert names(workspace, "nusszopf") == set()
    assert names(workspace, "mohnzopf") == {"1"}
    arrives(pretend_channel, gone=(post("1").uid,))
    assert not SearchEntry.objects.exists()
    assert names(workspace, "mohnzopf") == set()


def test_what_is_shown_and_linked_is_found_too(pretend_channel: Channel, alice: Member) -> None:
    arrives(pretend_channel, said("eve", "1", text="Seht", warning="Zucker", title="Rundgang"))
    found_post = post("1")
    found_post.pictures = [{"url": "https://a.example/x", "description": "Ein Kater"}]
    found_post.card = {"url": "https://zeitung.example/1", "title": "Wettbewerb"}
    found_post.poll = {"choices": [{"text": "Dinkel"}]}
    found_post.save()
    index_posts([found_post])
    for word in ("zucker", "rundgang", "kater", "zeitung.example", "wettbewerb", "dinkel"):
        assert names(alice.workspace_id, word) == {"1"}


def test_who_is_erased_is_found_no_more(pretend_channel: Channel, alice: Member) -> None:
    arrives(pretend_channel, said("eve", "1", text="Nusszopf"))
    erase_person(post("1").identity.person)
    assert names(alice.workspace_id, "nusszopf") == set()
    assert not SearchEntry.objects.exists()


def test_two_posts_of_one_second_and_one_post_twice_have_their_own_keys(
    pretend_channel: Channel, alice: Member
) -> None:
    moment = timezone.now().replace(microsecond=0)
    arrives(
        pretend_channel,
        *(said("eve", str(number), text="Zopf", at=moment) for number in range(300)),
    )
    index_posts(Post.objects.all())
    assert SearchEntry.objects.count() == 300
    assert len(names(alice.workspace_id, "zopf")) == 300


def test_old_posts_are_given_their_words_in_the_background_and_the_page_says_so(
    pretend_channel: Channel, alice: Member, client_of: ClientOf
) -> None:
    arrives(pretend_channel, *(said("eve", str(number), text="Zopf") for number in range(150)))
    SearchEntry.objects.all().delete()
    run = begin_run()
    assert do_batch(run)
    # Broken off here, and begun again from the row.
    page = found(client_of(alice), "zopf")
    assert "does not know everything yet" in page
    assert due_runs(timezone.now(), 5) == [run.pk]
    go_on.call(run.pk)
    assert SearchEntry.objects.count() == 150
    assert SearchRun.objects.get().done_at is not None
    assert "does not know everything yet" not in found(client_of(alice), "zopf")


def test_ten_more_hits_cost_no_more_questions(
    pretend_channel: Channel, alice: Member, client_of: ClientOf
) -> None:
    client = client_of(alice)

    def asked(**more: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            found(client, "zopf", **more)
        return len(caught)

    arrives(pretend_channel, said("eve", "a", text="Zopf"))
    few = asked()
    arrives(
        pretend_channel, *(said(f"eve{number}", str(number), text="Zopf") for number in range(10))
    )
    assert asked() == few
    assert max(few, asked(about="us"), asked(who="eve")) <= 15


@pytest.mark.parametrize("words", ["", " ", '"', "-x", "a" * 900, "((", "x\0y", "*", "%_%", "'"])
def test_nothing_that_is_typed_breaks_the_page(
    pretend_channel: Channel, alice: Member, client_of: ClientOf, words: str
) -> None:
    page = client_of(alice).get(
        "/search/", {"q": words, "before": "x", "network": "\0", "who": "\0%"}
    )
    assert page.status_code == 200


def test_a_word_without_hits_is_taken_as_a_beginning(
    pretend_channel: Channel, alice: Member, client_of: ClientOf
) -> None:
    arrives(pretend_channel, said("eve", "1", text="Nusszopf"))
    page = found(client_of(alice), "nussz")
    assert "<mark>Nusszopf</mark>" in page
    assert "Nothing has exactly these words" in page


def test_the_search_stands_in_the_frame_of_every_page(alice: Member, client_of: ClientOf) -> None:
    page = client_of(alice).get("/people/").content.decode()
    assert '<form class="search" role="search" action="/search/"' in page
    assert page.count('data-key="/"') == 1
