"""Where the files of this room lie in the data folder."""

from pathlib import Path

from django.conf import settings

from resonanz.pictures.models import PictureCopy


def folder() -> Path:
    """The folder of the copies. What lies here can be fetched again."""
    return Path(settings.RESONANZ_HOME) / "pictures"


def path_of(copy: PictureCopy) -> Path:
    """Where a copy lies, or will lie."""
    return folder() / str(copy.workspace_id) / copy.digest[:2] / f"{copy.digest}.webp"
