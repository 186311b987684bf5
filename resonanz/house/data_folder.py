"""Where the data folder is. Knows no settings, because making these already writes into it."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parent


def made() -> Path:
    """The data folder, made for its owner only if it is not there: all that people said is in it.

    One that is there keeps its mode (the doctor says when others can look into it).
    """
    found = home()
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def home() -> Path:
    """The data folder: RESONANZ_HOME, or `data` beside a checkout, or the user's own folder."""
    if told := os.environ.get("RESONANZ_HOME"):
        return Path(told).expanduser().resolve()
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / "data"
    return Path.home() / ".local" / "share" / "resonanz"
