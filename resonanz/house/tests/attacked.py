"""A house into which somebody wrote attacks wherever others can write, and all of its pages."""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client

from resonanz.conversations.by_hand.bookmarklet import bookmarklet
from resonanz.conversations.models import Conversation
from resonanz.conversations.tests.saying import HOST, arrives, post, said
from resonanz.house.tests.every_address import OF_A_THING, OF_A_WORKSPACE, address, read_whole
from resonanz.house.tests.things import Things
from resonanz.outbox.models import Draft, Publication
from resonanz.switchboard.shapes import Card, Choice, Link, Picture, Poll, Profile, Said
from resonanz.workspaces.models import Member, Voice

ATTACKS = [
    line
    for line in Path(__file__).with_name("attacks.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
# As many as one page of a talk shows.
IN_ONE_TALK = 20
# What breaks out of an attribute, a title, a field and a script, in one short line.
BREAKS_OUT = "</title></textarea>\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
WEB = {"", "http", "https", "mailto"}
ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "data-shape", "poster"}
# The one script in an address that is ours; it is dragged away, and the policy lets nobody run it.
OUR_BOOKMARK = bookmarklet("http://testserver/noting/")
NEVER = {"iframe", "object", "embed", "base", "frame", "applet", "foreignobject", "animate", "math"}


def attacker(number: int, attack: str) -> Profile:
    """Somebody whose every word is an attack."""
    return Profile(
        uid=f"https://{HOST}/users/{number}",
        handle=f"@{attack}@{HOST}"[:200],
        local_id=f"account-{number}",
        name=attack[:200],
        url=attack,
        avatar_url=attack,
        bio_html=attack,
    )


def attacking(number: int, attack: str) -> Said:
    """A post in which everything that can be told is an attack."""
    first = number - number % IN_ONE_TALK
    picture = Picture(url=attack, preview_url=attack, description=attack)
    return said(
        attacker(number, attack),
        str(number),
        text=attack,
        answers="" if number == first else str(first),
        title=attack[:200] if number % 2 else "",
        warning=attack[:200] if number % 3 == 0 else "",
        language=attack[:15],
        tags=(attack[:50],),
        links=(Link(url=attack, text=attack),),
        pictures=(picture, Picture(url=attack, kind="video", description=attack)),
        poll=Poll(choices=(Choice(text=attack, votes=1), Choice(text=attack, votes=2)), votes=3),
        card=Card(url=attack, title=attack, description=attack, provider=attack),
    )


def attack(things: Things) -> None:
    """Let strangers post all of it to us, and colleagues write the worst of it everywhere."""
    for number, text in enumerate(ATTACKS):
        arrives(things.channel, attacking(number, text))
    member, workspace = things.member, things.member.workspace
    for row, columns in (
        (member, ("name",)),
        (workspace, ("name", "principles")),
        (things.note, ("text",)),
        (things.noted, ("text", "title")),
        (things.rule, ("name", "words")),
        (things.view, ("name",)),
        (things.matter.matter, ("title", "outcome")),
        (things.promise, ("what",)),
        (things.fact, ("title", "text")),
        (things.person, ("name", "note")),
        (things.upload, ("file_name", "description")),
        (things.invitation, ("name",)),
        (things.channel, ("name",)),
        (things.browser, ("browser",)),
        (things.list_import, ("file_name",)),
    ):
        write_the_worst(type(row).objects.filter(pk=row.pk), columns)
    write_the_worst(Draft.objects.filter(workspace=workspace), ("text", "warning", "review_note"))
    write_the_worst(Publication.objects.filter(workspace=workspace), ("text", "warning"))
    write_the_worst(Voice.objects.filter(workspace=workspace), ("name", "signature"))
    write_the_worst(workspace.trail.all(), ("subject",))


def write_the_worst(rows: QuerySet[Any], columns: Iterable[str]) -> None:
    """Write it into these columns, as much of it as each one takes."""
    widths = {column: rows.model._meta.get_field(column).max_length for column in columns}
    rows.update(**{column: BREAKS_OUT[:width] for column, width in widths.items()})


def pages(things: Things, member: Member) -> Iterator[tuple[str, HttpResponse]]:
    """Every page that can be opened, every talk of attackers, and what was searched for."""
    client = Client()
    client.force_login(member.user)
    where = [address(name, things) for name in [*OF_A_WORKSPACE, *OF_A_THING]]
    talks = Conversation.objects.filter(posts__uid__startswith=f"https://{HOST}/posts/")
    where += [f"/conversations/{pk}/" for pk in talks.distinct().values_list("pk", flat=True)]
    where += [f"/people/{post(str(number)).identity.person_id}/" for number in (0, 20, 40, 60)]
    where += ["/search/?q=alert", "/search/?q=script+-onerror&typing=1", f"/search/?q={BREAKS_OUT}"]
    where += ["/conversations/?many=1", "/outbox/?show=sent", "/outbox/?show=on-its-way"]
    brought = urlencode(dict.fromkeys(("title", "text", "name"), BREAKS_OUT))
    where += [f"/noting/?{brought}", f"/noting/?{brought}&url=https://{HOST}/@x/1"]
    where += [f"/noting/people/?{brought}", "/noting/?url=javascript:alert(1)"]
    where += [f"/speak/?to={BREAKS_OUT}", f"/people/?q={BREAKS_OUT}", f"/nowhere/{BREAKS_OUT}"]
    for one in where:
        for fragment in ({}, {"HX-Request": "true"}):
            with transaction.atomic():
                answer: Any = client.get(one, headers=fragment)
                transaction.set_rollback(True)
            read_whole(answer)
            kind = answer.get("Content-Type", "")
            if "html" in kind and not (fragment and "/search" not in one):
                yield one, answer


class Harmless(HTMLParser):
    """Collects whatever in a page could act without being ours."""

    def __init__(self) -> None:
        """Nothing is found yet."""
        super().__init__()
        self.found: list[str] = []
        self.tags = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        self.tags += 1
        told = {name: value or "" for name, value in attrs}
        if tag in NEVER or (tag == "script" and not told.get("src", "").startswith("/static/")):
            self.found.append(f"<{tag}>")
        if tag == "meta" and "http-equiv" in told:
            self.found.append("<meta http-equiv>")
        if tag in ("link", "img") and not told.get("href", told.get("src", "/")).startswith("/"):
            self.found.append(f"<{tag}> {told}")
        for name, value in told.items():
            if value == OUR_BOOKMARK:
                continue
            is_ours = not name.startswith(("on", "hx-on", "srcdoc", "style", "xlink"))
            if not is_ours or (name in ADDRESSES and scheme_of(value) not in WEB):
                self.found.append(f"{name}={value}")


def scheme_of(value: str) -> str:
    """The scheme that a browser would see."""
    bare = "".join(sign for sign in value if sign > " ").lower()
    try:
        return urlsplit(bare).scheme
    except ValueError:
        return "nonsense"
