"""Bluesky, against its own reference servers."""
