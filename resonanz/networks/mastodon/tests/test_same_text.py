"""A text of ours is recognised in what a server made of it."""

import pytest

from resonanz.networks.mastodon.same_text import is_same_text


@pytest.mark.parametrize(
    ("sent", "html"),
    [
        ("Danke dir!", "<p>Danke dir!</p>"),
        ("Brot & Butter <3", "<p>Brot &amp; Butter &lt;3</p>"),
        ("eins\nzwei\n\ndrei", "<p>eins<br />zwei</p><p>drei</p>"),
        (
            "@ada@hill.example danke",
            '<p><span class="h-card"><a href="https://hill.example/@ada" class="u-url mention">'
            "@<span>ada</span></a></span> danke</p>",
        ),
        (
            "@ada@localhost:4001 danke",
            '<span class="h-card"><a href="http://localhost:4001/ada" class="u-url mention">'
            "@ada@localhost:4001</a></span> danke<br>",
        ),
        (
            "Neu: https://brot.example/sehr/lange/adresse",
            '<p>Neu: <a href="https://brot.example/sehr/lange/adresse"><span class="invisible">'
            'https://</span><span class="ellipsis">brot.example/sehr/lan</span>'
            '<span class="invisible">ge/adresse</span></a></p>',
        ),
        ("*sehr* gut :-)", "<i>sehr</i> gut &#128578;<br>"),
        (
            "#Brot ist da",
            '<p><a class="mention hashtag" href="x">#<span>Brot</span></a> ist da</p>',
        ),
        ("👍", "<p>👍</p>"),
        ("u\u0308ber", "<p>über</p>"),
    ],
)
def test_it_is_the_same_text(sent: str, html: str) -> None:
    assert is_same_text(sent, html)


@pytest.mark.parametrize(
    ("sent", "html"),
    [
        ("Danke dir!", "<p>Danke euch!</p>"),
        ("@ada@hill.example danke", "<p>@bob danke</p>"),
        ("👍", "<p>👎</p>"),
        ("Um 8", "<p>Um 9</p>"),
        ("Danke", "<p></p>"),
    ],
)
def test_it_is_another_text(sent: str, html: str) -> None:
    assert not is_same_text(sent, html)
