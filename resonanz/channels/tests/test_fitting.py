"""Names from outside that are longer than their columns."""

from datetime import UTC, datetime

import msgspec

from resonanz.channels.fitting import LOCAL_ID_CHARACTERS, UID_CHARACTERS, fitting, fitting_page
from resonanz.switchboard.shapes import Link, Mention, Page, Profile, Reaction, ReactionKind, Said

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LONG = "https://town.example/" + "x" * 600


def said(uid: str) -> Said:
    """A post with long names everywhere."""
    return Said(
        uid=uid,
        author=Profile(uid=LONG, handle="@ada@town.example"),
        said_at=NOON,
        html="<p>Hello</p>",
        local_id="1" * 300,
        answers_uid=LONG,
        mentions=(Mention(uid=LONG, handle="@ada@town.example"),),
    )


def test_a_name_that_fits_stays_as_it_is() -> None:
    assert fitting("x" * UID_CHARACTERS) == "x" * UID_CHARACTERS


def test_two_long_names_that_differ_at_their_end_stay_two() -> None:
    one, other = fitting(LONG + "a"), fitting(LONG + "b")
    assert one != other
    assert len(one) == len(other) == UID_CHARACTERS


def test_the_same_long_name_is_the_same_wherever_it_stands() -> None:
    page = fitting_page(
        Page(
            posts=(said(LONG),),
            reactions=(
                Reaction(
                    uid=LONG,
                    kind=ReactionKind.BOOST,
                    by=Profile(uid=LONG, handle="@ada@town.example"),
                    at=NOON,
                    post=said(LONG),
                ),
            ),
            gone=(LONG,),
        )
    )
    post, reaction = page.posts[0], page.reactions[0]
    assert reaction.post == post
    names = {
        post.uid,
        post.author.uid,
        post.answers_uid,
        post.mentions[0].uid,
        reaction.by.uid,
        *page.gone,
    }
    assert names == {fitting(LONG)}


def test_a_local_id_that_does_not_fit_is_left_out_and_never_cut() -> None:
    assert fitting_page(Page(posts=(said("short"),))).posts[0].local_id == ""
    assert len("1" * 300) > LOCAL_ID_CHARACTERS


def test_zeros_are_left_out_wherever_they_stand_and_nothing_else_is() -> None:
    """PostgreSQL takes them in no text and no JSON; backslashes before letters are words."""
    told = "a\0\0b \\u0000 \\\0c"
    post = msgspec.structs.replace(
        said("zero"), html=told, title=told, tags=(told,), links=(Link(url=told, text=told),)
    )
    found = fitting_page(Page(posts=(post,))).posts[0]
    clean = "ab \\u0000 \\c"
    assert (found.html, found.title, found.tags) == (clean, clean, (clean,))
    assert found.links == (Link(url=clean, text=clean),)
    assert found.said_at == post.said_at
