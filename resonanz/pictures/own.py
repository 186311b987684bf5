"""Pictures of ours that go out: put by in the data folder, and made smaller where a server asks.

A file is named by the SHA-256 of what is in it, so that the same picture is kept once. Smaller
ones are made from it when they are needed and lie beside it, `<sha256>-<most bytes>.jpeg`.
"""

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from hashlib import file_digest, sha256
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from resonanz.pictures.encoding import made_for_sending
from resonanz.plumbing.whole_files import replace_file

# Networks show no more: https://docs.joinmastodon.org/user/posting/#media (read 2026-11-22).
LONGEST_EDGE_PIXELS = 4096
# What somebody can bring in one file; a photo of 48 megapixels has about 25.
MOST_BYTES_BROUGHT = 40_000_000
# Younger files may belong to a row that is being written at this moment.
LEFT_ALONE = timedelta(days=1)
FILES_AT_ONCE = 200
ENDINGS = {"image/jpeg": "jpeg", "image/png": "png"}


@dataclass(frozen=True)
class PutBy:
    """A picture that was made anew and put by. `size` is in bytes."""

    sha256: str
    content_type: str
    width: int
    height: int
    size: int
    was_moving: bool


@dataclass(frozen=True)
class Fitting:
    """A file as one server takes it. `path` is absolute, `size` in bytes."""

    path: Path
    content_type: str
    size: int
    sha256: str


def folder() -> Path:
    """The folder of our own pictures. It belongs into every backup."""
    return Path(settings.RESONANZ_HOME) / "media"


def path_of(digest: str) -> Path:
    """Where a picture lies, by the SHA-256 of it in hex."""
    return folder() / digest[:2] / digest


def put_by(content: bytes) -> PutBy:
    """Make a picture anew and put it by. Raises `NotAPicture`."""
    made = made_for_sending(content, longest_edge=LONGEST_EDGE_PIXELS)
    digest = sha256(made.content).hexdigest()
    if path_of(digest).exists():
        os.utime(path_of(digest))
    else:
        replace_file(path_of(digest), made.content)
    return PutBy(
        sha256=digest,
        content_type=made.content_type,
        width=made.width,
        height=made.height,
        size=len(made.content),
        was_moving=made.was_moving,
    )


def fitting(digest: str, *, content_type: str, size: int, most_bytes: int = 0) -> Fitting:
    """The picture, or a smaller one where a server takes only files of `most_bytes` (0: any).

    A file that is not there any more gives its path all the same: who opens it says so.
    """
    path = path_of(digest)
    if not most_bytes or size <= most_bytes or not path.exists():
        return Fitting(path, content_type, size, digest)
    for kind, ending in ENDINGS.items():
        known = path.with_name(f"{digest}-{most_bytes}.{ending}")
        if known.exists():
            return Fitting(known, kind, known.stat().st_size, _digest_of(known))
    made = made_for_sending(
        path.read_bytes(), longest_edge=LONGEST_EDGE_PIXELS, most_bytes=most_bytes
    )
    smaller = path.with_name(f"{digest}-{most_bytes}.{ENDINGS[made.content_type]}")
    replace_file(smaller, made.content)
    return Fitting(smaller, made.content_type, len(made.content), sha256(made.content).hexdigest())


def throw_away_unknown(known: Callable[[Collection[str]], Collection[str]]) -> int:
    """Throw away files that nobody knows any more; gives how many.

    `known` is asked which of some digests are still needed. What is younger than a day stays.
    """
    before = (timezone.now() - LEFT_ALONE).timestamp()
    old = [
        path
        for path in sorted(folder().glob("??/*"))
        if path.is_file() and path.stat().st_mtime < before
    ]
    gone = 0
    for start in range(0, len(old), FILES_AT_ONCE):
        some = old[start : start + FILES_AT_ONCE]
        needed = set(known({path.name[:64] for path in some}))
        for path in some:
            if path.name[:64] not in needed:
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
