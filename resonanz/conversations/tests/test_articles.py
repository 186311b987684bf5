"""Articles of our own as answers, telling where they stand, and quoting, through addresses."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from resonanz.channels.models import Channel
from resonanz.conversations.models import Conversation, Post
from resonanz.conversations.tests.saying import arrives, naming, post, said, talk_of, us
from resonanz.outbox.models import Amendment, Delivery, Draft, Publication
from resonanz.outbox.tests.saying import carry_out
from resonanz.outbox.tests.scripted import Scripted, connect
from resonanz.people.models import Identity
from resonanz.people.privacy import erase_person, export_person
from resonanz.switchboard import registry
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Audience, Kind, Link, Said
from resonanz.switchboard.trouble import Refused
from resonanz.workspaces.models import Member
from resonanz.workspaces.tests.cast import ClientOf

LONG = "Rye wants time.\n\n---\n\nMore about it at https://bakery.example/rye."


@pytest.fixture
def browser(alice: Member, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(alice)


@pytest.fixture
def blog(alice: Member, channel: Channel, network: Scripted) -> Iterator[Channel]:
    """A site of ours on another network, for articles; the first account answers and has none."""
    channel.abilities = [one for one in channel.abilities if one != Can.ARTICLE]
    channel.save()
    registry.networks()["site"] = network  # type: ignore[assignment]
    found = connect(alice, "blog")
    Identity.objects.filter(uid=found.uid).update(network="site")
    found.network = "site"
    found.abilities = [
        one.value for one in (Can.ARTICLE, Can.PUBLISH, Can.MEDIA, Can.EDIT, Can.DELETE)
    ]
    found.save()
    yield found
    del registry.networks()["site"]


@pytest.fixture
def talk(channel: Channel) -> Conversation:
    """Mara asks us something."""
    arrives(channel, said("mara", "q", text="Why is rye sour?", mentions=naming(channel)))
    return talk_of("q")


def boxed(text: str, **more: str) -> dict[str, str]:
    """What the box posts."""
    return {"text": text, "page": "page", "seen": "", "audience": "public", "warning": ""} | more


def article(**more: str) -> dict[str, str]:
    """What the page of an article posts."""
    return {"title": "Why rye is sour", "text": LONG, "page": "article-page", "seen": ""} | more


def begun(browser: Client, talk: Conversation) -> Draft:
    """An article that answers what Mara asked."""
    browser.post(f"/conversations/posts/{post('q').pk}/article/")
    return Draft.objects.get(is_article=True)


def sent(browser: Client, draft: Draft, **more: str) -> Delivery:
    """The article went out and stands there."""
    seen = draft.updated_at.isoformat()
    answer = browser.post(f"/outbox/drafts/{draft.pk}/", article(seen=seen, send="1", **more))
    assert answer.status_code == 302, answer.content.decode()
    return carry_out(Delivery.objects.get(publication__draft=draft))


def test_what_becomes_too_long_goes_on_as_an_article_and_back(
    browser: Client, talk: Conversation, blog: Channel
) -> None:
    """Nothing that was typed is lost on either way, and pressing twice is pressing once."""
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert "Go on as an article" in page
    address = f"/conversations/posts/{post('q').pk}/answer/"
    for _ in range(2):
        answer = browser.post(address, boxed("Rye is sour because", as_article="1"), follow=True)
    told = answer.content.decode()
    assert "Rye is sour because" in told
    assert "An article of our own" in told
    draft = Draft.objects.open().get()
    assert (draft.is_article, draft.text) == (True, "Rye is sour because")
    assert (list(draft.channels.all()), draft.answering_uid) == ([blog], post("q").uid)
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert "You are writing an article in answer to this." in page
    answer = browser.post(f"/outbox/drafts/{draft.pk}/short/", follow=True)
    assert "Rye is sour because" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.is_article is False
    seen = draft.updated_at.isoformat()
    browser.post(address, boxed("Rye is sour because of its acids.", seen=seen))
    assert Publication.objects.get().text.startswith("Rye is sour because of its acids.")


def test_an_article_and_a_short_answer_to_the_same_post_stand_side_by_side(
    browser: Client, talk: Conversation, blog: Channel
) -> None:
    """“We write an article about it” is an answer, too."""
    draft = begun(browser, talk)
    address = f"/conversations/posts/{post('q').pk}/answer/"
    browser.post(address, boxed("An article about it comes.", keep="1"))
    assert Draft.objects.open().count() == 2
    assert begun(browser, talk) == draft


def test_an_article_goes_to_our_site_and_belongs_to_the_talk(
    browser: Client, talk: Conversation, blog: Channel, network: Scripted
) -> None:
    """As a post of ours that answers what it answered; three dashes are not another post."""
    delivery = sent(browser, begun(browser, talk))
    said_there = network.said[0]
    assert (said_there.title, said_there.is_draft) == ("Why rye is sour", False)
    assert said_there.text == f"{LONG}\n\n— Alice"
    assert said_there.answering is not None
    assert (said_there.answering.uid, said_there.answering.local_id) == (post("q").uid, "")
    assert said_there.answering.names == ()
    ours = Post.objects.get(delivery=delivery)
    assert (ours.kind, ours.title, ours.standing) == ("article", "Why rye is sour", "published")
    assert (ours.answers, ours.conversation) == (post("q"), talk)
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert "Why rye is sour" in page
    assert "Tell them where it stands" in page


def test_telling_them_where_is_an_answer_that_begins_with_the_address(
    browser: Client, talk: Conversation, blog: Channel, network: Scripted
) -> None:
    """Nothing goes out by itself; once it is told, nothing more is offered."""
    delivery = sent(browser, begun(browser, talk))
    ours = Post.objects.get(delivery=delivery)
    box = browser.get(f"/conversations/{talk.pk}/?answer={post('q').pk}&tell={ours.pk}")
    assert f"Why rye is sour\n{ours.url}" in box.content.decode()
    assert not Draft.objects.open().exists()
    address = f"/conversations/posts/{post('q').pk}/answer/"
    browser.post(address, boxed(f"At more length: {ours.url}"))
    carry_out(Delivery.objects.latest("pk"))
    answer = network.said[1]
    assert answer.answering is not None
    assert (answer.title, answer.answering.local_id) == ("", "q")
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert "Tell them where it stands" not in page


def test_what_lies_there_as_a_draft_is_told_of_when_it_is_published(
    browser: Client, talk: Conversation, blog: Channel, network: Scripted
) -> None:
    delivery = sent(browser, begun(browser, talk), stays_draft="on")
    assert network.said[0].is_draft
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert "It lies there as a draft." in page
    assert "Tell them where it stands" not in page
    Post.objects.filter(delivery=delivery).update(standing="published")
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert "Tell them where it stands" in page


def test_a_draft_that_is_published_with_other_words_says_those(
    browser: Client, talk: Conversation, blog: Channel
) -> None:
    """Somebody looked through it at the blog; what it said before was read by nobody."""
    delivery = sent(browser, begun(browser, talk), stays_draft="on")
    miller = "https://mill.example/rye"
    out = Said(
        uid=delivery.uid,
        local_id=delivery.local_id,
        author=us(blog),
        said_at=timezone.now(),
        html=f'<p>Sour, <a href="{miller}">says the miller</a>.</p>',
        url="https://bakery.example/sour-rye/",
        title="Why rye is so sour",
        links=(Link(url=miller),),
        kind=Kind.ARTICLE,
    )
    arrives(blog, out, lane="home")
    found = Post.objects.get(delivery=delivery)
    assert (found.title, found.text) == ("Why rye is so sour", "Sour, says the miller.")
    assert (found.url, found.said_at, found.standing) == (out.url, out.said_at, "published")
    assert [link["url"] for link in found.links] == [miller]
    assert (found.conversation, found.versions.count()) == (talk, 0)


def test_an_article_without_a_title_is_asked_for_one(
    browser: Client, blog: Channel, network: Scripted
) -> None:
    """And one whose title is too long, for a shorter one; the text is kept."""
    for title, told in (("", "The article has no title yet."), ("x" * 50, "The title is too long")):
        page = browser.post("/speak/article/", article(title=title, send="1")).content.decode()
        assert told in page
        assert "Rye wants time." in page
    assert (Draft.objects.count(), network.said) == (1, [])


def test_who_may_only_lay_drafts_is_told_before_it_is_sent(
    browser: Client, blog: Channel, network: Scripted
) -> None:
    blog.abilities = [Can.ARTICLE.value]
    blog.save()
    page = browser.post("/speak/article/", article(send="1")).content.decode()
    assert "Leave it there as a draft." in page
    draft = Draft.objects.get()
    sent(browser, draft, stays_draft="on")
    assert network.said[0].is_draft


def test_a_story_from_speak_is_kept_looked_at_and_sent(
    browser: Client, blog: Channel, network: Scripted
) -> None:
    """As it will look, with its title; in the lists by its title. Speak leads to it, and back."""
    assert 'href="/speak/article/"' in browser.get("/speak/").content.decode()
    assert '"back"><a href="/speak/"' in browser.get("/speak/article/").content.decode()
    browser.post("/speak/article/", article(keep="1"))
    draft = Draft.objects.get()
    page = browser.get(f"/outbox/drafts/{draft.pk}/").content.decode()
    assert page.count("Why rye is sour") >= 2
    assert "Why rye is sour" in browser.get("/outbox/").content.decode()
    delivery = sent(browser, draft)
    ours = Post.objects.get(delivery=delivery)
    assert (ours.kind, ours.answers, ours.title) == ("article", None, "Why rye is sour")


def test_a_word_of_our_own_becomes_an_article_once(browser: Client, blog: Channel) -> None:
    """The same page sent again finds it."""
    first = browser.post("/speak/", boxed("It began as a word.", as_article="1"))
    second = browser.post("/speak/", boxed("It began as a word.", as_article="1"))
    assert first["Location"] == second["Location"]
    draft = Draft.objects.get()
    assert (draft.is_article, list(draft.channels.all())) == (True, [blog])


def test_what_was_not_said_to_everybody_is_answered_by_no_article(
    browser: Client, channel: Channel, blog: Channel
) -> None:
    arrives(channel, said("mara", "secret", audience=Audience.DIRECT, mentions=naming(channel)))
    page = browser.get(f"/conversations/{talk_of('secret').pk}/").content.decode()
    assert "Go on as an article" not in page
    answer = browser.post(f"/conversations/posts/{post('secret').pk}/article/", follow=True)
    assert "This was not said to everybody" in answer.content.decode()
    assert not Draft.objects.exists()


def test_without_a_site_of_ours_no_article_is_offered(
    browser: Client, talk: Conversation, channel: Channel
) -> None:
    channel.abilities = [one for one in channel.abilities if one != Can.ARTICLE]
    channel.save()
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert "Go on as an article" not in page
    assert "/speak/article/" not in browser.get("/speak/").content.decode()
    page = browser.get("/speak/article/").content.decode()
    assert "None of our accounts can publish an article" in page


def test_a_refused_article_comes_back_as_what_it_was(
    browser: Client, talk: Conversation, blog: Channel, network: Scripted
) -> None:
    network.plan = [Refused("No room.")]
    delivery = sent(browser, begun(browser, talk), stays_draft="on")
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert "Why rye is sour" in page
    browser.post(f"/outbox/delivery/{delivery.pk}/take-back/")
    draft = Draft.objects.open().get()
    assert (draft.is_article, draft.title, draft.stays_draft) == (True, "Why rye is sour", True)
    assert (draft.answering_uid, list(draft.channels.all())) == (post("q").uid, [blog])


def test_a_second_person_agrees_to_title_and_text_as_they_stand(
    alice: Member, bob: Member, browser: Client, blog: Channel, client_of: ClientOf
) -> None:
    """Another title is another text."""
    alice.workspace.needs_second_person = True
    alice.workspace.save()
    browser.post("/speak/article/", article(send="1"))
    draft = Draft.objects.get()
    assert draft.state == Draft.State.REVIEW
    page = client_of(bob).get(f"/outbox/drafts/{draft.pk}/").content.decode()
    assert "Why rye is sour" in page
    seen = draft.updated_at.isoformat()
    browser.post(f"/outbox/drafts/{draft.pk}/", article(seen=seen, title="Sour rye", keep="1"))
    draft.refresh_from_db()
    assert draft.state == Draft.State.OPEN


# ── Where nobody can answer ──────────────────────────────────────────────────────────


def test_where_answers_are_closed_the_box_says_so_before_anybody_types(
    browser: Client, talk: Conversation, blog: Channel
) -> None:
    """And shows the ways there are."""
    Post.objects.filter(pk=post("q").pk).update(is_closed=True)
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert "Nobody can answer there any more" in page
    assert "Look where it was said" in page
    assert "Answer with an article of our own" in page
    assert 'name="text"' not in page.partition('id="reply"')[2].partition('id="promises"')[0]
    draft = begun(browser, talk)
    assert draft.answering["url"] == post("q").url


def test_what_is_known_on_two_networks_is_answered_where_it_was_said(
    browser: Client, alice: Member, channel: Channel, talk: Conversation
) -> None:
    other = connect(alice, "elsewhere")
    post("q").sightings.create(channel=other, local_id="copy", lane="home")
    Channel.objects.filter(pk=other.pk).update(network="pretend")
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert "on <strong>@us@scripted.example</strong>" in page
    assert "@elsewhere@scripted.example</option>" not in page


# ── Quoting ──────────────────────────────────────────────────────────────────────────


def quoting(browser: Client) -> Draft:
    """A word about what Mara asked is begun."""
    browser.post(f"/conversations/posts/{post('q').pk}/quote/")
    return Draft.objects.get()


def test_a_quote_shows_what_is_quoted_and_goes_out_where_it_was_said(
    browser: Client, talk: Conversation, channel: Channel, network: Scripted
) -> None:
    """Begun twice it is one; afterwards it can be deleted like any word of ours."""
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert f"/conversations/posts/{post('q').pk}/quote/" in page
    draft = quoting(browser)
    assert quoting(browser) == draft
    address = f"/outbox/drafts/{draft.pk}/"
    assert "Why is rye sour?" in browser.get(address).content.decode()
    seen = draft.updated_at.isoformat()
    browser.post(address, boxed("A good question.", seen=seen, send="1"))
    delivery = carry_out(Delivery.objects.get())
    told = network.said[0].quoting
    assert told is not None
    assert (told.uid, told.local_id) == (post("q").uid, "q")
    ours = Post.objects.get(delivery=delivery)
    assert (ours.quotes, ours.quotes_uid) == (post("q"), post("q").uid)
    browser.post(f"/outbox/sent/{delivery.pk}/delete/")
    assert Amendment.objects.get().kind == Amendment.Kind.DELETE


def test_a_quote_reaches_nobody_who_could_not_see_what_is_quoted(
    browser: Client, channel: Channel, network: Scripted
) -> None:
    arrives(channel, said("mara", "q", audience=Audience.UNLISTED, mentions=naming(channel)))
    draft = quoting(browser)
    page = browser.get(f"/outbox/drafts/{draft.pk}/").content.decode()
    assert '<option value="public"' not in page
    draft.refresh_from_db()
    assert draft.audience == "unlisted"


@pytest.mark.parametrize(
    "columns", [{"blocks_us": True}, {"wishes": ["no_bridges"]}], ids=["blocks us", "no bridges"]
)
def test_whoever_does_not_want_it_is_not_quoted(
    browser: Client, talk: Conversation, columns: dict[str, object]
) -> None:
    author = post("q").identity
    for name, value in columns.items():
        setattr(author, name, value)
    author.save()
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()
    assert "/quote/" not in page
    answer = browser.post(f"/conversations/posts/{post('q').pk}/quote/", follow=True)
    assert "This cannot be quoted" in answer.content.decode()
    assert not Draft.objects.exists()


def test_where_the_network_knows_no_quotes_none_is_offered(
    browser: Client, talk: Conversation, channel: Channel
) -> None:
    channel.abilities = [one for one in channel.abilities if one != Can.QUOTE]
    channel.save()
    assert "/quote/" not in browser.get(f"/conversations/{talk.pk}/").content.decode()


def test_what_was_said_to_few_is_not_quoted(browser: Client, channel: Channel) -> None:
    arrives(channel, said("mara", "q", audience=Audience.FOLLOWERS, mentions=naming(channel)))
    assert "/quote/" not in browser.get(f"/conversations/{talk_of('q').pk}/").content.decode()


def test_whoever_is_forgotten_is_quoted_no_more(
    browser: Client, talk: Conversation, network: Scripted
) -> None:
    """What has not gone out goes nowhere; what was told of her says that we quoted her."""
    draft = quoting(browser)
    seen = draft.updated_at.isoformat()
    browser.post(f"/outbox/drafts/{draft.pk}/", boxed("A good question.", seen=seen, send="1"))
    browser.post(f"/conversations/posts/{post('q').pk}/quote/")
    person = post("q").identity.person
    told = export_person(person)
    assert [one["text"] for one in told["outbox.publication"]] == ["A good question.\n\n— Alice"]
    erase_person(person)
    delivery = Delivery.objects.get()
    assert delivery.state == Delivery.State.WITHDRAWN
    assert (delivery.publication.quoting, Draft.objects.open().count()) == ({}, 0)


def test_a_stranger_begins_nothing(
    talk: Conversation, blog: Channel, charlie: Member, client_of: ClientOf
) -> None:
    for act in ("article", "quote"):
        address = f"/conversations/posts/{post('q').pk}/{act}/"
        assert client_of(charlie).post(address).status_code == 404
