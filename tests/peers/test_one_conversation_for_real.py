"""Our article, its copies and what was said below them, on three networks' own servers: one talk.

The article stands on a WordPress, its copies on a snac2 and at Bluesky's servers, people answer
there, and the package `webmentions` tells of two of the answers once more, as a bridge does. We
do everything by the pages of a running house.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.peers.screenshots import open_whole
from tests.peers.servers.bluesky import BlueskyPerson, BlueskyServer
from tests.peers.servers.chromium import NARROW, WIDE, visitor
from tests.peers.servers.maria import MariaServer
from tests.peers.servers.mastodon_api import Person, Status
from tests.peers.servers.resonanz_process import ResonanzProcess
from tests.peers.servers.running import wait_until
from tests.peers.servers.snac import SnacServer
from tests.peers.servers.webmention_library import WebmentionLibrary
from tests.peers.servers.wordpress import WordPressServer
from tests.peers.torture.desk import Desk
from tests.peers.walking_house.pages import Keeper

pytestmark = pytest.mark.peer

# A minute of polling becomes two seconds; articles are looked for every half minute then.
PACE = "0.03"
ARRIVES_WITHIN_SECONDS = 90
TITLE = "Warum das Licht im Nebel singt"
TEXT = "Drei Wochen lang haben wir zugehört, und jetzt wissen wir es: Es ist der Wind"
TOOT, SKEET = "Neu im Tagebuch", "Ab heute zu lesen"
SAID = (
    "Das Singen hört man bis zur Mole",
    "Und ich dachte immer, es sei die Boje",
    "Meine Katze singt dabei mit",
    "Ist das nachts nicht zu laut",
)
COMMENT = "Mein Großvater hat davon erzählt"
NOTED = "Sie hat den Artikel gelesen und fragt nach einer Führung"
ALL = (TEXT, TOOT, SKEET, *SAID, COMMENT)
ANSWERS = (
    "Bei Ostwind sogar bis zum Hafen",
    "Dann grüßt die Katze von uns",
    "Was hat er denn erzählt",
)


@dataclass
class Shore:
    """The house with its keeper, the servers around it, and who speaks there."""

    keeper: Keeper
    desk: Desk
    blog: WordPressServer
    bridge: WebmentionLibrary
    snac: SnacServer
    bluesky: BlueskyServer
    followers: list[Person]

    @property
    def tooting(self) -> Person:
        """Our account at snac2."""
        return self.snac.users["lighthouse"]

    @property
    def skeeting(self) -> BlueskyPerson:
        """Our account at Bluesky."""
        return self.bluesky.users["lighthouse"]

    def ours(self) -> dict[str, list[str]]:
        """What stands in our name at each server, and all comments at the blog."""
        return {
            "snac": [status.content for status in self.tooting.said_ever()],
            "bluesky": [one["value"]["text"] for one in self.skeeting.records()],
            "blog": [one["comment_content"] for one in self.blog.comments()],
        }

    def places_of(self, words: str) -> list[str]:
        """At which servers these words of ours stand, as often as they stand there."""
        return [place for place, texts in self.ours().items() for one in texts if words in one]

    def talks_of(self, words: str) -> list[int]:
        """The conversations of the posts with these words that the house keeps."""
        return [talk for _, text, _, talk, _ in self.desk.ask("kept")["posts"] if words in text]

    def wait_until_kept(self, *all_words: str) -> int:
        """Wait until the house keeps posts with all these words; gives their one conversation."""
        wait_until(
            lambda: all(self.talks_of(words) for words in all_words),
            seconds=ARRIVES_WITHIN_SECONDS,
            what=f"all of {all_words}",
            pause_seconds=1,
        )
        talks = [self.talks_of(words) for words in all_words]
        assert talks == [talks[0]] * len(talks), talks
        assert len(talks[0]) == 1
        return talks[0][0]


@pytest.fixture
def blog(tmp_path: Path, maria: MariaServer) -> Iterator[WordPressServer]:
    """Our blog."""
    server = WordPressServer(tmp_path / "blog", maria, {"mehl": "editor"}, title="Tagebuch")
    yield server
    server.stop()


@pytest.fixture
def bridge(tmp_path: Path) -> Iterator[WebmentionLibrary]:
    """A site that tells of what was said elsewhere."""
    found = WebmentionLibrary(tmp_path / "bridge")
    yield found
    found.stop()


@pytest.fixture
def keeper(tmp_path: Path, browser: Browser, bluesky: BlueskyServer) -> Iterator[Keeper]:
    """A house that she has founded; what she sends can be taken back for a second."""
    process = ResonanzProcess(
        tmp_path / "house",
        environment={"RESONANZ_PACE": PACE, "RESONANZ_PLC_DIRECTORY": bluesky.directory},
    )
    process.furnish()
    process.start()
    context = visitor(browser)
    found = Keeper(context.new_page(), process.address)
    found.open("/")
    found.set_up()
    found.page.wait_for_url("**/welcome/")
    found.open("/settings/speaking/")
    found.page.fill("input[name=take_back_seconds]", "1")
    with found.page.expect_navigation():
        found.page.click("form[action$='/speaking/'] button.primary")
    yield found
    context.close()
    process.stop()


@pytest.fixture
def shore(
    tmp_path: Path,
    keeper: Keeper,
    blog: WordPressServer,
    bridge: WebmentionLibrary,
    snac_a: SnacServer,
    snac_b: SnacServer,
    bluesky: BlueskyServer,
) -> Iterator[Shore]:
    """All of it; two people at another snac2 follow us."""
    followers = [snac_b.users["bert"], snac_b.users["carla"]]
    us = snac_a.users["lighthouse"]
    for one in followers:
        one.follow(us.handle)
    wait_until(
        lambda: {n.account.username for n in us.notifications(["follow"])} >= {"bert", "carla"},
        seconds=30,
        what="two followers",
    )
    desk = Desk(ResonanzProcess(tmp_path / "house", port=int(keeper.address.rpartition(":")[2])))
    yield Shore(keeper, desk, blog, bridge, snac_a, bluesky, followers)
    desk.kill()


def connect(keeper: Keeper, network: str, way: str, **answers: str) -> None:
    """Connect something of ours by its page."""
    keeper.open(f"/channels/connect/{network}/")
    names = [f"input[name={way}-{name}]" for name in answers]
    form = keeper.page.locator("form", has=keeper.page.locator(names[-1]))
    for name, answer in zip(names, answers.values(), strict=True):
        form.locator(name).fill(answer)
    form.get_by_role("button").click()
    keeper.page.wait_for_url(f"{keeper.address}/channels/*/")


def connect_all(shore: Shore) -> None:
    """Our three accounts, and our domain, whose pages name the house from then on."""
    keeper, blog, sky = shore.keeper, shore.blog, shore.skeeting
    connect(keeper, "wordpress", "token", blog=blog.address, **blog.users["mehl"].answers)
    keeper.type_token(shore.tooting)
    keeper.page.wait_for_url(f"{keeper.address}/channels/*/")
    signed = {"handle": sky.handle, "server": sky.address, "password": sky.app_password}
    connect(keeper, "bluesky", "token", **signed)
    connect(keeper, "webmention", "address", address=f"{blog.address}/")
    keeper.open("/mentions/")
    keeper.page.locator("main a[href*='/mentions/domains/']").first.click()
    line = keeper.page.locator("pre code").first.inner_text()
    assert line.startswith('<link rel="webmention"')
    plugin = blog.folder / "wp-content" / "mu-plugins" / "door.php"
    plugin.write_text(f"<?php add_action('wp_head', function () {{ echo '{line}'; }});\n")


def say(shore: Shore, text: str, handle: str, place: str) -> None:
    """Say something through one account, and wait until it stands there."""
    keeper = shore.keeper
    keeper.open("/speak/")
    boxes = keeper.page.locator("label", has=keeper.page.locator("input[name=channels]"))
    for label in boxes.all():
        label.locator("input").set_checked(handle in label.inner_text(), force=True)
    keeper.write(text)
    keeper.send()
    wait_until(
        lambda: shore.places_of(text[:15]) == [place],
        seconds=ARRIVES_WITHIN_SECONDS,
        what=f"“{text}” at {place}",
        pause_seconds=0.5,
    )


def answered_on_snac(shore: Shore) -> list[Status]:
    """Two followers answer our copy there."""
    found = []
    for one, words in zip(shore.followers, SAID[:2], strict=True):
        seen = one.wait_for_post(TOOT)
        found.append(one.post(f"{shore.tooting.handle} {words}", answering=seen.id))
    return found


def answered_on_bluesky(shore: Shore) -> list[dict[str, Any]]:
    """Two people answer our copy there."""
    (ours,) = [one for one in shore.skeeting.records() if SKEET in one["value"]["text"]]
    people = [shore.bluesky.users[name] for name in ("ada", "carla")]
    return [
        one.post(words, answering=one.wait_for_shown(ours["uri"]))
        for one, words in zip(people, SAID[2:], strict=True)
    ]


def tell_once_more(shore: Shore, name: str, *, original: str, words: str, article: str) -> None:
    """The bridge shows an answer on a page of its own, and tells the article of it."""
    source = shore.bridge.put(
        name,
        '<!doctype html><html lang="de"><title>Brücke</title><article class="h-entry">'
        f'<a class="p-author h-card" href="/{name}">Jemand</a>'
        f'<a class="u-in-reply-to" href="{article}">dazu</a>'
        # No link: nobody is to look there.
        f'<data class="u-url" value="{original}"></data>'
        f'<p class="e-content">{words}</p></article></html>',
    )
    shore.bridge.tell(name)
    keeper = shore.keeper
    keeper.open("/mentions/")
    rows = keeper.page.locator("li[data-row]", has=keeper.page.locator(f"a[href='{source}']"))
    keeper.reload_until(
        lambda: rows.filter(has_text="wurde angesehen und verlinkt"), f"{name} as seen"
    )


def note_at_the_counter(keeper: Keeper, talk: int) -> None:
    """Somebody spoke of it to us over the counter."""
    keeper.open(f"/conversations/{talk}/")
    keeper.page.click("a[href*='/noting/?talk=']")
    keeper.page.fill("#id_name", "Frau Sommer")
    # Those who speak in the talk are offered until a name is typed that is none of theirs.
    expect(keeper.page.locator("#whom input[name=person]")).to_have_count(0)
    keeper.page.fill("#id_text", NOTED)
    keeper.page.check("input[name=place][value=counter]", force=True)
    keeper.page.click("form.by-hand button.primary")
    keeper.page.wait_for_url(f"**/conversations/{talk}/**")
    expect(keeper.page.locator("#talk article.post", has_text=NOTED)).to_have_count(1)


def answer(keeper: Keeper, talk: int, words: str, text: str) -> None:
    """Answer one post of the talk."""
    keeper.open(f"/conversations/{talk}/")
    post = keeper.page.locator("#talk article.post", has_text=words)
    post.locator("a.act-link[href*='answer=']").first.click()
    keeper.page.wait_for_url("**answer=*")
    keeper.answer(text)


def wait_until_all_was_read_again(desk: Desk) -> None:
    """Every account is looked at once more, and nothing more is to be looked up."""
    before = set(desk.ask("look")["lanes"])
    assert before

    def is_done() -> bool:
        told = desk.ask("look")
        return not before & set(told["lanes"]) and not told["lookups"]

    wait_until(is_done, seconds=ARRIVES_WITHIN_SECONDS, what="another look", pause_seconds=1)


def check_page(keeper: Keeper, talk: int, all_words: tuple[str, ...]) -> None:
    """The talk shows these words, each once, and nothing else."""
    keeper.open(f"/conversations/{talk}/")
    posts = keeper.page.locator("#talk article.post")
    for words in all_words:
        expect(posts.filter(has_text=words)).to_have_count(1)
    expect(posts).to_have_count(len(all_words))


def take_pictures(keeper: Keeper, folder: Path) -> None:
    """The open page, wide and narrow."""
    for size in (NARROW, WIDE):
        open_whole(keeper.page, size)
        keeper.page.screenshot(path=folder / f"one-talk-three-networks-de-{size[0]}.png")


def check_answers(shore: Shore, status: Status, record: dict[str, Any], comment: int) -> None:
    """Each answer stands below what it answers, at that server and at no other one."""
    here = shore.followers[0].wait_for_notice(ANSWERS[0]).status
    assert here is not None
    assert here.in_reply_to_id == status.id
    reply = shore.bluesky.users["ada"].wait_for_notice(ANSWERS[1], reason="reply")["record"]
    assert reply["reply"]["parent"]["uri"] == record["uri"]
    ours = [one for one in shore.blog.comments() if int(one["user_id"])]
    assert [int(one["comment_parent"]) for one in ours] == [comment]
    assert [shore.places_of(text) for text in ANSWERS] == [["snac"], ["bluesky"], ["blog"]]


def test_what_is_said_on_three_networks_is_one_talk_and_each_answer_goes_home(
    shore: Shore, tmp_path: Path
) -> None:
    """Nine posts, none twice; then three answers, each at its own server and nowhere else."""
    blog, keeper = shore.blog, shore.keeper
    article = blog.write(TITLE, f"<p>{TEXT}.</p>")
    link = blog.link(article)
    connect_all(shore)
    shore.wait_until_kept(TEXT)
    say(shore, f"{TOOT}: {TITLE} {link}", shore.tooting.handle, "snac")
    say(shore, f"{SKEET}: {TITLE} {link}", shore.skeeting.handle, "bluesky")
    statuses, records = answered_on_snac(shore), answered_on_bluesky(shore)
    comment = blog.say(article, COMMENT, "Jana")
    blog.decide(comment, "approve")
    key = records[0]["uri"].rpartition("/")[2]
    shown = f"https://bsky.app/profile/ada.test/post/{key}"
    tell_once_more(shore, "one", original=statuses[0].uri, words=SAID[0], article=link)
    tell_once_more(shore, "other", original=shown, words=SAID[2], article=link)
    talk = shore.wait_until_kept(*ALL)
    note_at_the_counter(keeper, talk)
    wait_until_all_was_read_again(shore.desk)
    assert shore.wait_until_kept(*ALL, NOTED) == talk
    check_page(keeper, talk, (*ALL, NOTED))

    for words, text in zip((SAID[0], SAID[2], COMMENT), ANSWERS, strict=True):
        answer(keeper, talk, words, text)
    check_answers(shore, statuses[0], records[0], comment)
    wait_until_all_was_read_again(shore.desk)
    assert shore.desk.ask("kept")["twice"] == []
    check_page(keeper, talk, (*ALL, NOTED, *ANSWERS))
    take_pictures(keeper, Path(os.environ.get("RESONANZ_PICTURES", tmp_path)))
