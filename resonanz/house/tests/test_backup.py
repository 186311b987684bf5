"""`resonanz backup` and `resonanz restore`, as a person runs them."""

import json
import shutil
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from resonanz.house.tests.first_version import counts
from resonanz.house.tests.laid_out import LaidOut

WORDS = "correct horse battery staple"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> LaidOut:
    """An installation of this version, with pictures in its data folder."""
    found = LaidOut(tmp_path_factory.mktemp("house") / "home").lay_out()
    prepared = found.run("prepare")
    assert prepared.returncode == 0, prepared.stderr
    (found.home / "media" / "ab").mkdir(parents=True)
    (found.home / "media" / "ab" / "a.webp").write_bytes(b"a picture")
    return found


@pytest.fixture(scope="module")
def backup(house: LaidOut, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    folder = tmp_path_factory.mktemp("backups")
    told = house.run("backup", str(folder))
    assert told.returncode == 0, told.stderr
    assert "Keep it as safe as your passwords" in told.stdout
    (found,) = folder.glob("resonanz-*.tar.gz")
    return found


@pytest.fixture
def elsewhere(tmp_path: Path) -> LaidOut:
    """Another machine."""
    return LaidOut(tmp_path / "elsewhere")


def manifest_of(backup: Path) -> Any:
    with tarfile.open(backup) as archive:
        found = archive.extractfile("manifest.json")
        assert found is not None
        return json.load(found)


def changed(backup: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The backup with other contents. None leaves a file out."""
    with tarfile.open(backup) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            given = change(member.name, content.read())
            if given is not None:
                member.size = len(given)
                new.addfile(member, BytesIO(given))
    return target


def test_a_backup_holds_the_database_the_keys_and_the_pictures(backup: Path) -> None:
    with tarfile.open(backup) as archive:
        names = set(archive.getnames())
    assert {"resonanz.sqlite3", "keys/vault.key", "keys/django.key", "media/ab/a.webp"} <= names
    assert any(name.startswith("pretend/") for name in names)
    assert not any(name.startswith(("static/", "before-upgrades/")) for name in names)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_restored_house_has_the_counts_of_the_manifest(backup: Path, elsewhere: LaidOut) -> None:
    """And of the trail one line more: it says that a backup was brought back."""
    told = elsewhere.run("restore", str(backup))
    assert told.returncode == 0, told.stderr
    found = counts(elsewhere.home / "resonanz.sqlite3")
    expected = manifest_of(backup)["counts"]
    # Nudges are forgotten; an answer that waited needs nobody yet.
    for table in ("workspaces_trailentry", "django_tasks_database_dbtaskresult"):
        found.pop(table), expected.pop(table)
    assert {name: found[name] for name in expected} == expected
    assert (elsewhere.home / "media" / "ab" / "a.webp").read_bytes() == b"a picture"
    assert not (elsewhere.home / ".restoring").exists()
    key = elsewhere.home / "keys" / "vault.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_what_was_on_its_way_is_looked_for_before_it_is_said_again(
    backup: Path, elsewhere: LaidOut
) -> None:
    """It may have gone out since. The credentials open, and every page shows."""
    assert elsewhere.run("restore", str(backup)).returncode == 0
    assert elsewhere.run("prepare").returncode == 0
    seen = elsewhere.look()
    assert seen["deliveries"] == [
        ["sent", "", True],
        ["refused", "refused", False],
        ["unsure", "restored", True],
        ["unsure", "restored", True],
    ]
    assert seen["credentials"]["mastodon"] == '{"token":"a-token-that-opens-nothing"}'
    assert seen["trail"][-1] == "backup restored"
    assert {path: status for path, status in seen["pages"].items() if status != 200} == {}


def test_an_old_backup_leaves_to_a_human_what_to_send(backup: Path, elsewhere: LaidOut) -> None:
    """After more than a week, what stands there can no longer be looked through for sure."""

    def long_ago(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        return json.dumps(json.loads(content) | {"taken_at": "2026-01-01T00:00:00Z"}).encode()

    old = changed(backup, elsewhere.home.parent / "old.tar.gz", long_ago)
    assert elsewhere.run("restore", str(old)).returncode == 0
    states = [state for state, *_ in elsewhere.look()["deliveries"]]
    assert states == ["sent", "refused", "refused", "refused"]
    assert elsewhere.look()["alarms"].count("not_sent") == 3


def test_a_used_data_folder_is_not_overwritten(backup: Path, elsewhere: LaidOut) -> None:
    """Unless what is there is moved aside, and then nothing of it is lost."""
    elsewhere.home.mkdir()
    (elsewhere.home / "keys").mkdir()
    (elsewhere.home / "keys" / "vault.key").write_text("mine")
    told = elsewhere.run("restore", str(backup))
    assert told.returncode == 1
    assert "nothing was restored" in told.stderr
    assert elsewhere.run("restore", "--move-old-aside", str(backup)).returncode == 0
    (aside,) = elsewhere.home.glob("before-restore-*")
    assert (aside / "keys" / "vault.key").read_text() == "mine"
    assert (elsewhere.home / "resonanz.sqlite3").exists()


def test_a_database_that_is_in_use_is_not_moved_away(backup: Path, elsewhere: LaidOut) -> None:
    """Whoever runs there would go on writing into it."""
    elsewhere.lay_out()
    with closing(sqlite3.connect(elsewhere.home / "resonanz.sqlite3")) as rows:
        rows.execute("PRAGMA journal_mode = WAL")
        rows.execute("SELECT COUNT(*) FROM conversations_post").fetchone()
        told = elsewhere.run("restore", "--move-old-aside", str(backup))
    assert told.returncode == 1
    assert "End Resonanz first" in told.stderr
    assert not list(elsewhere.home.glob("before-restore-*"))


@pytest.mark.parametrize("damage", ["content", "left out", "cut off", "nonsense"])
def test_a_damaged_backup_is_refused_whole(backup: Path, elsewhere: LaidOut, damage: str) -> None:
    """With a sentence, and nothing lies around afterwards."""
    bad = elsewhere.home.parent / "bad.tar.gz"
    if damage == "content":
        changed(backup, bad, lambda name, old: b"x" * len(old) if "vault" in name else old)
    elif damage == "left out":
        changed(backup, bad, lambda name, old: None if "vault" in name else old)
    elif damage == "cut off":
        bad.write_bytes(backup.read_bytes()[:-2000])
    else:
        bad.write_text("no archive at all")
    told = elsewhere.run("restore", str(bad))
    assert told.returncode == 1
    assert "nothing was restored" in told.stderr
    assert "Traceback" not in told.stderr
    assert list(elsewhere.home.iterdir()) == []


def test_a_backup_of_a_newer_version_is_refused(backup: Path, elsewhere: LaidOut) -> None:
    def newer(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        told = json.loads(content)
        told["migrations"]["outbox"].append("0999_from_the_future")
        return json.dumps(told | {"version": "99.0"}).encode()

    new = changed(backup, elsewhere.home.parent / "new.tar.gz", newer)
    told = elsewhere.run("restore", str(new))
    assert told.returncode == 1
    assert "newer Resonanz (99.0" in told.stderr
    assert list(elsewhere.home.iterdir()) == []


def test_an_archive_that_would_write_elsewhere_is_refused(backup: Path, elsewhere: LaidOut) -> None:
    """Whoever gives us a file must not put things where they do not belong."""
    bad = elsewhere.home.parent / "bad.tar.gz"
    with tarfile.open(bad, "w:gz") as archive:
        member = tarfile.TarInfo("../outside")
        member.size = 2
        archive.addfile(member, BytesIO(b"hi"))
    assert elsewhere.run("restore", str(bad)).returncode == 1
    assert not (elsewhere.home / "outside").exists()
    assert not (elsewhere.home.parent / "outside").exists()


def test_a_sealed_backup_opens_with_its_passphrase_only(house: LaidOut, elsewhere: LaidOut) -> None:
    """And no text of the database can be read in it."""
    folder = elsewhere.home.parent / "sealed"
    told = house.run("backup", "--seal", str(folder), typed=f"{WORDS}\n{WORDS}\n")
    assert told.returncode == 0, told.stderr
    (sealed,) = folder.glob("resonanz-*.tar.gz.sealed")
    wrong = elsewhere.run("restore", str(sealed), typed="something else\n")
    assert wrong.returncode == 1
    assert "The passphrase does not open this file" in wrong.stderr
    assert list(elsewhere.home.iterdir()) == []
    right = elsewhere.run("restore", str(sealed), typed=f"{WORDS}\n")
    assert right.returncode == 0, right.stderr


def test_a_backup_without_its_key_is_not_made(house: LaidOut, tmp_path: Path) -> None:
    """It would look like one, and could not bring anything back."""
    broken = LaidOut(tmp_path / "home")
    shutil.copytree(house.home, broken.home, ignore=shutil.ignore_patterns("static"))
    key = b"rjWGZRJ0hQK1lJhIdrKYpqKGrTQ6vhXzYQp3xXWzXbg=\n"
    (broken.home / "keys" / "vault.key").write_bytes(key)
    told = broken.run("backup", str(tmp_path / "out"))
    assert told.returncode == 1
    assert "The backup would be of no use" in told.stderr
    assert list((tmp_path / "out").glob("resonanz*")) == []


def test_a_file_that_is_there_is_not_overwritten(house: LaidOut, backup: Path) -> None:
    told = house.run("backup", str(backup))
    assert told.returncode == 1
    assert "not overwritten" in told.stderr


def test_without_a_place_it_asks_where_to(house: LaidOut) -> None:
    told = house.run("backup")
    assert told.returncode == 1
    assert "RESONANZ_BACKUP_FOLDER" in told.stderr
