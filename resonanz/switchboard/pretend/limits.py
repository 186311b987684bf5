"""The town's only limit. Invented, like the town; 500 is what most Mastodon servers allow."""

TEXT_LIMIT_CHARACTERS = 500
UNIT = "characters"
