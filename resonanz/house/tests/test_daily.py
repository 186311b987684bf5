"""The daily backup and what is told when the house runs short of something."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation
from pytest_django import Settings

from resonanz.channels.sentences import on_alarm
from resonanz.house.backup.daily import LAST_BACKUP, back_up_daily, last_backup_at, watch_backups
from resonanz.house.backup.taking import throw_old_away
from resonanz.house.disk import watch_disk
from resonanz.switchboard.pretend.clock import HandClock
from resonanz.workspaces.models import Alarm, Member, Routine

pytestmark = pytest.mark.django_db


def open_codes() -> list[str]:
    return list(Alarm.objects.filter(over_at=None).values_list("code", flat=True))


def test_without_a_folder_nothing_is_done(alice: Member) -> None:
    back_up_daily()
    watch_backups()
    assert last_backup_at() is None
    assert open_codes() == []


def test_a_backup_that_fails_is_told_once_in_every_workspace(
    alice: Member, charlie: Member, settings: Settings, tmp_path: Path
) -> None:
    """A file stands where the folder should be."""
    settings.RESONANZ_BACKUP_FOLDER = str(tmp_path / "taken")
    (tmp_path / "taken").write_text("")
    back_up_daily()
    back_up_daily()
    assert open_codes() == ["backup_failed", "backup_failed"]
    with translation.override("en"):
        assert on_alarm(Alarm.objects.earliest("pk")).what == "The daily backup was not made."
    assert last_backup_at() is None


def test_two_missing_backups_are_told_and_one_is_not(
    alice: Member, settings: Settings, tmp_path: Path, clock: HandClock
) -> None:
    settings.RESONANZ_BACKUP_FOLDER = str(tmp_path)
    Routine.objects.create(name=LAST_BACKUP, last_done_at=clock())
    clock.advance(days=1, hours=6)
    watch_backups()
    assert open_codes() == []
    clock.advance(days=1)
    watch_backups()
    watch_backups()
    assert open_codes() == ["backup_missed"]


def test_no_second_backup_is_taken_on_the_same_day(
    alice: Member, settings: Settings, tmp_path: Path
) -> None:
    """The routine comes round every hour."""
    settings.RESONANZ_BACKUP_FOLDER = str(tmp_path / "backups")
    Routine.objects.create(name=LAST_BACKUP, last_done_at=timezone.now() - timedelta(hours=20))
    back_up_daily()
    assert not (tmp_path / "backups").exists()


def test_only_the_newest_backups_are_kept_and_nothing_else_is_touched(tmp_path: Path) -> None:
    names = [f"resonanz-2026-11-{day:02d}-030000.tar.gz" for day in range(1, 11)]
    for name in [*names, "holiday.tar.gz", "resonanz-notes.txt"]:
        (tmp_path / name).write_text("")
    throw_old_away(tmp_path, kept=7)
    assert {path.name for path in tmp_path.iterdir()} == {
        *names[3:],
        "holiday.tar.gz",
        "resonanz-notes.txt",
    }


def test_a_disk_that_runs_full_is_told_and_is_over_when_there_is_room(
    alice: Member, settings: Settings
) -> None:
    settings.RESONANZ_DISK_ALARM_MB = 10**9
    watch_disk()
    watch_disk()
    assert open_codes() == ["disk_low"]
    settings.RESONANZ_DISK_ALARM_MB = 1
    watch_disk()
    assert open_codes() == []
