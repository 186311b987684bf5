"""Where people speak with us and no network tells us: at the counter, on the phone, elsewhere.

What a member notes of it carries the network `by-hand:<place>`, where the place is one of the
codes here or a member's own word (`by-hand:Wochenmarkt`). The account of whoever spoke carries
`by-hand` alone: one for each person, wherever she spoke.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BY_HAND = "by-hand"
ELSEWHERE = "other"
# What `Post.network` holds, without “by-hand:”.
WORD_CHARACTERS = 32


@dataclass(frozen=True)
class Place:
    """A place where somebody spoke: its code, its name, its drawing.

    What is said at a private place was meant for us alone.
    """

    code: str
    name: str | Promise
    icon: str
    is_private: bool = False
    hosts: tuple[str, ...] = ()


PLACES = (
    Place("counter", gettext_lazy("at the counter"), "counter", is_private=True),
    Place("phone", gettext_lazy("on the phone"), "phone", is_private=True),
    Place("letter", gettext_lazy("by letter"), "direct", is_private=True),
    Place("email", gettext_lazy("by e-mail"), "mention", is_private=True),
    Place("event", gettext_lazy("at an event"), "calendar", is_private=True),
    Place("instagram", "Instagram", "image", hosts=("instagram.com",)),
    Place("linkedin", "LinkedIn", "person", hosts=("linkedin.com", "lnkd.in")),
    Place("facebook", "Facebook", "people", hosts=("facebook.com", "fb.com", "fb.me")),
    Place("x", "X", "conversations", hosts=("x.com", "twitter.com")),
    Place("threads", "Threads", "conversations", hosts=("threads.net", "threads.com")),
    Place("youtube", "YouTube", "video", hosts=("youtube.com", "youtu.be")),
    Place("web", gettext_lazy("on a web page"), "public"),
    Place(ELSEWHERE, gettext_lazy("elsewhere"), "other"),
)
_BY_CODE = {place.code: place for place in PLACES}


def is_by_hand(network: str) -> bool:
    """Whether this names what a member noted, and no network that is read."""
    return network == BY_HAND or network.startswith(f"{BY_HAND}:")


def network_at(code: str, word: str = "") -> str:
    """What a post carries that was said at a place; `word` is a member's own for elsewhere."""
    own = " ".join(word.split())[:WORD_CHARACTERS].strip()
    if code == ELSEWHERE and own:
        return f"{BY_HAND}:{_code_called(own) or own}"
    return f"{BY_HAND}:{code if code in _BY_CODE else ELSEWHERE}"


def _code_called(word: str) -> str:
    """The code of the place that is called like this; "" where it is a word of her own."""
    said = word.casefold()
    named = (one.code for one in PLACES if said in (one.code, str(one.name).casefold()))
    return next(named, "")


def place_of(network: str) -> Place | None:
    """The place that a network names; None for a real network."""
    prefix, _colon, code = network.partition(":")
    if prefix != BY_HAND or not code:
        return None
    return _BY_CODE.get(code) or Place(code=ELSEWHERE, name=code, icon="other")


def own_word(network: str) -> str:
    """A member's own word for a place; "" where it is one of ours."""
    place = place_of(network)
    return str(place.name) if place and place not in PLACES else ""


def place_name(network: str) -> str:
    """What a place is called in a list: “at the counter”; "" for a real network."""
    place = place_of(network)
    if place is not None:
        return str(place.name)
    return _("noted by hand") if network == BY_HAND else ""


def place_at(url: str) -> str:
    """The code of the place to which an address leads; "web" for any page that is none of them."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    for place in PLACES:
        if any(host == one or host.endswith(f".{one}") for one in place.hosts):
            return place.code
    return "web"
