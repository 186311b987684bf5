"""What goes wrong with backups. Every message is a sentence with the next step."""


class CannotBackUp(Exception):
    """No backup was made. Nothing that was there before was changed."""


class CannotRestore(Exception):
    """Nothing was restored, or not to the end; the message says which."""
