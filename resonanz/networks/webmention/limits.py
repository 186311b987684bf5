"""What we allow ourselves and others. Neither specification states limits; these are our own.

Sources: W3C Webmention, sections 3.2.2 and 4.2 (limit the size of what is fetched, the time it
takes and the redirects), https://www.w3.org/TR/webmention/; Pingback 1.0,
http://www.hixie.ch/specs/pingback/pingback; both read 2026-11-22.
"""

from datetime import timedelta

# Of a page that somebody names, in bytes, and the whole time for it in seconds.
PAGE_BYTES = 2 * 1024 * 1024
SECONDS_A_PAGE = 20.0
# What is read of it. The reader takes some 20 microseconds a tag on one core of 2026.
PAGE_CHARACTERS = 1_000_000
TAGS_A_PAGE = 20_000
LINKS_A_PAGE = 5000
# Values of JSON documents that are looked through, and how deeply they may be nested.
JSON_VALUES = 20_000
JSON_DEPTH = 60

# Things on one page that may be what links to us.
ENTRIES = 50

ADDRESS_CHARACTERS = 1000
NAME_CHARACTERS = 200
TITLE_CHARACTERS = 400
HTML_CHARACTERS = 300_000
# The words around a link on a page that does not say what its text is; to either side.
AROUND_CHARACTERS = 160
SYNDICATIONS = 10
PICTURES = 10
TAGS = 30
LINKS = 200
# WordPress takes one ping in 15 seconds, whoever sends it (6.1, wp_throttle_comment_flood).
PINGS_COME_EVERY = timedelta(seconds=15)

REQUESTS_PER_MINUTE = 60
