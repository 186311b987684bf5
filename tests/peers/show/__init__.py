"""A house on show: an invented bakery on a busy morning, for pictures and for looking at pages."""
