"""The town's limits. Invented, like the town; 500 is what most Mastodon servers allow."""

TEXT_LIMIT_CHARACTERS = 500
UNIT = "characters"
# On our page in the town there is room.
ARTICLE_LIMIT_CHARACTERS = 20_000
TITLE_LIMIT_CHARACTERS = 200

# Pictures of ours; invented likewise.
PICTURES_A_POST = 4
PICTURE_BYTES = 8 * 1024 * 1024
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif")
DESCRIPTION_LIMIT_CHARACTERS = 1500
