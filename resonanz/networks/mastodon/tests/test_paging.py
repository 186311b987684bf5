"""Reading a list from new to old, down to what was seen last time."""

from collections.abc import Callable

from resonanz.networks.mastodon.limits import FIRST_LOOK_PAGES
from resonanz.networks.mastodon.paging import Fetched, mark_of, walk

Fetch = Callable[[str], Fetched[str]]


def a_list(names: list[str], size: int = 3, says_when_it_ends: bool = True) -> Fetch:
    """A server with a list, newest first."""

    def fetch(before: str) -> Fetched[str]:
        start = names.index(before) + 1 if before in names else 0
        page = names[start : start + size]
        is_last = start + size >= len(names)
        following = "" if not page or (is_last and says_when_it_ends) else page[-1]
        return Fetched([(name, name) for name in page], following)

    return fetch


def ignoring_where_to_go_on(names: list[str]) -> Fetch:
    return lambda before: Fetched([(name, name) for name in names], names[-1])


def look(cursor: str, fetch: Fetch, most_pages: int = 10) -> tuple[list[str], str]:
    """Everything that one look brings, and the cursor after it."""
    items: list[str] = []
    for step in walk(cursor, fetch, most_pages=most_pages):
        items += step.items
        cursor = step.cursor or cursor
    return items, cursor


def numbers(high: int, low: int) -> list[str]:
    return [str(number) for number in range(high, low - 1, -1)]


def test_a_busy_day_has_more_than_one_page() -> None:
    _, cursor = look("", a_list(numbers(5, 1)))
    assert look(cursor, a_list(numbers(16, 1)))[0] == numbers(16, 6)


def test_the_first_look_is_short_and_marked_as_backlog() -> None:
    steps = list(walk("", a_list(numbers(100, 1)), most_pages=10))
    assert len(steps) == FIRST_LOOK_PAGES
    assert all(step.is_backlog for step in steps)
    assert [step.cursor is None for step in steps] == [True, False]
    assert look(steps[-1].cursor or "", a_list(numbers(100, 1)))[0] == []


def test_a_first_look_at_nothing_is_a_first_look_all_the_same() -> None:
    items, cursor = look("", a_list([]))
    assert (items, bool(cursor)) == ([], True)
    steps = list(walk(cursor, a_list(numbers(2, 1)), most_pages=10))
    assert [step.items for step in steps] == [["2", "1"]]
    assert not steps[0].is_backlog


def test_a_look_that_was_too_long_goes_on_where_it_ended() -> None:
    """Nothing is lost and nothing comes twice, although new things arrive in between."""
    _, cursor = look("", a_list(numbers(3, 1)))
    first, cursor = look(cursor, a_list(numbers(20, 1)), most_pages=2)
    second, cursor = look(cursor, a_list(numbers(22, 1)), most_pages=10)
    third, cursor = look(cursor, a_list(numbers(22, 1)), most_pages=10)
    assert first == numbers(20, 15)
    assert second == numbers(14, 4)
    assert third == ["22", "21"]
    assert look(cursor, a_list(numbers(22, 1)))[0] == []


def test_a_line_that_breaks_after_a_page_loses_nothing() -> None:
    _, cursor = look("", a_list(numbers(3, 1)))
    steps = walk(cursor, a_list(numbers(12, 1)), most_pages=10)
    kept = next(steps)
    rest, _ = look(kept.cursor or "", a_list(numbers(12, 1)))
    assert kept.items + rest == numbers(12, 4)


def test_a_server_that_ignores_where_to_go_on_is_left_after_one_repetition() -> None:
    fetch = ignoring_where_to_go_on(["c", "b", "a"])
    items, cursor = look("", fetch)
    assert items == ["c", "b", "a"]
    assert look(cursor, ignoring_where_to_go_on(["d", "c", "b"]))[0] == ["d"]


def test_the_newest_known_entries_may_have_been_deleted() -> None:
    _, cursor = look("", a_list(numbers(9, 1)))
    without_the_newest = [name for name in numbers(12, 1) if name not in {"9", "8"}]
    assert look(cursor, a_list(without_the_newest))[0] == ["12", "11", "10"]


def test_everything_known_may_have_been_deleted() -> None:
    """Numbers below the lowest known one are old, so that the past is not read once more."""
    _, cursor = look("", a_list(numbers(99, 80), size=10))
    assert look(cursor, a_list(["100", *numbers(79, 1)]))[0] == ["100"]


def test_an_entry_that_came_late_below_the_newest_is_found() -> None:
    _, cursor = look("", a_list(["9", "7", "6"]))
    assert look(cursor, a_list(["9", "8", "7", "6"]))[0] == ["8"]


def test_ids_that_are_no_numbers_are_recognised_too() -> None:
    _, cursor = look("", a_list(["x3", "x2", "x1"]))
    assert look(cursor, a_list(["x5", "x4", "x3", "x2", "x1"]))[0] == ["x5", "x4"]


def test_a_list_that_does_not_say_when_it_ends_ends() -> None:
    assert look("", a_list(["b", "a"], says_when_it_ends=False))[0] == ["b", "a"]


def test_a_cursor_stays_short_and_a_broken_one_is_a_first_look() -> None:
    cursor = ""
    for high in range(40, 900, 40):
        _, cursor = look(cursor, a_list(numbers(high, 1), size=40))
    assert len(mark_of(cursor).seen) == 80
    assert mark_of("not json").seen == ()
