"""A letter by which somebody sees that letters arrive."""

from django.urls import reverse
from django.utils.translation import gettext as _

from resonanz.letters.models import Letter
from resonanz.letters.places import Source, Wording


def words_of_trial(_letter: Letter) -> Wording:
    """It arrived."""
    return Wording(
        title=_("A trial letter from Resonanz"),
        paragraphs=(_("It has arrived, so letters reach you here."),),
        path=reverse("settings-letters"),
    )


SOURCE = Source(name="trial", kind=Letter.Kind.TRIAL, words=words_of_trial, keeps_hours=False)
