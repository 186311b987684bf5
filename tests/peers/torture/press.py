"""A blog in the torture: its user and its readers in the shapes that the other towns speak in."""

import random
from typing import Any

import httpx

from tests.peers.servers.mastodon_api import Account, Context, Notice, Status
from tests.peers.servers.wordpress import PATIENCE_SECONDS, User, WordPressServer

READERS = ("dora", "emil", "frida")
US = "lighthouse"
LATEST = 8

SAID_EVER = """
    $ours = get_comments(['user_id' => $told['id'], 'status' => 'all', 'orderby' => 'comment_ID']);
    $articles = get_posts(['author' => $told['id'], 'numberposts' => -1, 'post_status' => 'any']);
    return ['comments' => array_map(fn($c) => $c->to_array(), $ours),
        'articles' => array_map(fn($p) => $p->to_array(), $articles)];
"""
TOLD_US = """
    $theirs = get_comments(['status' => 'all', 'author__not_in' => [$told['id']],
        'orderby' => 'comment_ID']);
    return array_map(fn($c) => $c->to_array(), $theirs);
"""


class PressPerson:
    """Our user at the blog. `token` is the application password, `handle` the login."""

    def __init__(self, blog: WordPressServer, user: User) -> None:
        """Know her, and the address under which the blog is known by now."""
        self.blog, self._user = blog, user
        self._place = str(blog.php("return get_option('home');")).partition("://")[2]
        self.name = self.handle = user.name
        self.token = user.password

    def me(self) -> Account:
        """Her account."""
        return Account(id=str(self._user.id), username=self.name, acct=self.name)

    def said_ever(self) -> list[Status]:
        """Her articles and her comments, straight from the database."""
        found = self.blog.php(SAID_EVER, id=self._user.id)
        articles = [self._article(row) for row in found["articles"]]
        return articles + [self._comment(row, self.me()) for row in found["comments"]]

    def notified_ever(self) -> list[Notice]:
        """All that readers said."""
        return [
            Notice(id=status.id, type="reply", account=status.account, status=status)
            for row in self.blog.php(TOLD_US, id=self._user.id)
            for status in [self._comment(row, _reader(row))]
        ]

    def context(self, local_id: str) -> Context:
        """Nothing that she was not told of."""
        del local_id
        return Context(ancestors=[], descendants=[])

    def _article(self, row: dict[str, Any]) -> Status:
        return Status(
            id=f"p{row['ID']}",
            uri=self._uid(row["ID"]),
            account=self.me(),
            content=row["post_content"],
            created_at=f"{row['post_date_gmt']}+00:00",
        )

    def _comment(self, row: dict[str, Any], by: Account) -> Status:
        parent, number = int(row["comment_parent"]), row["comment_ID"]
        return Status(
            id=f"c{number}",
            uri=f"{self._uid(row['comment_post_ID'])}#comment-{number}",
            account=by,
            content=row["comment_content"],
            in_reply_to_id=f"c{parent}" if parent else f"p{row['comment_post_ID']}",
            created_at=f"{row['comment_date_gmt']}+00:00",
        )

    def _uid(self, article: str | int) -> str:
        return f"https://{self._place}/?p={article}"


class PressReader:
    """Somebody who reads the blog and writes below its articles."""

    def __init__(self, blog: WordPressServer, name: str, us: int) -> None:
        """Know the blog."""
        self.blog, self.name, self._us = blog, name, us

    def say(self, word: str, chance: random.Random) -> None:
        """A comment below one of our latest articles, or an answer to one of our comments."""
        articles, ours = self._listed("posts"), self._listed("comments")
        ours = [one for one in ours if one["author"] == self._us]
        if ours and chance.random() < 0.5:
            one = chance.choice(ours)
            text = f"that is good to know, {word}"
            self.blog.say(one["post"], text, self.name.title(), below=one["id"])
        elif articles:
            text = f"do you still bake on Sundays? {word}"
            self.blog.say(chance.choice(articles)["id"], text, self.name.title())

    def _listed(self, what: str) -> list[dict[str, Any]]:
        answer = httpx.get(
            f"http://127.0.0.1:{self.blog.port}/wp-json/wp/v2/{what}",
            params={"per_page": LATEST},
            timeout=PATIENCE_SECONDS,
            trust_env=False,
        )
        found: list[dict[str, Any]] = answer.raise_for_status().json()
        return found


def _reader(row: dict[str, Any]) -> Account:
    name = str(row["comment_author"]).lower()
    return Account(id=f"reader {name}", username=name, acct=name)
