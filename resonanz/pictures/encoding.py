"""Making a picture anew: decode what came, keep only what is to be seen, encode it again.

What comes out holds no place, no device, no preview and no second file, whatever went in. The
decoder is only ever asked for kinds of pictures that people show each other.
"""

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

# More than a camera makes; a small file can claim to be far larger (a decompression bomb).
MOST_PIXELS = 64_000_000
KINDS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
WEBP_QUALITY = 82
JPEG_QUALITY = 88
SMALLEST_EDGE_PIXELS = 320
# What decoders raise on files that are cut off or made up; a few hundred thousand of those were
# tried. Who hands such a file in hears that it is no picture, whatever broke inside.
DECODER_BROKE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)


class NotAPicture(Exception):
    """It cannot be shown. `code` says why: `unreadable`, `too_many_pixels`."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Made:
    """A picture made anew. `width` and `height` are in pixels, `content` are the file's bytes."""

    content: bytes
    content_type: str
    width: int
    height: int
    was_moving: bool = False


def made_anew(content: bytes, *, longest_edge: int) -> Made:
    """The picture as WebP, upright, at most `longest_edge` pixels long; of a moving one the first.

    Raises `NotAPicture`.
    """
    picture, was_moving = _decoded(content, longest_edge)
    mode = "RGBA" if _is_see_through(picture) else "RGB"
    return _encoded(picture.convert(mode), "WEBP", was_moving, quality=WEBP_QUALITY, method=4)


def made_for_sending(content: bytes, *, longest_edge: int, most_bytes: int = 0) -> Made:
    """The picture as networks take it: JPEG, or PNG where one can see through it.

    With `most_bytes` it is made smaller until it fits, down to 320 pixels. Raises `NotAPicture`.
    """
    picture, was_moving = _decoded(content, longest_edge)
    while True:
        made = _for_sending(picture, was_moving)
        longest = max(picture.size)
        if not most_bytes or len(made.content) <= most_bytes or longest <= SMALLEST_EDGE_PIXELS:
            return made
        smaller = max(longest * 3 // 4, SMALLEST_EDGE_PIXELS)
        picture.thumbnail((smaller, smaller), Image.Resampling.LANCZOS)


def _for_sending(picture: Image.Image, was_moving: bool) -> Made:
    if _is_see_through(picture):
        return _encoded(picture.convert("RGBA"), "PNG", was_moving, optimize=True)
    return _encoded(picture.convert("RGB"), "JPEG", was_moving, quality=JPEG_QUALITY, optimize=True)


def _decoded(content: bytes, longest_edge: int) -> tuple[Image.Image, bool]:
    try:
        with warnings.catch_warnings():
            # Pillow warns of bombs above a size of its own; ours is checked below.
            warnings.simplefilter("ignore")
            opened = Image.open(BytesIO(content), formats=KINDS)
            if opened.width * opened.height > MOST_PIXELS:
                raise NotAPicture("too_many_pixels")
            # Counting all pictures of a moving one would take seconds; the second one tells.
            was_moving = bool(getattr(opened, "is_animated", False))
            opened.draft("RGB", (longest_edge, longest_edge))
            upright = ImageOps.exif_transpose(opened)
    except (UnidentifiedImageError, Image.DecompressionBombError) as cause:
        raise NotAPicture("unreadable") from cause
    except DECODER_BROKE as cause:
        raise NotAPicture("unreadable") from cause
    upright.thumbnail((longest_edge, longest_edge), Image.Resampling.LANCZOS)
    return upright, was_moving


def _is_see_through(picture: Image.Image) -> bool:
    return picture.has_transparency_data


def _encoded(picture: Image.Image, kind: str, was_moving: bool, **how: int | bool) -> Made:
    # A new picture from the pixels alone: what else the decoder kept stays behind.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    file = BytesIO()
    bare.save(file, format=kind, **how)
    return Made(
        content=file.getvalue(),
        content_type=f"image/{kind.lower()}",
        width=bare.width,
        height=bare.height,
        was_moving=was_moving,
    )
