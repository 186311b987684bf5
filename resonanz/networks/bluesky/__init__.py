"""Bluesky: the AT Protocol with the app.bsky lexicons, on any server."""
