"""Pages of this room: the first visit, signing in, settings."""
