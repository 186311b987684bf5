"""Lists of subscriptions, in and out: OPML (http://opml.org/spec2.opml, read 2026-11-22).

Reading goes through listparser with bytes, never with a string, which it might take for an
address. Its reader knows no entities of a document's own, so none can be expanded or fetched. It
gets the tags that make the list and nothing else: comments and the like cost it time that grows
with the square of their number.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import listparser

from resonanz.networks.feeds import limits
from resonanz.switchboard.trouble import Unreadable
from resonanz.switchboard.wording import N_

NO_LIST = N_("This file is no list of subscriptions (OPML). Most feed readers can export one.")

_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.-]{1,40})["']""")
# XML allows no "<" within a value; so one look at a tag ends at the next one.
_TAG = re.compile(r"""</?(?:opml|body|outline)\b(?:[^<>"']|"[^"<]*"|'[^'<]*')*>""", re.IGNORECASE)
# What XML 1.0 does not allow in a document.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NoSubscriptions(Exception):
    """The file is no list of subscriptions that we can read. The message is a sentence."""

    def __init__(self) -> None:
        """Say what to bring instead."""
        super().__init__(NO_LIST)


class OpmlLists:
    """Lists of feeds as the pages bring them and take them along."""

    name = "OPML"
    file_name = "feeds.opml"
    content_type = "text/x-opml; charset=utf-8"

    def read(self, content: bytes) -> list[tuple[str, str]]:
        """The feeds of a list as (title, address). Raises `Unreadable` with a sentence."""
        try:
            return read_opml(content)
        except NoSubscriptions as cause:
            raise Unreadable(str(cause)) from cause

    def write(self, entries: Iterable[tuple[str, str]]) -> bytes:
        """A list of these feeds, given as (title, address)."""
        return write_opml(entries)


def read_opml(data: bytes) -> list[tuple[str, str]]:
    """The feeds of a list as (title, address), each address once, in order, at most 5,000.

    Raises `NoSubscriptions`. A list without any feed is an empty one.
    """
    try:
        harvest = listparser.parse(_tags(_as_text(data)))
    except (AssertionError, LookupError, TypeError, ValueError, RecursionError) as cause:
        raise NoSubscriptions from cause
    if not harvest["version"] and not harvest["feeds"]:
        raise NoSubscriptions
    found: dict[str, str] = {}
    for feed in harvest["feeds"]:
        address = _web_address(str(feed.get("url") or ""))
        if address and address not in found:
            found[address] = " ".join(str(feed.get("title") or "").split())[:500]
    return [(title, address) for address, title in found.items()][: limits.FEEDS_IN_A_LIST]


def _tags(text: str) -> bytes:
    """The tags that make the list, in ASCII.

    Where lxml is installed listparser reads with it, and takes any other bytes for Latin-1.
    """
    return "".join(_TAG.findall(text)).encode("ascii", "xmlcharrefreplace")


def write_opml(subscriptions: Iterable[tuple[str, str]], title: str = "Resonanz") -> bytes:
    """A list of (title, address) as an OPML 2.0 document in UTF-8."""
    opml = Element("opml", version="2.0")
    SubElement(SubElement(opml, "head"), "title").text = _sound(title)
    body = SubElement(opml, "body")
    for name, address in subscriptions:
        shown = _sound(name) or _sound(address)
        SubElement(body, "outline", type="rss", text=shown, title=shown, xmlUrl=_sound(address))
    indent(opml)
    return bytes(tostring(opml, encoding="utf-8", xml_declaration=True))


def _as_text(data: bytes) -> str:
    """The document as text: by its byte order mark, by what it says, else UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    told = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    try:
        return data.decode(told[1].decode("ascii") if told else "utf-8-sig", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _web_address(text: str) -> str:
    address = re.sub(r"^feed:(?=https?:)", "", text.strip(), flags=re.IGNORECASE)
    address = re.sub(r"^feed://", "https://", address, flags=re.IGNORECASE)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return address if is_web and len(address) <= limits.ADDRESS_CHARACTERS else ""


def _sound(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
