"""Secrets at rest."""

import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from resonanz.plumbing.secrets import (
    KeyDoesNotFit,
    KeyFileUnusable,
    Vault,
    load_or_create_key,
    load_or_create_keys,
    new_key,
)


def test_a_secret_comes_out_as_it_went_in_and_is_not_readable_in_between() -> None:
    vault = Vault([new_key()])
    sealed = vault.seal("tökén")
    assert vault.open(sealed) == "tökén"
    assert "tökén".encode() not in sealed
    assert vault.seal("tökén") != sealed
    assert vault.open(memoryview(sealed)) == "tökén"  # type: ignore[arg-type]


def test_another_key_does_not_open_and_says_what_to_do() -> None:
    sealed = Vault([new_key()]).seal("token")
    other = Vault([new_key()])
    for act in (other.open, other.reseal):
        with pytest.raises(KeyDoesNotFit, match="key file"):
            act(sealed)


@pytest.mark.parametrize("damaged", [b"", b"nonsense", b"gAAAAA"])
def test_what_is_damaged_does_not_open(damaged: bytes) -> None:
    with pytest.raises(KeyDoesNotFit):
        Vault([new_key()]).open(damaged)


def test_keys_can_be_changed() -> None:
    old, new = new_key(), new_key()
    sealed = Vault([old]).seal("token")
    both = Vault([new, old])
    assert both.open(sealed) == "token"
    assert Vault([new]).open(both.reseal(sealed)) == "token"


def test_a_vault_shows_no_key() -> None:
    key = new_key()
    assert key.decode() not in repr(Vault([key]))


def test_a_vault_without_a_key_is_none() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Vault([])


def test_the_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "home" / "key"
    key = load_or_create_key(path)
    assert load_or_create_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["key"]


def test_processes_that_start_at_once_have_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "key"
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as processes:
        keys = set(processes.map(load_or_create_key, [path] * 16))
    assert len(keys) == 1


def test_a_key_file_may_hold_older_keys(tmp_path: Path) -> None:
    new, old = new_key(), new_key()
    path = tmp_path / "key"
    path.write_bytes(new + b"\r\n\n" + old + b"\n")
    assert load_or_create_keys(path) == (new, old)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"not a key\n", new_key() + b"\nhalf"],
    ids=["empty", "blank", "no key", "half a key"],
)
def test_an_unusable_key_file_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    with pytest.raises(KeyFileUnusable, match=str(path)):
        load_or_create_key(path)
    assert path.read_bytes() == content


def test_a_folder_in_the_place_of_the_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFileUnusable, match=str(tmp_path)):
        load_or_create_key(tmp_path)
