"""Links of ours: told once to each page, again after an edit, and for the last time at the end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from resonanz.channels.arrivals import take_in
from resonanz.channels.models import Channel
from resonanz.mentions import telling
from resonanz.mentions.models import Endpoint, SentMention
from resonanz.mentions.tests.web import Web, tell_all
from resonanz.outbox.actions import approve_and_send, start_draft
from resonanz.outbox.models import Amendment, Delivery, Publication
from resonanz.outbox.outcome import note_amended, note_sent
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.switchboard.shapes import (
    Audience,
    Kind,
    Link,
    Page,
    Profile,
    Receipt,
    Said,
    Standing,
)
from resonanz.workspaces.models import Member
from resonanz.workspaces.queries import voices_of

ClientOf = Callable[[Member], Client]

State = SentMention.State


@pytest.fixture
def blog(alice: Member, web: Web) -> Channel:
    """The feed of our own blog."""
    return Channel.objects.create(
        workspace=alice.workspace,
        network="feeds",
        uid=web.our_address("/feed"),
        handle="127.0.0.1",
        address=web.our_address("/feed"),
        credentials=b"",
        abilities=["home"],
    )


def article(web: Web, *links: str, path: str = "/rye", **more: object) -> Said:
    """An article of ours with links."""
    values: dict[str, object] = {
        "uid": web.our_address(path),
        "url": web.our_address(path),
        "author": Profile(uid=web.our_address("/feed"), handle="127.0.0.1"),
        "said_at": timezone.now() + timedelta(minutes=2),
        "html": "<p>Rye.</p>",
        "links": tuple(Link(url=link) for link in links),
        "kind": Kind.ARTICLE,
        **more,
    }
    return Said(**values)  # type: ignore[arg-type]


def arrives(blog: Channel, said: Said, *, is_backlog: bool = False) -> None:
    take_in(channel=blog, lane="home", page=Page(posts=(said,), is_backlog=is_backlog))


def with_endpoint(web: Web, path: str) -> str:
    """Somebody's page that wants to hear of links."""
    web.theirs("/hook", status=202)
    return web.theirs(path, '<link rel="webmention" href="/hook">')


def test_every_page_that_an_article_links_to_is_told_once(
    endpoint: Endpoint, blog: Channel, web: Web
) -> None:
    one, other = with_endpoint(web, "/1"), web.theirs("/2", "Nothing to hear.")
    said = article(web, one, one, other, web.our_address("/about"), "mailto:x@bakery.example")
    for _ in range(2):
        arrives(blog, said)
    tell_all()
    found = dict(SentMention.objects.values_list("target", "state"))
    assert found == {one: State.TOLD, other: State.NO_ENDPOINT}
    assert web.posted == [web.their_address("/hook")]
    arrives(blog, said)
    tell_all()
    assert len(web.posted) == 1


def test_after_an_edit_all_are_told_again_and_who_is_left_out_hears_it_last(
    endpoint: Endpoint, blog: Channel, web: Web
) -> None:
    one, other = with_endpoint(web, "/1"), with_endpoint(web, "/2")
    said = article(web, one)
    arrives(blog, said)
    tell_all()
    later = said.said_at + timedelta(hours=1)
    arrives(blog, article(web, other, said_at=said.said_at, edited_at=later))
    rows = dict(SentMention.objects.values_list("target", "is_wanted"))
    assert rows == {one: False, other: True}
    tell_all()
    assert len(web.posted) == 3
    arrives(blog, article(web, other, said_at=said.said_at, edited_at=later))
    tell_all()
    assert len(web.posted) == 3


def test_an_article_that_is_gone_is_told_to_those_who_had_heard_of_it(
    endpoint: Endpoint, blog: Channel, web: Web
) -> None:
    one = with_endpoint(web, "/1")
    web.theirs("/2", "Nothing to hear.")
    said = article(web, one, web.their_address("/2"))
    arrives(blog, said)
    tell_all()
    take_in(channel=blog, lane="home", page=Page(gone=(said.uid,)))
    # Who never heard of it does not hear of its end; the page itself may be gone by then.
    assert list(SentMention.objects.values_list("target", "is_wanted")) == [(one, False)]
    web.theirs("/1", status=410)
    tell_all()
    assert len(web.posted) == 2
    assert SentMention.objects.get().state == State.TOLD


@pytest.mark.parametrize(
    "more",
    [
        {"audience": Audience.FOLLOWERS},
        {"standing": Standing.HELD},
        {"kind": Kind.COMMENT},
        {"path": "/rye#comment-1"},
    ],
)
def test_what_is_not_public_or_not_ours_is_never_told(
    endpoint: Endpoint, blog: Channel, web: Web, more: dict[str, object]
) -> None:
    arrives(blog, article(web, with_endpoint(web, "/1"), **more))  # type: ignore[arg-type]
    assert not SentMention.objects.exists()


def test_what_stood_there_before_is_not_told(endpoint: Endpoint, blog: Channel, web: Web) -> None:
    one = with_endpoint(web, "/1")
    arrives(blog, article(web, one, path="/old"), is_backlog=True)
    old = timezone.now() - timedelta(days=30)
    arrives(blog, article(web, one, path="/older", said_at=old))
    assert not SentMention.objects.exists()


def test_without_a_connected_domain_nothing_is_told(blog: Channel, web: Web) -> None:
    arrives(blog, article(web, with_endpoint(web, "/1")))
    assert not SentMention.objects.exists()


def test_a_page_that_refuses_or_cannot_be_reached_is_told_apart(
    endpoint: Endpoint, blog: Channel, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MOST_ATTEMPTS", 2)
    one, down = with_endpoint(web, "/1"), web.theirs("/2", status=503)
    web.theirs("/hook", "No, thank you.", status=400)
    arrives(blog, article(web, one, down))
    tell_all()
    assert dict(SentMention.objects.values_list("target", "state")) == {
        one: State.REFUSED,
        down: State.WAITING,
    }
    assert not blog.workspace.alarms.exists()
    tell_all()
    assert SentMention.objects.get(target=down).state == State.REFUSED
    assert blog.workspace.alarms.get().code == "mention_not_told"


def test_nobody_makes_us_knock_within_our_own_network(
    endpoint: Endpoint, blog: Channel, web: Web
) -> None:
    """Neither by the address where a page wants to be told, nor by sending us on from there."""
    inside = "http://10.0.0.1/hook"
    named = web.theirs("/1", f'<link rel="webmention" href="{inside}">')
    pinged = web.theirs("/2", X_Pingback=inside)
    moved = web.theirs("/3", '<link rel="webmention" href="/hook">')
    web.theirs("/hook", status=302, Location=inside)
    arrives(blog, article(web, named, pinged, moved))
    tell_all()
    rows = SentMention.objects.all()
    assert {row.target: row.state for row in rows} == dict.fromkeys(
        (named, pinged, moved), State.REFUSED
    )
    assert all("private network" in row.reason for row in rows)


@pytest.fixture
def say(alice: Member, pretend_channel: Channel) -> Callable[..., Delivery]:
    """A text of Alice's that goes out through an account which takes articles."""

    def said(
        text: str, url: str, standing: Standing = Standing.PUBLISHED, **columns: object
    ) -> Delivery:
        draft = start_draft(
            workspace=alice.workspace,
            author=alice,
            voice=voices_of(alice)[0],
            channels=[pretend_channel],
            text=text,
        )
        publication = approve_and_send(draft=draft, member=alice)
        Publication.objects.filter(pk=publication.pk).update(**columns)
        delivery = Delivery.objects.get(publication=publication)
        note_sent(
            delivery=delivery, receipt=Receipt(uid="1", local_id="1", url=url, standing=standing)
        )
        return Delivery.objects.get(pk=delivery.pk)

    return said


def test_what_we_publish_on_our_site_is_told_and_so_is_whom_it_answers(
    endpoint: Endpoint, say: Callable[..., Delivery], web: Web, alice: Member, client_of: ClientOf
) -> None:
    one, answered = with_endpoint(web, "/1"), with_endpoint(web, "/2")
    delivery = say(f"See {one}.", web.our_address("/water"), answering={"url": answered})
    assert set(SentMention.objects.values_list("target", flat=True)) == {one, answered}
    tell_all()
    page = client_of(alice).get("/outbox/?show=sent").content.decode()
    assert "2 pages that it links to were told of it." in page
    amendment = Amendment.objects.create(
        delivery=delivery, channel=delivery.channel, kind=Amendment.Kind.DELETE
    )
    note_amended(amendment=amendment)
    assert not SentMention.objects.filter(is_wanted=True).exists()
    tell_all()
    assert len(web.posted) == 4


def test_a_changed_text_is_told_again_and_leaves_out_whom_it_leaves_out(
    endpoint: Endpoint, say: Callable[..., Delivery], web: Web, clock: HandClock
) -> None:
    one, other = with_endpoint(web, "/1"), with_endpoint(web, "/2")
    delivery = say(f"See {one}.", web.our_address("/water"))
    tell_all()
    clock.advance(hours=1)
    amendment = Amendment.objects.create(
        delivery=delivery,
        channel=delivery.channel,
        kind=Amendment.Kind.EDIT,
        text=f"See {other}.",
        sent_at=timezone.now(),
    )
    note_amended(amendment=amendment)
    assert dict(SentMention.objects.values_list("target", "is_wanted")) == {one: False, other: True}


@pytest.mark.parametrize(
    "columns", [{"stays_draft": True}, {"audience": Audience.FOLLOWERS.value}], ids=["draft", "few"]
)
def test_a_draft_and_what_few_may_see_are_never_told(
    endpoint: Endpoint, say: Callable[..., Delivery], web: Web, columns: dict[str, object]
) -> None:
    say(f"See {with_endpoint(web, '/1')}.", web.our_address("/water"), **columns)
    assert not SentMention.objects.exists()


def test_what_waits_for_approval_there_is_never_told(
    endpoint: Endpoint, say: Callable[..., Delivery], web: Web
) -> None:
    text = f"See {with_endpoint(web, '/1')}."
    say(text, web.our_address("/water#comment-1"), standing=Standing.HELD)
    assert not SentMention.objects.exists()
    say(text, web.our_address("/water#comment-2"))
    assert SentMention.objects.exists()


def test_what_stands_elsewhere_is_not_ours_to_tell(
    endpoint: Endpoint, say: Callable[..., Delivery], web: Web
) -> None:
    say(f"See {with_endpoint(web, '/1')}.", "https://town.example/@bakery/1")
    assert not SentMention.objects.exists()
