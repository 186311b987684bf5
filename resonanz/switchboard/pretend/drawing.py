"""The pictures of the town: small PNGs, drawn when somebody looks. Pure.

Their addresses look like those of any picture, and lead nowhere: `PretendTown.drawn` is asked.
"""

import struct
import zlib
from functools import lru_cache

from resonanz.switchboard.pretend.people import HOST
from resonanz.switchboard.shapes import Shape

PLACE = f"https://{HOST}/pictures/"
ENDING = ".png"
WIDTH_PIXELS, HEIGHT_PIXELS = 480, 320
LONGEST_NAME_CHARACTERS = 60
SIGNATURE = b"\x89PNG\r\n\x1a\n"
EIGHT_BIT_RGB = (8, 2, 0, 0, 0)

Colour = tuple[int, int, int]


class Spot(Shape):
    """An ellipse: the middle and half the width and height, in hundredths of the picture."""

    x: int
    y: int
    width: int
    height: int
    colour: Colour


class Motif(Shape):
    """A background that fades from top to bottom, and spots on it, the last one in front."""

    top: Colour
    bottom: Colour
    spots: tuple[Spot, ...] = ()


def _spot(x: int, y: int, width: int, height: int, *colour: int) -> Spot:
    red, green, blue = colour
    return Spot(x=x, y=y, width=width, height=height, colour=(red, green, blue))


MOTIFS = {
    "pretzel": Motif(
        top=(233, 222, 200),
        bottom=(196, 164, 120),
        spots=(
            _spot(36, 50, 20, 30, 138, 78, 32),
            _spot(64, 50, 20, 30, 138, 78, 32),
            _spot(36, 50, 12, 19, 214, 192, 158),
            _spot(64, 50, 12, 19, 214, 192, 158),
        ),
    ),
    "crumbs": Motif(
        top=(233, 222, 200),
        bottom=(196, 164, 120),
        spots=tuple(
            _spot(20 + 37 * at % 61, 30 + 23 * at % 47, 2 + at % 2, 2 + at % 3, 138, 78, 32)
            for at in range(14)
        ),
    ),
    "clock": Motif(
        top=(120, 146, 168),
        bottom=(188, 198, 204),
        spots=(
            _spot(50, 50, 27, 40, 60, 64, 70),
            _spot(50, 50, 25, 37, 246, 244, 238),
            _spot(50, 36, 2, 16, 40, 40, 44),
            _spot(58, 50, 9, 2, 40, 40, 44),
        ),
    ),
    "books": Motif(
        top=(92, 70, 58),
        bottom=(64, 48, 40),
        spots=tuple(
            _spot(14 + 12 * at, 55, 5, 26 + 4 * (at % 3), 90 + 22 * at, 60 + 30 * (at % 4), 70)
            for at in range(7)
        ),
    ),
    "pumpkins": Motif(
        top=(150, 190, 214),
        bottom=(88, 120, 62),
        spots=(
            _spot(28, 66, 15, 18, 214, 110, 28),
            _spot(52, 72, 18, 20, 228, 128, 36),
            _spot(76, 66, 13, 16, 202, 96, 24),
            _spot(52, 51, 2, 5, 72, 92, 44),
        ),
    ),
}


def address_of(name: str) -> str:
    """The address of a picture, by its motif or by any other name."""
    return f"{PLACE}{name}{ENDING}"


def drawn_at(url: str) -> bytes | None:
    """The picture at an address of the town as PNG, or None for an address elsewhere.

    A name that is no motif becomes two colours that are always the same for it.
    """
    name = url.removeprefix(PLACE).removesuffix(ENDING)
    if not url.startswith(PLACE) or not url.endswith(ENDING):
        return None
    return _png(name[:LONGEST_NAME_CHARACTERS])


@lru_cache(maxsize=32)
def _png(name: str) -> bytes:
    motif = MOTIFS.get(name) or _two_colours(name)
    rows = b"".join(b"\0" + _row(motif, y) for y in range(HEIGHT_PIXELS))
    header = struct.pack(">IIBBBBB", WIDTH_PIXELS, HEIGHT_PIXELS, *EIGHT_BIT_RGB)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG file (PNG specification, third edition, section 5.3; read 2026-11-22)."""
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def _row(motif: Motif, y: int) -> bytes:
    """One row: the background, and each spot's part of it laid over."""
    part = y / HEIGHT_PIXELS
    shade = bytes(
        round(top + (bottom - top) * part)
        for top, bottom in zip(motif.top, motif.bottom, strict=True)
    )
    row = bytearray(shade * WIDTH_PIXELS)
    for spot in motif.spots:
        off = (part * 100 - spot.y) / spot.height
        if abs(off) >= 1:
            continue
        half = spot.width * (1 - off * off) ** 0.5
        left = max(0, round((spot.x - half) * WIDTH_PIXELS / 100))
        right = min(WIDTH_PIXELS, round((spot.x + half) * WIDTH_PIXELS / 100))
        if left < right:
            row[3 * left : 3 * right] = bytes(spot.colour) * (right - left)
    return bytes(row)


def _two_colours(name: str) -> Motif:
    print_of_name = zlib.crc32(name.encode()).to_bytes(4, "big")
    red, green, blue = (90 + part % 120 for part in print_of_name[:3])
    return Motif(top=(red, green, blue), bottom=(blue, red, green))
