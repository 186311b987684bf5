"""What the search is asked in the benchmarks: frequent, rare, two words, a beginning, no hit.

The words are those of `bench.town`; a town in which nothing is rare gives the rare ones by its
people, who are all named differently.
"""

from collections.abc import Sequence
from urllib.parse import quote

from bench.figures import Figure, percentile

ASKED = {
    "frequent": "harbour",
    "two frequent": "light morning",
    "beginning": "har*",
    "phrase": '"tide letter"',
    "without": "bread -tide",
    "person": "guest17",
    "no hit": "xylophone",
    "no hit together": "harbour xylophone",
}


def search_addresses() -> list[str]:
    """The addresses of the search page to ask, one of every kind."""
    return [f"/search/?q={quote(words)}" for words in ASKED.values()]


def search_p95_ms(seconds: Sequence[float], size: str) -> Figure:
    """The figure of a town's size ("1m", "1m_pg") from the times of all these addresses."""
    return Figure(f"search_p95_ms_{size}", round(percentile(seconds, 0.95) * 1000, 1), "ms")
