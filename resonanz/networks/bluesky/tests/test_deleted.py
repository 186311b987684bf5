"""What others delete is noticed, and nothing else is taken for deleted."""

import httpx

from resonanz.networks.bluesky.deleted import missing_from, to_look_after
from resonanz.networks.bluesky.limits import MISSING_PER_LOOK
from resonanz.networks.bluesky.tests.sky import ADA, connected, note, refused, said, uri
from resonanz.networks.bluesky.tests.test_reading import LIST, POSTS, listed, posts, whole

HOME = "https://home.example"
RECORD = f"{HOME}/xrpc/com.atproto.repo.getRecord"
DIRECTORY = f"https://plc.directory/{ADA}"
DOCUMENT = said({"id": ADA, "service": [{"id": "#atproto_pds", "serviceEndpoint": HOME}]})
ALL = [note("3", "mention"), note("2", "reply"), note("1", "mention")]


def first_look() -> str:
    connector, _ = connected({LIST: listed(*ALL), POSTS: posts()})
    return whole(connector.notifications("")).cursor or ""


def second_look(answer: httpx.Response) -> tuple[tuple[str, ...], str, list[str]]:
    """The second of three is not told any more, and its author's server says this."""
    left = listed(ALL[0], ALL[2])
    connector, sky = connected({LIST: left, DIRECTORY: DOCUMENT, RECORD: answer})
    pages = list(connector.notifications(first_look()))
    return pages[-1].gone, pages[-1].cursor or "", sky.names


def test_a_mention_that_was_deleted_is_gone() -> None:
    gone, cursor, _ = second_look(refused("RecordNotFound"))
    assert (gone, uri("2") in cursor) == ((uri("2"),), False)
    connector, sky = connected({LIST: listed(ALL[0], ALL[2])})
    assert not any(page.gone for page in connector.notifications(cursor))
    assert sky.names == [LIST]


def test_what_is_only_hidden_is_not_gone() -> None:
    assert second_look(said({"uri": uri("2"), "cid": "c", "value": {}}))[0] == ()


def test_while_nobody_can_say_nothing_is_gone_and_it_is_asked_again() -> None:
    """The server of somebody else is down: that is no trouble of ours."""
    gone, cursor, _ = second_look(refused("InternalServerError", code=500))
    assert (gone, uri("2") in cursor) == ((), True)


def test_nothing_is_missing_where_nothing_is() -> None:
    connector, sky = connected({LIST: listed(*ALL)})
    assert not any(page.gone for page in connector.notifications(first_look()))
    assert sky.names == [LIST]


def test_of_very_many_only_some_are_asked_for_at_once() -> None:
    posts = [f"{uri(str(number))} mention" for number in range(MISSING_PER_LOOK + 5)]
    like = f"at://{ADA}/app.bsky.feed.like/1 like"
    assert to_look_after([*posts, like]) == [*posts[:MISSING_PER_LOOK], like]


def test_what_is_older_than_what_was_looked_at_is_not_missing() -> None:
    seen = ["d", "c", "b", "a"]
    assert missing_from(seen, ["e", "d", "c"], is_all=False) == []
    assert missing_from(seen, ["e", "b"], is_all=False) == ["d", "c"]
    assert missing_from(seen, ["e"], is_all=False) == []
    assert missing_from(seen, ["e", "b"], is_all=True) == ["d", "c", "a"]
    assert missing_from([], ["e"], is_all=True) == []
