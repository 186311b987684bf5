"""Everything that happens in the town, worked out anew from the script and from what we did.

Nothing here looks at a clock or a file: the same plan, words and nods give the same town.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from zlib import crc32

import msgspec

from resonanz.switchboard.pretend.ledger import OurChange, OurNod, OurVerdict, OurWords
from resonanz.switchboard.pretend.people import BY_SLUG, CHATTY, NEIGHBOURS
from resonanz.switchboard.pretend.plan import OURS, Plan
from resonanz.switchboard.pretend.script.about_us import BEFORE
from resonanz.switchboard.pretend.script.answers import (
    TO_ANSWERS,
    TO_BOOSTS,
    TO_FIRST_WORDS,
    TO_QUESTIONS,
)
from resonanz.switchboard.pretend.script.beats import Ballot, Beat, Drawing, Leaflet, Line, Words
from resonanz.switchboard.pretend.script.more_than_words import SHOWN
from resonanz.switchboard.pretend.script.neighbours import TALK
from resonanz.switchboard.pretend.script.neighbours_later import TALK_LATER
from resonanz.switchboard.pretend.script.nods import NODS_AFTER, NODS_BEFORE, PASSED_ON
from resonanz.switchboard.pretend.script.our_page import OUR_PAGE
from resonanz.switchboard.pretend.script.unrolling import AFTER
from resonanz.switchboard.shapes import (
    Attachment,
    Audience,
    Kind,
    ReactionKind,
    Shape,
    Standing,
)

BEATS = (*BEFORE, *TALK, *AFTER, *TALK_LATER, *SHOWN, *OUR_PAGE)
NODS = (*NODS_BEFORE, *PASSED_ON, *NODS_AFTER)
QUICKEST = timedelta(seconds=60)
# So long a draft lies on our page before the apprentice finds it and puts it up.
DRAFTS_LIE_FOR = timedelta(minutes=10)
SPREAD_SECONDS = 121
SHARED_AUDIENCES = (Audience.PUBLIC, Audience.UNLISTED)
MOST_QUESTIONS_ANSWERED = 3


class Spoken(Shape):
    """Something said at a moment. `by` is a slug or `us`, `answers` and `quotes` local ids or "".

    `later` is how it reads after it was edited. `ours` are pictures that we put there.
    `standing` is how it stands from the beginning, `judged` what we made of it and when.
    """

    local_id: str
    by: str
    at: datetime
    text: str
    answers: str = ""
    audience: Audience = Audience.PUBLIC
    warning: str = ""
    language: str = ""
    then: tuple[Line, ...] = ()
    goes_at: datetime | None = None
    quotes: str = ""
    pictures: tuple[Drawing, ...] = ()
    ours: tuple[Attachment, ...] = ()
    ballot: Ballot | None = None
    leaflet: Leaflet | None = None
    is_elsewhere: bool = False
    edited_at: datetime | None = None
    later: "Spoken | None" = None
    title: str = ""
    kind: Kind = Kind.POST
    standing: Standing = Standing.PUBLISHED
    judged: tuple[Standing, datetime] | None = None

    def standing_at(self, now: datetime) -> Standing:
        """Whether others see it at a moment."""
        if self.judged is not None and self.judged[1] <= now:
            return self.judged[0]
        return self.standing

    def as_of(self, now: datetime) -> "Spoken":
        """The post as it reads at a moment."""
        if self.later is not None and self.later.edited_at and self.later.edited_at <= now:
            return self.later
        return self

    def stands_at(self, now: datetime) -> bool:
        """Whether it was said by then and is not deleted."""
        return self.at <= now and (self.goes_at is None or self.goes_at > now)


class Done(Shape):
    """Something done without words. `on` is a post's local id, "" for following us."""

    by: str
    kind: ReactionKind
    at: datetime
    on: str = ""


class Town:
    """All that was, is and will be said and done, as far as is known now.

    `spoken` maps local ids to what was said, `done` maps (who, kind, on) to what was done.
    """

    def __init__(
        self,
        plan: Plan,
        words: Iterable[OurWords],
        nods: Iterable[OurNod],
        *,
        changes: Iterable[OurChange] = (),
        verdicts: Iterable[OurVerdict] = (),
        shielded: Iterable[str] = (),
    ) -> None:
        """Play the script, then what the people make of what we said and did, in order.

        `shielded` are the slugs of those from whom we want to hear nothing now.
        """
        spoken, done = _scripted(plan)
        self.plan = plan
        self.spoken: dict[str, Spoken] = dict(spoken)
        self.done: dict[tuple[str, str, str], Done] = dict(done)
        self._turns: Counter[tuple[str, str]] = Counter()
        self._questions: Counter[tuple[str, str]] = Counter()
        for our in words:
            self._hear(our)
        for nod in nods:
            self._notice(nod)
        for change in changes:
            self._change(change)
        for verdict in verdicts:
            self._judge(verdict)
        self.shielded = frozenset(shielded)

    def root_of(self, local_id: str) -> str:
        """The local id of the post with which a conversation began."""
        while (post := self.spoken.get(local_id)) and post.answers in self.spoken:
            local_id = post.answers
        return local_id

    def answers_us(self, post: Spoken) -> bool:
        """Whether something of ours stands above this post in its conversation."""
        above = self.spoken.get(post.answers)
        while above is not None:
            if above.by == OURS:
                return True
            above = self.spoken.get(above.answers)
        return False

    def _hear(self, our: OurWords) -> None:
        post = Spoken(
            local_id=our.local_id,
            by=OURS,
            at=our.at,
            text=our.text,
            answers=our.answers,
            audience=our.audience,
            warning=our.warning,
            language=our.language or self.plan.language,
            ours=our.pictures,
            quotes=our.quotes,
            title=our.title,
            kind=self._kind_of(our),
        )
        if our.is_draft:
            seen_at = our.at + DRAFTS_LIE_FOR
            post = msgspec.structs.replace(
                post, standing=Standing.HELD, judged=(Standing.PUBLISHED, seen_at)
            )
        self.spoken[post.local_id] = post
        # Nobody reads what is not put up yet.
        heard = msgspec.structs.replace(post, at=post.judged[1]) if post.judged else post
        answered, quoted = self.spoken.get(our.answers), self.spoken.get(our.quotes)
        if quoted is not None and quoted.by != OURS and not BY_SLUG[quoted.by].is_bot:
            at = heard.at + _pause(heard, quoted.by)
            self._do(quoted.by, ReactionKind.FAVOURITE, at, post.local_id)
        if answered is not None and answered.by != OURS:
            self._answer_back(heard, answered)
        elif answered is None:
            self._react_to_first_words(heard, our.number - 1)

    def _kind_of(self, our: OurWords) -> Kind:
        """An article, a comment below one, or a post like any other."""
        if our.title:
            return Kind.ARTICLE
        root = self.spoken.get(self.root_of(our.answers))
        return Kind.COMMENT if root is not None and root.kind is Kind.ARTICLE else Kind.POST

    def _judge(self, verdict: OurVerdict) -> None:
        """What we made of a comment: it stands there, or nobody sees it any more."""
        post = self.spoken.get(verdict.local_id)
        if post is not None:
            judged = (verdict.standing, verdict.at)
            self.spoken[post.local_id] = msgspec.structs.replace(post, judged=judged)

    def _answer_back(self, our: Spoken, answered: Spoken) -> None:
        """The person whom we answered thanks, asks again, or only nods."""
        who = answered.by
        if BY_SLUG[who].is_bot:
            return
        place = (self.root_of(answered.local_id), who)
        answer: Line | None = None
        if our.text.rstrip().endswith("?") and self._questions[place] < MOST_QUESTIONS_ANSWERED:
            answer = _pick(TO_QUESTIONS, f"{place}", self._questions[place])
            self._questions[place] += 1
        else:
            turn = self._turns[place]
            self._turns[place] += 1
            if turn < len(answered.then):
                answer = answered.then[turn]
            elif turn == 0:
                answer = _pick(TO_ANSWERS, f"{place}", 0)
        if answer is None:
            self._do(who, ReactionKind.FAVOURITE, our.at + _pause(our, who), our.local_id)
        else:
            self._say(who, answer, to=our, at=our.at + _pause(our, who), then=answered.then)

    def _react_to_first_words(self, our: Spoken, ordinal: int) -> None:
        """Those whom we named answer; if we named nobody, two of the town do."""
        first, passer_by = TO_FIRST_WORDS[ordinal % len(TO_FIRST_WORDS)]
        named = [
            neighbour.slug
            for neighbour in NEIGHBOURS
            if f"@{neighbour.slug}" in our.text and not neighbour.is_bot
        ]
        for who in named:
            self._say(who, first, to=our, at=our.at + _pause(our, who))
        if named or our.audience is Audience.DIRECT:
            return
        one, two, three, four = (
            CHATTY[(ordinal * 5 + step) % len(CHATTY)].slug for step in (0, 3, 7, 9)
        )
        self._say(one, first, to=our, at=our.at + _pause(our, one))
        self._say(two, passer_by, to=our, at=our.at + 3 * _pause(our, two))
        self._do(three, ReactionKind.FAVOURITE, our.at + _pause(our, three), our.local_id)
        if ordinal % 2 == 0 and our.audience in SHARED_AUDIENCES:
            boosted_at = our.at + timedelta(minutes=12) + _pause(our, four)
            self._do(four, ReactionKind.BOOST, boosted_at, our.local_id)

    def _notice(self, nod: OurNod) -> None:
        """A boost is thanked for, a follow is returned, a favourite is silently enjoyed.

        Unless it was taken back before anybody noticed.
        """
        pause = QUICKEST + timedelta(seconds=crc32(nod.target.encode()) % SPREAD_SECONDS)
        if nod.undone_at is not None and nod.undone_at < nod.at + pause:
            return
        if nod.kind is ReactionKind.FOLLOW:
            if nod.target in BY_SLUG and not BY_SLUG[nod.target].is_bot:
                self._do(nod.target, ReactionKind.FOLLOW, nod.at + pause)
            return
        post = self.spoken.get(nod.target)
        if nod.kind is not ReactionKind.BOOST or post is None or post.by == OURS:
            return
        if BY_SLUG[post.by].is_bot:
            return
        thanks = TO_BOOSTS[nod.number % len(TO_BOOSTS)]
        local_id = f"{post.local_id}-boosted"
        self._say(post.by, thanks, to=post, at=nod.at + pause, local_id=local_id)

    def _change(self, change: OurChange) -> None:
        """What we edited or took back; those who answered already do not take it back."""
        post = self.spoken.get(change.local_id)
        if post is None:
            return
        if change.words is None:
            post = msgspec.structs.replace(post, goes_at=change.at)
        else:
            later = msgspec.structs.replace(
                post,
                text=change.words.text,
                warning=change.words.warning,
                language=change.words.language or self.plan.language,
                ours=change.words.pictures,
                title=change.words.title or post.title,
                pictures=(),
                edited_at=change.at,
            )
            post = msgspec.structs.replace(post, later=later)
        self.spoken[post.local_id] = post

    def _say(
        self,
        who: str,
        answer: Line,
        *,
        to: Spoken,
        at: datetime,
        then: tuple[Line, ...] = (),
        local_id: str = "",
    ) -> None:
        words = answer.words.in_language(self.plan.language)
        local_id = local_id or f"{to.local_id}-{who}"
        self.spoken[local_id] = Spoken(
            local_id=local_id,
            by=who,
            at=at,
            text=words if answer.is_bare else f"{self.plan.our_handle} {words}",
            answers=to.local_id,
            audience=to.audience,
            warning=to.warning,
            language=self.plan.language,
            then=then,
            kind=Kind.POST if to.kind is Kind.POST else Kind.COMMENT,
        )

    def _do(self, who: str, kind: ReactionKind, at: datetime, on: str = "") -> None:
        """Keep the earliest of the same nod."""
        known = self.done.get((who, kind.value, on))
        if known is None or at < known.at:
            self.done[(who, kind.value, on)] = Done(by=who, kind=kind, at=at, on=on)


def _pause(our: Spoken, who: str) -> timedelta:
    """How long somebody takes to answer: one to three minutes, always the same for the same."""
    return QUICKEST + timedelta(seconds=crc32(f"{our.local_id} {who}".encode()) % SPREAD_SECONDS)


def _pick(lines: tuple[Line, ...], place: str, turn: int) -> Line:
    return lines[(crc32(place.encode()) + turn) % len(lines)]


@lru_cache(maxsize=32)
def _scripted(
    plan: Plan,
) -> tuple[Mapping[str, Spoken], Mapping[tuple[str, str, str], Done]]:
    """The part of the town that does not depend on us, with our name in its texts."""
    names = {neighbour.slug: neighbour.handle for neighbour in NEIGHBOURS}
    names |= {"us": plan.our_handle, "name": plan.name, "domain": plan.domain}
    spoken = {beat.slug: _spoken(beat, plan, names) for beat in BEATS}
    done = {
        (nod.by, nod.kind.value, nod.on): Done(
            by=nod.by, kind=nod.kind, at=plan.started_at + nod.at, on=nod.on
        )
        for nod in NODS
    }
    return spoken, done


def _spoken(beat: Beat, plan: Plan, names: Mapping[str, str]) -> Spoken:
    def in_place(words: Words) -> str:
        return words.in_language(plan.language).format(**names)

    post = Spoken(
        local_id=beat.slug,
        by=beat.by,
        at=plan.started_at + beat.at,
        text=in_place(beat.words),
        answers=beat.answers,
        audience=beat.audience,
        warning=beat.warning.in_language(plan.language),
        language=plan.language,
        then=beat.then,
        goes_at=None if beat.goes is None else plan.started_at + beat.goes,
        quotes=beat.quotes,
        pictures=beat.pictures,
        ballot=beat.ballot,
        leaflet=beat.leaflet,
        is_elsewhere=beat.is_elsewhere,
        title=beat.title.in_language(plan.language),
        kind=beat.kind,
        standing=beat.standing,
    )
    if beat.changed_at is None:
        return post
    changed_at = plan.started_at + beat.changed_at
    later = msgspec.structs.replace(post, text=in_place(beat.changed), edited_at=changed_at)
    return msgspec.structs.replace(post, later=later)
