"""The public doors of this room, and its pages."""
