"""What a bookmarklet or a phone brings along: an address, a title, a selected text. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from resonanz.plumbing.text import kept_address, web_address
from resonanz.understanding.written_links import links_written_in

TEXT_CHARACTERS, TITLE_CHARACTERS = 10_000, 400


@dataclass(frozen=True)
class Brought:
    """What somebody brings from elsewhere; each is "" where it was not told."""

    url: str = ""
    title: str = ""
    text: str = ""

    @classmethod
    def of(cls, told: Mapping[str, str]) -> "Brought":
        """Read from an address.

        Many apps on a phone put the address behind the text and leave its own place empty
        (https://w3c.github.io/web-share-target/#sample-code, read 2026-11-22).
        """
        names = ("url", "title", "text")
        url, title, text = (told.get(name, "").replace("\0", "").strip() for name in names)
        address = _web(url)
        for words in (text, title):
            address = address or _first_address(words)
        return cls(
            url=address,
            title=_without(title, address)[:TITLE_CHARACTERS],
            text=_without(text, address)[:TEXT_CHARACTERS],
        )

    def __bool__(self) -> bool:
        """Whether anything was brought."""
        return bool(self.url or self.title or self.text)

    @property
    def initial(self) -> dict[str, str]:
        """What of it a form begins with."""
        return {"url": self.url, "title": self.title, "text": self.text}


def _web(url: str) -> str:
    """An address as a whole, or none: what is cut leads nowhere."""
    found = web_address(url)
    return found if found == kept_address(url) else ""


def _first_address(words: str) -> str:
    return _web(next(iter(links_written_in(words)), ""))


def _without(words: str, address: str) -> str:
    """The words without the address, which has a place of its own."""
    return words.replace(address, "").strip() if address else words
