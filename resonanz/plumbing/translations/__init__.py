"""The words of the house in other languages: catalogues are compiled, checked and filled here.

Every room keeps its German words in `locale/de/LC_MESSAGES/django.po`; what Django reads, the
compiled `.mo`, is made from it at every start and belongs to no commit. Babel does this, so
that no gettext program is needed.

    python -m resonanz.plumbing.translations compile | check | extract

Nothing here knows what a sentence means, and nothing here runs while a page is made.
"""

from resonanz.plumbing.translations.catalogues import CatalogueTrouble, compile_catalogues

__all__ = ["CatalogueTrouble", "compile_catalogues"]
