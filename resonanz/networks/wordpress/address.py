"""Understands what people type for their blog, and finds the API behind it.

A blog names its API in every answer, in a header and in every page (`rel="https://api.w.org/"`);
developer.wordpress.org/rest-api/using-the-rest-api/discovery/ (read 2026-11-22).
"""

import re
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx
import msgspec

from resonanz.networks.wordpress.credentials import Credentials
from resonanz.networks.wordpress.limits import FOLDERS_TRIED
from resonanz.networks.wordpress.line import authorization, place_of
from resonanz.networks.wordpress.naming import base_of
from resonanz.networks.wordpress.payloads import (
    ApplicationPasswords,
    Authentication,
    IndexPayload,
)
from resonanz.networks.wordpress.troubles import CLOSED, trouble_of_answer
from resonanz.switchboard.contract import Surroundings
from resonanz.switchboard.decoding import part_of
from resonanz.switchboard.http import decode, send
from resonanz.switchboard.shapes import Shape
from resonanz.switchboard.trouble import (
    Gone,
    Refused,
    SignInAgain,
    TryLater,
    Unreadable,
)
from resonanz.switchboard.wording import N_

NOT_AN_ADDRESS = N_(
    "This does not look like the address of a blog. It is what stands in the browser when the blog "
    "is open, for example blog.example."
)
NOT_WORDPRESS = N_(
    "There is a page at this address, but no WordPress that could be asked. Please check the "
    "address; it is the one under which visitors read the blog."
)
NO_ANSWER = N_(
    "No server answers at this address. Please check how it is spelt, or try again later, in case "
    "it is down at the moment."
)
NO_PASSWORDS_WITHOUT_HTTPS = N_(
    "This blog offers no application passwords, because it is not reached by https. On a machine "
    "for trials they are allowed by WP_ENVIRONMENT_TYPE=local in its wp-config.php."
)
NO_PASSWORDS = N_(
    "This blog offers no application passwords. They are there since WordPress 5.6, and a security "
    "plugin may have switched them off."
)
API = "https://api.w.org/"
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
# What people copy from the browser while they are signed in, or from a manual.
BEHIND_THE_SCENES = re.compile(r"/(?:wp-admin|wp-login\.php|wp-json|xmlrpc\.php)(?:/.*)?\Z", re.I)
LINK_TAG = re.compile(r"<link\b[^<>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""\b(rel|href)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE)
GENERATOR = re.compile(
    r"""<meta\b[^<>]*\bcontent=["']WordPress (\d[\w.-]*)["'][^<>]*>""", re.IGNORECASE
)
LANGUAGE = re.compile(r"""<html\b[^<>]*\blang=["']([a-zA-Z]{2,3})\b""", re.IGNORECASE)
OUR_OWN_MACHINE = frozenset({"localhost", "127.0.0.1"})


class Blog(Shape):
    """A blog that was found: the root of its API, and what the page and the API said of it.

    `authorization` is where a person allows a program to work in her name, "" where there are no
    application passwords. `index` is None where it is shown to nobody who is not signed in.
    """

    address: str
    api: str
    version: str = ""
    language: str = ""
    index: IndexPayload | None = None

    @property
    def authorization(self) -> str:
        """The page of the blog on which application passwords are given."""
        told = part_of(self.index and self.index.authentication, Authentication) or Authentication()
        found = (told.application_passwords or ApplicationPasswords()).endpoints.authorization
        return found if base_of(found) else ""


def typed_address(typed: str) -> str:
    """The web address that somebody typed, with https unless http: was typed.

    Understands `blog.example`, blanks, `https:/blog.example`, addresses of articles and of what
    lies behind the scenes (`/wp-admin/…`, `/wp-json`). Raises `Refused` with a sentence.
    """
    text = "".join(typed.translate(INVISIBLE).split()).rstrip(",;")
    found = re.match(r"(?i)(https?):/*", text)
    rest = text[found.end() :] if found else text.lstrip("/")
    try:
        host = urlsplit(f"//{rest}").hostname or ""
    except ValueError:
        host = ""
    default = "http" if host.lower() in OUR_OWN_MACHINE else "https"
    address = f"{found[1].lower() if found else default}://{rest}"
    if not base_of(address) or ("." not in host and ":" not in host and host != "localhost"):
        raise Refused(NOT_AN_ADDRESS)
    parts = urlsplit(address)
    if "@" in parts.netloc:
        raise Refused(NOT_AN_ADDRESS)
    path = BEHIND_THE_SCENES.sub("/", parts.path) or "/"
    # Of what is asked of a page only what may name it, or the API, is kept.
    kept = parts.query if re.search(r"(?:^|&)(?:p|page_id)=\d", parts.query) else ""
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, kept, ""))


def find_blog(typed: str, surroundings: Surroundings) -> Blog:
    """Find the blog at or around an address. Nobody is signed in here.

    Raises `Refused` with a sentence where there is no WordPress that could be asked, and
    `TryLater` with one where nobody answers.
    """
    address = typed_address(typed)
    try:
        page = _page(address, surroundings)
        if page is not None and (api := _api_named_in(page)):
            return _asked(Blog(address=address, api=api), page, surroundings)
        for api in _guesses(address):
            if found := _at(Blog(address=address, api=api), page, surroundings):
                return found
    except TryLater as cause:
        if cause.is_overload:
            raise
        raise TryLater(NO_ANSWER, after=cause.after) from cause
    raise Refused(NOT_WORDPRESS)


def _page(address: str, surroundings: Surroundings) -> httpx.Response | None:
    """The page at an address; None where it is shown to nobody, or is not there."""
    try:
        return _get(address, surroundings)
    except (Gone, SignInAgain, Unreadable):
        return None
    except Refused as refusal:
        # What our own client refuses has no answer behind it, and is told as it is.
        if isinstance(refusal.__cause__, httpx.HTTPError | httpx.InvalidURL):
            raise
        return None


def _get(url: str, surroundings: Surroundings, **request: Any) -> httpx.Response:
    return send(
        surroundings.http,
        "GET",
        url,
        writing=False,
        now=surroundings.clock(),
        judge=trouble_of_answer,
        **request,
    )


def _api_named_in(page: httpx.Response) -> str:
    """The root of the API that a page names, or ""."""
    found = page.links.get(API, {}).get("url", "")
    if not found:
        for tag in LINK_TAG.findall(page.text):
            told = {name.lower(): one or other for name, one, other in ATTRIBUTE.findall(tag)}
            if told.get("rel", "").rstrip("/") == API.rstrip("/"):
                found = unescape(told.get("href", ""))
                break
    if not found:
        return ""
    address = urljoin(str(page.url), found)
    if not base_of(address):
        return ""
    # A blog behind a proxy may think that it is reached by http; its password is not sent so.
    if page.url.scheme == "https" and address.startswith("http:"):
        return f"https:{address.removeprefix('http:')}"
    return address


def _guesses(address: str) -> list[str]:
    """Where the API may be of a blog that names it nowhere: here, or some folders above."""
    parts = urlsplit(address)
    folders = [part for part in parts.path.split("/") if part]
    found = []
    for length in range(len(folders), max(len(folders) - FOLDERS_TRIED, -1), -1):
        path = "".join(f"/{folder}" for folder in folders[:length])
        root = f"{parts.scheme}://{parts.netloc}{path}"
        found += [f"{root}/wp-json/", f"{root}/?rest_route=/"]
    return found


def _at(blog: Blog, page: httpx.Response | None, surroundings: Surroundings) -> Blog | None:
    """The blog whose API may be at this very address; None when there is none."""
    try:
        found = _asked(blog, page, surroundings)
    except Refused:
        return None
    return found if found.index is not None else None


def _asked(blog: Blog, page: httpx.Response | None, surroundings: Surroundings) -> Blog:
    """The blog with what its API says. Raises a `Trouble`."""
    text = page.text if page is not None else ""
    version, language = GENERATOR.search(text), LANGUAGE.search(text)
    blog = msgspec.structs.replace(
        blog,
        version=version[1] if version else "",
        language=language[1].lower() if language else "",
    )
    try:
        index = index_of(blog.api, surroundings)
    except (SignInAgain, Refused):
        # Shown only to those who are signed in; whether we may be, we shall see.
        return blog
    except (Gone, Unreadable) as cause:
        raise Refused(CLOSED) from cause
    return msgspec.structs.replace(blog, index=index)


def index_of(
    api: str, surroundings: Surroundings, credentials: Credentials | None = None
) -> IndexPayload:
    """What the root of an API says. Raises `Refused` where it is not WordPress's."""
    url, params = place_of(api, "")
    headers = (
        {"Authorization": authorization(credentials.user, credentials.password.value)}
        if credentials
        else {}
    )
    answer = _get(url, surroundings, params=params or None, headers=headers)
    index = decode(answer, IndexPayload)
    if "wp/v2" not in index.namespaces:
        raise Unreadable(NOT_WORDPRESS)
    return index


def why_no_passwords(blog: Blog) -> str:
    """The sentence for a blog without application passwords."""
    return NO_PASSWORDS_WITHOUT_HTTPS if blog.api.startswith("http:") else NO_PASSWORDS
