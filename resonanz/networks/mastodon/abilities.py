"""What a server offers, by its software and version. Pure.

What the API offers from its first days is offered by everybody who speaks it. Of what came
later only that is claimed which the software is known to have; `limits.py` says since when.
"""

import re

from resonanz.networks.mastodon.limits import ABILITIES_SINCE, NOT_OFFERED_BY
from resonanz.switchboard.contract import Can
from resonanz.switchboard.shapes import Facts

# Not offered by everybody who speaks the API.
LATER = frozenset({Can.EDIT, Can.MUTE, Can.REPORT, Can.QUOTE})
NOT_HERE = {Can.ARTICLE, Can.MODERATE, Can.LINKBACKS}
ALWAYS = frozenset(Can) - LATER - NOT_HERE - {Can.STREAM}
NUMBERS = re.compile(r"\d+")


# What a token needs for them besides what every connection asks for.
SCOPES = {
    Can.MEDIA: ("write", "write:media"),
    Can.MUTE: ("write", "write:mutes", "follow"),
    Can.BLOCK: ("write", "write:blocks", "follow"),
    Can.REPORT: ("write", "write:reports"),
    Can.FOLLOWERS: ("read", "read:accounts"),
    Can.FOLLOWED: ("read", "read:accounts"),
}


def abilities_of(facts: Facts, scopes: str) -> frozenset[Can]:
    """The abilities of a server that said this about itself, with a token for these scopes.

    Scopes stand with blanks between; "" is for a token of which nobody told what it may do.
    """
    granted = scopes.split()
    beyond = {
        ability
        for ability, needed in SCOPES.items()
        if granted and not set(needed).intersection(granted)
    }
    found = set(ALWAYS)
    since = ABILITIES_SINCE.get(facts.software, {})
    version = tuple(int(number) for number in NUMBERS.findall(facts.version)[:2])
    found |= {ability for ability, first in since.items() if version >= first}
    if facts.streaming_url:
        found.add(Can.STREAM)
    return frozenset(found - beyond - NOT_OFFERED_BY.get(facts.software, frozenset()))
