"""Saying something, and finding out whether it was said."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import msgspec

from resonanz.networks.mastodon import pictures
from resonanz.networks.mastodon.compose import compose
from resonanz.networks.mastodon.limits import (
    ALIKE_ENOUGH,
    CLOCKS_MAY_DIFFER_BY,
    PUBLISHED_PAGES,
    SOURCES_PER_LOOK,
    STATUSES_PER_PAGE,
)
from resonanz.networks.mastodon.line import Line
from resonanz.networks.mastodon.moments import moment
from resonanz.networks.mastodon.paging import Fetched
from resonanz.networks.mastodon.payloads import (
    SearchPayload,
    SourcePayload,
    StatusPayload,
)
from resonanz.networks.mastodon.reading import statuses_page
from resonanz.networks.mastodon.same_text import essence, is_same_text, likeness
from resonanz.networks.mastodon.translate import AUDIENCES, VISIBILITIES, receipt_of
from resonanz.switchboard.decoding import read, read_each
from resonanz.switchboard.pictures import SENTENCES as PICTURE_SENTENCES
from resonanz.switchboard.shapes import Account, Audience, Outgoing, Receipt, Shape
from resonanz.switchboard.trouble import Gone, Refused, Unreadable
from resonanz.switchboard.wording import N_

EMPTY = N_("There is nothing to send yet: the text is empty.")
TOO_LONG = N_("The text is longer than this server allows.")
WIDER = N_("The answer would be seen by more people than what it answers, so it was not sent.")
NOT_FOR_FOLLOWERS = N_(
    "This server knows no posts for followers only: nobody would see it. Choose another audience."
)
SENTENCES = {
    "empty": EMPTY,
    "too_long": TOO_LONG,
    "wider_than_answered": WIDER,
    "audience_not_offered": NOT_FOR_FOLLOWERS,
    **PICTURE_SENTENCES,
}
OPEN_TO_ALL = (Audience.PUBLIC, Audience.UNLISTED)
ANSWERED_IS_UNKNOWN = N_("The server does not know the post that this answers, so it was not sent.")

QUOTED_IS_UNKNOWN = N_("The server does not know the post that this quotes, so it was not sent.")


def publish(line: Line, account: Account, outgoing: Outgoing) -> Receipt:
    """Say it, with the key that lets Mastodon recognise a second attempt within an hour."""
    composed = compose(outgoing, account)
    if composed.problems:
        raise Refused(SENTENCES[composed.problems[0]])
    answered = _answered_local_id(line, outgoing)
    if outgoing.answering and not answered:
        raise Refused(ANSWERED_IS_UNKNOWN)
    quoted = _quoted_local_id(line, outgoing)
    if outgoing.quoting and not quoted:
        raise Refused(QUOTED_IS_UNKNOWN)
    outgoing = pictures.all_there(line, account.facts, outgoing)
    shown = tuple(picture.local_id for picture in outgoing.pictures)
    answer = line.ask(
        lambda api: api.status_post(
            composed.text,
            media_ids=list(shown) or None,
            in_reply_to_id=answered or None,
            visibility=VISIBILITIES[outgoing.audience],
            spoiler_text=outgoing.warning or None,
            sensitive=bool(outgoing.warning),
            language=outgoing.language or None,
            idempotency_key=outgoing.key,
            quoted_status_id=quoted or None,
        )
    )
    receipt = receipt_of(read(answer.content, StatusPayload))
    return msgspec.structs.replace(receipt, picture_ids=shown)


def _answered_local_id(line: Line, outgoing: Outgoing) -> str:
    """This server's id of the answered post; asked for when another channel brought it."""
    answering = outgoing.answering
    if answering is None:
        return ""
    return answering.local_id or resolve(line, answering.uid, answering.url)


def _quoted_local_id(line: Line, outgoing: Outgoing) -> str:
    """This server's id of the quoted post, likewise."""
    quoting = outgoing.quoting
    if quoting is None:
        return ""
    return quoting.local_id or resolve(line, quoting.uid, quoting.url)


def resolve(line: Line, uid: str, url: str) -> str:
    """This server's id of a post; the server fetches it if it has to. "" when it cannot."""
    for name in dict.fromkeys(name for name in (uid, url) if name.startswith("http")):
        for status in _found_by(line, name):
            if (status.uri or "") == uid or (url and status.url == url):
                return status.id
    return ""


def _found_by(line: Line, address: str) -> list[StatusPayload]:
    try:
        answer = line.ask(
            lambda api: api.search_v2(
                address, resolve=True, result_type="statuses", exclude_unreviewed=False
            )
        )
    except Gone:
        return []
    return read_each(read(answer.content, SearchPayload).statuses or [], StatusPayload)


def find_published(line: Line, account: Account, outgoing: Outgoing) -> Receipt | None:
    """Look through our own latest posts for this one, back to when it was first tried.

    Other servers than Mastodon know no Idempotency-Key, and Mastodon forgets it after an hour.
    What is compared is the text, what it answers and who may see it.
    """
    if outgoing.first_tried_at is None:
        return None
    sought = Sought(
        text=compose(outgoing, account).text,
        audience=outgoing.audience,
        answered=_answered_local_id(line, outgoing),
        since=outgoing.first_tried_at - CLOCKS_MAY_DIFFER_BY,
        descriptions=tuple(picture.description for picture in outgoing.pictures),
    )
    places = [_our_statuses]
    if outgoing.audience not in OPEN_TO_ALL:
        # snac2 2.75 lists only what is public under an account, and the rest at home.
        places.append(_home)
    may_be: list[StatusPayload] = []
    for place in places:
        for status in _since(sought.since, partial(place, line, account.profile.local_id)):
            if status.account.id != account.profile.local_id or not _may_be_it(status, sought):
                continue
            if _reads_like(status, sought.text):
                return receipt_of(status)
            may_be.append(status)
    return _by_its_source(line, may_be, sought)


class Sought(Shape):
    """What a post must be to be the one: `answered` is a local id, "" for none or unknown.

    `descriptions` are those of its pictures.
    """

    text: str
    audience: Audience
    answered: str
    since: datetime
    descriptions: tuple[str, ...] = ()


def _since(
    since: datetime, fetch: Callable[[str], Fetched[StatusPayload]]
) -> Iterator[StatusPayload]:
    """Posts from new to old, down to a moment; boosts are not among them."""
    before, known = "", set[str]()
    for _ in range(PUBLISHED_PAGES):
        page = fetch(before)
        fresh = [status for name, status in page.entries if name not in known]
        known.update(name for name, _ in page.entries)
        recent = [s for s in fresh if (moment(s.created_at) or since) >= since]
        yield from (status for status in recent if status.reblog is None)
        # Pinned posts may stand in between: only a page without anything recent ends the search.
        if not recent or not page.next_before:
            return
        before = page.next_before


def _our_statuses(line: Line, us: str, before: str) -> Fetched[StatusPayload]:
    return statuses_page(
        line,
        lambda api: api.account_statuses(us, max_id=before or None, limit=STATUSES_PER_PAGE),
    )


def _home(line: Line, us: str, before: str) -> Fetched[StatusPayload]:  # noqa: ARG001
    return statuses_page(
        line, lambda api: api.timeline_home(max_id=before or None, limit=STATUSES_PER_PAGE)
    )


def _may_be_it(status: StatusPayload, sought: Sought) -> bool:
    is_answer_to_the_same = sought.answered == (status.in_reply_to_id or "")
    shown = tuple(media.description or "" for media in status.media_attachments or ())
    # Words tell posts apart; of pictures alone their number and descriptions have to.
    if shown != sought.descriptions and (sought.descriptions or not sought.text):
        return False
    return is_answer_to_the_same and _may_be(status.visibility or "public", sought.audience)


def _reads_like(status: StatusPayload, text: str) -> bool:
    """Whether the post shows the text. Some servers tell what was typed beside it."""
    if is_same_text(text, status.content or ""):
        return True
    return bool(status.text) and essence(text) == essence(status.text or "")


def _by_its_source(line: Line, may_be: list[StatusPayload], sought: Sought) -> Receipt | None:
    """Of those that read differently, the one that was typed so; the most alike are asked for.

    A request each, so there is a bound: otherwise what we said meanwhile would use up the
    channel's budget, and the text could neither be found nor sent, for ever.
    """
    alike = {status.id: likeness(sought.text, status.content or "") for status in may_be}
    closest = sorted(may_be, key=lambda status: alike[status.id], reverse=True)
    for status in closest[:SOURCES_PER_LOOK]:
        if alike[status.id] < ALIKE_ENOUGH:
            break
        if essence(sought.text) == essence(_source_of(line, status.id)):
            return receipt_of(status)
    return None


def _may_be(visibility: str, sent: Audience) -> bool:
    """Whether a post that was sent to `sent` may be shown with this visibility.

    snac2 2.75 shows unlisted posts as public, and direct ones as private (seen 2026-11-22).
    """
    return (AUDIENCES.get(visibility) in OPEN_TO_ALL) == (sent in OPEN_TO_ALL)


def _source_of(line: Line, local_id: str) -> str:
    """What was typed, where the server tells; it knows better than what it made of it."""
    try:
        answer = line.ask(lambda api: api.status_source(local_id))
        return read(answer.content, SourcePayload).text or ""
    except (Gone, Refused, Unreadable):
        return ""
