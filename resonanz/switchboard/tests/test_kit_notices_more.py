"""The kit notices what goes wrong with quotes, articles, drafts, moderation and long lists."""

import msgspec
import pytest

from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Attachment, Circle, Circles, Outgoing, Profile, Standing
from resonanz.switchboard.tests.test_kit_notices import broken_checks
from resonanz.switchboard.tests.toy import SERVER, Toy, toy_case
from resonanz.switchboard.tests.toy_payloads import ToyPeople


class LosesTheQuote(Toy):
    """Says what was to stand above a quote, and leaves the quote out."""

    def body(self, outgoing: Outgoing) -> dict[str, str]:
        return super().body(outgoing) | {"quotes": ""}


class LosesTheTitle(Toy):
    """Sends an article without its head."""

    def body(self, outgoing: Outgoing) -> dict[str, str]:
        return super().body(outgoing) | {"title": ""}


class PublishesADraft(Toy):
    """Shows everybody what was to be laid there."""

    def body(self, outgoing: Outgoing) -> dict[str, str]:
        return super().body(outgoing) | {"state": "public"}


class LaysEverythingAside(Toy):
    """Leaves as a draft what was to be published."""

    def body(self, outgoing: Outgoing) -> dict[str, str]:
        return super().body(outgoing) | {"state": "draft"}


class TakesArticlesItDoesNotOffer(Toy):
    """Says a title aloud where there are none."""

    can = Toy.can - {Can.ARTICLE}

    def _must_take(self, outgoing: Outgoing) -> None:
        super()._must_take(msgspec.structs.replace(outgoing, title="", is_draft=False))


class ApprovesWhateverItIsTold(Toy):
    """Has one answer to every comment."""

    def moderate(self, local_id: str, standing: Standing) -> None:
        super().moderate(local_id, Standing.PUBLISHED)


class ListsForEver(Toy):
    """Follows a list that begins again and again."""

    def followers(self, cursor: str) -> Circles:
        while True:
            page = self.circle(cursor)
            people = (Profile(uid=f"{SERVER}/{one}", handle=f"@{one}") for one in page.people)
            yield Circle(profiles=tuple(people), cursor=page.more)
            if not page.more:
                return
            cursor = page.more


class StopsAtTheFirstPart(Toy):
    """Leaves out whoever stands on the second page."""

    def circle(self, cursor: str) -> ToyPeople:
        return msgspec.structs.replace(super().circle(cursor), more="")


class LeavesACursorAtTheEnd(Toy):
    """Says that there is more where there is none."""

    def followers(self, cursor: str) -> Circles:
        for part in super().followers(cursor):
            yield msgspec.structs.replace(part, cursor=part.cursor or "more")


class NamesFollowersTwice(Toy):
    """Gives the same people on every page."""

    def followers(self, cursor: str) -> Circles:
        for part in super().followers(cursor):
            yield msgspec.structs.replace(part, profiles=part.profiles * 2)


class ForgetsTheDescriptionInTheText(Toy):
    """Neither the file nor the text says what is to be seen."""

    def upload(self, attachment: Attachment) -> str:
        return super().upload(msgspec.structs.replace(attachment, description="A file"))


NOTICED: list[tuple[type[Toy], str]] = [
    (LosesTheQuote, "quote/manners"),
    (LosesTheTitle, "article/manners"),
    (PublishesADraft, "article/draft"),
    (LaysEverythingAside, "article/manners"),
    (TakesArticlesItDoesNotOffer, "article/not-offered"),
    (ApprovesWhateverItIsTold, "moderate/manners"),
    (ListsForEver, "followers/ends"),
    (StopsAtTheFirstPart, "followers/works"),
    (LeavesACursorAtTheEnd, "followers/works"),
    (NamesFollowersTwice, "followers/works"),
    (ForgetsTheDescriptionInTheText, "media/described"),
]


@pytest.mark.parametrize(
    ("broken", "check"), NOTICED, ids=lambda given: getattr(given, "__name__", "")
)
def test_the_kit_notices(broken: type[Toy], check: str) -> None:
    """Each of these is broken in one way, and the check that is there for it says so."""
    assert check in broken_checks(toy_case(broken), check)
