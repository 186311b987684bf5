"""What the server of the toy network sends."""

from datetime import datetime

from resonanz.switchboard.shapes import Shape


class ToyPost(Shape):
    """A post as the toy server sends it."""

    id: str
    by: str
    at: datetime
    text: str
    once: str = ""


class ToyPosts(Shape):
    """A page of posts; `before` is where the next one begins."""

    posts: list[ToyPost]
    before: str = ""


class ToyPeople(Shape):
    """A part of a list of people; `more` is where the next one begins."""

    people: list[str]
    more: str = ""


class ToyFile(Shape):
    """A file that arrived."""

    id: str


class ToyDone(Shape):
    """Nothing to tell."""


class ToyMe(Shape):
    """Who we are."""

    name: str
