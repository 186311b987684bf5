"""`python -m resonanz.plumbing.translations compile | check | extract [--room NAME]`."""

import argparse
import sys
from collections.abc import Sequence

from resonanz.plumbing.translations.catalogues import CatalogueTrouble, compile_catalogues
from resonanz.plumbing.translations.checking import check
from resonanz.plumbing.translations.extracting import extract


def main(arguments: Sequence[str]) -> int:
    """Run one command. Gives the exit code: 1 when something is wrong with the translations."""
    parser = argparse.ArgumentParser(prog="python -m resonanz.plumbing.translations")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("compile", help="make the .mo files that are missing or older")
    commands.add_parser("check", help="name every text without a translation")
    extracting = commands.add_parser("extract", help="add missing texts to their catalogues")
    extracting.add_argument("--room", default="", help="only this folder's catalogue")
    options = parser.parse_args(arguments)
    try:
        if options.command == "compile":
            lines = [f"{path} compiled." for path in compile_catalogues()]
        elif options.command == "extract":
            changed = extract(room=options.room)
            lines = [f"{path}: {count} new." for path, count in changed.items()]
        else:
            lines = [str(finding) for finding in check()]
    except CatalogueTrouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if options.command == "check" and lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
