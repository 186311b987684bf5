"""The same words, as networks change them on the way."""

from resonanz.understanding.same_words import addresses_in, says_little_else, says_the_same

SAID = "@ada@town.example Does the rye bread keep for a whole week, or only for three days?"


def test_names_addresses_and_a_cut_end_make_no_difference() -> None:
    assert says_the_same("Does the rye bread keep for a whole week, or only …", SAID)
    assert says_the_same(SAID + " https://b.example/x", SAID)
    assert says_the_same("", SAID)


def test_other_words_are_other_words() -> None:
    assert not says_the_same("The rye bread is awful, and so are you all.", SAID)
    assert not says_the_same(SAID, "")


def test_a_title_with_an_invitation_says_little_else() -> None:
    title = "Rye bread takes three days"
    assert says_little_else(f"New on our blog: {title} https://b.example/rye #bread", [title])
    assert not says_little_else(
        "Yesterday somebody asked me at the counter whether baking has anything to do with"
        " patience, and I thought of my grandfather for quite a while.",
        [title],
    )


def test_addresses_in_a_text_end_before_the_full_stop() -> None:
    text = "See https://b.example/x. And (www.b.example/y), too, and “https://b.example/z_(1)”."
    assert addresses_in(text) == [
        "https://b.example/x",
        "www.b.example/y",
        "https://b.example/z_(1)",
    ]
