"""What we allow ourselves and others at a feed. Feeds state few limits; these are our own.

Sources where there is one: RSS 2.0 `ttl` is in minutes (https://www.rssboard.org/rss-specification),
`max-age` and `Retry-After` in seconds (RFC 9111, section 5.2.2.1; RFC 9110, section 10.2.3),
`sy:updatePeriod` by https://web.resource.org/rss/1.0/modules/syndication/; all read 2026-11-22.
"""

from datetime import timedelta

# Entries of one document that are looked at, the newest ones.
ENTRIES_LOOKED_AT = 300
# Entries that the first look hands over, as backlog.
ENTRIES_AT_FIRST = 100
# Entries that a cursor remembers. More than ENTRIES_LOOKED_AT, or old ones would seem new.
ENTRIES_REMEMBERED = 900
ENTRIES_A_PAGE = 50

# Tags of one XML document. Reading takes about 50 microseconds each on one core of 2026, so this
# is some 15 seconds at the very worst; a podcast of 3,000 episodes has 75,000.
TAGS_A_FEED = 300_000

TITLE_CHARACTERS = 500
HTML_CHARACTERS = 300_000
UID_CHARACTERS = 500
ADDRESS_CHARACTERS = 2000
NAME_CHARACTERS = 200
TAGS_AN_ENTRY = 30
LINKS_AN_ENTRY = 200
PICTURES_AN_ENTRY = 10

# How often a feed is asked when it says nothing itself.
POLLING = timedelta(minutes=30)
# The longest pause that a feed can ask for by max-age or ttl: asking is cheap when nothing changed.
LONGEST_PAUSE = timedelta(hours=4)
# The pause after the first failure; doubled with each further one, up to LONGEST_BACK_OFF.
FIRST_BACK_OFF = timedelta(minutes=15)
LONGEST_BACK_OFF = timedelta(hours=6)

REQUESTS_PER_MINUTE = 10
# Feeds that a page names, and usual places, which are tried while looking for the right one.
CANDIDATES_TRIED = 6
USUAL_PLACES_TRIED = 8
# The part of a page that is searched for the names of its feeds, in characters.
PAGE_CHARACTERS = 500_000
FEEDS_IN_A_LIST = 5000
