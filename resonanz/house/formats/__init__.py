"""How dates and times are written, where that differs from what Django knows of a language."""
