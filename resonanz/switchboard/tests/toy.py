"""A tiny correct network, to prove the kit with. Its server is canned, its language is JSON."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC
from pathlib import Path
from typing import Any

import httpx
import msgspec

from resonanz.switchboard import pretend
from resonanz.switchboard.contract import (
    Begun,
    Can,
    Connector,
    Field,
    Polling,
    Surroundings,
    Way,
    WayIn,
)
from resonanz.switchboard.elsewhere import without_local_names
from resonanz.switchboard.http import decode, send
from resonanz.switchboard.offering import OffersNothing
from resonanz.switchboard.pictures import problems_of
from resonanz.switchboard.shapes import (
    Account,
    Attachment,
    Circle,
    Circles,
    Composed,
    Facts,
    Outgoing,
    Page,
    Pages,
    Profile,
    ReactionKind,
    Receipt,
    Said,
    Secret,
    ShieldKind,
    Standing,
    Thread,
)
from resonanz.switchboard.testkit import TEXT, Answered, Case, Exchange
from resonanz.switchboard.tests.toy_answers import (
    ME,
    news,
    people,
    post,
    speaking,
    uploaded,
    written,
)
from resonanz.switchboard.tests.toy_payloads import (
    ToyDone,
    ToyFile,
    ToyMe,
    ToyPeople,
    ToyPost,
    ToyPosts,
)
from resonanz.switchboard.trouble import (
    Gone,
    NotOffered,
    Refused,
    SignInAgain,
    TryLater,
    Unsure,
)

TOKEN = "toy-s3cret-4711"
SERVER = "https://toy.example"
LIMIT_CHARACTERS = 300
MOST_PAGES = 5
CAN = frozenset(
    {
        Can.NOTIFICATIONS,
        Can.THREAD,
        Can.PUBLISH,
        Can.ANSWER,
        Can.ANSWER_DIRECT,
        Can.FAVOURITE,
        Can.MEDIA,
        Can.EDIT,
        Can.DELETE,
        Can.MUTE,
        Can.REPORT,
        Can.ORIGIN,
        Can.QUOTE,
        Can.ARTICLE,
        Can.MODERATE,
        Can.FOLLOWERS,
    }
)


class Toy(OffersNothing):
    """The connector. Every step is a method of its own, so that a test can break one."""

    can = CAN

    def __init__(self, account: Account, surroundings: Surroundings) -> None:
        self.account, self.surroundings = account, surroundings
        self.token = account.credentials

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token.value}", **more.pop("headers", {})}
        return send(
            self.surroundings.http,
            method,
            SERVER + path,
            writing=method != "GET",
            now=self.surroundings.clock(),
            headers=headers,
            **more,
        )

    def posts(self, path: str) -> ToyPosts:
        return decode(self.ask("GET", path), ToyPosts)

    def said(self, post: ToyPost) -> Said:
        return Said(
            uid=f"{SERVER}/posts/{post.id}",
            local_id=post.id,
            author=Profile(uid=f"{SERVER}/{post.by}", handle=f"@{post.by}"),
            said_at=post.at.astimezone(UTC),
            html=f"<p>{post.text}</p>",
        )

    def verify(self) -> Account:
        me = decode(self.ask("GET", "/me"), ToyMe)
        profile = msgspec.structs.replace(self.account.profile, name=me.name)
        return msgspec.structs.replace(self.account, profile=profile)

    def notifications(self, cursor: str) -> Pages:
        newest, before, seen = cursor, "", {""}
        given: set[str] = set()
        for _ in range(MOST_PAGES):
            page = self.posts(f"/news?before={before}")
            fresh = [post for post in page.posts if post.id > cursor and post.id not in given]
            given |= {post.id for post in fresh}
            newest = max([newest, *given])
            ends = len(fresh) < len(page.posts) or page.before in seen
            if not ends:
                yield Page(posts=tuple(map(self.said, fresh)))
                before = page.before
                seen.add(before)
                continue
            yield Page(posts=tuple(map(self.said, fresh)), cursor=newest)
            return
        yield Page(cursor=newest)

    def thread(self, local_id: str) -> Thread:
        found = self.posts(f"/posts/{local_id}/thread").posts
        return Thread(posts=tuple(map(self.said, sorted(found, key=lambda post: post.at))))

    def problems(self, outgoing: Outgoing, text: str) -> tuple[str, ...]:
        answering = outgoing.answering
        found = {
            "empty": not outgoing.text.strip() and not outgoing.pictures,
            "too_long": len(text) > LIMIT_CHARACTERS,
            "wider_than_answered": answering is not None
            and outgoing.audience.is_wider_than(answering.audience),
        }
        named = tuple(problem for problem, is_there in found.items() if is_there)
        return named + problems_of(outgoing.pictures, self.account.facts)

    def compose(self, outgoing: Outgoing) -> Composed:
        names = outgoing.answering.names if outgoing.answering else ()
        text = " ".join([*(name.handle for name in names), outgoing.text])
        return Composed(
            text=text,
            length=len(text),
            limit=LIMIT_CHARACTERS,
            names_added=names,
            problems=self.problems(outgoing, text),
        )

    def body(self, outgoing: Outgoing) -> dict[str, str]:
        return {
            "text": self.compose(outgoing).text,
            "audience": outgoing.audience.value,
            "warning": outgoing.warning,
            "language": outgoing.language,
            "answers": outgoing.answering.local_id if outgoing.answering else "",
            "pictures": " ".join(picture.local_id for picture in outgoing.pictures),
            "quotes": outgoing.quoting.local_id if outgoing.quoting else "",
            "title": outgoing.title,
            "state": "draft" if outgoing.is_draft else "public",
        }

    def write(self, outgoing: Outgoing) -> httpx.Response:
        once = {"X-Once": outgoing.key}
        return self.ask("POST", "/posts", json=self.body(outgoing), headers=once)

    def publish(self, outgoing: Outgoing) -> Receipt:
        if problems := self.compose(outgoing).problems:
            raise Refused(", ".join(problems))
        self._must_take(outgoing)
        outgoing = self.with_files(outgoing)
        receipt = self.receipt(decode(self.write(outgoing), ToyPost))
        ids = tuple(picture.local_id for picture in outgoing.pictures)
        return msgspec.structs.replace(receipt, picture_ids=ids)

    def with_files(self, outgoing: Outgoing) -> Outgoing:
        pictures = tuple(
            msgspec.structs.replace(picture, local_id=picture.local_id or self.upload(picture))
            for picture in outgoing.pictures
        )
        return msgspec.structs.replace(outgoing, pictures=pictures)

    def upload(self, attachment: Attachment) -> str:
        self._must(Can.MEDIA)
        content = Path(attachment.path).read_bytes()
        alt = {"x-alt": attachment.description.encode()}
        try:
            return decode(self.ask("POST", "/files", content=content, headers=alt), ToyFile).id
        except Unsure as broken:
            raise TryLater(broken.reason) from broken

    def edit(self, local_id: str, outgoing: Outgoing) -> Receipt:
        self._must(Can.EDIT)
        if problems := self.compose(outgoing).problems:
            raise Refused(", ".join(problems))
        body = self.body(self.with_files(outgoing))
        return self.receipt(decode(self.ask("PUT", f"/posts/{local_id}", json=body), ToyPost))

    def delete(self, local_id: str) -> None:
        self._must(Can.DELETE)
        with suppress(Gone):
            decode(self.ask("DELETE", f"/posts/{local_id}"), ToyDone)

    def shield(self, kind: ShieldKind, local_id: str, *, is_on: bool) -> None:
        self._must(Can(kind.value))
        path = f"/people/{local_id}/{kind.value}"
        decode(self.ask("POST" if is_on else "DELETE", path), ToyMe)

    def report(
        self, local_id: str, *, post_local_ids: tuple[str, ...], reason: str, forward: bool
    ) -> None:
        self._must(Can.REPORT)
        told = {"who": local_id, "posts": post_local_ids, "why": reason, "forward": forward}
        decode(self.ask("POST", "/reports", json=told), ToyMe)

    def openly(self, url: str) -> httpx.Response:
        world = self.surroundings
        try:
            return send(world.http, "GET", url, writing=False, now=world.clock())
        except SignInAgain as cause:
            raise Refused("Not shown to anybody.") from cause

    def thread_at_origin(self, uid: str, url: str) -> Thread:
        self._must(Can.ORIGIN)
        found = decode(self.openly(f"{url}/thread"), ToyPosts).posts
        ordered = map(self.said, sorted(found, key=lambda post: post.at))
        return Thread(posts=tuple(without_local_names(said) for said in ordered))

    def find_published(self, outgoing: Outgoing) -> Receipt | None:
        for found in self.posts("/me/posts").posts:
            if found.once == outgoing.key:
                return self.receipt(found)
        return None

    def receipt(self, post: ToyPost) -> Receipt:
        return Receipt(uid=f"{SERVER}/posts/{post.id}", local_id=post.id)

    def react(self, kind: ReactionKind, local_id: str, *, is_on: bool = True) -> None:
        if kind is not ReactionKind.FAVOURITE:
            raise NotOffered
        decode(self.ask("POST" if is_on else "DELETE", f"/posts/{local_id}/like"), ToyPost)

    def moderate(self, local_id: str, standing: Standing) -> None:
        self._must(Can.MODERATE)
        path = f"/posts/{local_id}/standing"
        decode(self.ask("POST", path, json={"standing": standing.value}), ToyDone)

    def circle(self, cursor: str) -> ToyPeople:
        return decode(self.ask("GET", f"/followers?from={cursor}"), ToyPeople)

    def followers(self, cursor: str) -> Circles:
        self._must(Can.FOLLOWERS)
        known: set[str] = set()
        while True:
            page = self.circle(cursor)
            fresh = [name for name in page.people if name not in known]
            known.update(fresh)
            cursor = page.more if fresh else ""
            people = (Profile(uid=f"{SERVER}/{name}", handle=f"@{name}") for name in fresh)
            yield Circle(profiles=tuple(people), cursor=cursor)
            if not cursor:
                return

    def resolve(self, uid: str, url: str) -> str:
        return uid.removeprefix(f"{SERVER}/posts/") if uid.startswith(SERVER) else ""


class ToyNetwork:
    """The network; `connector` is which class it opens."""

    slug = "toy"
    address_list = None
    name = "Toy"
    icon = Path(pretend.__file__).with_name("icon.svg")
    polling = Polling()
    is_pretend = False
    ways_in: tuple[WayIn, ...] = (
        WayIn(way=Way.TOKEN, label="Token", fields=(Field(name="token", label="Token"),)),
    )

    def __init__(self, connector: type[Toy] = Toy) -> None:
        self.connector = connector

    def drawn(self, url: str) -> bytes | None:
        return None

    def begin(
        self, way: Way, answers: Mapping[str, str], callback: str, surroundings: Surroundings
    ) -> Account | Begun:
        return ACCOUNT

    def finish(self, memo: str, answers: Mapping[str, str], surroundings: Surroundings) -> Account:
        raise NotOffered

    def open(self, account: Account, surroundings: Surroundings) -> Connector:
        return self.connector(account, surroundings)

    def forget(self, account: Account, surroundings: Surroundings) -> None:
        return None


ACCOUNT = Account(
    address=SERVER,
    profile=Profile(uid=f"{SERVER}/us", handle="@us"),
    credentials=Secret(value=TOKEN),
    facts=Facts(
        picture_limit=4,
        picture_bytes=1000,
        picture_types=("image/png",),
        description_limit=100,
    ),
)


def toy_case(connector: type[Toy] = Toy) -> Case:
    """The case of a toy connector; `can` is what the class says it can."""
    exchanges = {
        Can.NOTIFICATIONS: Exchange(answers={"GET /news": news}, at_least=3, cursor="6"),
        Can.THREAD: Exchange(
            answers={"GET /posts/1/thread": Answered({"posts": [post(1), post(2)]})}, at_least=2
        ),
        Can.PUBLISH: speaking(),
        Can.ANSWER: speaking("9"),
        Can.ANSWER_DIRECT: speaking("8"),
        Can.FAVOURITE: Exchange(answers={"* /posts/1/like": Answered(post(1))}),
        Can.BOOST: Exchange(answers={}),
        Can.MEDIA: Exchange(answers={**speaking().answers, "POST /files": Answered({"id": "f1"})}),
        Can.EDIT: Exchange(answers={"PUT /posts/50": Answered(post(50, TEXT))}, local_id="50"),
        Can.DELETE: Exchange(answers={"DELETE /posts/50": Answered({})}, local_id="50"),
        Can.MUTE: Exchange(answers={"* /people/ada/mute": ME}, local_id="ada"),
        Can.REPORT: Exchange(answers={"POST /reports": ME}, local_id="ada", address="9"),
        Can.ORIGIN: Exchange(
            answers={f"GET {SERVER}/posts/1/thread": Answered({"posts": [post(1), post(2)]})},
            address=f"{SERVER}/posts/1",
            at_least=2,
        ),
        Can.QUOTE: speaking("9"),
        Can.ARTICLE: speaking(),
        Can.MODERATE: Exchange(answers={"POST /posts/1/standing": Answered({})}),
        Can.FOLLOWERS: Exchange(answers={"GET /followers": people}, at_least=2),
    }
    return Case(
        network=ToyNetwork(connector),
        account=ACCOUNT,
        can=connector.can,
        verify=Exchange(answers={"GET /me": Answered({"name": "Wir"})}),
        exchanges={can: exchange for can, exchange in exchanges.items() if can in connector.can},
        secrets=(TOKEN,),
        written=written,
        uploaded=uploaded,
        repeat_key=lambda request: request.headers.get("x-once", ""),
        excused={"network/folder": "The toy lives among the tests and has no folder."},
    )
