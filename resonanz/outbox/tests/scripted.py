"""A network that does what a test tells it, for what the pretend town never does: fail.

`Scripted.plan` holds what the next calls of `publish`, `react`, `edit`, `delete` and `moderate`
do, in order: a `Trouble` to raise, `heard(trouble)` to accept and then break off, or nothing,
which is to accept.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from resonanz.channels.actions import keep_account
from resonanz.channels.models import Channel
from resonanz.switchboard import registry
from resonanz.switchboard.contract import Begun, Can, Polling, Surroundings, Way, WayIn
from resonanz.switchboard.shapes import (
    Account,
    Attachment,
    Composed,
    Facts,
    Outgoing,
    Pages,
    Profile,
    ReactionKind,
    Receipt,
    Secret,
    ShieldKind,
    Standing,
    Thread,
)
from resonanz.switchboard.trouble import NotOffered, Trouble
from resonanz.workspaces.models import Member

LIMIT = 100
TITLE_LIMIT = 40
HOST = "scripted.example"


class Killed(BaseException):
    """The worker is killed at this moment; nothing in the house may catch it."""


class heard:
    """The server accepts, and then this happens."""

    def __init__(self, then: BaseException) -> None:
        self.then = then


class Scripted:
    """The network, and its server in one."""

    slug = "scripted"
    name = "Scripted"
    icon = Path(__file__).with_name("none.svg")
    is_pretend = False
    polling = Polling(requests_per_minute=1000)
    ways_in: tuple[WayIn, ...] = ()
    can = frozenset(
        {
            Can.PUBLISH,
            Can.ANSWER,
            Can.ANSWER_DIRECT,
            Can.BOOST,
            Can.FAVOURITE,
            Can.MEDIA,
            Can.EDIT,
            Can.DELETE,
            Can.MUTE,
            Can.BLOCK,
            Can.REPORT,
            Can.ORIGIN,
            Can.QUOTE,
            Can.ARTICLE,
            Can.MODERATE,
        }
    )

    wanting: frozenset[Can] = frozenset()

    def __init__(self) -> None:
        self.standing = Standing.PUBLISHED
        self.plan: list[BaseException | heard] = []
        self.said: list[Outgoing] = []
        self.reacted: list[tuple[ReactionKind, str]] = []
        self.taken_back: list[tuple[ReactionKind, str]] = []
        self.uploaded: list[Attachment] = []
        self.edited: list[tuple[str, Outgoing]] = []
        self.deleted: list[str] = []
        self.shielded: list[tuple[ShieldKind, str, bool]] = []
        self.reported: list[tuple[str, tuple[str, ...], str, bool]] = []
        self.moderated: list[tuple[str, Standing]] = []
        self.at_origin: Thread | Trouble = Thread(posts=())
        self.known_elsewhere: dict[str, str] = {}
        self.threads: dict[str, Thread] = {}
        self.looks = 0

    def begin(
        self, way: Way, answers: Mapping[str, str], callback: str, surroundings: Surroundings
    ) -> Account | Begun:
        raise NotOffered

    def finish(self, memo: str, answers: Mapping[str, str], surroundings: Surroundings) -> Account:
        raise NotOffered

    def open(self, account: Account, surroundings: Surroundings) -> "ScriptedAccount":
        return ScriptedAccount(self, account)

    def forget(self, account: Account, surroundings: Surroundings) -> None:
        """Nothing to revoke."""

    def next_step(self) -> BaseException | heard | None:
        return self.plan.pop(0) if self.plan else None

    def receipt(self, outgoing: Outgoing) -> Receipt:
        at = [said.key for said in self.said].index(outgoing.key)
        return Receipt(
            uid=f"https://{HOST}/posts/{at}",
            local_id=f"own-{at}",
            url=f"https://{HOST}/@us/{at}",
            at=datetime.now(UTC),
            standing=self.standing,
        )


class ScriptedAccount:
    """A connector on the scripted network."""

    def __init__(self, network: Scripted, account: Account) -> None:
        self.network, self.account = network, account
        self.can, self.wanting = network.can, network.wanting

    def verify(self) -> Account:
        return self.account

    def notifications(self, cursor: str) -> Pages:
        raise NotOffered

    def replies(self, cursor: str) -> Pages:
        raise NotOffered

    def home(self, cursor: str) -> Pages:
        raise NotOffered

    def thread(self, local_id: str) -> Thread:
        found = self.network.threads.get(local_id)
        if found is None:
            raise NotOffered
        return found

    def stream(self, stop: object) -> Pages:
        raise NotOffered

    def compose(self, outgoing: Outgoing) -> Composed:
        names = outgoing.answering.names if outgoing.answering else ()
        text = " ".join([*(name.handle for name in names), outgoing.text.strip()])
        problems = () if outgoing.text.strip() else ("empty",)
        limit = 0 if outgoing.title else LIMIT
        if limit and len(text) > limit:
            problems = (*problems, "too_long")
        if len(outgoing.title) > TITLE_LIMIT:
            problems = (*problems, "title_too_long")
        return Composed(text=text, length=len(text), limit=limit, problems=problems)

    def publish(self, outgoing: Outgoing) -> Receipt:
        step = self.network.next_step()
        if isinstance(step, BaseException):
            raise step
        self.network.said.append(outgoing)
        if isinstance(step, heard):
            raise step.then
        return self.network.receipt(outgoing)

    def find_published(self, outgoing: Outgoing) -> Receipt | None:
        self.network.looks += 1
        known = any(said.key == outgoing.key for said in self.network.said)
        return self.network.receipt(outgoing) if known else None

    def upload(self, attachment: Attachment) -> str:
        self.network.uploaded.append(attachment)
        return f"picture-{len(self.network.uploaded)}"

    def edit(self, local_id: str, outgoing: Outgoing) -> Receipt:
        self._go_on()
        self.network.edited.append((local_id, outgoing))
        return Receipt(uid="", local_id=local_id)

    def delete(self, local_id: str) -> None:
        self._go_on()
        self.network.deleted.append(local_id)

    def react(self, kind: ReactionKind, local_id: str, *, is_on: bool = True) -> None:
        self._go_on()
        done = self.network.reacted if is_on else self.network.taken_back
        done.append((kind, local_id))

    def shield(self, kind: ShieldKind, local_id: str, *, is_on: bool) -> None:
        self._go_on()
        self.network.shielded.append((kind, local_id, is_on))

    def report(
        self, local_id: str, *, post_local_ids: tuple[str, ...], reason: str, forward: bool
    ) -> None:
        step = self.network.next_step()
        if isinstance(step, BaseException):
            raise step
        self.network.reported.append((local_id, post_local_ids, reason, forward))
        if isinstance(step, heard):
            raise step.then

    def moderate(self, local_id: str, standing: Standing) -> None:
        step = self.network.next_step()
        if isinstance(step, BaseException):
            raise step
        self.network.moderated.append((local_id, standing))
        if isinstance(step, heard):
            raise step.then

    def thread_at_origin(self, uid: str, url: str) -> Thread:
        if isinstance(self.network.at_origin, Trouble):
            raise self.network.at_origin
        return self.network.at_origin

    def _go_on(self) -> None:
        step = self.network.next_step()
        if isinstance(step, BaseException):
            raise step

    def resolve(self, uid: str, url: str) -> str:
        return self.network.known_elsewhere.get(uid, "")


@contextmanager
def scripted_network() -> Iterator[Scripted]:
    """The scripted network, registered as long as the block lasts."""
    network = Scripted()
    registry.networks()[network.slug] = network  # type: ignore[assignment]
    try:
        yield network
    finally:
        del registry.networks()[network.slug]


def connect(member: Member, name: str = "us") -> Channel:
    """A channel of a member on the scripted network."""
    return keep_account(
        member=member,
        network_slug=Scripted.slug,
        account=Account(
            address=HOST,
            profile=Profile(
                uid=f"https://{HOST}/users/{name}", handle=f"@{name}@{HOST}", name=name.title()
            ),
            credentials=Secret(value="{}"),
            facts=Facts(),
        ),
    )
