"""The script is whole: both languages, and nothing refers to what is not there."""

from resonanz.switchboard.pretend.happenings import BEATS, NODS
from resonanz.switchboard.pretend.people import NEIGHBOURS
from resonanz.switchboard.pretend.script import answers


def test_no_text_of_the_script_is_missing_or_the_same_in_both_languages() -> None:
    lines = [line for beat in BEATS for line in beat.then]
    lines += [*answers.TO_ANSWERS, *answers.TO_QUESTIONS, *answers.TO_BOOSTS]
    lines += [line for pair in answers.TO_FIRST_WORDS for line in pair]
    words = [beat.words for beat in BEATS] + [line.words for line in lines]
    words += [neighbour.bio for neighbour in NEIGHBOURS]
    assert all(text.de and text.en and text.de != text.en for text in words)


def test_the_script_refers_only_to_what_is_there_and_earlier() -> None:
    by_slug = {beat.slug: beat for beat in BEATS}
    people = {neighbour.slug for neighbour in NEIGHBOURS} | {"us"}
    assert len(by_slug) == len(BEATS)
    for beat in BEATS:
        assert beat.by in people
        assert not beat.answers or by_slug[beat.answers].at < beat.at, beat.slug
    for nod in NODS:
        assert nod.by in people
        assert not nod.on or by_slug[nod.on].at < nod.at, nod
