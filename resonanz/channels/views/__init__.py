"""Pages of this room: the channels, connecting, the inbound door, lists of addresses."""
