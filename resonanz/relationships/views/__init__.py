"""Pages of this room: the walk round the neighbourhood, whom we owe, new faces."""
