"""Each process of the house: prepare, web, listen, work."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import django
import uvicorn
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from resonanz import __version__
from resonanz.house.occupied import Occupied, come_in

log = logging.getLogger(__name__)

LEAVE_CHECK_SECONDS = 1.0


def version() -> int:
    """Print the version."""
    sys.stdout.write(f"{__version__}\n")
    return 0


def run_part(name: str) -> int:
    """Run one part in this process until it is told to stop. 1 when a setting is wrong."""
    parts: dict[str, Callable[[], int]] = {
        "prepare": prepare,
        "web": web,
        "listen": listen,
        "work": work,
    }
    if os.environ.get("RESONANZ_SUPERVISED"):
        leave_with(int(os.environ["RESONANZ_SUPERVISED"]))
    os.environ["RESONANZ_PART"] = name
    if not set_up() or not (name == "prepare" or fits_the_data(name)):
        return 1
    return parts[name]()


def fits_the_data(name: str) -> bool:
    """Whether this version and the database fit; if not, a sentence says what to do.

    From then on the part gives signs of life.
    """
    from django.db import DatabaseError  # noqa: PLC0415 (needs django.setup)

    from resonanz.house.alive import give_signs  # noqa: PLC0415
    from resonanz.house.schema import misfit  # noqa: PLC0415

    try:
        told = misfit()
    except DatabaseError as cause:
        told = f"The database cannot be asked ({cause}). Look whether it runs, and start again."
    if told:
        sys.stderr.write(f"{told}\n")
        return False
    if not come_home():
        return False
    give_signs(name)
    return True


def come_home() -> bool:
    """Be in the data folder with this process; False, and a sentence, while the data are moved."""
    try:
        come_in(Path(settings.RESONANZ_HOME))
    except Occupied as reason:
        sys.stderr.write(f"{reason}\n")
        return False
    return True


def set_up() -> bool:
    """Load the settings. A wrong one is told in a sentence, and gives False."""
    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        sys.stderr.write(f"{wrong}\n")
        return False
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    return True


def new_password(email: str) -> int:
    """Give somebody a new password, asked for on the terminal. 1 when nothing was changed."""
    if not set_up():
        return 1
    from resonanz.house.new_password import ask_for_new_password  # noqa: PLC0415

    return ask_for_new_password(email, sys.stdin, sys.stdout)


def second_step_off(email: str) -> int:
    """Remove the second step of somebody who lost it. 1 when there was none."""
    if not set_up():
        return 1
    from resonanz.house.new_password import remove_second_step  # noqa: PLC0415

    return remove_second_step(email, sys.stdout)


def back_up(target: str, *, seal: bool) -> int:
    """Back everything up into a folder or file. 1 when that was not possible."""
    if not set_up():
        return 1
    from resonanz.house.backup import command  # noqa: PLC0415

    return command.back_up(target, seal=seal)


def bring_back(file: str, *, move_aside: bool) -> int:
    """Bring a backup back. 1 when that was not possible. Loads the settings by itself, later."""
    from resonanz.house.backup import bringing_back  # noqa: PLC0415

    return bringing_back.bring_back(Path(file).expanduser(), move_aside=move_aside)


def examine(*, as_json: bool) -> int:
    """Look at everything and say what is wrong. 1 when something is."""
    if not set_up():
        return 1
    from resonanz.house import doctor  # noqa: PLC0415

    return doctor.examine(as_json=as_json, told=sys.stdout)


def move_to_postgresql(address: str) -> int:
    """Copy everything to an empty PostgreSQL. 1 when nothing was moved."""
    if not set_up():
        return 1
    from resonanz.house.moving.command import move_to_postgresql as move  # noqa: PLC0415

    return move(address, sys.stdout)


def prepare() -> int:
    """Make translations, static files and the database ready. Safe to run again."""
    from django.core.management import call_command  # noqa: PLC0415 (needs django.setup)

    from resonanz.clockwork.nudges import carrier, trouble  # noqa: PLC0415
    from resonanz.house.backup.before_upgrade import copy_before_upgrade  # noqa: PLC0415
    from resonanz.house.routines import forget_unknown_nudges, schedule_routines  # noqa: PLC0415
    from resonanz.plumbing.translations import compile_catalogues  # noqa: PLC0415

    if told := trouble():
        sys.stderr.write(
            f"RESONANZ_TASKS names a Redis or Valkey at {carrier()}, which cannot be used: {told}."
            " Start it, or correct the address.\n"
        )
        return 1
    compile_catalogues()
    if told := copy_before_upgrade():
        sys.stderr.write(f"{told}\n")
        return 1
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    forget_unknown_nudges()
    schedule_routines()
    return 0


def web() -> int:
    """Serve the pages until stopped."""
    uvicorn.run(
        "resonanz.house.asgi:application",
        host=settings.RESONANZ_BIND,
        port=settings.RESONANZ_PORT,
        # Our own lines, not those of uvicorn, which hold whole addresses.
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=5,
        proxy_headers=bool(settings.RESONANZ_PUBLIC_ADDRESS),
        forwarded_allow_ips=settings.RESONANZ_TRUSTED_PROXIES,
    )
    return 0


def listen() -> int:
    """Hold the streams until stopped."""
    from resonanz.channels.listener import Listener  # noqa: PLC0415

    listener = Listener()
    on_stop(listener.stop.set)
    listener.run()
    return 0


def work() -> int:
    """Read, send and sweep until stopped."""
    from resonanz.clockwork.worker import Workshop  # noqa: PLC0415

    workshop = Workshop()
    on_stop(workshop.stop.set)
    workshop.run()
    return 0


def on_stop(stop: Callable[[], None]) -> None:
    """Call `stop` on Ctrl-C and on SIGTERM."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop())


def leave_with(supervisor: int) -> None:
    """End this process soon after the supervisor has died, even if that was while we loaded."""

    def watch() -> None:
        while os.getppid() == supervisor:
            time.sleep(LEAVE_CHECK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="leave with parent").start()
