"""The kit is itself tried: a correct connector passes, and every broken one is noticed."""

import logging
from dataclasses import replace
from typing import Any

import httpx
import msgspec
import pytest

from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import (
    Account,
    Outgoing,
    Page,
    Pages,
    ReactionKind,
    Receipt,
    Said,
)
from resonanz.switchboard.testkit import Case, ContractBroken, checks_for
from resonanz.switchboard.tests.toy import Toy, toy_case
from resonanz.switchboard.tests.toy_payloads import ToyPost, ToyPosts
from resonanz.switchboard.trouble import Gone, Refused, Trouble, TryLater, Unreadable, Unsure


class ForgetsThePause(Toy):
    """Tells nobody how long a busy server wants to be left alone."""

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            return super().ask(method, path, **more)
        except TryLater as trouble:
            raise TryLater(trouble.reason, is_overload=trouble.is_overload) from trouble


class TakesMinutesForSeconds(Toy):
    """Reads Retry-After in the wrong unit."""

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            return super().ask(method, path, **more)
        except TryLater as trouble:
            after = trouble.after and trouble.after / 60
            raise TryLater(trouble.reason, after=after, is_overload=True) from trouble


class WritesAgainBlindly(Toy):
    """Sends a write again whose line broke."""

    def write(self, outgoing: Outgoing) -> httpx.Response:
        try:
            return super().write(outgoing)
        except Unsure:
            return super().write(outgoing)


class CallsABrokenWriteHarmless(Toy):
    """Says “try later” about a write that may have arrived."""

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            return super().ask(method, path, **more)
        except Unsure as trouble:
            raise TryLater(trouble.reason) from trouble


class SendsWithoutAKey(Toy):
    """Leaves out what the server knows a repeated write by."""

    def write(self, outgoing: Outgoing) -> httpx.Response:
        return self.ask("POST", "/posts", json=self.body(outgoing))


class NeverFindsWhatItSaid(Toy):
    """Does not look whether an earlier attempt arrived."""

    def find_published(self, outgoing: Outgoing) -> Receipt | None:
        return None


class LeaksInAnError(Toy):
    """Puts the token into what a person reads."""

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            return super().ask(method, path, **more)
        except Refused as trouble:
            raise Refused(f"Refused with {self.token.value}") from trouble


class LeaksInTheLog(Toy):
    """Logs its headers."""

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        logging.getLogger("toy").debug("asking with %s", self.token.value)
        return super().ask(method, path, **more)


class LeaksInTheAddress(Toy):
    """Sends the token as a part of the address, where every proxy logs it."""

    def posts(self, path: str) -> ToyPosts:
        sign = "&" if "?" in path else "?"
        return super().posts(f"{path}{sign}token={self.token.value}")


class LeaksInItsRepr(Toy):
    """Shows the token when it is printed."""

    def __repr__(self) -> str:
        return f"Toy({self.token.value})"


class NeverEnds(Toy):
    """Follows a server that names the same next page for ever."""

    def notifications(self, cursor: str) -> Pages:
        before = ""
        while True:
            page = self.posts(f"/news?before={before}")
            if not page.before:
                yield Page(posts=tuple(map(self.said, page.posts)), cursor="9")
                return
            yield Page(posts=tuple(map(self.said, page.posts)))
            before = page.before


class MovesTheCursorTooEarly(Toy):
    """Gives the cursor with the first page, before the second has been fetched."""

    def notifications(self, cursor: str) -> Pages:
        for page in super().notifications(cursor):
            yield msgspec.structs.replace(page, cursor="9")


class SwallowsABrokenPage(Toy):
    """Takes a page that failed for the last one."""

    def notifications(self, cursor: str) -> Pages:
        try:
            yield from super().notifications(cursor)
        except Trouble:
            yield Page(cursor="9")


class LeavesNoCursor(Toy):
    """Never says up to where everything was handed over."""

    def notifications(self, cursor: str) -> Pages:
        for page in super().notifications(cursor):
            yield msgspec.structs.replace(page, cursor=None)


class GivesThingsTwice(Toy):
    """Hands the same post over on every page."""

    def notifications(self, cursor: str) -> Pages:
        for page in super().notifications(cursor):
            yield page
            yield msgspec.structs.replace(page, cursor=None)
            yield Page(cursor=page.cursor)


class TellsNaiveTimes(Toy):
    """Forgets the time zone."""

    def said(self, post: ToyPost) -> Said:
        said = super().said(post)
        return msgspec.structs.replace(said, said_at=said.said_at.replace(tzinfo=None))


class TellsLocalTimes(Toy):
    """Passes the server's time zone on."""

    def said(self, post: ToyPost) -> Said:
        return msgspec.structs.replace(super().said(post), said_at=post.at)


class ClaimsABoost(Toy):
    """Says that it can boost, and cannot."""

    can = Toy.can | {Can.BOOST}


class DoesWhatItDoesNotClaim(Toy):
    """Boosts without having said that it can."""

    def react(self, kind: ReactionKind, local_id: str, *, is_on: bool = True) -> None:
        if kind is not ReactionKind.BOOST:
            super().react(kind, local_id, is_on=is_on)


class StumblesOverAMissingKey(Toy):
    """Reads plain dictionaries and trusts them."""

    def posts(self, path: str) -> ToyPosts:
        told = msgspec.json.decode(self.ask("GET", path).content)
        return ToyPosts(
            posts=[msgspec.convert(post, ToyPost) for post in told["posts"]],
            before=told.get("before", ""),
        )


class TakesHtmlForNothing(Toy):
    """Takes an answer that it cannot read for an empty one."""

    def posts(self, path: str) -> ToyPosts:
        try:
            return super().posts(path)
        except Unreadable:
            return ToyPosts(posts=[])


class SpeaksToEverybody(Toy):
    """Sends everything in public."""

    def body(self, outgoing: Outgoing) -> dict[str, str]:
        return super().body(outgoing) | {"audience": "public"}


class AnswersAPrivatePostInPublic(Toy):
    """Does not look who saw what it answers."""

    def problems(self, outgoing: Outgoing, text: str) -> tuple[str, ...]:
        found = super().problems(outgoing, text)
        return tuple(problem for problem in found if problem != "wider_than_answered")


class DropsTheWarning(Toy):
    """Loses the content warning on the way."""

    def body(self, outgoing: Outgoing) -> dict[str, str]:
        return super().body(outgoing) | {"warning": ""}


class NamesNobody(Toy):
    """Answers without naming whom, so that nobody is told."""

    def body(self, outgoing: Outgoing) -> dict[str, str]:
        return super().body(outgoing) | {"text": outgoing.text}


class SendsWhatIsTooLong(Toy):
    """Counts, and sends all the same."""

    def publish(self, outgoing: Outgoing) -> Receipt:
        return self.receipt(msgspec.json.decode(self.write(outgoing).content, type=ToyPost))


class TakesAnEndedTokenForAnEmptyDay(Toy):
    """Hides that it must sign in again."""

    def verify(self) -> Account:
        try:
            return super().verify()
        except Trouble:
            return self.account


class CallsEverythingGone(Toy):
    """Has one word for all that was refused."""

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            return super().ask(method, path, **more)
        except Refused as trouble:
            raise Gone(trouble.reason) from trouble


class AsksWhenOpened(Toy):
    """Makes a request before anybody asked for anything."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.ask("GET", "/me")


NOTICED: list[tuple[type[Toy], str]] = [
    (ForgetsThePause, "notifications/429-seconds"),
    (TakesMinutesForSeconds, "notifications/429-date"),
    (WritesAgainBlindly, "publish/line-breaks"),
    (CallsABrokenWriteHarmless, "publish/500"),
    (SendsWithoutAKey, "publish/once"),
    (NeverFindsWhatItSaid, "publish/found-after-break"),
    (LeaksInAnError, "thread/secrets"),
    (LeaksInTheLog, "publish/secrets"),
    (LeaksInTheAddress, "notifications/secrets"),
    (LeaksInItsRepr, "account/secrets"),
    (NeverEnds, "notifications/pages-end"),
    (MovesTheCursorTooEarly, "notifications/cursor-promise"),
    (SwallowsABrokenPage, "notifications/line-breaks"),
    (LeavesNoCursor, "notifications/cursor-promise"),
    (GivesThingsTwice, "notifications/works"),
    (TellsNaiveTimes, "thread/works"),
    (TellsLocalTimes, "thread/works"),
    (ClaimsABoost, "boost/works"),
    (DoesWhatItDoesNotClaim, "boost/not-offered"),
    (StumblesOverAMissingKey, "thread/broken-answers"),
    (TakesHtmlForNothing, "thread/html"),
    (SpeaksToEverybody, "answer_direct/audience"),
    (AnswersAPrivatePostInPublic, "answer/not-wider"),
    (DropsTheWarning, "publish/manners"),
    (NamesNobody, "answer/manners"),
    (SendsWhatIsTooLong, "publish/counted"),
    (TakesAnEndedTokenForAnEmptyDay, "verify/401"),
    (CallsEverythingGone, "thread/422"),
    (AsksWhenOpened, "can"),
]


def broken_checks(case: Case, *only: str) -> dict[str, str]:
    """The checks that a case does not pass, with their sentences; of those in `only` if any."""
    found = {}
    for check in checks_for(case):
        if only and check.name not in only:
            continue
        try:
            check()
        except (ContractBroken, Trouble) as broken:
            found[check.name] = str(broken)
    return found


def test_a_correct_connector_passes_every_check() -> None:
    assert broken_checks(toy_case()) == {}


@pytest.mark.parametrize(
    ("broken", "check"), NOTICED, ids=lambda given: getattr(given, "__name__", "")
)
def test_the_kit_notices(broken: type[Toy], check: str) -> None:
    """Each of these is broken in one way, and the check that is there for it says so."""
    assert check in broken_checks(toy_case(broken), check)


def test_the_kit_never_repeats_a_secret_that_it_found() -> None:
    case = toy_case(LeaksInAnError)
    assert not any(
        case.secrets[0] in sentence for sentence in broken_checks(case, "thread/secrets").values()
    )


def test_an_ability_that_was_lost_is_noticed() -> None:
    class LostTheThread(Toy):
        can = Toy.can - {Can.THREAD}

    case = replace(toy_case(LostTheThread), can=Toy.can)
    assert "can" in broken_checks(case, "can")


def test_an_ability_without_an_exchange_is_noticed() -> None:
    case = replace(toy_case(), exchanges={})
    assert "no exchange" in broken_checks(case, "thread/works")["thread/works"]


def test_an_excuse_that_is_out_of_date_is_noticed() -> None:
    case = replace(toy_case(), excused={"thread/works": "It used to be broken."})
    assert "out of date" in broken_checks(case, "thread/works")["thread/works"]


def test_an_excuse_for_no_check_is_noticed() -> None:
    case = replace(toy_case(), excused={"thread/wroks": "Mistyped."})
    with pytest.raises(ContractBroken, match="no check to excuse"):
        checks_for(case)
