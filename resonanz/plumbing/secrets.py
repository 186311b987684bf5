"""Secrets at rest: sealed with a key that is kept outside the database.

The key file holds one key a line, the newest first. To change the key, put a new first line
(`new_key()`), let everything be sealed again (`Vault.reseal`), and take the old line away.
Sealing is Fernet (AES-128-CBC with HMAC-SHA256), by the `cryptography` package.
"""

from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from resonanz.plumbing.whole_files import create_file


class KeyDoesNotFit(Exception):
    """What was sealed cannot be opened with the keys at hand, or was damaged."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "The key file does not fit to what is stored in the database. Put the key file back "
            "that belongs to it, or connect the accounts again."
        )


class KeyFileUnusable(Exception):
    """The key file cannot be read or holds something else than keys. The message names it."""


def new_key() -> bytes:
    """A fresh key: 44 bytes of URL-safe base64."""
    return Fernet.generate_key()


def load_or_create_key(path: Path) -> bytes:
    """The newest key of the key file. See `load_or_create_keys`."""
    return load_or_create_keys(path)[0]


def load_or_create_keys(path: Path) -> tuple[bytes, ...]:
    """The keys of the key file, the newest first; the file is made if it is not there.

    It is readable by its owner only, and whole or not there at all: of several processes that
    start at once one makes it and all read the same. Raises `KeyFileUnusable`; an unusable file
    is never replaced, because what it opened would be lost.
    """
    try:
        if not path.exists():
            create_file(path, new_key() + b"\n")
        keys = tuple(line.strip() for line in path.read_bytes().splitlines() if line.strip())
    except OSError as cause:
        raise KeyFileUnusable(f"The key file {path} cannot be read or made.") from cause
    if not keys or not all(_is_key(key) for key in keys):
        raise KeyFileUnusable(
            f"The key file {path} holds no usable key. Put the right one back; delete it only if "
            "nothing is stored yet."
        )
    return keys


class Vault:
    """Seals with the first key and opens with each of them. Thread-safe; hides its keys."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Take the keys, the newest first. Raises `ValueError` for none or a malformed one."""
        if not keys:
            raise ValueError("A vault needs at least one key.")
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, secret: str) -> bytes:
        """The secret, sealed; different each time."""
        return self._fernet.encrypt(secret.encode())

    def open(self, sealed: bytes) -> str:
        """The secret again. Raises `KeyDoesNotFit`."""
        try:
            return self._fernet.decrypt(bytes(sealed)).decode()
        except (InvalidToken, UnicodeDecodeError) as cause:
            raise KeyDoesNotFit from cause

    def reseal(self, sealed: bytes) -> bytes:
        """The same secret sealed with the newest key. Raises `KeyDoesNotFit`."""
        try:
            return self._fernet.rotate(bytes(sealed))
        except InvalidToken as cause:
            raise KeyDoesNotFit from cause


def _is_key(line: bytes) -> bool:
    try:
        Fernet(line)
    except ValueError:
        return False
    return True
