"""A morning of a team, each in a browser of their own; what goes out is read at a real server."""
