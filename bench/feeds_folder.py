"""Reads every file of a folder as a feed and counts what was kept and why the rest was not.

    python bench/feeds_folder.py FOLDER

Prints one figure a line. No request is made. Ends with 1 if anything was raised that should not
have been.
"""

import sys
import time
import traceback
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from resonanz.networks.feeds.translate import NoFeed, read_feed


def main(folder: Path) -> int:
    """Read all files below the folder and print the figures. Gives the exit status."""
    files, entries, raised, slowest = Counter[str](), Counter[str](), Counter[str](), (0.0, "")
    now = datetime.now(UTC)
    began = time.perf_counter()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        files["files"] += 1
        started = time.perf_counter()
        try:
            reading = read_feed(
                path.read_bytes(), address=f"https://feeds.example/{path.name}", now=now
            )
        except NoFeed as cause:
            files[f"files that are no feed: {cause.found.name.lower()}"] += 1
        except Exception:  # noqa: BLE001 - the very thing to be counted
            raised[traceback.format_exc(limit=-1).strip()] += 1
        else:
            files["files that are feeds"] += 1
            entries["entries kept"] += len(reading.entries)
            entries["entries kept without a date of their own"] += sum(
                abs((entry.said_at - now).total_seconds()) < 3600 for entry in reading.entries
            )
            for dropped in reading.dropped:
                entries[f"entries not kept: {dropped.reason}"] += dropped.count
        slowest = max(slowest, (time.perf_counter() - started, path.name))
    for name, count in [*files.items(), *entries.items()]:
        print(f"{name}: {count}")
    print(f"exceptions: {raised.total()}")
    for what, count in raised.most_common(10):
        print(f"  {count} times {what}")
    print(
        f"seconds: {time.perf_counter() - began:.1f} (slowest file {slowest[0]:.2f}: {slowest[1]})"
    )
    return 1 if raised else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say which folder: python bench/feeds_folder.py FOLDER")
    sys.exit(main(Path(sys.argv[1])))
