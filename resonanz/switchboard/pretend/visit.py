"""One visit to the town: what one can do there."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import msgspec

from resonanz.switchboard.contract import Can, Surroundings
from resonanz.switchboard.elsewhere import without_local_names
from resonanz.switchboard.offering import OffersNothing
from resonanz.switchboard.pictures import NOT_THERE, problems_of
from resonanz.switchboard.pretend.compose import FACTS, SENTENCES, compose
from resonanz.switchboard.pretend.happenings import Spoken, Town
from resonanz.switchboard.pretend.lanes import Lane, home, notifications, replies
from resonanz.switchboard.pretend.ledger import DAMAGED, Edition, Ledger, Report
from resonanz.switchboard.pretend.people import BY_SLUG, HOST
from resonanz.switchboard.pretend.plan import OURS, Plan
from resonanz.switchboard.pretend.translate import moment_of, profile_of, said_of
from resonanz.switchboard.shapes import (
    Account,
    Attachment,
    Circle,
    Circles,
    Composed,
    Kind,
    Outgoing,
    Page,
    Pages,
    ReactionKind,
    Receipt,
    Secret,
    ShieldKind,
    Standing,
    Thread,
)
from resonanz.switchboard.trouble import Gone, Refused, Unreadable
from resonanz.switchboard.wording import N_

ITEMS_A_PAGE = 40
PEOPLE_A_PART = 5
LOOK_SECONDS = 1.0
LOOKS_WITHOUT_A_WORD = 20
NOT_IN_TOWN = {Can.LINKBACKS}
FORGOTTEN = N_("Nobody in the pretend town remembers what this is about.")
UNKNOWN_ACCOUNT = N_("The pretend town does not know this account.")


class Visit(OffersNothing):
    """One visit to the town."""

    can = frozenset(Can) - NOT_IN_TOWN

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
        """The conversation, without what was only ever said on another server."""
        now, found = self._now(), self._conversation(local_id)
        if found[0].is_elsewhere:
            raise Gone(FORGOTTEN)
        town, blocked = self._town(), self._shielded(ShieldKind.BLOCK)
        posts = [post for post in found[1:] if not post.is_elsewhere and post.by not in blocked]
        return Thread(
            posts=tuple(said_of(town, post, now) for post in posts),
            is_complete=not any(post.is_elsewhere for post in found[1:]),
        )

    def thread_at_origin(self, uid: str, url: str) -> Thread:  # noqa: ARG002 (no addresses here)
        """The whole conversation, as the server shows it where it began."""
        now, found = self._now(), self._conversation(self.resolve(uid, ""))
        town = self._town()
        return Thread(posts=tuple(without_local_names(said_of(town, p, now)) for p in found[1:]))

    def _conversation(self, local_id: str) -> list[Spoken]:
        """The post that was asked for, then all that stands of its conversation, oldest first."""
        town, now = self._town(), self._now()
        if local_id not in town.spoken or town.spoken[local_id].at > now:
            raise Gone(FORGOTTEN)
        root = town.root_of(local_id)
        posts = [
            post
            for post in town.spoken.values()
            if post.stands_at(now) and town.root_of(post.local_id) == root
        ]
        posts.sort(key=lambda post: (post.at, post.local_id))
        return [town.spoken[local_id], *posts]

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
        return compose(outgoing)

    def upload(self, attachment: Attachment) -> str:
        """Take a file; the town remembers that there was one, and not what it shows."""
        if problems := problems_of((attachment,), FACTS):
            raise Refused(SENTENCES[problems[0]])
        if not Path(attachment.path).is_file():
            raise Refused(NOT_THERE)
        return self._ledger.keep(attachment)

    def publish(self, outgoing: Outgoing) -> Receipt:
        """Say it. The town remembers keys, so a second call with the same key changes nothing."""
        self._must_take(outgoing)
        text = self._text_of(outgoing)
        self._check_known(outgoing)
        if found := self.find_published(outgoing):
            return found
        self._ledger.say(self._with_pictures_there(outgoing), text, self._now())
        receipt = self.find_published(outgoing)
        if receipt is None:
            raise Unreadable(DAMAGED)
        return receipt

    def _check_known(self, outgoing: Outgoing) -> None:
        """Raise `Gone` where nobody knows what is answered or quoted.

        An article may answer what was said anywhere.
        """
        answering, quoting, spoken = outgoing.answering, outgoing.quoting, self._town().spoken
        if answering and not outgoing.title and answering.local_id not in spoken:
            raise Gone(FORGOTTEN)
        if quoting and quoting.local_id not in spoken:
            raise Gone(FORGOTTEN)

    def find_published(self, outgoing: Outgoing) -> Receipt | None:
        """Look the key up."""
        found = self._ledger.words_with_key(outgoing.key)
        if found is None:
            return None
        return self._receipt(found.local_id, found.at, found.pictures)

    def edit(self, local_id: str, outgoing: Outgoing) -> Receipt:
        """Change a post of ours. Those who answered the old words do not answer again."""
        text, standing = self._text_of(outgoing), self._ours(local_id)
        if standing is None:
            raise Gone(FORGOTTEN)
        pictures = self._with_pictures_there(outgoing).pictures
        words = Edition(
            text=text,
            warning=outgoing.warning,
            language=outgoing.language,
            pictures=pictures,
            title=outgoing.title,
        )
        now = self._now()
        if not self._reads_so(standing, words):
            self._ledger.change(local_id, words, now)
        return self._receipt(local_id, standing.at, pictures)

    def _reads_so(self, post: Spoken, words: Edition) -> bool:
        language, title = words.language or self._plan.language, words.title or post.title
        after = (words.text, words.warning, language, words.pictures, title)
        return after == (post.text, post.warning, post.language, post.ours, post.title)

    def delete(self, local_id: str) -> None:
        """Take a post of ours back. Answers to it stay."""
        if self._ours(local_id) is not None:
            self._ledger.change(local_id, None, self._now())

    def react(self, kind: ReactionKind, local_id: str, *, is_on: bool = True) -> None:
        """Boost, favourite or follow; `local_id` is a post's, or a person's for a follow."""
        known = BY_SLUG if kind is ReactionKind.FOLLOW else self._town().spoken
        if local_id not in known:
            raise Gone(FORGOTTEN)
        if is_on:
            self._ledger.do(kind, local_id, self._now())
        else:
            self._ledger.undo(kind, local_id, self._now())

    def shield(self, kind: ShieldKind, local_id: str, *, is_on: bool) -> None:
        """Mute or block somebody of the town: nothing more of her arrives meanwhile."""
        if local_id not in BY_SLUG:
            raise Gone(FORGOTTEN)
        self._ledger.shield(kind, local_id, is_on=is_on)

    def report(
        self, local_id: str, *, post_local_ids: tuple[str, ...], reason: str, forward: bool
    ) -> None:
        """Tell the moderators, of whom the town has none: it is written down, and that is all."""
        if local_id not in BY_SLUG:
            raise Gone(FORGOTTEN)
        told = Report(target=local_id, posts=post_local_ids, reason=reason, forward=forward)
        self._ledger.report(told, self._now())

    def moderate(self, local_id: str, standing: Standing) -> None:
        """Let a comment below an article of ours stand there, or take it out of sight."""
        post, now = self._town().spoken.get(local_id), self._now()
        if post is None or post.kind is not Kind.COMMENT or not post.stands_at(now):
            raise Gone(FORGOTTEN)
        if post.standing_at(now) is not standing:
            self._ledger.judge(local_id, standing, now)

    def followers(self, cursor: str) -> Circles:
        """Who follows us."""
        now, away = self._now(), self._shielded(ShieldKind.BLOCK)
        done = self._town().done.values()
        slugs = {
            nod.by
            for nod in done
            if nod.kind is ReactionKind.FOLLOW and not nod.on and nod.at <= now
        }
        return self._circle(slugs - away, cursor)

    def followed(self, cursor: str) -> Circles:
        """Whom we follow."""
        nods = [nod for nod in self._ledger.nods() if nod.kind is ReactionKind.FOLLOW]
        return self._circle({nod.target for nod in nods if nod.undone_at is None}, cursor)

    def _circle(self, slugs: Collection[str], cursor: str) -> Circles:
        """A few at a time, by the alphabet; the cursor is the last one that was given."""
        rest = sorted(slug for slug in slugs if slug > cursor)
        parts = [rest[at : at + PEOPLE_A_PART] for at in range(0, len(rest), PEOPLE_A_PART)] or [[]]
        for part in parts:
            profiles = tuple(profile_of(self._plan, slug) for slug in part)
            yield Circle(profiles=profiles, cursor=part[-1] if part is not parts[-1] else "")

    def resolve(self, uid: str, url: str) -> str:  # noqa: ARG002 (posts here have no address)
        """The local id for a uid of this town, "" for anything from elsewhere."""
        local_id = uid.removeprefix(self._plan.uid("posts", ""))
        return local_id if local_id in self._town().spoken else ""

    def _text_of(self, outgoing: Outgoing) -> str:
        """The text as it will stand there. Raises `Refused` with the first problem."""
        composed = self.compose(outgoing)
        if composed.problems:
            raise Refused(SENTENCES[composed.problems[0]])
        return composed.text

    def _with_pictures_there(self, outgoing: Outgoing) -> Outgoing:
        """The same, with every picture uploaded. What it is on this machine is left out."""
        pictures = tuple(
            msgspec.structs.replace(
                picture, path="", local_id=picture.local_id or self.upload(picture)
            )
            for picture in outgoing.pictures
        )
        return msgspec.structs.replace(outgoing, pictures=pictures)

    def _ours(self, local_id: str) -> Spoken | None:
        """A post of ours as it reads now, None if there is none."""
        post, now = self._town().spoken.get(local_id), self._now()
        if post is None or post.by != OURS or not post.stands_at(now):
            return None
        return post.as_of(now)

    def _receipt(self, local_id: str, at: datetime, pictures: tuple[Attachment, ...]) -> Receipt:
        return Receipt(
            uid=self._plan.uid("posts", local_id),
            local_id=local_id,
            at=at,
            picture_ids=tuple(picture.local_id for picture in pictures),
        )

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)

    def _town(self) -> Town:
        return Town(
            self._plan,
            self._ledger.words(),
            self._ledger.nods(),
            changes=self._ledger.changes(),
            verdicts=self._ledger.verdicts(),
            shielded=self._shielded(*ShieldKind),
        )

    def _shielded(self, *kinds: ShieldKind) -> frozenset[str]:
        return frozenset(slug for kind, slug in self._ledger.shielded() if kind in kinds)

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
        facts=msgspec.structs.replace(FACTS, language=plan.language),
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
