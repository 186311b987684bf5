"""Whether two texts are the same words, and whether one says little more than another's title.

Networks change a text on its way: names are put in front, addresses are shortened, the end is cut
off. So words are compared, not signs.
"""

import re
from collections import Counter
from collections.abc import Iterable

from resonanz.understanding.written_links import without_what_follows

# So much of the shorter text has to be in the other one.
SAME_SHARE = 0.8
# "New on our blog", "read it here", and a few words more.
WORDS_BESIDE_A_TITLE = 14
WORDS_LOOKED_AT = 2000

_ADDRESS = re.compile(r"(?:\b[a-z][a-z0-9+.-]{1,20}://|\bwww\.)[^\s<>\"„“”»«]+", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w/.])@[\w-]+(?:[.@][\w-]+)*")
_WORD = re.compile(r"[^\W_]+")


def addresses_in(text: str) -> list[str]:
    """The web addresses that stand in a plain text, as they are written, each once."""
    found = (without_what_follows(told[0]) for told in _ADDRESS.finditer(text))
    return list(dict.fromkeys(found))


def words_in(text: str) -> list[str]:
    """The words of a text in lower case, without addresses and handles; at most 2000."""
    bare = _NAME.sub(" ", _ADDRESS.sub(" ", text))
    return [found[0].casefold() for found in _WORD.finditer(bare)][:WORDS_LOOKED_AT]


def says_the_same(poor: str, rich: str) -> bool:
    """Whether nothing is lost without `poor`: four in five of its words are in `rich`, too."""
    wanted = Counter(words_in(poor))
    found = wanted & Counter(words_in(rich))
    return found.total() >= SAME_SHARE * wanted.total()


def says_little_else(text: str, than: Iterable[str]) -> bool:
    """Whether a text says hardly anything that these texts do not say."""
    known = {word for one in than for word in words_in(one)}
    return sum(word not in known for word in words_in(text)) <= WORDS_BESIDE_A_TITLE
