"""From the town's own notes to the shapes that every network gives. Pure."""

import re
from datetime import datetime, timedelta
from html import escape

import msgspec

from resonanz.switchboard.pretend.drawing import HEIGHT_PIXELS, WIDTH_PIXELS, address_of
from resonanz.switchboard.pretend.happenings import Done, Spoken, Town
from resonanz.switchboard.pretend.people import BY_SLUG, TOWN
from resonanz.switchboard.pretend.plan import OURS, Plan
from resonanz.switchboard.pretend.script.beats import Ballot, Leaflet
from resonanz.switchboard.shapes import (
    Audience,
    Card,
    Choice,
    Link,
    Mention,
    Picture,
    Poll,
    Profile,
    Reaction,
    Said,
)

PIECE = re.compile(r"(?P<link>https?://[^\s<>\"]*[^\s<>\".,;:!?)])|(?P<tag>(?<!\w)#\w+)")
DAYS_A_YEAR = 365
NEWCOMER_AGE = timedelta(days=6)


def profile_of(plan: Plan, slug: str) -> Profile:
    """Somebody of the town, or ourselves (`us`)."""
    if slug == OURS:
        return Profile(
            uid=plan.uid("people", OURS),
            handle=plan.our_handle,
            local_id=OURS,
            name=plan.name,
            bio_html=f"<p>{escape(TOWN)} · https://{escape(plan.domain)}/</p>",
            created_at=plan.started_at - timedelta(days=DAYS_A_YEAR),
            is_full=True,
        )
    neighbour = BY_SLUG[slug]
    age = timedelta(days=DAYS_A_YEAR * neighbour.years) or NEWCOMER_AGE
    return Profile(
        uid=plan.uid("people", slug),
        handle=neighbour.handle,
        local_id=slug,
        name=neighbour.name,
        bio_html=html_of(neighbour.bio.in_language(plan.language)),
        is_bot=neighbour.is_bot,
        is_locked=neighbour.is_locked,
        is_indexable=neighbour.is_indexable,
        created_at=plan.started_at - age,
        moved_to=_moved_to(plan, neighbour.moved_to),
        is_full=True,
    )


def _moved_to(plan: Plan, slug: str) -> Mention | None:
    if not slug:
        return None
    return Mention(uid=plan.uid("people", slug), handle=BY_SLUG[slug].handle)


def said_of(town: Town, post: Spoken, now: datetime, shared_by: str = "") -> Said:
    """One post as it reads at a moment, with the people, links and tags that its text holds."""
    plan, standing, post = town.plan, post.standing_at(now), post.as_of(now)
    answered, quoted = town.spoken.get(post.answers), town.spoken.get(post.quotes)
    mentions = mentions_in(plan, post.text)
    return Said(
        uid=plan.uid("posts", post.local_id),
        local_id=post.local_id,
        author=profile_of(plan, post.by),
        said_at=post.at,
        html=html_of(post.text),
        audience=post.audience,
        warning=post.warning,
        language=post.language,
        answers_uid=plan.uid("posts", post.answers) if post.answers else "",
        answers_local_id="" if answered and answered.is_elsewhere else post.answers,
        quotes_uid=plan.uid("posts", post.quotes) if post.quotes else "",
        quoted=_quoted(town, quoted, now) if quoted and quoted.stands_at(now) else None,
        mentions=mentions,
        links=tuple(Link(url=found) for found in _found("link", post.text)),
        tags=tuple(found.removeprefix("#") for found in _found("tag", post.text)),
        pictures=_pictures(plan, post),
        poll=_poll(plan, post.ballot, now) if post.ballot else None,
        card=_card(plan, post.leaflet) if post.leaflet else None,
        edited_at=post.edited_at,
        shared_by=profile_of(plan, shared_by) if shared_by else None,
        is_direct_to_us=post.by != OURS and is_for_us(plan, post),
        title=post.title,
        kind=post.kind,
        standing=standing,
    )


def _quoted(town: Town, post: Spoken, now: datetime) -> Said:
    """A quoted post, without what it quotes itself."""
    return said_of(town, msgspec.structs.replace(post.as_of(now), quotes="", later=None), now)


def _pictures(plan: Plan, post: Spoken) -> tuple[Picture, ...]:
    drawn = tuple(
        Picture(
            url=address_of(drawing.motif),
            preview_url=address_of(drawing.motif),
            description=drawing.words.in_language(plan.language),
            width=WIDTH_PIXELS,
            height=HEIGHT_PIXELS,
        )
        for drawing in post.pictures
    )
    # Of our own files only a name is kept here: something else is drawn in their place.
    return drawn + tuple(
        Picture(
            url=address_of(ours.local_id),
            preview_url=address_of(ours.local_id),
            description=ours.description,
            width=WIDTH_PIXELS,
            height=HEIGHT_PIXELS,
        )
        for ours in post.ours
    )


def _poll(plan: Plan, ballot: Ballot, now: datetime) -> Poll:
    """A poll; before its end only how many voted, which are half of those who will."""
    ends_at = plan.started_at + ballot.ends
    is_over = ends_at <= now
    votes = sum(count for _, count in ballot.choices)
    return Poll(
        choices=tuple(
            Choice(text=words.in_language(plan.language), votes=count if is_over else None)
            for words, count in ballot.choices
        ),
        ends_at=ends_at,
        is_multiple=ballot.is_multiple,
        votes=votes if is_over else votes // 2,
        is_over=is_over,
    )


def _card(plan: Plan, leaflet: Leaflet) -> Card:
    return Card(
        url=leaflet.url,
        title=leaflet.title.in_language(plan.language),
        description=leaflet.words.in_language(plan.language),
        picture_url=address_of(leaflet.motif) if leaflet.motif else "",
        provider=leaflet.provider,
    )


def reaction_of(town: Town, done: Done, now: datetime) -> Reaction:
    """One boost or favourite of a post of ours, or a follow."""
    post = town.spoken.get(done.on)
    name = f"{done.by}/{done.kind.value}/{done.on}".rstrip("/")
    return Reaction(
        uid=town.plan.uid("reactions", name),
        kind=done.kind,
        by=profile_of(town.plan, done.by),
        at=done.at,
        post=said_of(town, post, now) if post else None,
    )


def mentions_in(plan: Plan, text: str) -> tuple[Mention, ...]:
    """Everybody of the town whom a text names by handle."""
    people = [OURS, *BY_SLUG]
    handles = {slug: profile_of(plan, slug).handle for slug in people}
    return tuple(
        Mention(uid=plan.uid("people", slug), handle=handles[slug])
        for slug in people
        if handles[slug] in text
    )


def is_for_us(plan: Plan, post: Spoken) -> bool:
    """Whether a post names us or was sent to us alone."""
    return plan.our_handle in post.text or post.audience is Audience.DIRECT


def html_of(text: str) -> str:
    """Plain text as the HTML that a network would give."""
    paragraphs = text.strip().split("\n\n")
    return "".join(f"<p>{_marked(paragraph)}</p>" for paragraph in paragraphs)


def _marked(text: str) -> str:
    done, pieces = 0, []
    for found in PIECE.finditer(text):
        pieces.append(escape(text[done : found.start()]))
        shown = escape(found.group())
        pieces.append(f'<a href="{shown}">{shown}</a>' if found["link"] else f"<b>{shown}</b>")
        done = found.end()
    pieces.append(escape(text[done:]))
    return "".join(pieces).replace("\n", "<br>")


def _found(group: str, text: str) -> list[str]:
    return [found[group] for found in PIECE.finditer(text) if found[group]]


def moment_of(cursor: str) -> datetime | None:
    """The moment up to which everything was handed over, or None for a first look."""
    try:
        return datetime.fromisoformat(cursor)
    except ValueError:
        return None
