"""The kit notices what goes wrong with pictures, changes, shields, reports and the origin."""

import httpx
import msgspec
import pytest

from resonanz.switchboard.contract import Can
from resonanz.switchboard.http import send
from resonanz.switchboard.shapes import (
    Attachment,
    Outgoing,
    ReactionKind,
    Receipt,
    ShieldKind,
    Thread,
)
from resonanz.switchboard.tests.test_kit_notices import broken_checks
from resonanz.switchboard.tests.toy import SERVER, Toy, toy_case


class CannotTakeALikeBack(Toy):
    """Likes again where it should stop."""

    def react(self, kind: ReactionKind, local_id: str, *, is_on: bool = True) -> None:
        super().react(kind, local_id)


class MutesForEver(Toy):
    """Mutes where it should end."""

    def shield(self, kind: ShieldKind, local_id: str, *, is_on: bool) -> None:
        super().shield(kind, local_id, is_on=True)


class LosesTheDescription(Toy):
    """Sends a picture for those who see only."""

    def upload(self, attachment: Attachment) -> str:
        return super().upload(msgspec.structs.replace(attachment, description=""))


class UploadsEverythingAgain(Toy):
    """Does not use what is there already."""

    def with_files(self, outgoing: Outgoing) -> Outgoing:
        bare = tuple(msgspec.structs.replace(p, local_id="") for p in outgoing.pictures)
        return super().with_files(msgspec.structs.replace(outgoing, pictures=bare))


class SpeaksWithoutItsPicture(Toy):
    """Uploads, and then forgets what for."""

    def body(self, outgoing: Outgoing) -> dict[str, str]:
        return super().body(outgoing) | {"pictures": ""}


class WantsWordsWithAPicture(Toy):
    """Takes a picture without words for nothing."""

    def problems(self, outgoing: Outgoing, text: str) -> tuple[str, ...]:
        return super().problems(msgspec.structs.replace(outgoing, pictures=()), text)


class TakesPicturesOfAnySize(Toy):
    """Does not look at what the server said about pictures."""

    def problems(self, outgoing: Outgoing, text: str) -> tuple[str, ...]:
        found = super().problems(outgoing, text)
        return tuple(problem for problem in found if problem != "picture_too_large")


class TakesFilesItDoesNotOffer(Toy):
    """Takes a file where there are no pictures."""

    can = Toy.can - {Can.MEDIA}

    def upload(self, attachment: Attachment) -> str:
        return "f1"


class EditsWithoutTheLanguage(Toy):
    """Loses on an edit what the post had."""

    def body(self, outgoing: Outgoing) -> dict[str, str]:
        return super().body(outgoing) | {"language": ""}


class EditsIntoNothing(Toy):
    """Sends an edit that says nothing."""

    def edit(self, local_id: str, outgoing: Outgoing) -> Receipt:
        body = self.body(outgoing)
        self.ask("PUT", f"/posts/{local_id}", json=body)
        return Receipt(uid=f"x{local_id}", local_id=local_id)


class MakesAFussOfWhatIsGone(Toy):
    """Cannot delete twice."""

    def delete(self, local_id: str) -> None:
        self._must(Can.DELETE)
        self.ask("DELETE", f"/posts/{local_id}")


class ReportsWithoutAReason(Toy):
    """Lets the moderators guess."""

    def report(
        self, local_id: str, *, post_local_ids: tuple[str, ...], reason: str, forward: bool
    ) -> None:
        super().report(local_id, post_local_ids=post_local_ids, reason="", forward=forward)


class ShowsItsTokenElsewhere(Toy):
    """Sends another server what is ours."""

    def openly(self, url: str) -> httpx.Response:
        return self.ask("GET", url.removeprefix(SERVER))


class KeepsTheNamesOfAnotherServer(Toy):
    """Takes another server's ids for our own's."""

    def thread_at_origin(self, uid: str, url: str) -> Thread:
        found = super().thread_at_origin(uid, url)
        posts = tuple(msgspec.structs.replace(post, local_id="7") for post in found.posts)
        return Thread(posts=posts)


class WantsUsToSignInElsewhere(Toy):
    """Ends our own sign-in because another server does not know us."""

    def openly(self, url: str) -> httpx.Response:
        world = self.surroundings
        return send(world.http, "GET", url, writing=False, now=world.clock())


NOTICED: list[tuple[type[Toy], str]] = [
    (CannotTakeALikeBack, "favourite/taken-back"),
    (MutesForEver, "mute/taken-back"),
    (LosesTheDescription, "media/described"),
    (UploadsEverythingAgain, "media/kept"),
    (SpeaksWithoutItsPicture, "media/described"),
    (WantsWordsWithAPicture, "media/alone"),
    (TakesPicturesOfAnySize, "media/limits"),
    (TakesFilesItDoesNotOffer, "media/upload-not-offered"),
    (EditsWithoutTheLanguage, "edit/manners"),
    (EditsIntoNothing, "edit/counted"),
    (MakesAFussOfWhatIsGone, "delete/twice"),
    (ReportsWithoutAReason, "report/manners"),
    (ShowsItsTokenElsewhere, "origin/openly"),
    (KeepsTheNamesOfAnotherServer, "origin/names"),
    (WantsUsToSignInElsewhere, "origin/401"),
]


@pytest.mark.parametrize(
    ("broken", "check"), NOTICED, ids=lambda given: getattr(given, "__name__", "")
)
def test_the_kit_notices(broken: type[Toy], check: str) -> None:
    """Each of these is broken in one way, and the check that is there for it says so."""
    assert check in broken_checks(toy_case(broken), check)
