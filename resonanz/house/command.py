"""The command line: `resonanz up`, or each part alone."""

import argparse
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")

PARTS = {
    "up": "prepare the data folder, then run web, listener and worker until Ctrl-C",
    "prepare": "make keys, translations and the database ready, and end",
    "web": "run only the web server",
    "listen": "run only the listener that holds the streams",
    "work": "run only the worker that reads and sends",
    "password": "give somebody a new password, asked for on the terminal",
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
        if name == "password":
            command.add_argument("email", metavar="E-MAIL", help="the address she signs in with")
    options = parser.parse_args(told)
    return run(options.command, getattr(options, "email", ""))


def run(command: str, email: str = "") -> int:
    """Run a command by its name; `email` is what only `password` takes."""
    # Imported here because each part needs a different half of the house, and `up` none of it.
    from resonanz.house import parts, supervisor  # noqa: PLC0415

    if command == "version":
        return parts.version()
    if command == "up":
        return supervisor.up()
    if command == "password":
        return parts.new_password(email)
    return parts.run_part(command)


def manage(arguments: list[str]) -> int:
    """Hand over to Django's own commands."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["resonanz manage", *arguments])
    return 0
