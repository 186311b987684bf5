"""Every limit of this network, with its unit and where it is written. All read 2026-11-22.

“lexicons/…” is a file in github.com/bluesky-social/atproto.
"""

from datetime import UTC, datetime, timedelta

# lexicons/app/bsky/feed/post.json, text: "maxGraphemes": 300, "maxLength": 3000 (UTF-8 bytes).
TEXT_LIMIT_GRAPHEMES = 300
TEXT_LIMIT_BYTES = 3000

# What the page's counter takes a link for, in graphemes, while somebody types: a host and the
# beginning of a path. What is sent is counted exactly (`compose.py`).
LINK_COST_GRAPHEMES = 30
# Bluesky's own app shows a link as its host and these many characters of what follows:
# github.com/bluesky-social/social-app, src/lib/strings/url-helpers.ts, `toShortUrl`.
LINK_TAIL_CHARACTERS = 15
LINK_TAIL_KEPT_CHARACTERS = 13

# lexicons/app/bsky/richtext/facet.json, tag: "maxGraphemes": 64, "maxLength": 640 (bytes).
TAG_LIMIT_GRAPHEMES = 64

# lexicons/app/bsky/embed/images.json, images: "maxLength": 4.
PICTURES_A_POST = 4
# The same file: "May be up to 2 MB, formerly limited to 1 MB." A server that was not renewed yet
# refuses the whole post over it, so the smaller number holds.
PICTURE_BYTES = 1_000_000
# "accept": ["image/*"]; these are what Bluesky's picture service shows everywhere. Moving
# pictures stand still there.
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp")
# social-app, src/lib/constants.ts, MAX_ALT_TEXT. The lexicon names no limit.
DESCRIPTION_LIMIT_CHARACTERS = 2000

# lexicons/com/atproto/moderation/createReport.json, reason: "maxGraphemes": 2000.
REPORT_LIMIT_CHARACTERS = 2000

# lexicons/app/bsky/notification/listNotifications.json, limit: at most 100. A page ends at a
# moment, and what else came in the same millisecond is on no page (seen 2026-11-22 with
# @atproto/dev-env 0.3.215): so pages are as long as they may be.
NOTIFICATIONS_PER_PAGE = 100
# lexicons/app/bsky/feed/getTimeline.json and getAuthorFeed.json, limit: at most 100.
POSTS_PER_PAGE = 50
# lexicons/app/bsky/feed/getPosts.json, uris: at most 25.
POSTS_PER_QUESTION = 25
# lexicons/app/bsky/graph/getFollowers.json and getFollows.json, limit: at most 100.
ACCOUNTS_PER_PAGE = 100
# lexicons/app/bsky/feed/getPostThread.json, depth and parentHeight: at most 1000 levels. The
# answer is nested as deep, and servers stop earlier themselves.
THREAD_LEVELS = 100

# https://docs.bsky.app/docs/advanced-guides/rate-limits — 3,000 requests in 5 minutes for one
# address of the internet. All channels of a house share it.
REQUESTS_PER_MINUTE = 60

# Two moments between which a record key that we choose lies (`record_keys.py`): long ago, so that
# nobody takes it for one from the future.
KEYS_BEGIN = datetime(2023, 1, 1, tzinfo=UTC)
KEYS_END = datetime(2024, 1, 1, tzinfo=UTC)

# Where identities of the kind did:plc are looked up: https://web.plc.directory/spec
PLC_DIRECTORY = "https://plc.directory"
# Who is asked for handles whose own host does not answer (those that stand in the DNS only).
RESOLVER = "https://public.api.bsky.app"
# Where people are at home who name no server: https://atproto.com/guides/glossary#entryway
FIRST_SERVER = "bsky.social"
# What people see in a browser.
WEB = "https://bsky.app"

# Our own bounds from here on.

# How much of the past is read when an account is new to us: enough to see who is around.
FIRST_LOOK_PAGES = 2
# The most pages of one look. What is left is read by the next look, from where this one ended.
NOTIFICATION_PAGES_PER_LOOK = 20
HOME_PAGES_PER_LOOK = 10
# How many ids of the newest things are kept in a cursor, to recognise them. More than one page.
IDS_REMEMBERED = 250
# The most parts of a list of followers that one reading takes; it goes on from the cursor.
CIRCLES_PER_READING = 50

# How many posts that are missing all at once are asked for at their authors' servers in one look
# (two requests each).
MISSING_PER_LOOK = 10

# Conversations under our own posts: how long they are watched without a sign from the server,
# and how many are read in one look (one request each).
REPLIES_WATCHED_FOR = timedelta(days=7)
THREADS_PER_LOOK = 10
# How many pages of our posts are looked at for that.
WATCHED_PAGES = 4
