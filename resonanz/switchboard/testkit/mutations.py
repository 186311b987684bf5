"""Answers as servers should not send them: keys missing, null, of another type, cut off."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import msgspec

from resonanz.switchboard.testkit.case import Answered

DEEPEST = 4
MOST_VERSIONS = 150
CUTS = 6
OTHER_TYPES: tuple[Any, ...] = (None, [], {}, "☃", -1)

Path = tuple[str | int, ...]


def broken_versions(answer: Answered) -> Iterator[tuple[str, Answered]]:
    """Broken versions of a good answer, each with words for what is wrong, at most 150."""
    body = msgspec.json.encode(answer.json) if answer.body is None else answer.body
    for cut in range(CUTS):
        half = body[: len(body) * cut // CUTS]
        yield f"cut off after {len(half)} bytes", _with(answer, body=half)
    yield "no text at all", _with(answer, body=b"\xff\xfe\x00" * 9)
    if answer.body is not None:
        return
    for other in OTHER_TYPES:
        yield f"{other!r} instead of everything", _with(answer, json=other)
    versions = list(_versions(answer.json))
    step = -(-len(versions) // MOST_VERSIONS) or 1
    for what, json in versions[::step]:
        yield what, _with(answer, json=json)


def _versions(json: Any) -> Iterator[tuple[str, Any]]:
    for path in _paths(json):
        name = ".".join(str(part) for part in path)
        if isinstance(path[-1], str):
            yield f"“{name}” missing", _changed(json, path, drop=True)
        value = _at(json, path)
        for other in OTHER_TYPES:
            if type(other) is not type(value):
                yield f"“{name}” is {other!r}", _changed(json, path, value=other)


def _paths(json: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a JSON value down to four levels; of a list only the first entry."""
    if path:
        yield path
    if len(path) >= DEEPEST:
        return
    if isinstance(json, dict):
        for key, value in json.items():
            yield from _paths(value, (*path, key))
    elif isinstance(json, list | tuple) and json:
        yield from _paths(json[0], (*path, 0))


def _at(json: Any, path: Path) -> Any:
    for part in path:
        json = json[part]
    return json


def _changed(json: Any, path: Path, *, value: Any = None, drop: bool = False) -> Any:
    # Through JSON and back, so that tuples become lists and nothing is shared.
    changed = deepcopy(msgspec.json.decode(msgspec.json.encode(json)))
    place = _at(changed, path[:-1])
    if drop:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return changed


def _with(answer: Answered, *, json: Any = None, body: bytes | None = None) -> Answered:
    headers = dict(answer.headers)
    if answer.body is None:
        headers.setdefault("content-type", "application/json")
    return Answered(json=json, body=body, status=answer.status, headers=headers)
