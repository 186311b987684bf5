"""Commands of this room for `resonanz manage`."""
