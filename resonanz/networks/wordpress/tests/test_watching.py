"""Reading a list down to what is known, and noticing what changed and what is gone."""

from collections.abc import Sequence

from resonanz.networks.wordpress.limits import FIRST_LOOK_PAGES, PAGES_PER_LOOK, WATCHED
from resonanz.networks.wordpress.watching import (
    ASIDE,
    Entry,
    Fetched,
    Key,
    memory_of,
    walk,
)

SIZE = 100


class Shelf:
    """Comments of a blog by number: what stands there, and what lies aside."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.standing = dict.fromkeys(numbers, "p1")
        self.aside: dict[int, str] = {}
        self.pages_asked: list[int] = []
        self.asked_for: list[list[str]] = []
        self.is_whole = True

    def page(self, number: int) -> Fetched[str]:
        self.pages_asked.append(number)
        newest = sorted(self.standing, reverse=True)
        here = newest[(number - 1) * SIZE : number * SIZE]
        entries = [Entry(str(n), self.standing[n], f"{n} {self.standing[n]}") for n in here]
        return Fetched(entries, number * SIZE >= len(newest), self.is_whole)

    def look_up(self, ids: Sequence[str]) -> Fetched[str]:
        self.asked_for.append(list(ids))
        there = {**self.standing, **{n: f"{ASIDE}{print}" for n, print in self.aside.items()}}
        found = [n for n in map(int, ids) if n in there]
        return Fetched([Entry(str(n), there[n], f"{n} {there[n]}") for n in found], True, True)

    def key(self, id: str, print: str) -> Key:
        return ("", int(id))

    def put_aside(self, number: int, print: str = "s1") -> None:
        del self.standing[number]
        self.aside[number] = print


def look(cursor: str, shelf: Shelf) -> tuple[list[str], list[str], str]:
    """What one look brings, what it says is gone, and the cursor after it."""
    items: list[str] = []
    gone: list[str] = []
    shelf.pages_asked.clear()
    shelf.asked_for.clear()
    for step in walk(cursor, shelf):
        items += step.items
        gone += step.gone
        cursor = cursor if step.cursor is None else step.cursor
    return items, gone, cursor


def known(shelf: Shelf, looks: int = 1) -> str:
    cursor = ""
    for _ in range(looks):
        _, _, cursor = look(cursor, shelf)
    return cursor


def test_the_first_look_is_short_and_marked_as_backlog() -> None:
    steps = list(walk("", Shelf(range(1, 1000))))
    assert len(steps) == FIRST_LOOK_PAGES
    assert all(step.is_backlog for step in steps)
    assert [step.cursor is None for step in steps] == [True, False]


def test_a_first_look_at_nothing_is_a_first_look_all_the_same() -> None:
    shelf = Shelf([])
    cursor = known(shelf)
    shelf.standing[1] = "p1"
    steps = list(walk(cursor, shelf))
    assert steps[0].items == ["1 p1"]
    assert not steps[0].is_backlog


def test_nothing_new_costs_one_request() -> None:
    shelf = Shelf(range(1, 50))
    cursor = known(shelf, looks=2)
    assert look(cursor, shelf)[:2] == ([], [])
    assert (shelf.pages_asked, shelf.asked_for) == ([1], [])


def test_a_busy_day_has_more_than_one_page() -> None:
    shelf = Shelf(range(1, 10))
    cursor = known(shelf)
    shelf.standing |= dict.fromkeys(range(10, 360), "p1")
    items, gone, cursor = look(cursor, shelf)
    assert len(items) == len(set(items)) == 350
    assert not gone
    assert look(cursor, shelf)[0] == []


def test_a_look_that_was_too_long_goes_on_where_it_ended() -> None:
    shelf = Shelf(range(1, 10))
    cursor = known(shelf)
    many = PAGES_PER_LOOK * SIZE + 250
    shelf.standing |= dict.fromkeys(range(10, 10 + many), "p1")
    first, _, cursor = look(cursor, shelf)
    shelf.standing |= dict.fromkeys(range(5000, 5030), "p1")
    second, _, cursor = look(cursor, shelf)
    third, _, cursor = look(cursor, shelf)
    found = first + second + third
    assert len(found) == len(set(found)) == many + 30
    assert look(cursor, shelf)[0] == []
    assert len(memory_of(cursor).known) == WATCHED


def test_a_line_that_breaks_after_a_page_loses_nothing() -> None:
    shelf = Shelf(range(1, 10))
    cursor = known(shelf)
    shelf.standing |= dict.fromkeys(range(10, 360), "p1")
    kept = next(iter(walk(cursor, shelf)))
    rest, _, _ = look(kept.cursor or "", shelf)
    assert len({*kept.items, *rest}) == 350


def test_what_arrives_between_two_pages_hides_nothing() -> None:
    shelf = Shelf(range(1, 10))
    cursor = known(shelf)
    shelf.standing |= dict.fromkeys(range(10, 260), "p1")
    found: list[str] = []
    newest = 1000
    for step in walk(cursor, shelf):
        found += step.items
        newest += 1
        shelf.standing[newest] = "p1"
    assert len(found) == len(set(found))
    assert {f"{number} p1" for number in range(10, 260)} <= set(found)


def test_what_is_taken_away_between_two_pages_hides_nothing_for_long() -> None:
    shelf = Shelf(range(1, 10))
    cursor = known(shelf)
    shelf.standing |= dict.fromkeys(range(10, 260), "p1")
    found: list[str] = []
    for step in walk(cursor, shelf):
        found += step.items
        cursor = step.cursor or cursor
        shelf.standing.pop(259, None)
    for _ in range(4):
        items, _, cursor = look(cursor, shelf)
        found += items
    assert {f"{number} p1" for number in range(10, 259)} <= set(found)


def test_a_change_of_standing_is_noticed() -> None:
    shelf = Shelf(range(1, 50))
    cursor = known(shelf)
    shelf.standing[7] = "h1"
    items, _, cursor = look(cursor, shelf)
    assert items == ["7 h1"]
    assert look(cursor, shelf)[0] == []


def test_a_change_further_below_is_noticed_in_turn() -> None:
    shelf = Shelf(range(1, 301))
    cursor = known(shelf)
    shelf.standing[120] = "h1"
    found: list[str] = []
    for _ in range(3):
        items, _, cursor = look(cursor, shelf)
        found += items
        assert len(shelf.pages_asked) == 2
    assert found == ["120 h1"]


def test_what_was_called_spam_is_told_once_and_so_is_its_return() -> None:
    shelf = Shelf(range(1, 50))
    cursor = known(shelf, looks=3)
    shelf.put_aside(7)
    items, gone, cursor = look(cursor, shelf)
    assert (items, gone) == (["7 ~s1"], [])
    assert look(cursor, shelf)[:2] == ([], [])
    shelf.standing[7] = shelf.aside.pop(7)
    items, gone, cursor = look(cursor, shelf)
    assert (items, gone) == (["7 s1"], [])


def test_what_is_deleted_is_gone() -> None:
    shelf = Shelf(range(1, 50))
    cursor = known(shelf)
    for number in (49, 20, 1):
        del shelf.standing[number]
    items, gone, cursor = look(cursor, shelf)
    assert (items, set(gone)) == ([], {"49", "20", "1"})
    assert look(cursor, shelf)[1] == []


def test_a_trash_that_is_emptied_is_noticed_in_turn() -> None:
    shelf = Shelf(range(1, 50))
    cursor = known(shelf)
    shelf.put_aside(7)
    _, _, cursor = look(cursor, shelf)
    shelf.aside.clear()
    gone: list[str] = []
    for _ in range(11):
        _, now_gone, cursor = look(cursor, shelf)
        gone += now_gone
    assert gone == ["7"]


def test_nothing_is_called_gone_because_of_a_page_that_could_not_be_read() -> None:
    shelf = Shelf(range(1, 50))
    cursor = known(shelf)
    shelf.is_whole = False
    del shelf.standing[20]
    assert look(cursor, shelf)[1] == []


def test_what_is_older_than_the_first_look_is_not_brought_later() -> None:
    shelf = Shelf(range(1, 1000))
    cursor = known(shelf)
    shelf.standing.pop(999)
    items, gone, cursor = look(cursor, shelf)
    for _ in range(5):
        more, _, cursor = look(cursor, shelf)
        items += more
    assert (items, gone) == ([], ["999"])


def test_a_server_that_gives_the_same_page_for_ever_is_left() -> None:
    shelf = Shelf(range(1, 101))
    entries = shelf.page(1).entries
    shelf.page = lambda number: Fetched(entries, False, True)  # type: ignore[method-assign]
    cursor = known(shelf)
    entries = [Entry(str(number), "p1", f"{number} p1") for number in range(300, 400)]
    assert len(look(cursor, shelf)[0]) == 100


def test_a_cursor_that_cannot_be_read_is_as_good_as_one_that_knows_nothing() -> None:
    items, _, cursor = look("no cursor of ours", Shelf(range(1, 5)))
    assert len(items) == 4
    assert look(cursor, Shelf(range(1, 5)))[0] == []
