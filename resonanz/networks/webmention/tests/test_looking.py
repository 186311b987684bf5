"""Whether a page links to ours, and what it says there."""

import json

import httpx
import pytest

from resonanz.networks.webmention.source import NO_LINK
from resonanz.networks.webmention.tests.world import (
    NOW,
    OUR_PAGE,
    RYE,
    SOURCE,
    Answer,
    World,
    looked_at,
    other,
    page,
)
from resonanz.plumbing.text import plain_text
from resonanz.switchboard.shapes import Kind, Linkback, LinkKind, ReactionKind, Said
from resonanz.switchboard.trouble import Gone, Refused, TryLater

CARD = '<a class="p-author h-card" href="https://ada.example/"><img src="/ada.png">Ada</a>'


def entry(inside: str, *, author: str = CARD) -> str:
    return f'<html lang="en"><body><div class="h-entry">{author}{inside}</div></body></html>'


def theirs(found: Linkback) -> Said:
    return found.page.posts[-1]


def test_a_reply_is_a_comment_of_its_author_on_our_page() -> None:
    html = entry(
        f'<a class="u-in-reply-to" href="{RYE}">Rye</a>'
        '<time class="dt-published" datetime="2026-03-01T10:00:00+01:00">1 March</time>'
        '<div class="e-content"><p>How long does it rest?</p><img src="/dough.jpg" alt="Dough">'
        '</div><a class="u-url" href="/notes/1">#</a>'
        '<a class="u-syndication" href="https://town.example/@ada/7">also there</a>'
    )
    found = looked_at(html)
    ours, said = found.page.posts
    assert (found.kind, said.kind) == (LinkKind.REPLY, Kind.COMMENT)
    assert (said.uid, said.url, said.answers_uid) == (SOURCE, SOURCE, RYE)
    assert said.said_at.isoformat() == "2026-03-01T09:00:00+00:00"
    assert "How long does it rest?" in plain_text(said.html)
    assert (said.title, said.language) == ("", "en")
    assert [picture.url for picture in said.pictures] == ["https://ada.example/dough.jpg"]
    assert said.same_as == ("https://town.example/@ada/7",)
    author = said.author
    assert (author.uid, author.handle, author.name) == (
        "https://ada.example/",
        "ada.example",
        "Ada",
    )
    assert author.avatar_url == "https://ada.example/ada.png"
    assert (ours.uid, ours.title, ours.author.handle) == (RYE, "Vom Roggen", "bakery.example")
    assert ours.said_at < said.said_at


@pytest.mark.parametrize(
    ("name", "kind", "reaction"),
    [
        ("u-like-of", LinkKind.LIKE, ReactionKind.FAVOURITE),
        ("u-repost-of", LinkKind.REPOST, ReactionKind.BOOST),
    ],
)
def test_likes_and_reposts_are_reactions_to_our_page(
    name: str, kind: LinkKind, reaction: ReactionKind
) -> None:
    found = looked_at(entry(f'<a class="{name}" href="{RYE}">x</a>'))
    (given,) = found.page.reactions
    assert (found.kind, given.kind, given.uid) == (kind, reaction, SOURCE)
    assert given.by.uid == "https://ada.example/"
    assert given.post is not None
    assert (given.post.uid, given.post.author.uid) == (RYE, "https://bakery.example/")
    assert not found.page.posts


@pytest.mark.parametrize(
    ("inside", "link_kind", "kind"),
    [
        (f'<a class="u-bookmark-of" href="{RYE}">Rye</a>', LinkKind.BOOKMARK, Kind.PING),
        (
            '<p class="p-name">Bread</p><div class="e-content">I read '
            f'<a href="{RYE}">this</a>.</div>',
            LinkKind.MENTION,
            Kind.ARTICLE,
        ),
        (f'<p class="e-content">Read <a href="{RYE}">this</a>.</p>', LinkKind.MENTION, Kind.POST),
        (
            f'<div class="u-in-reply-to h-cite"><a class="u-url" href="{RYE}">Rye</a></div>Good.',
            LinkKind.REPLY,
            Kind.COMMENT,
        ),
    ],
)
def test_what_a_link_does_is_told_by_the_page(inside: str, link_kind: LinkKind, kind: Kind) -> None:
    found = looked_at(entry(inside))
    assert (found.kind, theirs(found).kind) == (link_kind, kind)
    assert theirs(found).answers_uid == RYE


def test_a_bare_link_brings_its_title_and_the_words_around_it() -> None:
    html = (
        "<html lang='de-AT'><head><title>Brote &amp; Wege</title></head><body><nav>Start</nav>"
        f"<p>Am Morgen war ich bei <a href='{RYE}#dough'>den Bäckern</a> am Fluss.</p></body>"
    )
    found = looked_at(html)
    said = theirs(found)
    assert (found.kind, said.kind, said.title) == (LinkKind.MENTION, Kind.PING, "Brote & Wege")
    assert "Am Morgen war ich bei den Bäckern am Fluss." in plain_text(said.html)
    assert (said.author.uid, said.author.handle) == ("https://ada.example/", "ada.example")
    assert (said.said_at, said.language) == (NOW, "de")


def test_nobody_speaks_under_another_sites_name() -> None:
    """A page may name anybody as its author; the name stays behind the page's own site."""
    card = '<a class="p-author h-card" href="https://bob.example/">Bob</a>'
    said = theirs(looked_at(entry(f'<a class="u-in-reply-to" href="{RYE}">x</a>', author=card)))
    assert said.author.uid == "https://ada.example/#author=https%3A%2F%2Fbob.example%2F"
    assert (said.author.name, said.author.url) == ("Bob", "https://bob.example/")


def test_a_foreign_address_of_the_text_is_a_claim_and_not_its_name() -> None:
    html = entry(
        f'<a class="u-in-reply-to" href="{RYE}">x</a><p class="e-content">Yes</p>'
        '<a class="u-url" href="https://town.example/@bob/1">#</a>'
    )
    said = theirs(looked_at(html))
    assert (said.uid, said.url) == (SOURCE, SOURCE)
    assert said.same_as == ("https://town.example/@bob/1",)


def test_the_name_that_bluesky_gives_an_original_is_such_a_claim() -> None:
    """As bridges write it: github.com/snarfed/granary, microformats2.py, read 2026-11-22."""
    name = "at://did:plc:bobbobbobbobbobbobbobbob/app.bsky.feed.post/3kabc"
    shown = "https://bsky.app/profile/bob.example/post/3kabc"
    html = entry(
        f'<a class="u-in-reply-to" href="{RYE}">x</a><p class="e-content">Yes</p>'
        f'<span class="p-uid">{name}</span><a class="u-url" href="{shown}">#</a>'
    )
    assert theirs(looked_at(html)).same_as == (shown, name)


ABOUT = '<p class="h-card"><a class="u-url u-uid" href="/about">Ada O.</a></p>'
AUTHORS = [
    (
        "the only card of the page",
        '<a class="h-card" rel="me" href="/">Ada Ofen</a>',
        {},
        "Ada Ofen",
    ),
    (
        "the card on her own page",
        '<a rel="author" href="/about">me</a>',
        {"https://ada.example/about": ABOUT},
        "Ada O.",
    ),
    ("nobody: her page is gone", '<a rel="author" href="/about">me</a>', {}, ""),
    ("nobody: the site itself", "", {}, "ada.example"),
]


@pytest.mark.parametrize(
    ("beside", "more", "name"), [case[1:] for case in AUTHORS], ids=[case[0] for case in AUTHORS]
)
def test_who_wrote_it_is_found_by_the_rules_of_authorship(
    beside: str, more: dict[str, Answer], name: str
) -> None:
    html = beside + entry(f'<a class="u-in-reply-to" href="{RYE}">x</a>', author="")
    assert theirs(looked_at(html, more=more)).author.name == name


def test_of_several_things_on_a_page_the_one_that_links_to_us_is_taken() -> None:
    one = '<div class="h-entry"><p class="e-content">Nothing.</p></div>'
    nested = (
        '<div class="h-entry"><p class="p-name">A day</p><div class="u-comment h-cite">'
        f'<a class="u-in-reply-to" href="{RYE}">x</a><p class="e-content">This one.</p></div></div>'
    )
    assert plain_text(theirs(looked_at(one + nested)).html) == "This one."


@pytest.mark.parametrize(
    "html",
    [
        "<p>Nothing here.</p>",
        f"<!-- <a href='{RYE}'>x</a> --><p>Hidden.</p>",
        f"<code>&lt;a href='{RYE}'&gt;</code>",
        "<a href='https://bakery.example/ryebread'>x</a>",
        f"<p>{RYE}</p>",
    ],
)
def test_a_page_without_a_link_to_ours_is_refused(html: str) -> None:
    with pytest.raises(Refused) as told:
        looked_at(html)
    assert told.value.reason == NO_LINK


def test_json_and_plain_text_may_link_to_us_by_their_own_rules() -> None:
    told = {"type": ["h-entry"], "properties": {"in-reply-to": [RYE], "content": ["Good."]}}
    found = looked_at(other("application/mf2+json", json.dumps({"items": [told]})))
    assert (found.kind, plain_text(theirs(found).html)) == (LinkKind.REPLY, "Good.")
    found = looked_at(other("application/json", json.dumps({"links": [[RYE]]})))
    assert (found.kind, theirs(found).kind) == (LinkKind.MENTION, Kind.PING)
    found = looked_at(other("text/plain", f"See {RYE}, it is good."))
    assert theirs(found).kind == Kind.PING
    for kind, content in (("text/plain", f"See {RYE}bread."), ("application/json", '{"a": 1}')):
        with pytest.raises(Refused):
            looked_at(other(kind, content))
    target = f"{RYE}_(bread)"
    there: dict[str, Answer] = {SOURCE: other("text/plain", f"({target})."), target: OUR_PAGE}
    assert World(there).connector.linked_from(SOURCE, target).kind == LinkKind.MENTION
    for kind in ("image/png", "application/json"):
        with pytest.raises(Refused):
            looked_at(other(kind, RYE))


def test_what_is_not_there_or_not_open_or_not_reached_is_told_apart() -> None:
    for status, trouble in (
        (404, Gone),
        (410, Gone),
        (401, Refused),
        (403, Refused),
        (503, TryLater),
    ):
        with pytest.raises(trouble):
            looked_at(httpx.Response(status))


def test_a_page_of_ours_that_is_not_there_cannot_be_linked_to() -> None:
    link = f"<a href='{RYE}'>x</a>"
    with pytest.raises(Gone):
        looked_at(link, more={RYE: httpx.Response(404)})
    # One that is not shown to us is taken by its address.
    found = looked_at(link, more={RYE: httpx.Response(403)})
    assert (found.page.posts[0].uid, found.page.posts[0].title) == (RYE, "bakery.example/rye")


def test_our_page_goes_by_the_address_that_it_gives_itself() -> None:
    target = f"{RYE}/?utm_source=letter"
    world = World({SOURCE: f"<a href='{target}'>x</a>", target: OUR_PAGE})
    found = world.connector.linked_from(SOURCE, target)
    assert [post.uid for post in found.page.posts] == [RYE, SOURCE]
    assert theirs(found).answers_uid == RYE


def test_a_part_of_our_page_that_was_named_is_what_is_answered() -> None:
    target = f"{RYE}#comment-7"
    world = World(
        {SOURCE: entry(f'<a class="u-in-reply-to" href="{target}">x</a>Yes'), target: OUR_PAGE}
    )
    assert theirs(world.connector.linked_from(SOURCE, target)).answers_uid == target


def test_ill_meant_pages_are_read_in_bounded_time() -> None:
    """Deep nesting, endless formatting, a heap of tags: what stands at the beginning is found."""
    link = f"<a href='{RYE}'>x</a>"
    for heap in (
        "<div class='h-entry'>" * 200_000,
        "".join(f"<b id={n}>" for n in range(9000)) + "<p>x" * 9000,
        "<a class='h-card' href=x>" * 100_000,
        "<!--" * 200_000,
        "<a " * 200_000,
        "<table><td>" * 100_000,
    ):
        assert theirs(looked_at(page(link + heap))).answers_uid == RYE


def test_old_and_broken_dates_do_no_harm() -> None:
    beyond = "9999-12-31T23:59:59-14:00"
    for told in ("0001-01-01", "yesterday", "2999-01-01T00:00:00Z", "2026-13-77", beyond):
        time = f'<time class="dt-published" datetime="{told}">then</time>'
        html = entry(f'<a class="u-in-reply-to" href="{RYE}">x</a>{time}')
        assert theirs(looked_at(html)).said_at == NOW
