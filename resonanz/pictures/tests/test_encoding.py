"""What comes out of a picture is only what is to be seen."""

import random
import struct
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image

from resonanz.pictures.encoding import NotAPicture, made_anew, made_for_sending

PLACE_TAG = 0x8825
ORIENTATION_TAG = 0x0112


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **how: object) -> bytes:
    """A red picture as a file."""
    file = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(file, format=kind, **how)
    return file.getvalue()


def with_tags(**tags: int) -> Image.Exif:
    """Hidden data as cameras write it."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(PLACE_TAG)[1] = "N"
    if "orientation" in tags:
        exif[ORIENTATION_TAG] = tags["orientation"]
    return exif


def test_place_and_device_stay_behind() -> None:
    came = a_picture(exif=with_tags())
    assert b"Camera of somebody" in came
    for made in (made_anew(came, longest_edge=100), made_for_sending(came, longest_edge=100)):
        assert b"Camera of somebody" not in made.content
        assert not Image.open(BytesIO(made.content)).getexif()


def test_a_picture_held_sideways_is_made_upright() -> None:
    made = made_anew(a_picture(exif=with_tags(orientation=6)), longest_edge=100)
    assert (made.width, made.height) == (40, 60)


def test_a_large_picture_is_made_smaller_and_a_small_one_stays() -> None:
    assert made_anew(a_picture(size=(600, 400)), longest_edge=300).width == 300
    assert made_anew(a_picture(size=(60, 40)), longest_edge=300).width == 60


def test_what_one_can_see_through_stays_so() -> None:
    file = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file, format="PNG")
    made = made_for_sending(file.getvalue(), longest_edge=100)
    assert made.content_type == "image/png"
    shown = Image.open(BytesIO(made.content)).convert("RGBA")
    assert shown.getchannel("A").getextrema() == (0, 0)


def test_of_a_moving_picture_the_first_is_kept_and_it_is_said() -> None:
    file = BytesIO()
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (10, 200)]
    frames[0].save(file, format="GIF", save_all=True, append_images=frames[1:])
    assert made_anew(file.getvalue(), longest_edge=100).was_moving


def test_a_picture_is_made_to_fit_what_the_network_takes() -> None:
    noise = Image.effect_noise((900, 900), 90)
    file = BytesIO()
    noise.convert("RGB").save(file, format="JPEG", quality=98)
    made = made_for_sending(file.getvalue(), longest_edge=900, most_bytes=60_000)
    assert len(made.content) <= 60_000


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html></html>",
        a_picture()[:80],
        a_picture("PNG")[:40],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
        b"GIF89a" + b"\xff" * 64,
    ],
)
def test_what_is_no_picture_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(NotAPicture) as found:
        made_anew(content, longest_edge=100)
    assert found.value.code == "unreadable"


def test_a_small_file_that_claims_to_be_huge_is_refused() -> None:
    file = BytesIO()
    Image.new("1", (12_000, 12_000)).save(file, format="PNG")
    assert len(file.getvalue()) < 50_000
    with pytest.raises(NotAPicture) as found:
        made_anew(file.getvalue(), longest_edge=100)
    assert found.value.code == "too_many_pixels"


@pytest.mark.usefixtures("no_hanging")
def test_a_moving_picture_of_half_a_million_frames_takes_no_long_time() -> None:
    """Twelve megabytes of them fit into one file."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    assert made_anew(head + frame * 700_000 + b";", longest_edge=100).was_moving


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF"])
def test_whatever_breaks_in_a_decoder_it_is_no_picture(kind: str) -> None:
    """Files with some bytes wrong are shown, or said to be none; nothing else happens."""
    file, chance = BytesIO(), random.Random(17)
    Image.effect_noise((40, 30), 50).convert("RGB").save(file, kind)
    for _ in range(150):
        broken = bytearray(file.getvalue())
        for _ in range(chance.choice((1, 2, 8))):
            broken[chance.randrange(min(len(broken), 400))] = chance.choice((0, 1, 127, 128, 255))
        with suppress(NotAPicture):
            made_anew(bytes(broken), longest_edge=100)
