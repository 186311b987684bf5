"""Tests against real servers. `make peers` makes the machine ready and runs them."""
