"""The pretend town keeps what it promises to those who rehearse in it."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from threading import Event

import httpx
import msgspec
import pytest

from resonanz.switchboard.contract import Connector, Surroundings, Way
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.switchboard.pretend.connector import network
from resonanz.switchboard.pretend.happenings import BEATS, NODS
from resonanz.switchboard.pretend.script import answers
from resonanz.switchboard.shapes import (
    Account,
    Answering,
    Audience,
    Outgoing,
    Page,
    Pages,
    Reaction,
    ReactionKind,
    Said,
)
from resonanz.switchboard.trouble import Gone, Refused, Unreadable

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANSWERS = {"name": "Backhaus Ährengold", "domain": "aehrengold.example", "language": "de"}


class Walk:
    """Somebody walking around in the town, with a clock that moves by hand."""

    def __init__(self, folder: Path, **given: str) -> None:
        self.clock = HandClock(START)
        self.around = Surroundings(http=httpx.Client(), folder=folder, clock=self.clock)
        account = network.begin(Way.ADDRESS, ANSWERS | given, "", self.around)
        assert isinstance(account, Account)
        self.account = account
        self.town: Connector = network.open(account, self.around)
        self.cursors = {"notifications": "", "replies": "", "home": ""}

    def read(self, lane: str) -> tuple[list[Said], list[Reaction], list[str]]:
        """What is new on a lane since the last reading."""
        posts: list[Said] = []
        reactions: list[Reaction] = []
        gone: list[str] = []
        pages: Pages = getattr(self.town, lane)(self.cursors[lane])
        for page in pages:
            posts += page.posts
            reactions += page.reactions
            gone += page.gone
            self.cursors[lane] = page.cursor or self.cursors[lane]
        return posts, reactions, gone

    def read_everything(self) -> None:
        for lane in self.cursors:
            self.read(lane)

    def answer(self, post: Said, text: str, key: str = "") -> Said:
        answering = Answering(uid=post.uid, local_id=post.local_id, audience=post.audience)
        receipt = self.town.publish(
            Outgoing(
                key=key or f"{post.local_id} {text}",
                text=text,
                audience=post.audience,
                answering=answering,
            )
        )
        return next(
            said
            for said in self.town.thread(receipt.local_id).posts
            if said.local_id == receipt.local_id
        )


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    return Walk(tmp_path)


def plain(said: Said) -> str:
    return re.sub("<[^>]+>", "", said.html)


def find(posts: list[Said], words: str) -> Said:
    return next(post for post in posts if words in plain(post))


def test_the_house_is_lively_from_the_first_minute(walk: Walk) -> None:
    """Most of the script lies in the past, and the next words come within ten minutes."""
    moments = [beat.at for beat in BEATS] + [nod.at for nod in NODS]
    past = sum(at < timedelta(0) for at in moments) / len(moments)
    soon = [at for at in moments if timedelta(0) < at <= timedelta(minutes=10)]
    assert 0.55 <= past <= 0.75
    assert len(soon) >= 5
    posts = walk.read("home")[0]
    assert len(posts) >= 30
    assert len({post.author.uid for post in posts}) >= 12


def test_neighbours_speak_of_forty_things_of_their_own(walk: Walk) -> None:
    walk.clock.advance(days=30)
    posts = [post for post in walk.read("home")[0] if post.shared_by is None]
    assert len(posts) >= 40
    assert not any("Ährengold" in plain(post) and post.is_direct_to_us for post in posts)


def test_the_past_is_no_backlog(walk: Walk) -> None:
    """One enters the town in the middle of its life: its past asks for answers, too."""
    assert not any(page.is_backlog for page in walk.town.notifications(""))


def test_some_recommend_us_by_a_bare_link(walk: Walk) -> None:
    linking = [
        post
        for post in walk.read("home")[0]
        if any("aehrengold.example" in link.url for link in post.links)
    ]
    assert len(linking) >= 2
    assert not any("Ährengold" in plain(post) for post in linking)


def test_two_neighbours_talk_about_us_at_length(walk: Walk) -> None:
    first = find(walk.read("home")[0], "Woher hast du eigentlich")
    thread = walk.town.thread(first.local_id)
    assert len(thread.posts) == 6
    assert thread.posts[0].uid == first.uid
    assert not any(post.is_direct_to_us for post in thread.posts)


def test_a_bare_reply_is_found_among_the_replies_only(walk: Walk) -> None:
    words = "Vier Kilometer, das ist kürzer"
    assert find(walk.read("replies")[0], words)
    for lane in ("notifications", "home"):
        assert not any(words in plain(post) for post in walk.read(lane)[0])


def test_there_is_a_direct_message_and_a_content_warning(walk: Walk) -> None:
    posts = walk.read("notifications")[0]
    assert any(post.audience is Audience.DIRECT and post.is_direct_to_us for post in posts)
    assert any(post.warning == "Krankheit in der Familie" for post in posts)


def test_a_person_whom_we_answer_asks_again_and_then_thanks(walk: Walk) -> None:
    complaint = find(walk.read("notifications")[0], "unten schwarz")
    walk.answer(complaint, "Das tut uns leid. Danke, dass du es sagst.")
    assert walk.read("notifications")[0] == []
    walk.clock.advance(minutes=3.1)
    again = find(walk.read("notifications")[0], "der Ofen oder der neue Lehrling")
    assert again.author == complaint.author
    assert timedelta(minutes=1) <= again.said_at - START <= timedelta(minutes=3, seconds=1)
    walk.answer(again, "Der Ofen, ehrlich gesagt.")
    walk.clock.advance(minutes=4)
    assert find(walk.read("notifications")[0], "gucke drunter")


def test_a_talk_ends_with_a_nod(walk: Walk) -> None:
    """Nobody goes on for ever: after the last line there is only a favourite."""
    post = find(walk.read("notifications")[0], "zwei Seiten vorgelesen")
    walk.answer(post, "Das freut uns sehr.")
    walk.clock.advance(minutes=4)
    back = find(walk.read("notifications")[0], "Wegen Seite drei")
    walk.answer(back, "Wir legen ihm eins zurück.")
    walk.clock.advance(minutes=4)
    posts, reactions, _ = walk.read("notifications")
    assert not any(said.author == back.author for said in posts)
    assert any(nod.kind is ReactionKind.FAVOURITE and nod.by == back.author for nod in reactions)


def test_a_question_of_ours_is_answered(walk: Walk) -> None:
    post = find(walk.read("notifications")[0], "unten schwarz")
    walk.answer(post, "Welches Brot war es denn?")
    walk.clock.advance(minutes=4)
    lines = {line.words.de for line in answers.TO_QUESTIONS}
    assert any(line in plain(said) for said in walk.read("notifications")[0] for line in lines)


def test_a_direct_message_is_answered_directly(walk: Walk) -> None:
    post = find(walk.read("notifications")[0], "Kurze Frage unter uns")
    walk.answer(post, "Sehr gern, klopf einfach.")
    walk.clock.advance(minutes=4)
    back = find(walk.read("notifications")[0], "zweimal kurz")
    assert back.audience is Audience.DIRECT
    assert {said.audience for said in walk.town.thread(back.local_id).posts} == {Audience.DIRECT}


def test_an_answer_without_our_name_comes_as_a_bare_reply(walk: Walk) -> None:
    post = find(walk.read("replies")[0], "Vier Kilometer")
    walk.read_everything()
    walk.answer(post, "Wir denken über einen zweiten Tresen nach.")
    walk.clock.advance(minutes=4)
    assert not any("zweiter Tresen" in plain(said) for said in walk.read("notifications")[0])
    assert find(walk.read("replies")[0], "zweiter Tresen")


def test_a_boost_is_thanked_for_and_a_favourite_is_not(walk: Walk) -> None:
    posts = walk.read("home")[0]
    walk.read_everything()
    walk.town.react(ReactionKind.FAVOURITE, find(posts, "Reißverschluss").local_id)
    boosted = find(posts, "Saturn")
    walk.town.react(ReactionKind.BOOST, boosted.local_id)
    walk.town.react(ReactionKind.BOOST, boosted.local_id)
    walk.clock.advance(minutes=3.5)
    thanks = [post for post in walk.read("notifications")[0] if post.answers_uid]
    assert [post.answers_uid for post in thanks] == [boosted.uid]
    assert thanks[0].author == boosted.author


def test_a_follow_is_returned_but_not_by_an_advertiser(walk: Walk) -> None:
    walk.read_everything()
    for who in ("emil", "glanzpreis"):
        walk.town.react(ReactionKind.FOLLOW, who)
    walk.clock.advance(minutes=3.1)
    followers = [
        nod.by.local_id for nod in walk.read("notifications")[1] if nod.kind is ReactionKind.FOLLOW
    ]
    assert followers == ["emil"]


def test_somebody_answers_when_we_speak_first(walk: Walk) -> None:
    """One names us within three minutes; another answers without our name."""
    walk.read_everything()
    receipt = walk.town.publish(Outgoing(key="k1", text="Guten Morgen, der Ofen ist warm."))
    walk.clock.advance(minutes=10)
    named = [post for post in walk.read("notifications")[0] if post.answers_uid == receipt.uid]
    below = [post for post in walk.read("replies")[0] if post.answers_uid == receipt.uid]
    assert len(named) == 1
    assert len(below) == 2
    assert named[0].said_at - START <= timedelta(minutes=3)


def test_whoever_we_name_answers(walk: Walk) -> None:
    walk.read_everything()
    walk.town.publish(
        Outgoing(
            key="k", text="@pavel@muehlwinkel.example Wie geht es dir?", audience=Audience.DIRECT
        )
    )
    walk.clock.advance(minutes=3.1)
    posts = [post for post in walk.read("notifications")[0] if post.author.local_id == "pavel"]
    assert [post.audience for post in posts] == [Audience.DIRECT]


def test_a_deleted_post_is_reported_gone_and_missing_from_then_on(walk: Walk) -> None:
    walk.clock.advance(hours=9)
    slip = find(walk.read("home")[0], "nur die Käseliste")
    walk.clock.advance(hours=2)
    assert walk.read("home")[2] == [slip.uid]
    assert walk.town.thread(slip.local_id).posts == ()


def test_nothing_is_told_twice_and_nothing_is_left_out(tmp_path: Path) -> None:
    """Reading every hour finds what one reading at the end finds."""
    often, once = Walk(tmp_path), Walk(tmp_path)
    found: Counter[str] = Counter()
    for _ in range(24 * 8):
        often.clock.advance(hours=1)
        found.update(post.local_id for post in often.read("notifications")[0])
    once.clock.advance(days=8)
    assert found == Counter(post.local_id for post in once.read("notifications")[0])
    assert set(found.values()) == {1}


def test_the_same_key_is_said_once_even_by_many_at_once(walk: Walk) -> None:
    draft = Outgoing(key="same", text="Einmal genügt.")

    def say(_: int) -> str:
        return network.open(walk.account, walk.around).publish(draft).local_id

    with ThreadPoolExecutor(8) as crowd:
        assert set(crowd.map(say, range(24))) == {"our-1"}


def test_what_was_published_is_found_by_its_key(walk: Walk) -> None:
    draft = Outgoing(key="here", text="Da.")
    assert walk.town.find_published(draft) is None
    receipt = walk.town.publish(draft)
    assert walk.town.find_published(draft) == receipt


def test_what_may_not_be_said_is_refused_and_not_kept(walk: Walk) -> None:
    direct = find(walk.read("notifications")[0], "Kurze Frage unter uns")
    wider = Answering(uid=direct.uid, local_id=direct.local_id, audience=direct.audience)
    for draft in (
        Outgoing(key="a", text=" "),
        Outgoing(key="b", text="x" * 501),
        Outgoing(key="c", text="Laut", answering=wider),
    ):
        with pytest.raises(Refused):
            walk.town.publish(draft)
        assert walk.town.find_published(draft) is None
    assert walk.town.compose(Outgoing(key="d", text="x" * 500)).problems == ()


def test_a_text_in_the_town_does_not_become_markup(walk: Walk) -> None:
    receipt = walk.town.publish(Outgoing(key="k", text='<b onclick="x">{us}</b>\n\n#Ofen'))
    said = walk.town.thread(receipt.local_id).posts[0]
    assert "<b onclick" not in said.html
    assert said.tags == ("Ofen",)


def test_forgetting_deletes_the_file(walk: Walk, tmp_path: Path) -> None:
    walk.town.publish(Outgoing(key="k", text="Guten Morgen."))
    assert list(tmp_path.iterdir())
    network.forget(walk.account, walk.around)
    assert list(tmp_path.iterdir()) == []
    network.forget(walk.account, walk.around)


def test_reading_alone_writes_nothing(walk: Walk, tmp_path: Path) -> None:
    walk.read_everything()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_a_trouble_and_no_crash(walk: Walk, tmp_path: Path) -> None:
    walk.town.publish(Outgoing(key="k", text="Guten Morgen."))
    next(tmp_path.glob("*.sqlite3")).write_bytes(b"no database at all" * 300)
    with pytest.raises(Unreadable):
        walk.read("home")


def test_the_stream_shows_what_happens_while_it_is_open(walk: Walk) -> None:
    stop = Event()
    pages = walk.town.stream(stop)
    assert next(pages) == Page()
    walk.clock.advance(minutes=4.5)
    seen = [post.local_id for page in islice(pages, 1) for post in page.posts]
    assert "aylin-tipp" in seen
    stop.set()
    assert list(pages) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_town_is_complete_in_both_languages(tmp_path: Path, language: str) -> None:
    walk = Walk(tmp_path, language=language)
    walk.clock.advance(days=30)
    posts = walk.read("notifications")[0] + walk.read("replies")[0] + walk.read("home")[0]
    assert {post.language for post in posts} == {language}
    assert not any(re.search(r"[{}]", post.html) for post in posts)
    assert all(len(plain(post)) <= 500 for post in posts)


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("", "backstube.example"),
        (" https://www.Ofen.example/brot?x=1 ", "www.ofen.example"),
        ("bäcker.example", "xn--bcker-gra.example"),
    ],
)
def test_the_domain_is_understood_as_people_type_it(
    tmp_path: Path, typed: str, domain: str
) -> None:
    walk = Walk(tmp_path, domain=typed)
    walk.clock.advance(days=30)
    links = [link.url for post in walk.read("home")[0] for link in post.links]
    assert f"https://{domain}/" in links


@pytest.mark.parametrize("given", [{"language": "Latein"}, {"domain": "kein ofen"}])
def test_what_cannot_be_understood_gets_a_sentence(tmp_path: Path, given: dict[str, str]) -> None:
    with pytest.raises(Refused, match=r"\.$"):
        Walk(tmp_path, **given)


def test_nobody_finds_what_is_not_there(walk: Walk) -> None:
    with pytest.raises(Gone):
        walk.town.thread("aylin-tipp")
    with pytest.raises(Gone):
        walk.town.react(ReactionKind.BOOST, "nirgends")
    assert walk.town.resolve("https://elsewhere.example/1", "") == ""


def test_the_account_is_enough_to_come_back(walk: Walk) -> None:
    kept = msgspec.json.decode(msgspec.json.encode(walk.account), type=Account)
    assert network.open(kept, walk.around).verify() == walk.account


def test_our_handle_spells_umlauts_out(tmp_path: Path) -> None:
    """As every German does who has to do without them."""
    walk = Walk(tmp_path, name="Bäckerei Süßholz")
    assert walk.account.profile.handle.startswith("@baeckereisuessholz@")
