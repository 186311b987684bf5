"""What somebody asks of others by words in the own profile: no bots, no bridges, no archive.

Two forms are read. A tag (`#nobot`, `#NoBridge`), which is what most people use and what bridges
look for (https://fed.brid.gy/docs#opt-out, read 2026-11-22). And a clause that says nothing but
the wish (“Keine Bots bitte.”): inside a longer one the same words may say anything, as in “wir
sind keine Bots”, and a wish that nobody has must not be invented.
"""

import html
import re
import unicodedata

NO_BOTS = "no_bots"
NO_BRIDGES = "no_bridges"
NO_SEARCH = "no_search"
NO_ARCHIVE = "no_archive"

# More than any network lets people write about themselves.
MOST_CHARACTERS = 20_000

_BREAKING = re.compile(r"</?(?:br|p|div|li|ul|ol|dd|dt|dl|tr|td|h[1-6])\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*+>")
# Not in the middle of a word, and not the end of an address.
_HASHTAG = re.compile(r"(?<![\w#/&=?.])#((?:no|keine)[-_]?\w+)(?![\w-])")
_CLAUSE = re.compile(r"[^\w\s'’#-]+|\n|\b(?:and|und|or|oder|but|aber)\b|(?<!\w)-+(?!\w)")
_WORD = re.compile(r"[\w'’#-]+")

_BY_TAG = {
    NO_BOTS: "nobot nobots keinebots",
    NO_BRIDGES: "nobridge nobridges nobridging nobridgy nobridgyfed keinebridge keinebridges",
    NO_SEARCH: "noindex noindexing nosearch nosearching",
    NO_ARCHIVE: "noarchive noarchiving noarchives nosnapshot",
}
_TAGS = {tag: wish for wish, tags in _BY_TAG.items() for tag in tags.split()}

# What may stand around a wish without changing it.
# fmt: off
_POLITE = frozenset((
    "a", "all", "any", "at", "auf", "beiträge", "bio", "bitte", "danke", "das", "dieser",
    "dieses", "for", "gern", "gerne", "her", "here", "hier", "i", "ich", "ihr", "in", "is",
    "it", "konto", "mag", "me", "mein", "meine", "meinem", "meinen", "mich", "my", "möchte",
    "of", "on", "pls", "please", "plz", "posts", "profil", "profile", "so", "thank", "thanks",
    "the", "this", "toots", "tröts", "von", "you",
))
# fmt: on
_CLAUSES = {
    NO_BOTS: (
        "no bots",
        "keine bots",
        "keine bot follows",
        "keine bot anfragen",
        "bots unerwünscht",
        "bots sind unerwünscht",
        "keine bots erwünscht",
        "keine bots willkommen",
        "sind keine bots erwünscht",
        "sind keine bots willkommen",
        "bots nicht erwünscht",
        "bots nicht willkommen",
        "bots sind nicht erwünscht",
        "bots sind nicht willkommen",
        "no bots allowed",
        "no bots welcome",
        "bots not welcome",
        "bots are not welcome",
        "no bot follows",
        "no bot requests",
    ),
    NO_BRIDGES: (
        "no bridges",
        "no bridging",
        "no bridgy",
        "do not bridge",
        "don't bridge",
        "not bridge",
        "not to be bridged",
        "keine bridges",
        "keine bridge",
        "keine brücken",
        "kein bridging",
        "nicht bridgen",
        "nicht überbrücken",
        "nicht gebridget werden",
    ),
    NO_SEARCH: (
        "no index",
        "no indexing",
        "do not index",
        "don't index",
        "not index",
        "not indexed",
        "do not search",
        "nicht indexieren",
        "nicht indizieren",
        "nicht indexiert werden",
        "nicht indiziert werden",
        "keine indexierung",
        "keine indizierung",
        "nicht durchsuchen",
        "nicht durchsucht werden",
    ),
    NO_ARCHIVE: (
        "no archive",
        "no archiving",
        "no archival",
        "do not archive",
        "don't archive",
        "not archive",
        "not archived",
        "nicht archivieren",
        "nicht archiviert werden",
        "keine archivierung",
        "kein archiv",
        "keine archive",
        "nicht speichern",
        "nicht gespeichert werden",
    ),
}
_CLAUSE_OF = {clause: wish for wish, clauses in _CLAUSES.items() for clause in clauses}


def wishes_in(bio: str) -> frozenset[str]:
    """The wishes in what somebody says about herself, HTML or plain text.

    Gives codes: `no_bots`, `no_bridges`, `no_search`, `no_archive`. Takes time in proportion to
    the text, of which at most 20,000 characters are read.
    """
    text = _plain(bio[:MOST_CHARACTERS])
    by_tag = {_wish_of_tag(found[1]) for found in _HASHTAG.finditer(text)}
    by_clause = {_wish_of_clause(clause) for clause in _CLAUSE.split(text)}
    return frozenset((by_tag | by_clause) - {""})


def _plain(bio: str) -> str:
    """The text as it is compared: without HTML, in one case, styled letters made plain."""
    text = _TAG.sub("", _BREAKING.sub("\n", bio))
    folded = unicodedata.normalize("NFKC", html.unescape(text)).casefold().replace("’", "'")
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")


def _wish_of_tag(tag: str) -> str:
    return _TAGS.get(tag.replace("-", "").replace("_", ""), "")


def _wish_of_clause(clause: str) -> str:
    words = [word for word in _WORD.findall(clause) if word not in _POLITE]
    return _CLAUSE_OF.get(" ".join(words), "") if len(words) < 5 else ""
