"""Where the data folder is. Knows no settings, because making these already writes into it."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parent


def home() -> Path:
    """The data folder: RESONANZ_HOME, or `data` beside a checkout, or the user's own folder."""
    if told := os.environ.get("RESONANZ_HOME"):
        return Path(told).expanduser().resolve()
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / "data"
    return Path.home() / ".local" / "share" / "resonanz"
