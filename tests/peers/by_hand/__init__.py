"""Noting by hand in a real browser: on a phone, from a bookmark, by sharing, after a session."""
