"""What people ask of others in their profiles is read, and nothing is read that they do not ask."""

import pytest

from resonanz.switchboard.shapes import Wish
from resonanz.understanding.wishes import (
    NO_ARCHIVE,
    NO_BOTS,
    NO_BRIDGES,
    NO_SEARCH,
    wishes_in,
)

AS_MASTODON_WRITES_A_TAG = (
    '<p>Bread and ships. <a href="https://town.example/tags/nobot" class="mention hashtag" '
    'rel="tag">#<span>nobot</span></a></p>'
)


@pytest.mark.parametrize(
    ("bio", "wish"),
    [
        ("#nobot", NO_BOTS),
        ("#NoBots", NO_BOTS),
        ("Brot. #NOBOT, Schiffe", NO_BOTS),
        ("#no-bot", NO_BOTS),
        ("#no_bots", NO_BOTS),
        ("＃ｎｏｂｏｔ", NO_BOTS),
        ("#no\u200bbot", NO_BOTS),
        (AS_MASTODON_WRITES_A_TAG, NO_BOTS),
        ("Bread<br>#nobot<br>Ships", NO_BOTS),
        ("#NoBridge", NO_BRIDGES),
        ("#nobridges", NO_BRIDGES),
        ("(#nobridge)", NO_BRIDGES),
        ("#noindex", NO_SEARCH),
        ("#nosearch", NO_SEARCH),
        ("#noarchive.", NO_ARCHIVE),
        ("Ships | No bots please", NO_BOTS),
        ("No bots, no bridges.", NO_BOTS),
        ("Keine Bots", NO_BOTS),
        ("Bitte keine Bots!", NO_BOTS),
        ("<p>Backt Brot.</p><p>Keine Bots bitte</p>", NO_BOTS),
        ("Bots unerwünscht", NO_BOTS),
        ("Hier sind keine Bots erwünscht.", NO_BOTS),
        ("Bots sind hier nicht willkommen", NO_BOTS),
        ("Bitte nicht bridgen", NO_BRIDGES),
        ("Backt Brot – keine Bridges", NO_BRIDGES),
        ("Don’t bridge my posts.", NO_BRIDGES),
        ("Please do not index this profile", NO_SEARCH),
        ("Bitte nicht indexieren", NO_SEARCH),
        ("Bitte nicht archivieren", NO_ARCHIVE),
        ("Ich möchte nicht archiviert werden.", NO_ARCHIVE),
        ("Bitte meine Beiträge nicht archivieren, danke", NO_ARCHIVE),
        ("Do not archive my toots", NO_ARCHIVE),
    ],
)
def test_a_wish_is_read_however_it_is_written(bio: str, wish: str) -> None:
    assert wish in wishes_in(bio)


@pytest.mark.parametrize(
    "bio",
    [
        "",
        "Bread and ships.",
        "nobody",
        "#nobody",
        "#nobottle",
        "#nobotany",
        "https://town.example/#nobot",
        "https://town.example/?tag=#nobot",
        "me#nobot",
        "Ich bin kein Bot",
        "Wir sind keine Bots, wir backen.",
        "Zwei Menschen, sind keine Bots.",
        "Human, no bot.",
        "#keinbot",
        "No bots were harmed in the making of these buns",
        "I have no bots and no plans",
        "Ich habe keine Bots gebaut, aber Brücken",
        "Keine Brücke ist mir zu weit",
        "There is no archive of our town",
        "Archivarin. Nicht alles ist zu archivieren.",
        "Ich kann meinen Kaffee nicht speichern",
        "noindex",
        "<a href='#nobot'>Bread</a>",
    ],
)
def test_no_wish_is_invented(bio: str) -> None:
    assert wishes_in(bio) == frozenset()


def test_several_wishes_stand_side_by_side() -> None:
    assert wishes_in("Bread #nobot #nobridge. Bitte nicht archivieren") == {
        NO_BOTS,
        NO_BRIDGES,
        NO_ARCHIVE,
    }
    assert wishes_in("Keine Bots und keine Bridges") == {NO_BOTS, NO_BRIDGES}


def test_the_codes_are_those_of_the_switchboard() -> None:
    assert {NO_BOTS, NO_BRIDGES, NO_SEARCH, NO_ARCHIVE} <= {wish.value for wish in Wish}


def test_a_bio_of_any_length_is_read_to_its_bound() -> None:
    assert wishes_in("#" * 100_000 + " #nobot") == frozenset()
    assert wishes_in("<" * 50_000) == frozenset()
    assert wishes_in("no bots " * 50_000) == frozenset()
