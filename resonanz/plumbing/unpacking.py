"""Unpacking what a web server packed, in small pieces, so that little cannot become much at once.

Source: RFC 9110, section 8.4.1 (deflate, gzip), read 2026-11-22.
"""

import zlib
from collections.abc import Iterator

import httpx

PIECE_BYTES = 64 * 1024
UNPACKED_HERE = frozenset({"gzip", "x-gzip", "deflate"})


class Unpacking:
    """Unpacks gzip, zlib and bare deflate in pieces of a bounded size."""

    def __init__(self) -> None:
        """Be ready for the first chunk."""
        self._reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        self._is_start = True

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """The unpacked pieces of a packed chunk. Raises `httpx.DecodingError`."""
        rest = chunk
        while True:
            if self._reader.eof:
                # A gzip file may have several members; anything else behind the end is padding.
                rest = rest.lstrip(b"\0")
                if not rest.startswith(b"\x1f\x8b"):
                    return
                self._reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
            piece = self._unpacked(rest)
            rest = self._reader.unused_data or self._reader.unconsumed_tail
            if piece:
                yield piece
            if not rest and len(piece) < PIECE_BYTES:
                return

    def _unpacked(self, data: bytes) -> bytes:
        try:
            piece = self._reader.decompress(data, PIECE_BYTES)
        except zlib.error as cause:
            if not self._is_start:
                raise httpx.DecodingError("The answer cannot be unpacked.") from cause
            # "deflate" is zlib by the specification and bare in the habit of some servers.
            self._is_start = False
            self._reader = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
            return self._unpacked(data)
        self._is_start = False
        return piece
