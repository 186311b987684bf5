"""The walk round the neighbourhood, through its addresses."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.outbox.models import Draft, Gesture
from resonanz.people.models import Identity
from resonanz.relationships.models import Walk
from resonanz.relationships.neighbourhood import PEOPLE_ON_A_PAGE
from resonanz.relationships.tests.saying import ago, arrive, said, somebody
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

ADDRESS = "/neighbourhood/"


def page(client: Client, address: str = ADDRESS) -> str:
    """The page as text, on one line."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def blog(channel: Channel) -> Channel:
    """A source beside the channel that can only be read."""
    found = Channel.objects.get(pk=channel.pk)
    found.pk, found.network, found.uid, found.handle = None, "paper", "paper", "Paper"
    found.abilities = ["home"]
    found.save()
    return found


def test_without_a_channel_it_says_what_would_fill_it(alice: Member, client_of: ClientOf) -> None:
    """And how."""
    assert "Nobody is within earshot yet" in page(client_of(alice))


def test_before_anybody_was_heard_it_says_so(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """With a channel, it takes a minute."""
    assert "It is quiet here" in page(client_of(alice))


def test_people_stand_in_the_order_of_their_newest_word(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Each once, with her posts together."""
    arrive(
        pretend_channel,
        said("ada", "1", html="<p>first</p>", at=ago(hours=9)),
        said("bo", "2", html="<p>second</p>", at=ago(hours=8)),
        said("ada", "3", html="<p>third</p>", at=ago(hours=7)),
    )
    text = page(client_of(alice))
    assert text.index(">third<") < text.index(">first<") < text.index(">second<")
    assert text.count('aria-label="Ada"') == 1


def test_of_somebody_who_talks_much_three_posts_are_shown(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """The others are on her page."""
    arrive(pretend_channel, *(said("ada", str(n), html=f"<p>word{n}</p>") for n in range(5)))
    text = page(client_of(alice))
    assert text.count('class="said-one"') == 3
    assert "More from Ada" in text


def test_what_is_said_to_us_or_by_us_or_is_gone_is_not_here(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Those are at other places, or nowhere any more."""
    gone = said("ada", "1", html="<p>taken back</p>")
    arrive(pretend_channel, gone, said("bo", "2", html="<p>to you</p>", is_direct_to_us=True))
    arrive(pretend_channel, gone=(gone.uid,))
    assert "It is quiet here" in page(client_of(alice))


def test_a_walk_has_an_end_and_remembers_it(
    alice: Member, pretend_channel: Channel, client_of: ClientOf, clock: HandClock
) -> None:
    """What is said afterwards is new, and what was seen stands below."""
    arrive(pretend_channel, said("ada", "1", html="<p>old words</p>"))
    clock.advance(minutes=5)
    client = client_of(alice)
    response = client.get(ADDRESS)
    assert b"You have seen everyone" in response.content
    assert b"I have been round" in response.content
    client.post("/neighbourhood/walked/", {"begun": response.context["begun"]})
    assert "I have been round" not in page(client)
    clock.advance(hours=1)
    arrive(pretend_channel, said("bo", "2", html="<p>new words</p>", at=ago(hours=3)))
    # The row got its time of arrival from the real clock, which the hand has left behind.
    Post.objects.filter(text="new words").update(received_at=ago(minutes=1))
    text = page(client)
    assert text.index("new words") < text.index("You have seen everyone") < text.index("old words")


def test_what_arrives_during_the_walk_is_new_the_next_time(
    alice: Member, pretend_channel: Channel, client_of: ClientOf, clock: HandClock
) -> None:
    """The walk is noted as of its beginning, not of the click at its end."""
    arrive(pretend_channel, said("ada", "1"))
    clock.advance(minutes=5)
    client = client_of(alice)
    begun = client.get(ADDRESS).context["begun"]
    clock.advance(minutes=5)
    client.post("/neighbourhood/walked/", {"begun": begun})
    assert Walk.objects.get().seen_until == ago(minutes=5)


@pytest.mark.parametrize("begun", ["", "x", "9999999999999999_0", "1_0"])
def test_nonsense_cannot_hide_the_future(
    alice: Member, pretend_channel: Channel, client_of: ClientOf, clock: HandClock, begun: str
) -> None:
    """Nor bring the past back."""
    client = client_of(alice)
    Walk.objects.create(member=alice, seen_until=ago(minutes=1))
    clock.advance(minutes=1)
    client.post("/neighbourhood/walked/", {"begun": begun})
    assert ago(minutes=2) <= Walk.objects.get().seen_until <= ago(minutes=0)


def test_everybody_is_met_once_on_a_long_walk(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Through all its pages, with people who begin to talk meanwhile."""
    names = [f"p{n}" for n in range(PEOPLE_ON_A_PAGE * 2 + 3)]
    arrive(
        pretend_channel,
        *(said(name, name, at=ago(minutes=10 + n)) for n, name in enumerate(names)),
    )
    client, address, met = client_of(alice), ADDRESS, []
    for number in range(3):
        response = client.get(address)
        walked = response.context["walked"]
        met += [found.person.name for found in [*walked.fresh, *walked.seen]]
        address = response.context["further_url"]
        is_last = number == 2
        assert (b"You have seen everyone" in response.content) is is_last
        arrive(pretend_channel, said(f"late{number}", f"late{number}", at=ago(minutes=1)))
    assert met == [name.title() for name in names]
    assert address == ""


def test_it_goes_on_below_the_window(
    alice: Member,
    pretend_channel: Channel,
    client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the number of posts, none is left out and none is shown twice."""
    monkeypatch.setattr("resonanz.relationships.neighbourhood.WINDOW", 4)
    same = ago(hours=2)
    arrive(pretend_channel, *(said(f"p{n}", str(n), at=same) for n in range(10)))
    client, address, met = client_of(alice), ADDRESS, []
    while address:
        response = client.get(address)
        walked = response.context["walked"]
        met += [found.person.name for found in [*walked.fresh, *walked.seen]]
        address = response.context["further_url"]
    assert sorted(met) == sorted(f"P{n}" for n in range(10))


def test_people_and_blogs_can_be_told_apart(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """By what their channels can do; a blog's words lead to where they stand."""
    arrive(pretend_channel, said("ada", "1", html="<p>a word</p>"))
    arrive(blog(pretend_channel), said("press", "2", title="An article", html="<p>long</p>"))
    client = client_of(alice)
    everybody, people, blogs = (
        page(client),
        page(client, ADDRESS + "?who=people"),
        page(client, ADDRESS + "?who=blogs"),
    )
    assert "a word" in everybody
    assert "An article" in everybody
    assert "a word" in people
    assert "An article" not in people
    assert "a word" not in blogs
    assert "An article" in blogs
    assert "Answer where it stands" in blogs
    assert 'href="https://town.example/@press/2"' in blogs


def test_without_blogs_nobody_is_asked_to_choose(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """One kind is no choice."""
    arrive(pretend_channel, said("ada", "1"))
    assert "Whose words" not in page(client_of(alice))


def test_a_content_warning_hides_the_words(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Until somebody asks to see them."""
    arrive(pretend_channel, said("ada", "1", warning="about slugs", html="<p>slimy</p>"))
    text = page(client_of(alice))
    assert text.index("<details") < text.index("about slugs") < text.index("slimy")


def test_words_from_outside_do_no_harm(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Names, titles and texts are strangers' words."""
    evil = somebody("ada")
    named = type(evil)(uid=evil.uid, handle=evil.handle, name="<script>alert(1)</script>")
    arrive(
        pretend_channel,
        said(named, "1", html='<p onclick="x()">hi<script>alert(2)</script></p>'),
        said(named, "2", title="<img src=x onerror=alert(3)>", html="<p>x</p>"),
    )
    text = page(client_of(alice))
    assert "alert(1)</script>" not in text
    assert "alert(2)" not in text
    assert "onclick" not in text
    assert "<img" not in text


def test_of_a_long_article_only_the_beginning_is_shown(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """The rest is read where it stands."""
    arrive(
        blog(pretend_channel),
        said("press", "2", title="An article", html=f"<p>{'word ' * 4000} the end</p>"),
    )
    text = page(client_of(alice))
    assert "word word" in text
    assert "the end" not in text
    assert "Read on and answer where it stands" in text


@pytest.fixture
def town(pretend_channel: Channel, read_all: Callable[[Channel], None]) -> Post:
    """The newest neighbour's post of the pretend town."""
    read_all(pretend_channel)
    return Post.objects.filter(reason=Post.Reason.NEIGHBOURHOOD).latest("said_at")


@pytest.mark.parametrize("thanks", ["", "1"])
def test_an_answer_or_thanks_is_begun_and_written_in_the_talk(
    alice: Member, town: Post, client_of: ClientOf, thanks: str
) -> None:
    """A second click finds the same draft."""
    client = client_of(alice)
    for _ in range(2):
        response = client.post(f"/neighbourhood/{town.pk}/answer/", {"thanks": thanks})
        talk = reverse("conversations-thread", args=[town.conversation_id])
        assert response["Location"] == f"{talk}#reply"
    draft = Draft.objects.get()
    assert draft.is_thanks is (thanks == "1")
    assert draft.answering_uid == town.uid
    assert draft.voice == alice.voices.get()


def test_what_only_can_be_read_is_not_answered(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Nothing is begun, and a sentence says what to do."""
    arrive(blog(pretend_channel), said("press", "2", title="An article"))
    client = client_of(alice)
    response = client.post(f"/neighbourhood/{Post.objects.get().pk}/answer/", follow=True)
    assert "You can answer where it was said." in response.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("act", "label"), [("share", "Sharing"), ("like", "Liking")])
def test_a_gesture_is_made_once_and_its_state_shown(
    alice: Member, town: Post, client_of: ClientOf, act: str, label: str
) -> None:
    """Twice clicked is once done."""
    client = client_of(alice)
    for _ in range(2):
        response = client.post(f"/neighbourhood/{town.pk}/{act}/", follow=True)
    assert f"{label} is on its way" in response.content.decode()
    gesture = Gesture.objects.get()
    Gesture.objects.update(state=Gesture.State.SENT)
    assert {"share": "Shared", "like": "Liked"}[act] in page(client)
    assert gesture.target_uid == town.uid


def test_with_scripts_only_the_button_changes(
    alice: Member, town: Post, client_of: ClientOf
) -> None:
    """The rest of the page stays as it is."""
    response = client_of(alice).post(
        f"/neighbourhood/{town.pk}/share/", headers={"hx-request": "true"}
    )
    text = response.content.decode()
    assert text.count("<form") == 1
    assert "Sharing is on its way" in text
    assert "disabled" in text


def test_a_first_word_names_whom_it_is_for(alice: Member, town: Post, client_of: ClientOf) -> None:
    """And is written like every text of ours; a second click goes on with it."""
    client = client_of(alice)
    for _ in range(2):
        response = client.post(f"/neighbourhood/first-word/{town.identity_id}/")
    draft = Draft.objects.get()
    assert response["Location"] == reverse("outbox-draft", args=[draft.pk])
    assert draft.text == f"{town.identity.handle} "
    assert not draft.answering


def test_a_first_word_needs_a_way(
    alice: Member, pretend_channel: Channel, client_of: ClientOf
) -> None:
    """Where there is none, a sentence says so."""
    arrive(blog(pretend_channel), said("press", "2", title="An article"))
    press = Identity.objects.get(handle="@press@town.example")
    client = client_of(alice)
    response = client.post(f"/neighbourhood/first-word/{press.pk}/", follow=True)
    assert "No connected channel reaches Press" in response.content.decode()
    assert "Say a first word" not in page(client)


def test_strangers_find_nothing(
    alice: Member, charlie: Member, town: Post, client_of: ClientOf
) -> None:
    """Neither the posts nor the people of another workspace."""
    client = client_of(charlie)
    for address in (
        f"/neighbourhood/{town.pk}/answer/",
        f"/neighbourhood/{town.pk}/share/",
        f"/neighbourhood/{town.pk}/like/",
        f"/neighbourhood/first-word/{town.identity_id}/",
    ):
        assert client.post(address).status_code == 404
        assert client.get(address).status_code == 405
    assert "Nobody is within earshot yet" in page(client)
    assert not Gesture.objects.exists()
    assert Client().get(ADDRESS).status_code == 302


def test_ten_more_neighbours_cost_no_more_queries(
    alice: Member,
    pretend_channel: Channel,
    client_of: ClientOf,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    """At most fifteen."""
    arrive(blog(pretend_channel), *(said(f"press{n}", f"a{n}", title="x") for n in range(3)))
    client = client_of(alice)
    for round_ in range(2):
        arrive(
            pretend_channel,
            *(
                said(f"p{n}", f"{n}-{round_}", at=ago(hours=1) - timedelta(seconds=n))
                for n in range(3 + 10 * round_)
            ),
        )
        with django_assert_max_num_queries(15) as counted:
            page(client)
        if round_ == 0:
            first = len(counted)
    assert len(counted) == first


def test_an_open_page_hears_how_much_is_new(
    alice: Member,
    pretend_channel: Channel,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """Counted in the order of arrival: what was said before the page was made counts as well."""
    arrive(pretend_channel, said("ada", "1", at=ago(hours=1)))
    client = client_of(alice)
    known = client.get(ADDRESS + "pulse/", {"known": ""}).headers["Pulse-Known"]
    with django_assert_num_queries(3 + 1):
        assert client.get(ADDRESS + "pulse/", {"known": known}).status_code == 204
    arrive(pretend_channel, said("bo", "2", at=ago(hours=2)))
    news = client.get(ADDRESS + "pulse/", {"known": known}).json()
    assert news["sentence"] == "One new post."
    assert client.get(ADDRESS + "pulse/", {"known": news["known"]}).status_code == 204
