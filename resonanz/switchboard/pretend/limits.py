"""The town's limits. Invented, like the town; 500 is what most Mastodon servers allow."""

TEXT_LIMIT_CHARACTERS = 500
UNIT = "characters"

# Pictures of ours; invented likewise.
PICTURES_A_POST = 4
PICTURE_BYTES = 8 * 1024 * 1024
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif")
DESCRIPTION_LIMIT_CHARACTERS = 1500
