"""Several networks beside one another, for tests of what is said on more than one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from resonanz.channels.actions import keep_account
from resonanz.channels.models import Channel
from resonanz.conversations.models import Post
from resonanz.outbox.tests.scripted import Scripted
from resonanz.switchboard import registry
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import (
    Account,
    Facts,
    Kind,
    Link,
    Outgoing,
    Profile,
    Receipt,
    Said,
    Secret,
)
from resonanz.workspaces.models import Member

BLOG = "https://bakery.example"
ARTICLE = f"{BLOG}/rye-bread/"
TITLE = "Rye bread takes three days"
WORDS = "Why our rye bread takes three days, and what happens in the trough in the meantime. " * 3
READS = frozenset({Can.NOTIFICATIONS})


class Place(Scripted):
    """A scripted network with a name and a host of its own."""

    def __init__(self, slug: str, *, can: frozenset[Can] | None = None) -> None:
        super().__init__()
        self.slug, self.name, self.host = slug, slug.title(), f"{slug}.example"
        self.can = Scripted.can if can is None else can

    def receipt(self, outgoing: Outgoing) -> Receipt:
        at = [said.key for said in self.said].index(outgoing.key)
        return Receipt(
            uid=f"https://{self.host}/users/us/{at}",
            local_id=f"own-{at}",
            url=f"https://{self.host}/@us/{at}",
            at=datetime.now(UTC),
        )


@contextmanager
def places(*found: Place) -> Iterator[tuple[Place, ...]]:
    """These networks, registered as long as the block lasts."""
    for place in found:
        registry.networks()[place.slug] = place  # type: ignore[assignment]
    try:
        yield found
    finally:
        for place in found:
            del registry.networks()[place.slug]


def connected(member: Member, place: Place) -> Channel:
    """An account of ours there."""
    return keep_account(
        member=member,
        network_slug=place.slug,
        account=Account(
            address=place.host,
            profile=who(place.slug, "us"),
            credentials=Secret(value="{}"),
            facts=Facts(),
        ),
    )


def who(place: str, name: str) -> Profile:
    """Somebody on a network; uid, handle and address follow from the name."""
    host = f"{place}.example"
    return Profile(
        uid=f"https://{host}/users/{name}",
        local_id=f"account-{name}",
        handle=f"@{name}@{host}",
        name=name.title(),
        url=f"https://{host}/@{name}",
    )


def words(
    place: str,
    by: str,
    name: str,
    *,
    text: str = "Good morning to you all.",
    minutes_ago: int = 30,
    **more: object,
) -> Said:
    """Something said on a network; uid, url and local id follow from `name`."""
    host = f"{place}.example"
    given: dict[str, object] = {
        "uid": f"https://{host}/users/{by}/{name}",
        "url": f"https://{host}/@{by}/{name}",
        "local_id": f"{by}-{name}",
        "author": who(place, by),
        "said_at": timezone.now() - timedelta(minutes=minutes_ago),
        "html": f"<p>{text}</p>",
    }
    return Said(**given | more)  # type: ignore[arg-type]


def article(place: str = "press", **more: object) -> Said:
    """Our article, as our blog tells of it."""
    given: dict[str, object] = {
        "uid": f"{BLOG}/?p=12",
        "url": ARTICLE,
        "local_id": "12",
        "title": TITLE,
        "kind": Kind.ARTICLE,
        "text": WORDS,
        "minutes_ago": 120,
    }
    return words(place, "us", "12", **given | more)  # type: ignore[arg-type]


def kept(said: Said) -> Post:
    """The post that this became, under its own name."""
    return Post.objects.get(uid=said.uid)


QUESTION = "Does it keep for a week, or only for three days?"


def reply(**more: object) -> Said:
    """Mara answers our toot in the town."""
    return words("town", "mara", "q", text=QUESTION, **more)  # type: ignore[arg-type]


def told_of(said: Said, **more: object) -> Said:
    """A page elsewhere tells us of the same words, by a link to our article."""
    given: dict[str, object] = {
        "uid": "https://bridge.example/comment/17",
        "url": said.url,
        "local_id": "",
        "author": who("pages", "mara"),
        "text": QUESTION,
        "kind": Kind.COMMENT,
        "answers_uid": f"{ARTICLE}?utm_source=bridge#respond",
    }
    return words("pages", "mara", "q", **given | more)  # type: ignore[arg-type]


def toot(**more: object) -> Said:
    """Our post in the town that leads to the article."""
    given: dict[str, object] = {
        "text": f"New on our blog: {TITLE} {BLOG}/rye-bread?utm_source=town",
        "links": (Link(url=f"{BLOG}/rye-bread?utm_source=town"),),
        "minutes_ago": 100,
    }
    return words("town", "us", "toot", **given | more)  # type: ignore[arg-type]


def skeet(**more: object) -> Said:
    """Our post with the birds."""
    given: dict[str, object] = {
        "text": f"{TITLE} – bakery.example/rye-b…",
        "links": (Link(url=ARTICLE),),
        "minutes_ago": 90,
    }
    return words("birds", "us", "skeet", **given | more)  # type: ignore[arg-type]


def below(place: str, by: str, name: str, parent: Said) -> Said:
    """Somebody answers one of ours."""
    text = f"{by.title()} has something to say about this, too."
    return words(place, by, name, text=text, answers_uid=parent.uid)


def everything() -> dict[str, list[Said]]:
    """Our article, its copies, two replies each, a webmention of one, and a comment."""
    first = below("town", "mara", "t1", toot())
    return {
        "press": [
            article(),
            words(
                "press",
                "ole",
                "c1",
                uid=f"{BLOG}/?c=1",
                url=f"{ARTICLE}#comment-1",
                text="A comment on the page itself.",
                answers_uid=article().uid,
                kind=Kind.COMMENT,
            ),
        ],
        "town": [toot(), first, below("town", "jonas", "t2", toot())],
        "birds": [
            skeet(),
            below("birds", "ida", "b1", skeet()),
            below("birds", "finn", "b2", skeet()),
        ],
        "pages": [told_of(first, text="Mara has something to say about this, too.")],
    }
