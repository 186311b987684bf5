"""What failed beside other tests is asked once more, and nothing else is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house_rules.findings import PACKAGE

# The first time it leaves a note that it was there, and fails.
SECOND_TIME = """
import pytest
from pathlib import Path

@pytest.mark.peer
{mark}
def test_it():
    note = Path(__file__).with_suffix(".note")
    was_here = note.exists()
    note.touch()
    assert was_here and {holds}
"""
INI = "[pytest]\naddopts = -q\nmarkers =\n    peer: a server\n    always: may never fail\n"


@pytest.mark.parametrize(
    ("files", "mark", "holds", "status", "told"),
    [
        (1, "", "True", 0, "and passed the second time: test_0.py"),
        (2, "", "True", 0, "and passed the second time: test_"),
        (1, "", "False", 1, "and failed twice: test_0.py"),
        (3, "", "True", 1, "3 failed"),
        (1, "@pytest.mark.always", "True", 1, "1 failed"),
    ],
)
def test_a_second_try(
    tmp_path: Path, files: int, mark: str, holds: str, status: int, told: str
) -> None:
    """For one file or two, never for more, and never for what may not break on any day."""
    (tmp_path / "pytest.ini").write_text(INI)
    for number in range(files):
        (tmp_path / f"test_{number}.py").write_text(SECOND_TIME.format(mark=mark, holds=holds))
    asked = subprocess.run(
        [sys.executable, "-m", "tests.peers.against_servers", "-n", "0", "-p", "no:django"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == status, asked.stdout + asked.stderr
    assert told in asked.stdout
    assert ("second time" in asked.stdout) == (status == 0)
