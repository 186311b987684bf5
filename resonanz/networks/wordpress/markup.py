"""A text of ours as WordPress keeps it: an article as blocks, a comment as escaped text. Pure.

Source of the form of blocks: developer.wordpress.org/block-editor/explanations/architecture/
key-concepts/ (read 2026-11-22). Where the older editor is used they are comments that nobody sees.
"""

import json
import re
from collections.abc import Iterator, Sequence
from html import escape

from resonanz.networks.wordpress.payloads import MediaPayload
from resonanz.switchboard.shapes import Attachment, Outgoing
from resonanz.understanding.written_links import WRITTEN_LINK, without_what_follows

PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
# What stands before the address that an article answers.
IN_REPLY_TO = {"de": "Antwort auf", "en": "In reply to"}


def whole_text(outgoing: Outgoing) -> str:
    """The plain text as it will be read: the warning and what it answers in front."""
    first = [outgoing.warning.strip(), _reply_line(outgoing)]
    return "\n\n".join(part for part in (*first, outgoing.text.strip()) if part)


def answered_address(outgoing: Outgoing) -> str:
    """The web address that an article answers, or ""."""
    if outgoing.answering is None or not is_article(outgoing):
        return ""
    named = (outgoing.answering.url, outgoing.answering.uid)
    return next((name for name in named if name.startswith(("https://", "http://"))), "")


def is_article(outgoing: Outgoing) -> bool:
    """Whether a text is one of the blog's articles, and not a comment below one."""
    return bool(outgoing.title.strip()) or outgoing.is_draft or outgoing.answering is None


def _reply_line(outgoing: Outgoing) -> str:
    address = answered_address(outgoing)
    return f"{_reply_words(outgoing)} {address}" if address else ""


def _reply_words(outgoing: Outgoing) -> str:
    return IN_REPLY_TO.get(outgoing.language.partition("-")[0].lower(), IN_REPLY_TO["en"])


def comment_markup(outgoing: Outgoing) -> str:
    """A comment as WordPress takes it: it makes paragraphs and links itself, and reads HTML."""
    return escape(whole_text(outgoing), quote=False)


def article_markup(outgoing: Outgoing, media: Sequence[MediaPayload]) -> str:
    """An article: what it answers, its paragraphs, its pictures, each as a block.

    `media` are the pictures of `outgoing` as the library has them, in their order.
    """
    blocks: list[str] = []
    if outgoing.warning.strip():
        blocks.append(_paragraph(f"<strong>{escape(outgoing.warning.strip())}</strong>"))
    if address := answered_address(outgoing):
        # The classes by which a receiver of pings and webmentions knows an answer:
        # https://microformats.org/wiki/in-reply-to (read 2026-11-22).
        link = (
            f'<a class="u-in-reply-to" rel="in-reply-to" href="{escape(address)}">'
            f"{escape(address)}</a>"
        )
        blocks.append(_paragraph(f"{escape(_reply_words(outgoing))} {link}"))
    text = outgoing.text.replace("\r\n", "\n").replace("\r", "\n").strip()
    blocks += [_paragraph(_with_links(part)) for part in PARAGRAPHS.split(text) if part]
    blocks += [_figure(*both) for both in zip(outgoing.pictures, media, strict=True)]
    return "\n\n".join(blocks)


def _paragraph(html: str) -> str:
    return f"<!-- wp:paragraph -->\n<p>{html}</p>\n<!-- /wp:paragraph -->"


def _figure(picture: Attachment, media: MediaPayload) -> str:
    """A picture as the block editor writes it."""
    about = json.dumps({"id": media.id, "sizeSlug": "full", "linkDestination": "none"})
    return (
        f"<!-- wp:image {about} -->\n"
        f'<figure class="wp-block-image size-full"><img src="{escape(media.source_url or "")}" '
        f'alt="{escape(picture.description.strip())}" class="wp-image-{media.id}"/></figure>\n'
        "<!-- /wp:image -->"
    )


def _with_links(paragraph: str) -> str:
    return "".join(_pieces(paragraph)).replace("\n", "<br>")


def _pieces(text: str) -> Iterator[str]:
    """The text escaped, with links where it holds addresses."""
    position = 0
    for found in WRITTEN_LINK.finditer(text):
        address = without_what_follows(found.group())
        yield escape(text[position : found.start()], quote=False)
        yield f'<a href="{escape(address)}">{escape(address, quote=False)}</a>'
        position = found.start() + len(address)
    yield escape(text[position:], quote=False)
