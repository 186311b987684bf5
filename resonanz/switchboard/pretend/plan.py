"""What is fixed about one visit to the town: when it began, in which language, and who we are."""

import re
import unicodedata
from datetime import datetime
from urllib.parse import urlsplit

from resonanz.switchboard.pretend.people import BY_SLUG, HOST
from resonanz.switchboard.shapes import Shape
from resonanz.switchboard.trouble import Refused
from resonanz.switchboard.wording import N_

OURS = "us"
SCHEME = "pretend://"
LANGUAGES = {
    "": "de",
    "de": "de",
    "deutsch": "de",
    "german": "de",
    "en": "en",
    "englisch": "en",
    "english": "en",
}
USUAL_NAME = {"de": "Backstube Morgenrot", "en": "Daybreak Bakery"}
USUAL_DOMAIN = "backstube.example"
UNKNOWN_LANGUAGE = N_("The pretend town speaks German (de) and English (en).")
NO_DOMAIN = N_("This is no domain. It should look like bakery.example.")
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LONGEST_HANDLE_CHARACTERS = 24
LONGEST_NAME_CHARACTERS = 80


class Plan(Shape):
    """One visit. `town` tells it from other visits; the rest decides all that will happen."""

    town: str
    name: str
    domain: str
    language: str
    started_at: datetime

    @property
    def our_handle(self) -> str:
        """What people in the town type to name us, made from our name."""
        plain = unicodedata.normalize("NFKD", self.name.lower().translate(SPELT_OUT))
        local = re.sub(r"[^a-z0-9]+", "", plain)[:LONGEST_HANDLE_CHARACTERS] or OURS
        return f"@{local}{'x' if local in BY_SLUG else ''}@{HOST}"

    def uid(self, kind: str, local_id: str) -> str:
        """The name of a post, a person or a reaction for ever; `kind` keeps them apart."""
        return f"{SCHEME}{self.town}/{kind}/{local_id}"


def read_language(answer: str) -> str:
    """`de` or `en` from what was typed. Raises `Refused` with a sentence."""
    typed = answer.strip().lower()
    known = LANGUAGES.get(typed) or LANGUAGES.get(re.split("[-_]", typed)[0])
    if known is None:
        raise Refused(UNKNOWN_LANGUAGE)
    return known


def read_domain(answer: str) -> str:
    """The host from a domain or an address, however it was typed. Raises `Refused`."""
    typed = answer.strip().lower()
    if not typed:
        return USUAL_DOMAIN
    try:
        host = urlsplit(typed if "://" in typed else f"https://{typed}").hostname or ""
        host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as cause:
        raise Refused(NO_DOMAIN) from cause
    if not DOMAIN.fullmatch(host):
        raise Refused(NO_DOMAIN)
    return host


def read_name(answer: str, language: str) -> str:
    """Our name in the town, on one line, or the usual one."""
    return " ".join(answer.split())[:LONGEST_NAME_CHARACTERS] or USUAL_NAME[language]
