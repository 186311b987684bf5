"""The pieces of the look, rendered."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

PLUMBING = Path(__file__).parents[1]
RESONANZ = PLUMBING.parent
PIECES = PLUMBING / "templates" / "plumbing" / "pieces"
SPRITE = (PIECES / "sprite.html").read_text()


def shown(source: str, **given: object) -> str:
    return Template("{% load look %}" + source).render(Context(given))


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


class Question(forms.Form):
    server = forms.CharField(help_text="Such as town.example.")
    note = forms.CharField(required=False)
    token = forms.CharField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(label="I have read it")
    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_a_question_is_tied_to_its_label_its_help_and_its_errors() -> None:
    page = shown("{% field form.server %}", form=Question({}))
    assert '<label for="id_server">' in page
    assert 'aria-describedby="id_server_helptext id_server_error"' in page
    assert 'id="id_server_helptext"' in page
    assert 'id="id_server_error"' in page
    assert 'aria-invalid="true"' in page


def test_what_may_be_left_out_says_so_and_the_rest_does_not() -> None:
    assert "optional" in shown("{% field form.note %}", form=Question())
    assert "optional" not in shown("{% field form.server %}", form=Question())


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    page = shown("{% field form.way %}", form=Question({}))
    assert "<fieldset" in page
    assert "<legend>Way" in page
    assert 'id="id_way_error"' in page


def test_the_summary_leads_to_each_place_and_names_hidden_troubles() -> None:
    page = shown("{% fields form %}", form=Question({}))
    assert '<a href="#id_server">' in page
    assert page.count("This field is required.") == 7  # three seen twice, the hidden one once
    assert page.index('role="alert"') < page.index('<label for="id_server"')


def test_a_name_from_outside_is_never_markup() -> None:
    hostile = "<script>alert(1)</script>"
    for source in ("{% avatar name name %}", "{% icon 'reply' name %}"):
        assert "<script" not in shown(source, name=hostile)
    given = dict.fromkeys(
        ("name", "voice", "channel", "words", "what", "handle", "text", "html"), hostile
    )
    for piece in ("row", "post", "person_card", "said", "said_one", "reply"):
        for more in ({}, {"warning": hostile}, {"title": hostile}):
            page = render_to_string(f"plumbing/pieces/{piece}.html", {**given, **more})
            assert "<script" not in page, piece


def test_only_cleaned_html_is_shown_as_html() -> None:
    page = render_to_string("plumbing/pieces/post.html", {"html": mark_safe("<p>Good</p>")})
    assert "<p>Good</p>" in page


def test_a_content_warning_hides_the_words_until_somebody_asks() -> None:
    page = render_to_string("plumbing/pieces/post.html", {"text": "Cruel", "warning": "War"})
    assert page.index("<details") < page.index("<summary") < page.index("Cruel")
    row = render_to_string("plumbing/pieces/row.html", {"words": "Cruel", "warning": "War"})
    assert "Cruel" not in row


def test_a_piece_sees_only_what_it_is_given() -> None:
    page = shown(
        '{% piece "plumbing/pieces/empty.html" title="Nothing yet" %}<p>{{ secret }}</p>'
        "{% endpiece %}",
        secret="slot sees it",
        text="the piece does not",
    )
    assert "slot sees it" in page
    assert "the piece does not" not in page


def test_a_form_inside_a_piece_carries_the_token() -> None:
    page = shown(
        '{% piece "plumbing/pieces/act.html" action="/a" icon="thank" %}{% endpiece %}',
        csrf_token="t" * 64,
    )
    assert 'name="csrfmiddlewaretoken"' in page


def test_a_time_can_be_read_by_machines_and_in_full() -> None:
    moment = timezone.now() - timedelta(hours=3)
    page = shown("{% when moment %}", moment=moment)
    assert "3 hours ago" in page
    told = re.search(r'datetime="([^"]+)"', page)
    assert told
    assert abs(datetime.fromisoformat(told[1]) - moment) < timedelta(seconds=1)
    assert shown("{% when moment %}", moment=None) == ""


def test_on_a_phone_four_rooms_are_in_the_bar_and_the_rest_under_more() -> None:
    rail = [
        {"label": f"Room {n}", "url": f"/{n}", "icon": "today", "key": str(n)} for n in range(7)
    ]
    page = render_to_string("plumbing/pieces/rail.html", {"rail": rail})
    assert page.count("rail-late") == 3
    assert page.index("<details") < page.rindex("Room 4")
    assert page.count('data-go="5"') == 1


@pytest.mark.parametrize("path", sorted(RESONANZ.glob("*/templates/**/*.html")), ids=str)
def test_every_drawing_is_in_the_sprite(path: Path) -> None:
    for name in re.findall(r'{% icon "([a-z]+)"', path.read_text()):
        assert f'id="i-{name}"' in SPRITE, f"{path} asks for the drawing “{name}”."


@pytest.mark.parametrize("path", sorted(RESONANZ.glob("*/templates/**/*.html")), ids=str)
def test_no_template_brings_what_the_policy_forbids(path: Path) -> None:
    """No inline style, no inline handler, no inline script."""
    source = path.read_text()
    assert not re.search(r"<[^>{]*\s(style|on[a-z]+)=", source)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", source)


def test_every_piece_is_explained() -> None:
    told = (PIECES.parent / "README.md").read_text()
    own = {"sprite", "wordmark", "rail", "rail_entry", "messages", "keys", "pretend_banner",
           "field", "fields"}  # fmt: skip
    for piece in PIECES.glob("*.html"):
        assert piece.stem in own or f"`{piece.name}`" in told, piece.name


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "403_csrf"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_broke_is_said_in_a_whole_page(name: str, language: str) -> None:
    with translation.override(language):
        page = render_to_string(f"{name}.html")
    assert f'<html lang="{language}"' in page
    assert "<h1>" in page
