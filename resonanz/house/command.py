"""The command line: `resonanz up`, or each part alone."""

import argparse
import os
import sys
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")

PARTS = {
    "up": "prepare the data folder, then run web, listener and worker until Ctrl-C",
    "prepare": "make keys, translations and the database ready, and end",
    "web": "run only the web server",
    "listen": "run only the listener that holds the streams",
    "work": "run only the worker that reads and sends",
    "backup": "back everything up into one file, while it runs",
    "restore": "bring a backup back into an empty data folder",
    "doctor": "look at everything, and say what is wrong and what to do",
    "password": "give somebody a new password, asked for on the terminal",
    "second-step-off": "remove the second step of somebody who lost it",
    "move-to-postgresql": "copy everything from SQLite to an empty PostgreSQL",
    "manage": "run one of Django's commands",
    "version": "say which version this is",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Gives the exit status: 0 good, 1 failed, 2 not understood."""
    told = sys.argv[1:] if arguments is None else arguments
    if told[:1] == ["manage"]:
        return manage(told[1:])
    parser = argparse.ArgumentParser(prog="resonanz", description=__doc__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, meaning in PARTS.items():
        command = commands.add_parser(name, help=meaning, description=meaning)
        add_options(name, command)
    return run(parser.parse_args(told))


def add_options(name: str, command: argparse.ArgumentParser) -> None:
    """What a command takes besides its name."""
    if name in ("password", "second-step-off"):
        command.add_argument("email", metavar="E-MAIL", help="the address she signs in with")
    elif name == "backup":
        where = "a folder, or a file that is not there yet; RESONANZ_BACKUP_FOLDER by default"
        command.add_argument("target", metavar="FOLDER|FILE", nargs="?", default="", help=where)
        command.add_argument("--seal", action="store_true", help="ask for a passphrase")
    elif name == "restore":
        command.add_argument("file", metavar="FILE", help="what “resonanz backup” made")
        aside = "move what lies in the data folder aside"
        command.add_argument("--move-old-aside", action="store_true", help=aside)
    elif name == "move-to-postgresql":
        where = "postgresql://user:password@host/name"
        command.add_argument("address", metavar="URL", help=where)
    elif name == "doctor":
        command.add_argument("--json", action="store_true", help="for programs to read")


def run(options: argparse.Namespace) -> int:
    """Run a command with its options."""
    # Imported here because each part needs a different half of the house, and `up` none of it.
    from resonanz.house import parts, supervisor  # noqa: PLC0415

    special: dict[str, Callable[[], int]] = {
        "version": parts.version,
        "up": supervisor.up,
        "password": lambda: parts.new_password(options.email),
        "second-step-off": lambda: parts.second_step_off(options.email),
        "backup": lambda: parts.back_up(options.target, seal=options.seal),
        "restore": lambda: parts.bring_back(options.file, move_aside=options.move_old_aside),
        "move-to-postgresql": lambda: parts.move_to_postgresql(options.address),
        "doctor": lambda: parts.examine(as_json=options.json),
    }
    return special.get(options.command, lambda: parts.run_part(options.command))()


def manage(arguments: list[str]) -> int:
    """Hand over to Django's own commands."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["resonanz manage", *arguments])
    return 0
