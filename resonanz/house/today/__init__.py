"""The front door: who waits for us, and what a person would do next. Rooms fill its sections."""
