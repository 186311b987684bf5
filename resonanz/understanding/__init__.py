"""Reading a text: what it does, whom it concerns. Pure functions, no Django, no input or output."""
