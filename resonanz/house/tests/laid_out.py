"""An installation on disk, and our own program run in it as a person runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from resonanz.house.data_folder import CHECKOUT
from resonanz.house.tests.first_version import FILES, lay_out


class LaidOut:
    """A data folder in which the first issue's version worked, at `home`."""

    def __init__(self, home: Path, **environment: str) -> None:
        """Lay nothing out yet."""
        self.home = home
        self.environment = environment

    def lay_out(self) -> "LaidOut":
        """Put the first version's data there."""
        lay_out(self.home)
        return self

    def run(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run `resonanz WORDS…`."""
        return self._run("-m", "resonanz", *words, typed=typed)

    def look(self) -> Any:
        """What `look.py` sees."""
        told = self._run(str(FILES / "look.py"))
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout.splitlines()[-1])

    def _run(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if "RESONANZ" not in name}
        return subprocess.run(
            [sys.executable, *words],
            env={**kept, "RESONANZ_HOME": str(self.home), "PYTHONPATH": str(CHECKOUT)}
            | self.environment,
            cwd=self.home.parent,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
