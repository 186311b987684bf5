"""The search: everything that was said, noted, and everybody, by words."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from resonanz.conversations.rows import network_name
from resonanz.conversations.search.finding import (
    PEOPLE_SHOWN,
    Found,
    Wish,
    find_notes,
    find_people,
    find_posts,
)
from resonanz.conversations.search.rows import hits_of, note_hits_of, person_hits_of
from resonanz.conversations.search.runs import open_runs
from resonanz.people.by_hand import BY_HAND
from resonanz.understanding.search_query import QUERY_CHARACTERS, read_query
from resonanz.workspaces.access import MemberRequest, guests_too
from resonanz.workspaces.roles import May, may

ABOUT = ("us", "neighbourhood")
NAME_CHARACTERS = 100


@dataclass(frozen=True)
class Asked:
    """The search as it stands in the address; whatever cannot be read is left out."""

    words: str
    network: str
    since: date | None
    who: str
    about: str
    is_typing: bool
    before: int

    @classmethod
    def of(cls, request: MemberRequest) -> "Asked":
        """Read from the address."""
        told = request.GET
        about, before = told.get("about", ""), told.get("before", "")
        return cls(
            words=told.get("q", "").replace("\0", "")[:QUERY_CHARACTERS],
            network=told.get("network", "").replace("\0", "")[:40],
            since=_day(told.get("since", "")),
            who=told.get("who", "").replace("\0", "").strip()[:NAME_CHARACTERS],
            about=about if about in ABOUT else "",
            is_typing="typing" in told,
            before=int(before) if before.isdecimal() and len(before) < 19 else 0,
        )

    def wish(self, *, is_typing: bool) -> Wish:
        """What is looked for."""
        query = read_query(self.words, is_typing=is_typing)
        return Wish(query, self.network, self.since, self.who, self.about)

    def address(self, **more: str) -> str:
        """The address of the same search."""
        told = {
            "q": self.words.strip(),
            "network": self.network,
            "since": self.since.isoformat() if self.since else "",
            "who": self.who,
            "about": self.about,
        } | more
        return (
            f"{reverse('search')}?{urlencode({key: value for key, value in told.items() if value})}"
        )


def _day(told: str) -> date | None:
    try:
        return parse_date(told)
    except ValueError:
        return None


@require_GET
@guests_too
def search(request: MemberRequest) -> HttpResponse:
    """What was found, or how to search."""
    asked = Asked.of(request)
    context = {
        "asked": asked,
        "search_words": asked.words,
        "networks": _networks(request, asked),
        "reads_all": may(request.member, May.READ),
        "is_filtered": bool(asked.network or asked.since or asked.who or asked.about),
    }
    return render(request, "conversations/search.html", context | _found(request, asked))


def _found(request: MemberRequest, asked: Asked) -> dict[str, Any]:
    """The three lists. Where nothing has the words, those that begin like the last one."""
    wish = asked.wish(is_typing=asked.is_typing)
    if not wish.query:
        return {
            "is_asked": False,
            "only_without": bool(wish.query.without or wish.query.without_phrases),
            "ways": help_lines(),
        }
    member, is_begun, is_first = request.member, False, not asked.before
    posts = find_posts(member, wish, asked.before)
    people = find_people(member, asked.words) if is_first and not _is_narrow(wish) else []
    if not posts.entries and not people and is_first and not asked.is_typing:
        begun = asked.wish(is_typing=True)
        is_begun = begun.query != wish.query
        posts, wish = (find_posts(member, begun), begun) if is_begun else (posts, wish)
    notes = find_notes(member, wish) if is_first else []
    hits = hits_of(posts.entries, wish.query, request.member.workspace.hider)
    return {
        "is_asked": True,
        "hits": hits,
        "is_begun": is_begun and bool(hits),
        "notes": note_hits_of(notes, wish.query),
        "people": person_hits_of(people[:PEOPLE_SHOWN]),
        "people_url": _people_url(asked) if len(people) > PEOPLE_SHOWN else "",
        "is_incomplete": open_runs().exists(),
        **_onward(asked, posts),
    }


def _is_narrow(wish: Wish) -> bool:
    return bool(wish.network or wish.since or wish.who or wish.about)


def _onward(asked: Asked, posts: Found) -> dict[str, Any]:
    """The way to what is older: a page like this one, or a search that goes on further back."""
    url = asked.address(before=str(posts.onward)) if posts.onward else ""
    return {
        "older_url": "" if posts.is_cut else url,
        "further_url": url if posts.is_cut else "",
        "looked_until": posts.looked_until,
        "is_later_page": bool(asked.before),
    }


def _people_url(asked: Asked) -> str:
    return f"{reverse('people')}?{urlencode({'q': asked.words.strip()})}"


def _networks(request: MemberRequest, asked: Asked) -> list[dict[str, Any]]:
    """What to choose from: the networks we are connected with, what was noted by hand."""
    slugs = dict.fromkeys(
        request.member.workspace.channels.order_by("network").values_list("network", flat=True)
    )
    slugs[BY_HAND] = None
    if asked.network:
        slugs[asked.network] = None
    return [
        {"value": slug, "label": network_name(slug), "is_chosen": slug == asked.network}
        for slug in slugs
    ]


def help_lines() -> list[tuple[str, str]]:
    """How one can search: what is typed, and what it finds."""
    return [
        (_("bakery opening hours"), _("All of these words, in any form and order.")),
        (_("“good morning”"), _("Exactly these words, one after the other.")),
        (_("bread -advert"), _("The first word, without the second.")),
        (_("bak*"), _("Words that begin like this.")),
        ("@jonas", _("Whoever is named like this.")),
        ("#breadlove", _("This tag.")),
    ]
