"""A file that only a passphrase opens, written and read from front to back.

The key comes from the passphrase by scrypt with a salt of its own per file; the content is cut
into pieces of a mebibyte, each sealed by AES-256-GCM under the number of the piece and a mark
on the last one, so that pieces can be neither changed, swapped nor left out. That is the STREAM
construction of https://eprint.iacr.org/2015/189 (section 5, read 2026-11).
"""

import os
from io import RawIOBase
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"resonanz sealed backup 1\n"
SALT_BYTES = 16
KEY_BYTES = 32
TAG_BYTES = 16
PIECE_BYTES = 1024 * 1024
# What OWASP's Password Storage Cheat Sheet asks of scrypt: 128 MiB of memory (read 2026-11).
SCRYPT_COST = 2**17


class WrongPassphrase(Exception):
    """The passphrase does not open the file, or the file was changed or cut off."""


def is_sealed(path: os.PathLike[str]) -> bool:
    """Whether a file begins as a sealed one does."""
    with open(path, "rb") as file:
        return file.read(len(MAGIC)) == MAGIC


class SealedWriter(RawIOBase):
    """Seals what is written to it into `out`. `close` writes the last piece, and is needed."""

    def __init__(self, out: IO[bytes], passphrase: str) -> None:
        """Write the head."""
        super().__init__()
        salt = os.urandom(SALT_BYTES)
        self._out, self._cipher = out, _cipher(passphrase, salt)
        self._head, self._number, self._rest = MAGIC + salt, 0, bytearray()
        out.write(self._head)

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: object) -> int:
        """Take bytes; whole pieces go on, the rest waits, because it may be the last."""
        given = bytes(content)  # type: ignore[call-overload]
        self._rest += given
        while len(self._rest) > PIECE_BYTES:
            self._seal(bytes(self._rest[:PIECE_BYTES]), is_last=False)
            del self._rest[:PIECE_BYTES]
        return len(given)

    def close(self) -> None:
        """Write the last piece. `out` stays open."""
        if not self.closed:
            self._seal(bytes(self._rest), is_last=True)
        super().close()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._out.write(self._cipher.encrypt(nonce, piece, self._head))
        self._number += 1


class SealedReader(RawIOBase):
    """Opens a sealed file piece by piece. Reading raises `WrongPassphrase`."""

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        """Read the head."""
        super().__init__()
        self._head = source.read(len(MAGIC) + SALT_BYTES)
        if not self._head.startswith(MAGIC):
            raise WrongPassphrase("This is no sealed backup.")
        self._source = source
        self._cipher = _cipher(passphrase, self._head[len(MAGIC) :])
        self._number, self._rest = 0, b""
        self._next = source.read(PIECE_BYTES + TAG_BYTES)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer as far as a piece reaches; 0 at the end."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        if not self._rest and self._next:
            self._rest = self._open_next()
        given, self._rest = self._rest[: len(view)], self._rest[len(view) :]
        view[: len(given)] = given
        return len(given)

    def _open_next(self) -> bytes:
        piece, self._next = self._next, self._source.read(PIECE_BYTES + TAG_BYTES)
        nonce = _nonce(self._number, is_last=not self._next)
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, piece, self._head)
        except InvalidTag as cause:
            raise WrongPassphrase(
                "The passphrase does not open this file, or the file is damaged."
            ) from cause


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    derive = Scrypt(salt=salt, length=KEY_BYTES, n=SCRYPT_COST, r=8, p=1)
    return AESGCM(derive.derive(passphrase.encode()))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
