"""A newer version of the code: renamed jobs, and a table that grows a column with data in it."""

import re
import shutil
from pathlib import Path

from tests.peers.provide import PROJECT

PACKAGE = "resonanz"
RENAMED = {"deliver": "bring_out", "read_lane": "walk_lane", "look_up_thread": "read_it_whole"}
ROOMS = ("outbox", "channels", "conversations")

COLUMN = "    words_stamp = models.PositiveIntegerField(default=0)\n"
DELIVERIES = "class Delivery(OnItsWay):"
END_OF_COLUMNS = "\n    class Meta:"

GROWS = '''"""The column."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "{leaf}")]
    operations = [
        migrations.AddField("delivery", "words_stamp", models.PositiveIntegerField(default=0)),
    ]
'''
FILLS = '''"""What stands in it for the rows that are there."""

from django.db import migrations


def fill(apps, schema_editor):
    for row in apps.get_model("outbox", "Delivery").objects.select_related("publication"):
        row.words_stamp = len(row.publication.text.split())
        row.save(update_fields=["words_stamp"])


class Migration(migrations.Migration):
    dependencies = [("outbox", "{before}")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
'''


def copy_of_today(folder: Path) -> Path:
    """The package as it is now, in a folder of its own. Gives the folder to run it from."""
    shutil.copytree(
        PROJECT / PACKAGE, folder / PACKAGE, ignore=shutil.ignore_patterns("__pycache__", "tests")
    )
    return folder


def newer_version(old: Path, folder: Path) -> Path:
    """A copy of `old` in which jobs have other names and deliveries a column more."""
    shutil.copytree(old, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for room in ROOMS:
        for path in (folder / PACKAGE / room).rglob("*.py"):
            _rename(path)
    models = folder / PACKAGE / "outbox" / "models.py"
    before, found, deliveries = models.read_text().partition(DELIVERIES)
    if not found or END_OF_COLUMNS not in deliveries:
        raise LookupError("The table of deliveries is another now: change DELIVERIES.")
    grown = deliveries.replace(END_OF_COLUMNS, f"{COLUMN}{END_OF_COLUMNS}", 1)
    models.write_text(before + found + grown)
    migrations = folder / PACKAGE / "outbox" / "migrations"
    leaf = max(path.stem for path in migrations.glob("0*.py"))
    number = int(leaf[:4])
    grows, fills = f"{number + 1:04d}_words_stamp", f"{number + 2:04d}_fill_words_stamp"
    (migrations / f"{grows}.py").write_text(GROWS.format(leaf=leaf))
    (migrations / f"{fills}.py").write_text(FILLS.format(before=grows))
    return folder


def _rename(path: Path) -> None:
    text = before = path.read_text()
    for old, new in RENAMED.items():
        text = re.sub(rf"\b{old}\b", new, text)
    if text != before:
        path.write_text(text)
