"""Which words a German compound is made of, as far as its syllables show it.

A word is cut at every syllable, by the hyphenation patterns that LibreOffice uses, and each
beginning and each end that may be a word of its own is given: “Brötchenpreis” gives brötchen and
preis. That is no dictionary: what does not begin at a syllable is never found, so that “Reis”
does not find “Preis” and “Tage” not “Etage”; some beginnings and ends are no words at all (for
which nobody searches), and a word in the middle of three is not found.
"""

import re
from functools import cache

import pyphen

SHORTEST_COMPOUND = 7
SHORTEST_HEAD = 3
SHORTEST_TAIL = 4
# What stands in front of a verb or noun and changes what it means: “Unternehmen” is no “nehmen”.
_PREFIXES = "auf aus ein emp ent miss nach über ueber unter ver vor wider wieder zer"
# Ends that are no words.
_SUFFIXES = """
    chen chens lein heit heiten keit keiten schaft schaften ungen tion tionen ation ationen
    lich liche lichen licher liches isch ische ischen ischer isches igkeit igkeiten innen nisse
    nissen ieren ierung ierungen mente menten täten aten enden ender endes ende eren erer eres
    igen iger iges ling linge lingen losen loser loses weise ester esten sten ster tens
"""
# No German word begins with these, or so few that it is more likely the end of the one before.
_NO_BEGINNINGS = """
    bb ck dd ff gg ll mm nn pp rr ss ß tt tz chen chens heits keits schafts tions
    ungs dungs gungs kungs lungs mungs nungs rungs sungs tungs zungs
"""
PREFIXES = frozenset(_PREFIXES.split())
SUFFIXES = frozenset(_SUFFIXES.split())
NO_BEGINNINGS = tuple(_NO_BEGINNINGS.split())
# The end of “probieren” is no beer.
_VERB = re.compile("[^aeiou]*ier(en|t|te|ten|ung|ungen)")
VOWELS = frozenset("aeiouyäöü")


@cache
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="de_DE", left=2, right=2)


def parts_of(word: str) -> tuple[str, ...]:
    """The beginnings and ends of a word in lower case that may be words of their own.

    Empty for what is short or holds anything but letters.
    """
    if len(word) < SHORTEST_COMPOUND or not word.isalpha():
        return ()
    found: list[str] = []
    for position in _patterns().positions(word):
        head, tail = word[:position], word[position:]
        if _is_head(head) and _is_tail(tail):
            found += (head, tail)
    return tuple(dict.fromkeys(found))


def _is_head(head: str) -> bool:
    is_long = len(head) >= SHORTEST_HEAD
    return is_long and head not in PREFIXES and not VOWELS.isdisjoint(head)


def _is_tail(tail: str) -> bool:
    return not _VERB.fullmatch(tail) and (
        len(tail) >= SHORTEST_TAIL
        and tail not in SUFFIXES
        and not tail.startswith(NO_BEGINNINGS)
        and not VOWELS.isdisjoint(tail)
    )
