"""Every limit of this network, with its unit and where it is written. All read 2026-11-22.

"Source" names a file of WordPress 6.1 below wp-includes/, unless something else is said.
"""

from datetime import timedelta

# developer.wordpress.org/rest-api/using-the-rest-api/pagination/ — "up to 100 at a time".
PER_PAGE = 100

# comment.php, wp_get_comment_fields_max_lengths(): comment_content holds 65,525 bytes. What is
# sent is escaped, and no sign takes more than five bytes then (“&amp;”), so so many signs fit.
COMMENT_LIMIT_BYTES = 65_525
COMMENT_LIMIT_CHARACTERS = COMMENT_LIMIT_BYTES // 5

# WordPress knows none for articles (a LONGTEXT of 4 GB). These are ours: what we keep of a post.
ARTICLE_LIMIT_CHARACTERS = 100_000
TITLE_LIMIT_CHARACTERS = 400

# php.net/manual/en/ini.core.php#ini.upload-max-filesize — "2M" where nobody changed it; the API
# tells nobody what it is, so pictures are made to fit this.
PICTURE_BYTES = 2 * 1024 * 1024
# functions.php, wp_get_mime_types(): image/webp since WordPress 5.8.
PICTURE_TYPES = ("image/jpeg", "image/png", "image/gif", "image/webp")
# WordPress knows none. Ours.
PICTURES_AN_ARTICLE = 40
DESCRIPTION_LIMIT_CHARACTERS = 1500

# comment.php, wp_throttle_comment_flood(): one comment of an author in 15 seconds. The answer is
# a 429 without Retry-After.
COMMENTS_COME_EVERY = timedelta(seconds=15)

# Our own bounds from here on. Most blogs live on small, shared machines.
REQUESTS_PER_MINUTE = 30
COMMENTS_LOOKED_AT_EVERY = timedelta(minutes=2)
ARTICLES_LOOKED_AT_EVERY = timedelta(minutes=15)

# How much of the past is read when a blog is new to us: 200 comments, 200 articles.
FIRST_LOOK_PAGES = 2
# The most pages of one look. What is left is read by the next look, from where this one ended.
PAGES_PER_LOOK = 10
# Comments and articles that are watched for changes: the newest hundred at every look, the others
# a hundred at a time in turn.
WATCHED = 1000
# Every how many looks it is asked whether what lies in the trash or among spam still lies there.
ASIDE_LOOKED_AT_EVERY = 10

# One conversation: so many pages of comments below one article.
THREAD_PAGES = 5

# Looking for a text that may have arrived: how far the clocks may differ, and how many pages.
CLOCKS_MAY_DIFFER_BY = timedelta(minutes=5)
PUBLISHED_PAGES = 2
# How alike a text has to be to be the one that we sent, where a plugin added to it (0 to 1).
ALIKE_ENOUGH = 0.9

# How many folders above an address are tried for a WordPress that names itself nowhere.
FOLDERS_TRIED = 3
