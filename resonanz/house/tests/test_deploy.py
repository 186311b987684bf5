"""The files in `deploy/` fit to what they start."""

import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from resonanz.house.command import PARTS
from resonanz.house.data_folder import CHECKOUT

DEPLOY = CHECKOUT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


class Unit(ConfigParser):
    """A unit; the same word may stand in it several times, and then the last one counts."""

    def optionxform(self, optionstr: str) -> str:
        """Keep capitals."""
        return optionstr


def read(path: Path) -> Unit:
    unit = Unit(strict=False, interpolation=None)
    unit.read(path)
    return unit


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_is_there_and_is_shut_in(path: Path) -> None:
    service = read(path)["Service"]
    program, command = service["ExecStart"].split()
    assert program.endswith("/.venv/bin/resonanz")
    assert command in PARTS
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert f"/var/lib/{service['StateDirectory']}" in service["Environment"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_finds_nothing_wrong_with_a_unit(path: Path, tmp_path: Path) -> None:
    """Apart from the program, which lies elsewhere here."""
    copy = tmp_path / path.name.replace("@", "@2")
    copy.write_text(path.read_text().replace("/srv/resonanz/.venv/bin/resonanz", "/bin/true"))
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in told.stderr.splitlines() if copy.name in line] == []


def test_the_container_runs_as_nobody_in_particular_and_copies_what_is_there() -> None:
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    assert "USER resonanz" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--" not in line]
    assert copied
    assert all((CHECKOUT / name).exists() for names in copied for name in names)


def test_the_proxy_of_the_example_sets_every_header() -> None:
    """What a visitor claims about himself must not come through."""
    told = (DEPLOY / "nginx.conf").read_text()
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in told
    assert "proxy_set_header X-Forwarded-Proto https;" in told
    assert "proxy_set_header Host $host;" in told
    assert "$proxy_add_x_forwarded_for" not in told
