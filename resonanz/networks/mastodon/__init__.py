"""The Mastodon API: Mastodon itself and every server that speaks like it."""
