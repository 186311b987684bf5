"""Adding the texts that have no entry yet to the catalogue of their room."""

import os
import tempfile
from collections import defaultdict
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from resonanz.plumbing.translations.catalogues import PACKAGE, catalogues, read_catalogue
from resonanz.plumbing.translations.checking import key_of, msgid_of
from resonanz.plumbing.translations.msgids import Msgid, room_of, uses_in

WIDTH_CHARACTERS = 100
HEADER = (
    "Resonanz's words. New entries come from `python -m resonanz.plumbing.translations extract`."
)


def extract(package: Path = PACKAGE, language: str = "de", room: str = "") -> dict[Path, int]:
    """Add what is missing. Gives the catalogues changed, with how many entries each got.

    `room` (a folder's name) keeps all other rooms as they are. Entries that are there already,
    translated or not, stay as they are.
    """
    uses = list(uses_in(package))
    known = {
        key_of(msgid_of(message))
        for path in catalogues(package, language)
        for message in read_catalogue(path)
        if message.id
    }
    wanted: dict[Path, dict[Msgid, Path]] = defaultdict(dict)
    for use in sorted(uses, key=lambda use: bool(use.msgid and use.msgid.plural), reverse=True):
        home = room_of(use.path, package)
        if use.msgid and key_of(use.msgid) not in known and room in ("", home.name):
            wanted[home].setdefault(use.msgid, use.path.relative_to(package.parent))
            known.add(key_of(use.msgid))
    return {add(home, language, msgids): len(msgids) for home, msgids in wanted.items()}


def add(home: Path, language: str, msgids: dict[Msgid, Path]) -> Path:
    """Add texts to a room's catalogue, which is made when there is none. Gives its path."""
    path = home / "locale" / language / "LC_MESSAGES" / "django.po"
    catalogue = (
        read_catalogue(path)
        if path.exists()
        else Catalog(locale=language, project="Resonanz", header_comment=f"# {HEADER}", fuzzy=False)
    )
    for msgid, place in msgids.items():
        catalogue.add(
            (msgid.singular, msgid.plural) if msgid.plural else msgid.singular,
            context=msgid.context or None,
            locations=[(str(place), 0)],
        )
    write_catalogue(catalogue, path)
    return path


def write_catalogue(catalogue: Catalog, path: Path) -> None:
    """Put a catalogue in its place in one move."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".extracting-", dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        write_po(file, catalogue, width=WIDTH_CHARACTERS, include_lineno=False)
    Path(name).chmod(0o644)
    Path(name).replace(path)
