"""Checking that every text has its translation, and every translation its text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message

from resonanz.plumbing.translations.catalogues import PACKAGE, catalogues, read_catalogue
from resonanz.plumbing.translations.msgids import Msgid, Use, uses_in

LANGUAGES = ("de",)

PLACEHOLDER = re.compile(r"%\([^)]+\)[a-z]|%[sdfr]|\{[a-z_][\w.]*\}")


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be, and where."""

    path: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        """`path:line: sentence`, as editors understand it."""
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True)
class Entry:
    """One entry of one catalogue. `forms` holds its translation, one for each plural form."""

    path: Path
    line: int
    msgid: Msgid
    forms: tuple[str, ...]
    is_fuzzy: bool

    @property
    def is_done(self) -> bool:
        """Whether somebody has translated it, wholly and for certain."""
        return not self.is_fuzzy and bool(self.forms) and all(self.forms)


Key = tuple[str, str]


def key_of(msgid: Msgid) -> Key:
    """What gettext looks a text up by."""
    return msgid.context, msgid.singular


def check(package: Path = PACKAGE) -> list[Finding]:
    """Everything wrong with the translations of the texts below `package`."""
    uses = list(uses_in(package))
    found = list(unfindable(uses))
    for language in LANGUAGES:
        entries = [entry for path in catalogues(package, language) for entry in entries_of(path)]
        found += missing(uses, entries, language)
        found += obsolete(uses, entries)
        found += contradictions(entries)
        found += wrong_placeholders(entries)
    return sorted(found, key=lambda finding: (str(finding.path), finding.line))


def entries_of(path: Path) -> Iterator[Entry]:
    """The entries of one catalogue, without its header."""
    for message in read_catalogue(path):
        if message.id:
            told = message.string if isinstance(message.string, list | tuple) else [message.string]
            forms = tuple(form or "" for form in told)
            yield Entry(path, message.lineno or 1, msgid_of(message), forms, bool(message.fuzzy))


def msgid_of(message: Message) -> Msgid:
    """The text that a catalogue's message translates."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    return Msgid(ids[0], ids[1] if len(ids) > 1 else "", message.context or "")


def unfindable(uses: Iterable[Use]) -> Iterator[Finding]:
    """F-strings inside a translating function: their text changes before it is looked up."""
    for use in uses:
        if use.msgid is None:
            yield Finding(use.path, use.line, "An f-string cannot be translated; use %(name)s.")


def missing(uses: Iterable[Use], entries: Iterable[Entry], language: str) -> Iterator[Finding]:
    """Texts that no catalogue translates, each named once."""
    done = {key_of(entry.msgid): entry.msgid for entry in entries if entry.is_done}
    named: set[Msgid] = set()
    for use in uses:
        if use.msgid is None or use.msgid in named:
            continue
        translated = done.get(key_of(use.msgid))
        if translated is None:
            yield Finding(use.path, use.line, f"No {language} translation of {shown(use.msgid)}.")
        elif use.msgid.plural and translated.plural != use.msgid.plural:
            yield Finding(
                use.path, use.line, f"No {language} plural of {shown(use.msgid)} in its catalogue."
            )
        named.add(use.msgid)


def obsolete(uses: Iterable[Use], entries: Iterable[Entry]) -> Iterator[Finding]:
    """Entries whose text stands nowhere any more."""
    wanted = {key_of(use.msgid) for use in uses if use.msgid}
    for entry in entries:
        if key_of(entry.msgid) not in wanted:
            yield Finding(entry.path, entry.line, f"Nothing says {shown(entry.msgid)} any more.")


def contradictions(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Texts that two catalogues translate differently; which one wins would be chance."""
    first: dict[Key, Entry] = {}
    for entry in entries:
        if not entry.is_done:
            continue
        other = first.setdefault(key_of(entry.msgid), entry)
        if other.forms[0] != entry.forms[0]:
            yield Finding(
                entry.path,
                entry.line,
                f"{shown(entry.msgid)} is translated differently in {other.path}:{other.line}.",
            )


def wrong_placeholders(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Translations whose placeholders are not those of their text.

    A plural form may leave one out (“one person” needs no number), but the last may not.
    """
    for entry in entries:
        if not entry.is_done:
            continue
        last = placeholders(entry.msgid.plural or entry.msgid.singular)
        allowed = {*last, *placeholders(entry.msgid.singular)}
        is_wrong = placeholders(entry.forms[-1]) != last or any(
            not allowed.issuperset(placeholders(form)) for form in entry.forms
        )
        if is_wrong:
            yield Finding(
                entry.path, entry.line, f"The placeholders of {shown(entry.msgid)} differ."
            )


def placeholders(text: str) -> list[str]:
    """The placeholders of a text, sorted."""
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def shown(msgid: Msgid) -> str:
    """A text as it is quoted in a finding, on one line."""
    text = " ".join(msgid.singular.split())
    return f"“{text}”" + (f" ({msgid.context})" if msgid.context else "")
