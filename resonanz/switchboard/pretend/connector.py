"""The pretend town as a network: how one enters it, and what one can do there."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import msgspec

from resonanz.switchboard.contract import (
    Begun,
    Can,
    Field,
    Network,
    Polling,
    Surroundings,
    Way,
    WayIn,
)
from resonanz.switchboard.pretend.happenings import Town
from resonanz.switchboard.pretend.lanes import Lane, home, notifications, replies
from resonanz.switchboard.pretend.ledger import DAMAGED, Ledger
from resonanz.switchboard.pretend.limits import TEXT_LIMIT_CHARACTERS, UNIT
from resonanz.switchboard.pretend.people import BY_SLUG, HOST, TOWN
from resonanz.switchboard.pretend.plan import OURS, Plan, read_domain, read_language, read_name
from resonanz.switchboard.pretend.translate import moment_of, profile_of, said_of
from resonanz.switchboard.shapes import (
    Account,
    Attachment,
    Composed,
    Facts,
    Outgoing,
    Page,
    Pages,
    ReactionKind,
    Receipt,
    Secret,
    ShieldKind,
    Thread,
)
from resonanz.switchboard.trouble import Gone, NotOffered, Refused, Unreadable
from resonanz.switchboard.wording import N_

ITEMS_A_PAGE = 40
LOOK_SECONDS = 1.0
LOOKS_WITHOUT_A_WORD = 20

ONE_WAY_IN = N_("The pretend town has one way in.")
FORGOTTEN = N_("Nobody in the pretend town remembers what this is about.")
UNKNOWN_ACCOUNT = N_("The pretend town does not know this account.")
SENTENCES = {
    "empty": N_("There is nothing to say yet: the text is empty."),
    "too_long": N_("The text is longer than the pretend town allows."),
    "wider_than_answered": N_("The answer would be seen by more people than what it answers."),
}


class PretendTown:
    """The network. There is one module-level instance of it, `network`."""

    slug = "pretend"
    name = N_("Pretend town")
    icon = Path(__file__).with_name("icon.svg")
    is_pretend = True
    address_list = None
    polling = Polling(
        notifications_seconds=20, replies_seconds=30, home_seconds=30, requests_per_minute=600
    )
    ways_in: tuple[WayIn, ...] = (
        WayIn(
            way=Way.ADDRESS,
            label="Walk around in the pretend town",
            fields=(
                Field(
                    name="name",
                    label="Your name in the town",
                    help="The people there take you for their bakery.",
                    required=False,
                    example="Daybreak Bakery",
                ),
                Field(
                    name="domain",
                    label="Your domain",
                    help="Some recommend you by a bare link to it, without your name.",
                    required=False,
                    example="bakery.example",
                ),
                Field(
                    name="language",
                    label="The language they speak",
                    help="German (de) or English (en).",
                    required=False,
                    example="en",
                ),
            ),
        ),
    )

    def drawn(self, url: str) -> bytes | None:
        """Draws nothing itself."""
        del url
        return None

    def begin(
        self,
        way: Way,
        answers: Mapping[str, str],
        callback: str,  # noqa: ARG002 (nobody has to go anywhere)
        surroundings: Surroundings,
    ) -> Account | Begun:
        """Enter the town. Connected at once; raises `Refused` with a sentence."""
        if way is not Way.ADDRESS:
            raise NotOffered(ONE_WAY_IN)
        language = read_language(answers.get("language", ""))
        plan = Plan(
            town=secrets.token_hex(6),
            name=read_name(answers.get("name", ""), language),
            domain=read_domain(answers.get("domain", "")),
            language=language,
            started_at=surroundings.clock().astimezone(UTC),
        )
        return account_of(plan)

    def finish(
        self,
        memo: str,  # noqa: ARG002 (there is nothing to come back from)
        answers: Mapping[str, str],  # noqa: ARG002
        surroundings: Surroundings,  # noqa: ARG002
    ) -> Account:
        """Never needed here: the way in has one step."""
        raise NotOffered(ONE_WAY_IN)

    def open(self, account: Account, surroundings: Surroundings) -> "Visit":
        """A connector on an account. Opens no file yet."""
        return Visit(plan_of(account), surroundings)

    def forget(self, account: Account, surroundings: Surroundings) -> None:
        """Leave the town: what we said there is deleted."""
        ledger_of(plan_of(account), surroundings).forget()


class Visit:
    """One visit to the town."""

    can = frozenset(Can) - {
        Can.MEDIA,
        Can.EDIT,
        Can.DELETE,
        Can.MUTE,
        Can.BLOCK,
        Can.REPORT,
        Can.ORIGIN,
    }

    def __init__(self, plan: Plan, surroundings: Surroundings) -> None:
        """Keep the plan and the clock; nothing is read yet."""
        self._plan = plan
        self._clock = surroundings.clock
        self._ledger = ledger_of(plan, surroundings)

    def verify(self) -> Account:
        """We are who we were."""
        return account_of(self._plan)

    def notifications(self, cursor: str) -> Pages:
        """What names us or was sent to us, and what was done with our posts."""
        return self._pages(notifications, cursor)

    def replies(self, cursor: str) -> Pages:
        """What stands below our posts, also where nobody named us."""
        return self._pages(replies, cursor)

    def home(self, cursor: str) -> Pages:
        """What the neighbours say on their own accord, and what they pass on."""
        return self._pages(home, cursor)

    def thread(self, local_id: str) -> Thread:
        """The whole conversation; the town always knows all of it."""
        town, now = self._town(), self._now()
        if local_id not in town.spoken or town.spoken[local_id].at > now:
            raise Gone(FORGOTTEN)
        root = town.root_of(local_id)
        posts = [
            post
            for post in town.spoken.values()
            if post.at <= now
            and (post.goes_at is None or post.goes_at > now)
            and town.root_of(post.local_id) == root
        ]
        posts.sort(key=lambda post: (post.at, post.local_id))
        return Thread(posts=tuple(said_of(town, post) for post in posts))

    def stream(self, stop: Event) -> Iterator[Page]:
        """Look once a second at this visit's own clock, until `stop` is set."""
        seen, looks = self._now(), 0
        if not stop.is_set():
            yield Page()
        while not stop.is_set():
            now, town = self._now(), self._town()
            found = [lane(town, seen, now) for lane in (notifications, replies, home)]
            seen = max(seen, now)
            pages = [page for arrived in found for page in _paged(arrived)]
            yield from pages
            looks = 0 if pages else looks + 1
            if looks >= LOOKS_WITHOUT_A_WORD:
                looks = 0
                yield Page()
            if not pages:
                stop.wait(LOOK_SECONDS)

    def compose(self, outgoing: Outgoing) -> Composed:
        """The text with the names of those answered in front, counted in characters."""
        answering = outgoing.answering
        text = outgoing.text.strip()
        added = tuple(
            name for name in (answering.names if answering else ()) if name.handle not in text
        )
        problems = []
        if not text:
            problems.append("empty")
        text = " ".join([*(name.handle for name in added), text])
        if len(text) > TEXT_LIMIT_CHARACTERS:
            problems.append("too_long")
        if answering and outgoing.audience.is_wider_than(answering.audience):
            problems.append("wider_than_answered")
        return Composed(
            text=text,
            length=len(text),
            limit=TEXT_LIMIT_CHARACTERS,
            unit=UNIT,
            names_added=added,
            problems=tuple(problems),
        )

    def publish(self, outgoing: Outgoing) -> Receipt:
        """Say it. The town remembers keys, so a second call with the same key changes nothing."""
        composed = self.compose(outgoing)
        if composed.problems:
            raise Refused(SENTENCES[composed.problems[0]])
        if outgoing.answering and outgoing.answering.local_id not in self._town().spoken:
            raise Gone(FORGOTTEN)
        self._ledger.say(outgoing, composed.text, self._now())
        receipt = self.find_published(outgoing)
        if receipt is None:
            raise Unreadable(DAMAGED)
        return receipt

    def find_published(self, outgoing: Outgoing) -> Receipt | None:
        """Look the key up."""
        found = self._ledger.words_with_key(outgoing.key)
        if found is None:
            return None
        uid = self._plan.uid("posts", found.local_id)
        return Receipt(uid=uid, local_id=found.local_id, at=found.at)

    def react(self, kind: ReactionKind, local_id: str, *, is_on: bool = True) -> None:
        """Boost, favourite or follow; `local_id` is a post's, or a person's for a follow."""
        known = BY_SLUG if kind is ReactionKind.FOLLOW else self._town().spoken
        if local_id not in known:
            raise Gone(FORGOTTEN)
        self._ledger.do(kind, local_id, self._now())

    def upload(self, attachment: Attachment) -> str:
        """Not offered yet."""
        raise NotOffered

    def edit(self, local_id: str, outgoing: Outgoing) -> Receipt:
        """Not offered yet."""
        raise NotOffered

    def delete(self, local_id: str) -> None:
        """Not offered yet."""
        raise NotOffered

    def shield(self, kind: ShieldKind, local_id: str, *, is_on: bool) -> None:
        """Not offered yet."""
        raise NotOffered

    def report(
        self, local_id: str, *, post_local_ids: tuple[str, ...], reason: str, forward: bool
    ) -> None:
        """Not offered yet."""
        raise NotOffered

    def thread_at_origin(self, uid: str, url: str) -> Thread:
        """Not offered yet."""
        raise NotOffered

    def resolve(self, uid: str, url: str) -> str:  # noqa: ARG002 (posts here have no address)
        """The local id for a uid of this town, "" for anything from elsewhere."""
        local_id = uid.removeprefix(self._plan.uid("posts", ""))
        return local_id if local_id in self._town().spoken else ""

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)

    def _town(self) -> Town:
        return Town(self._plan, self._ledger.words(), self._ledger.nods())

    def _pages(self, lane: Lane, cursor: str) -> Pages:
        since, now = moment_of(cursor), self._now()
        pages = _paged(lane(self._town(), since, now)) or [Page()]
        until = max(since, now) if since else now
        yield from pages[:-1]
        yield msgspec.structs.replace(pages[-1], cursor=until.isoformat())


def _paged(page: Page) -> list[Page]:
    """One long page as several short ones; nothing for an empty one."""
    longest = max(len(page.posts), len(page.reactions), len(page.gone))
    return [
        Page(
            posts=page.posts[start : start + ITEMS_A_PAGE],
            reactions=page.reactions[start : start + ITEMS_A_PAGE],
            gone=page.gone[start : start + ITEMS_A_PAGE],
        )
        for start in range(0, longest, ITEMS_A_PAGE)
    ]


def account_of(plan: Plan) -> Account:
    """The account of a visit. The plan is its whole credentials."""
    return Account(
        address=HOST,
        profile=profile_of(plan, OURS),
        credentials=Secret(value=msgspec.json.encode(plan).decode()),
        facts=Facts(
            software="pretend",
            version="1",
            text_limit=TEXT_LIMIT_CHARACTERS,
            title=TOWN,
            language=plan.language,
        ),
    )


def plan_of(account: Account) -> Plan:
    """The visit that an account stands for. Raises `Unreadable`."""
    try:
        return msgspec.json.decode(account.credentials.value, type=Plan)
    except msgspec.DecodeError as cause:
        raise Unreadable(UNKNOWN_ACCOUNT) from cause


def ledger_of(plan: Plan, surroundings: Surroundings) -> Ledger:
    """The file of a visit, in the folder that the network was given."""
    if not plan.town.isalnum():
        raise Unreadable(UNKNOWN_ACCOUNT)
    return Ledger(surroundings.folder / f"pretend-{plan.town}.sqlite3")


network: Network = PretendTown()
