"""A long select is the select that Django draws."""

from django.forms import ChoiceField, Form, Select
from django.test.html import parse_html

from resonanz.plumbing.long_select import LongSelect

CHOICES = [("", "none"), ("Bread", [("rye", "Rye & <b>caraway</b>"), ("'x'", "“Quoted”")])]


def test_it_is_drawn_as_django_draws_it() -> None:
    class Plain(Form):
        kind = ChoiceField(choices=CHOICES, widget=Select(attrs={"data-x": "1"}))

    class Long(Form):
        kind = ChoiceField(choices=CHOICES, widget=LongSelect(attrs={"data-x": "1"}))

    for told in ({}, {"kind": "rye"}, {"kind": "'x'"}, {"kind": "nobody"}):
        drawn = [str(form(told)["kind"]) for form in (Plain, Long)]
        assert parse_html(drawn[0]) == parse_html(drawn[1])
    assert "&lt;b&gt;" in drawn[1]
