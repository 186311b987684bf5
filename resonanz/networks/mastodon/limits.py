"""Every limit of this network, with its unit and where it is written. All read 2026-11-22."""

from datetime import timedelta

from resonanz.switchboard.contract import Can

# https://docs.joinmastodon.org/user/posting/#text — used where a server does not say.
TEXT_LIMIT_CHARACTERS = 500

# https://docs.joinmastodon.org/user/posting/#links — "all links are counted as 23 characters".
LINK_COST_CHARACTERS = 23

# Pictures in one post, and the size of one in bytes: used where a server does not say.
# https://docs.joinmastodon.org/user/posting/#media — "up to 4 images", "up to 16MB".
PICTURES_A_POST = 4
PICTURE_BYTES = 16 * 1024 * 1024
# Mastodon's app/models/media_attachment.rb, MAX_DESCRIPTION_LENGTH; told since version 4.4.
DESCRIPTION_LIMIT_CHARACTERS = 1500

# How soon a file that the server is still at work on is asked for again.
LOOK_AT_A_FILE_AGAIN_AFTER = timedelta(seconds=10)

# https://docs.joinmastodon.org/methods/reports/#post — "comment: Defaults to 1000 characters max".
REPORT_LIMIT_CHARACTERS = 1000

# https://docs.joinmastodon.org/methods/timelines/#home — "limit: defaults to 20, max 40".
STATUSES_PER_PAGE = 40

# https://docs.joinmastodon.org/methods/notifications/#get — "defaults to 40, max 80".
NOTIFICATIONS_PER_PAGE = 40

# https://docs.joinmastodon.org/methods/accounts/#followers — "limit: defaults to 40, max 80".
ACCOUNTS_PER_PAGE = 80

# https://docs.joinmastodon.org/api/rate-limits/ — 300 requests within 5 minutes and account.
# We allow ourselves two thirds, the same person uses other apps as well.
REQUESTS_PER_MINUTE = 40

# https://docs.joinmastodon.org/methods/statuses/#create — Idempotency-Key is kept for one hour.
IDEMPOTENCY_KEPT_FOR = timedelta(hours=1)

# https://docs.joinmastodon.org/methods/streaming/ — a line ":thump" every 15 seconds.
HEARTBEAT_EVERY = timedelta(seconds=15)

# snac2 2.75 closes its line after every answer without saying so (seen 2026-11-22). A write on a
# line that was kept would break off half-way, and nobody would know whether it was heard.
ONE_LINE_EACH = {"Connection": "close"}

# snac2 2.75 says "en" for every post, whatever it was marked with (seen 2026-11-22), and the wrong
# language is worse than none: the answer would carry it on.
SOFTWARE_THAT_INVENTS_LANGUAGES = frozenset({"snac"})

# snac2 2.75 knows "public" and "private" only; what is sent as for followers reaches nobody, and
# what is private is between those who are named (seen 2026-11-22).
SOFTWARE_WITHOUT_FOLLOWERS_ONLY = frozenset({"snac"})

# snac2 2.75 passes over the pictures of an edit in silence (seen 2026-11-22).
SOFTWARE_THAT_KEEPS_PICTURES = frozenset({"snac"})

# Since which version (major, minor) a software offers what not everybody does. Mastodon:
# docs.joinmastodon.org/methods/statuses/#edit, …/accounts/#mute, …/reports (version histories);
# quotes: …/statuses/#create, “4.5.0: quoted_status_id added” (4.4 shows quotes and takes none).
# GoToSocial, mutes: github.com/superseriousbusiness/gotosocial/releases/tag/v0.16.0, “Account
# mutes”. snac and mastodon-mock: seen 2026-11-22 with 2.75, 0.6.1. Not checked, from memory: edits
# and reports of GoToSocial, and all of Pleroma. A wrong one shows itself as “refused” when it is
# tried, with the server's own words; nothing is lost by it.
# What is written as a version that nobody can tell is taken for the oldest.
ABILITIES_SINCE: dict[str, dict[Can, tuple[int, ...]]] = {
    "Mastodon": {Can.EDIT: (3, 5), Can.MUTE: (1, 1), Can.REPORT: (1, 1), Can.QUOTE: (4, 5)},
    "GoToSocial": {Can.EDIT: (0, 18), Can.MUTE: (0, 16), Can.REPORT: (0, 8)},
    "Pleroma": {Can.EDIT: (2, 5), Can.MUTE: (1, 0), Can.REPORT: (1, 0)},
    "mastodon-mock": {Can.EDIT: (), Can.MUTE: (), Can.REPORT: (), Can.QUOTE: ()},
    "snac": {Can.EDIT: (2, 75)},
}

# What a software that speaks the API does not offer all the same. snac2 2.75 answers 404 when
# asked to delete a post (seen 2026-11-22).
NOT_OFFERED_BY = {"snac": frozenset({Can.DELETE})}

# Our own bounds from here on.

# How much of the past is read when an account is new to us: enough to see who is around.
FIRST_LOOK_PAGES = 2

# The most pages of one look. What is left is read by the next look, from where this one ended.
NOTIFICATION_PAGES_PER_LOOK = 20
HOME_PAGES_PER_LOOK = 10

# How many ids of the newest things are kept in a cursor, to recognise them. More than one page.
IDS_REMEMBERED = 80

# Conversations under our own posts: how long they are watched without a sign from the server,
# and how many are read in one look (one request each).
REPLIES_WATCHED_FOR = timedelta(days=7)
CONTEXTS_PER_LOOK = 10
# How many pages of our posts are looked at for that: 200 posts within the time they are watched.
WATCHED_PAGES = 5

# Looking for a post that may have arrived: how far the clocks may differ, and how many pages.
CLOCKS_MAY_DIFFER_BY = timedelta(minutes=5)
PUBLISHED_PAGES = 5
# Of posts that read differently, how many are asked for what was typed (one request each), and
# how alike a text has to be for that (0 to 1).
SOURCES_PER_LOOK = 5
ALIKE_ENOUGH = 0.6

# A streaming line without any sign, not even a heartbeat, is broken after this many seconds.
SILENCE_SECONDS = 75.0
# How often a stream gives a sign of life upwards, below the 30 seconds of the contract.
SIGN_OF_LIFE_SECONDS = 20.0
