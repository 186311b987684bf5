"""The pages of this room: what is on its way, and writing."""
