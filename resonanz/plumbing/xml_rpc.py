"""XML-RPC calls of plain texts, written and read without the dangers of XML.

XML from outside is read without document types, so without entities that grow or lead somewhere,
and only up to `MOST_BYTES` (http://xmlrpc.com/spec.md, read 2026-11-22).
"""

from xml.etree.ElementTree import Element, ParseError
from xmlrpc.client import Fault, dumps

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

# A ping has two addresses, an answer one sentence.
MOST_BYTES = 20_000
CONTENT_TYPE = "text/xml; charset=utf-8"
# https://xmlrpc-epi.sourceforge.net/specs/rfc.fault_codes.php, read 2026-11-22.
NO_METHOD, NOT_XML = -32601, -32700


class NotUnderstood(ValueError):
    """These bytes are no XML-RPC message, or one that is beyond measure."""


class Faulty(Exception):
    """The other side says that the call failed; `code` is its number, the message its words."""

    def __init__(self, code: str, words: str) -> None:
        """Keep both."""
        super().__init__(words)
        self.code = code


def written_call(method: str, *texts: str) -> bytes:
    """A call with texts."""
    return dumps(texts, method).encode()


def written_answer(text: str) -> bytes:
    """The answer to a call that worked."""
    return dumps((text,), methodresponse=True).encode()


def written_fault(code: int, sentence: str) -> bytes:
    """The answer to a call that failed."""
    return dumps(Fault(code, sentence), methodresponse=True).encode()


def read_call(body: bytes) -> tuple[str, list[str]]:
    """The method of a call and its values as texts. Raises `NotUnderstood`."""
    root = _read(body, "methodCall")
    method = (root.findtext("methodName") or "").strip()
    return method, [_text(value) for value in root.findall("./params/param/value")]


def read_answer(body: bytes) -> str:
    """What a call gave, as text. Raises `Faulty` and `NotUnderstood`."""
    root = _read(body, "methodResponse")
    failed = root.find("./fault/value/struct")
    if failed is None:
        return _text(root.find("./params/param/value"))
    told = {
        (member.findtext("name") or "").strip(): _text(member.find("value"))
        for member in failed.findall("member")
    }
    raise Faulty(told.get("faultCode", ""), told.get("faultString", ""))


def _read(body: bytes, wanted: str) -> Element:
    if len(body) > MOST_BYTES:
        raise NotUnderstood
    try:
        root: Element = fromstring(body.strip(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as cause:
        raise NotUnderstood from cause
    if root.tag != wanted:
        raise NotUnderstood
    return root


def _text(value: Element | None) -> str:
    """A value that is a text or a number, with its type around it or bare."""
    if value is None:
        return ""
    typed = next(iter(value), None)
    return ((typed.text if typed is not None else value.text) or "").strip()
