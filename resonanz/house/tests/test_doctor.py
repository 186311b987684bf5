"""`resonanz doctor`: a sentence about everything, and what to do."""

import json
from pathlib import Path

import pytest

from resonanz.house.tests.laid_out import LaidOut


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> LaidOut:
    """An installation that is not running."""
    found = LaidOut(tmp_path_factory.mktemp("ill") / "home", RESONANZ_PORT="42917").lay_out()
    assert found.run("prepare").returncode == 0
    return found


def test_it_says_what_is_well_and_what_is_not(house: LaidOut) -> None:
    """Nothing runs here, and what was due half an hour ago still waits."""
    told = house.run("doctor")
    assert "✓ The key opens all 2 stored credentials." in told.stdout
    assert "✓ The tables are those of this version." in told.stdout
    assert "! Not heard of in the last minutes: a worker." in told.stdout
    assert "@bakery@social.example (mastodon)" in told.stdout
    assert told.returncode == 1
    assert "has been due for" in told.stdout


def test_programs_read_the_same(house: LaidOut) -> None:
    told = json.loads(house.run("doctor", "--json").stdout)
    assert told["well"] is False
    tones = {found["tone"] for found in told["findings"]}
    assert tones == {"good", "odd", "bad"}
    assert all(found["next_step"] for found in told["findings"] if found["tone"] != "good")


def test_a_wrong_key_and_an_open_one_are_found(house: LaidOut) -> None:
    key: Path = house.home / "keys" / "vault.key"
    kept = key.read_bytes()
    try:
        key.write_bytes(b"rjWGZRJ0hQK1lJhIdrKYpqKGrTQ6vhXzYQp3xXWzXbg=\n")
        key.chmod(0o644)
        told = house.run("doctor")
    finally:
        key.write_bytes(kept)
        key.chmod(0o600)
    assert told.returncode == 1
    assert "✗ The key does not open the credentials of" in told.stdout
    assert "can be read by others" in told.stdout
    assert "a-token" not in told.stdout


def test_an_address_that_does_not_answer_is_found(house: LaidOut) -> None:
    outside = LaidOut(house.home, RESONANZ_PUBLIC_ADDRESS="https://127.0.0.1:42918")
    told = outside.run("doctor")
    assert "✗ https://127.0.0.1:42918 does not answer" in told.stdout
