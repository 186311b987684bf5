"""What fits into a programme."""

from resonanz.house.today.mixing import Offer, mix

WAITING = Offer("waiting", 4, [str(n) for n in range(30)], share=2)
NOTED = Offer("noted", 2, ["a", "b"])
OWED = Offer("owed", 2, ["x", "y", "z"], is_giving=True)
NEIGHBOURS = Offer("neighbours", 3, ["p", "q"], is_giving=True)
ALL = (NOTED, WAITING, OWED, NEIGHBOURS)
MINUTES = {offer.name: offer.minutes for offer in ALL}


def length(chosen: list[list[str]]) -> int:
    return sum(MINUTES[name] for name, _key in chosen)


def test_it_fits_and_leaves_no_room_for_anything_more() -> None:
    """Into every length."""
    for minutes in (10, 20, 40, 60):
        chosen = mix(ALL, minutes)
        assert minutes - 2 < length(chosen) <= minutes


def test_something_that_nobody_asked_for_is_in_every_programme() -> None:
    """One kind of it in a short one, both in a long one; whoever waits is there as well."""
    names = [name for name, _key in mix(ALL, 10)]
    assert {"owed", "waiting"} <= set(names)
    assert {"owed", "neighbours"} <= {name for name, _key in mix(ALL, 40)}
    assert [name for name, _key in mix((WAITING, NEIGHBOURS), 10)][-1] == "neighbours"


def test_what_comes_first_in_a_room_comes_first_here() -> None:
    """And each thing once."""
    chosen = mix(ALL, 60)
    waiting = [int(key) for name, key in chosen if name == "waiting"]
    assert waiting == list(range(len(waiting)))
    assert len({(name, key) for name, key in chosen}) == len(chosen)


def test_where_there_is_little_the_programme_is_short() -> None:
    """And empty where there is nothing."""
    assert mix((Offer("noted", 2, ["a"]), Offer("owed", 2, [], is_giving=True)), 60) == [
        ["noted", "a"]
    ]
    assert mix((), 20) == []
    assert mix((Offer("long", 30, ["a"]),), 20) == []
