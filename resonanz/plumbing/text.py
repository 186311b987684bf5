"""Text that came from outside: cleaned to be shown, made plain to be read, shortened, its links.

Everything here takes any text whatever and gives something harmless in bounded time. The HTML
reader behind it (nh3, which is ammonia and html5ever) takes time that grows with the square of
how deeply elements are nested: a megabyte of `<div>` took 146 s on one core. So HTML with more
than `MOST_TAGS` opening tags is not read as HTML: its text is kept and its form is given up. So is
HTML with more than `MOST_ENTITIES` signs that the reader writes as entities: 400,000 no-break
spaces took it 4 s, a quarter of them 0.25 s.

What is allowed follows what Mastodon lets through
(https://docs.joinmastodon.org/spec/activitypub/#sanitization, read 2026-11-22), with tables and
definition lists for blogs.
"""

import html as entities
import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urljoin, urlsplit

import nh3

MOST_TAGS = 5000
MOST_ENTITIES = 50_000
LINK_REL = "nofollow noopener noreferrer ugc"
LINK_SCHEMES = {"http", "https", "mailto"}

# fmt: off
INLINE_TAGS = {
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "rp", "rt", "ruby",
    "s", "small", "span", "strong", "sub", "sup", "u", "wbr",
}
PARAGRAPH_TAGS = {"blockquote", "dl", "figure", "hr", "ol", "p", "pre", "table", "ul"}
HEADING_TAGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LINE_TAGS = {
    "address", "article", "aside", "caption", "dd", "div", "dt", "figcaption", "footer",
    "header", "li", "main", "nav", "section", "tr",
}
CELL_TAGS = {"td", "th"}
SHOWN_TAGS = INLINE_TAGS | PARAGRAPH_TAGS | CELL_TAGS | {
    "br", "caption", "dd", "div", "dt", "figcaption", "li", "tbody", "tfoot", "thead", "tr",
}
# fmt: on
SILENT_TAGS = {"script", "style", "template", "title", "noscript", "iframe", "textarea", "select"}


def _cleaner_with(
    relative: Literal["deny"] | tuple[Literal["rewrite_with_base"], str],
) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=SHOWN_TAGS,
        clean_content_tags=SILENT_TAGS,
        attributes={"a": {"href"}, "ol": {"start", "reversed"}, "*": {"lang", "dir"}},
        url_schemes=LINK_SCHEMES,
        url_relative=relative,
        link_rel=LINK_REL,
        allowed_classes={"span": {"invisible", "ellipsis", "h-card"}, "a": {"mention", "hashtag"}},
    )


_cleaner = _cleaner_with("deny")
_reader = nh3.Cleaner(
    tags=PARAGRAPH_TAGS | HEADING_TAGS | LINE_TAGS | CELL_TAGS | {"br"},
    clean_content_tags=SILENT_TAGS,
    attributes={},
    link_rel=None,
)
_link_finder = nh3.Cleaner(
    tags={"a"},
    clean_content_tags=SILENT_TAGS,
    attributes={"a": {"href"}},
    url_schemes={"http", "https"},
    url_relative="pass_through",
    link_rel=None,
)

_picture_finder = nh3.Cleaner(
    tags={"img"},
    clean_content_tags=SILENT_TAGS,
    attributes={"img": {"src", "alt", "width", "height"}},
    url_schemes={"http", "https"},
    url_relative="pass_through",
    link_rel=None,
)

_OPENING = re.compile(r"<[a-zA-Z]")
# Patterns for outside texts give nothing back that they took (`*+`), or are only tried where a run
# begins: otherwise a long run without an end costs the square of its length.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)([^<>]*+)>")
_HEADING = re.compile(r"<(/?)h[1-6]\b[^<>]*>", re.IGNORECASE)
_ANY_PICTURE = re.compile(r"<img\b[^<>]*+>", re.IGNORECASE)
_EMOJI_WORD = re.compile(r"\b(?:emoji|wp-smiley|emojione)\b", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"<>]{1,40})"|'([^'<>]{1,40})')""", re.IGNORECASE)
_LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')
_PICTURE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_PRE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_MANY_BREAKS = re.compile(r"\n{3,}")
_JOINS_BEFORE = re.compile(r"[\u0300-\u036f\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")


def clean_html(html: str, base: str = "") -> str:
    """HTML from outside, cleaned by an allow-list to be shown in a page of ours.

    Keeps paragraphs, lists, quotes, tables, emphasis and links to http, https and mailto (with
    rel attributes); headings become strong paragraphs, pictures of emoji become their text.
    Drops pictures, styles, scripts, forms, and every other attribute. Relative links are joined
    to `base` if it is an http(s) address, and dropped otherwise. Mastodon's `span.invisible` and
    `span.ellipsis` keep their classes for the stylesheet.
    """
    html = _whole(html)
    if _is_overloaded(html):
        return "<p>" + entities.escape(_loose_text(html)).replace("\n", "<br>") + "</p>"
    return _cleaner_for(base).clean(_HEADING.sub(_strong_paragraph, _with_emoji(html)))


def plain_text(html: str) -> str:
    """What HTML from outside says, as plain text.

    Line breaks and paragraphs are kept (a blank line between paragraphs), other white space is
    one blank, entities are decoded once. Addresses that Mastodon shows shortened stand in full,
    as they were written.
    """
    html = _whole(html)
    if _is_overloaded(html):
        return _loose_text(html)
    parts = _PRE.split(_reader.clean(_with_emoji(html)))
    # The odd parts are preformatted: their line breaks were meant.
    lines = [part if at % 2 else _BLANK.sub(" ", part) for at, part in enumerate(parts)]
    return _tidy(entities.unescape(_TAG.sub(_break_of, "".join(lines))))


def excerpt(text: str, length: int) -> str:
    """The beginning of a plain text on one line, at most `length` characters with the "…".

    Ends between words where that costs less than half, and never inside an emoji or accent.
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    if length < 1:
        return ""
    cut = length - 1
    while cut > 0 and (_JOINS_BEFORE.match(line[cut]) or line[cut - 1] == "\u200d"):
        cut -= 1
    at_word = line.rfind(" ", 0, cut + 1)
    if at_word * 2 >= cut:
        cut = at_word
    return line[:cut].rstrip(" ,;:–-") + "…"


def links_of(html: str, base: str) -> tuple[tuple[str, str], ...]:
    """The links of an HTML text as (address, words), each address once, in order.

    Relative addresses are joined to `base`. Only http and https; no links within the page
    itself. `base` may be empty: then relative links are left out.
    """
    if _is_overloaded(html):
        return ()
    found: dict[str, str] = {}
    for link in _LINK.finditer(_link_finder.clean(_whole(html))):
        href, words = (entities.unescape(part) for part in link.groups())
        if (address := _joined(base, href)) and address not in found:
            found[address] = " ".join(words.split())
    return tuple(found.items())


def pictures_of(html: str, base: str) -> tuple[tuple[str, str], ...]:
    """The pictures of an HTML text as (address, description), like `links_of`.

    Emoji, and the invisible ones of one pixel that count readers, are left out.
    """
    if _is_overloaded(html):
        return ()
    found: dict[str, str] = {}
    shown = _picture_finder.clean(_ANY_PICTURE.sub(_not_emoji, _whole(html)))
    for picture in _PICTURE.finditer(shown):
        told = {name: entities.unescape(value) for name, value in _ATTRIBUTE.findall(picture[1])}
        is_counter = bool({told.get("width"), told.get("height")} & {"0", "1"})
        address = _joined(base, told.get("src", ""))
        if address and not is_counter and address not in found:
            found[address] = " ".join(told.get("alt", "").split())
    return tuple(found.items())


def as_html(text: str) -> str:
    """Plain text as HTML that shows it: escaped, with its paragraphs and line breaks."""
    paragraphs = re.split(r"\n[ \t]*\n\s*", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    shown = (entities.escape(part, quote=False).replace("\n", "<br>") for part in paragraphs)
    return "".join(f"<p>{part}</p>" for part in shown if part)


def web_address(told: str) -> str:
    """An address from outside if it leads into the web; "" for any other (`javascript:` …)."""
    return _joined("", told)


def kept_address(told: str) -> str:
    """An address from outside as a column of 1000 characters keeps it, "" if it is none of the web.

    At most 2000 bytes of it, because PostgreSQL takes no more than 2,704 into an index. One that
    is longer leads nowhere any more, and is told apart from others by its beginning.
    """
    return web_address(told)[:1000].encode("utf-8", "ignore")[:2000].decode("utf-8", "ignore")


def _cleaner_for(base: str) -> nh3.Cleaner:
    if not _joined(base, base):
        return _cleaner
    try:
        return _cleaner_with(("rewrite_with_base", base))
    except ValueError:
        return _cleaner


def _joined(base: str, href: str) -> str:
    """The absolute http(s) address of a link, or "" if there is none worth keeping."""
    href = href.strip()
    if not href or href.startswith("#"):
        return ""
    try:
        address = urljoin(base, href)
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return address if is_web else ""


def _whole(text: str) -> str:
    """The text without NUL and half characters, which neither nh3 nor a database takes."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _is_overloaded(html: str) -> bool:
    if html.count("&") + html.count("\xa0") > MOST_ENTITIES:
        return True
    return html.count("<") > MOST_TAGS and sum(1 for _ in _OPENING.finditer(html)) > MOST_TAGS


def _strong_paragraph(tag: re.Match[str]) -> str:
    return "</strong></p>" if tag[1] else "<p><strong>"


def _with_emoji(html: str) -> str:
    """Pictures of emoji, as WordPress and others make them, turned back into their text."""

    def text_of(picture: re.Match[str]) -> str:
        if not _EMOJI_WORD.search(picture[0]):
            return picture[0]
        alt = _ALT.search(picture[0])
        return (alt[1] or alt[2]) if alt else ""

    return _ANY_PICTURE.sub(text_of, html)


def _not_emoji(picture: re.Match[str]) -> str:
    return "" if _EMOJI_WORD.search(picture[0]) else picture[0]


def _break_of(tag: re.Match[str]) -> str:
    """What a tag means for plain text: an empty line, a new line, a blank, or nothing."""
    name = tag[2].lower()
    if name in PARAGRAPH_TAGS | HEADING_TAGS:
        return "\n\n"
    if name in LINE_TAGS or (name == "br" and not tag[1]):
        return "\n"
    return " " if name in CELL_TAGS and tag[1] else ""


def _loose_text(html: str) -> str:
    """The text of HTML that is too tangled to be read properly, in one pass over it."""
    return _tidy(entities.unescape(_bare_breaks("".join(_loose_parts(html)))))


def _loose_parts(html: str) -> Iterator[str]:
    at, silent = 0, ""
    for tag in _TAG.finditer(html):
        if not silent:
            yield _BLANK.sub(" ", html[at : tag.start()])
            yield _break_of(tag)
            if not tag[1] and tag[2].lower() in SILENT_TAGS:
                silent = tag[2].lower()
        elif tag[1] and tag[2].lower() == silent:
            silent = ""
        at = tag.end()
    if not silent:
        yield _BLANK.sub(" ", html[at:])


def _tidy(text: str) -> str:
    text = _bare_breaks(text.replace("\xa0", " ").replace("\r\n", "\n"))
    return _MANY_BREAKS.sub("\n\n", text).strip()


def _bare_breaks(text: str) -> str:
    """Every line without blanks at its ends."""
    return "\n".join(line.strip(" \t") for line in text.split("\n"))
