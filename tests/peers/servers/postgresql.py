"""A real PostgreSQL on loopback, with a data folder of its own."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from signal import SIGINT

import psycopg
from psycopg import sql

from tests.peers.provide import POSTGRESQL
from tests.peers.servers.running import NotInTime, Running, free_port, wait_until

# PostgreSQL refuses to run as root; Debian's package brings this user.
USER = "postgres"
STARTS_WITHIN_SECONDS = 30
STOPS_WITHIN_SECONDS = 30
# Nothing here has to outlive a power cut, and the tests make many databases.
HURRIED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgresServer:
    """One PostgreSQL. It is started when it is made, and gone without a trace after `stop`.

    It asks for a password, listens on 127.0.0.1 only, and its socket lies in its own folder.
    """

    def __init__(self) -> None:
        """Lay out a cluster in a folder of its own, and start it."""
        self.port = free_port()
        self.password = secrets.token_urlsafe(16)
        self.folder = Path(tempfile.mkdtemp(prefix="resonanz-postgresql-"))
        self._running: Running | None = None
        if os.geteuid() == 0:
            entry = pwd.getpwnam(USER)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
        self._lay_out()
        self.start()

    def start(self) -> None:
        """Start it on the same port, with what it had before."""
        options = [
            *("listen_addresses=127.0.0.1", f"port={self.port}", "max_connections=120"),
            *(f"unix_socket_directories={self.folder}", *HURRIED),
        ]
        words = [word for option in options for word in ("-c", option)]
        self._running = Running(
            [*as_its_user(), program("postgres"), "-D", self.folder / "data", *words],
            log=self.folder.with_suffix(".log"),
        )
        try:
            wait_until(self._answers, seconds=STARTS_WITHIN_SECONDS, what="PostgreSQL")
        except NotInTime as cause:
            raise NotInTime(f"{cause}\n{self._running.last_words()}") from cause

    def stop(self) -> None:
        """End it and throw its folder away."""
        if self._running and self._running.is_alive:
            # Its fast shutdown: sessions are cut, memory is given back.
            self._running.process.send_signal(SIGINT)
            self._running.process.wait(STOPS_WITHIN_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.with_suffix(".log").unlink(missing_ok=True)

    def address(self, database: str = "postgres") -> str:
        """The address of a database, as RESONANZ_DATABASE_URL takes it."""
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def new_database(self, name: str, *, like: str = "template1") -> str:
        """Make a database, empty or as another one is. Gives its address."""
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(made.format(sql.Identifier(name), sql.Identifier(like)))
        return self.address(name)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.address(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _lay_out(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)
        subprocess.run(
            [
                *(*as_its_user(), program("initdb"), "-D", self.folder / "data"),
                *("--username", USER, "--pwfile", secret, "--auth", "scram-sha-256"),
                *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            cwd="/",
        )
        secret.unlink()


def as_its_user() -> Sequence[str]:
    """What goes before a command of PostgreSQL where this is root."""
    if os.geteuid() != 0:
        return ()
    # Unlike su and runuser it stays no parent in between, so that signals arrive.
    return ("setpriv", f"--reuid={USER}", f"--regid={USER}", "--init-groups", "--")


def program(name: str) -> Path:
    """The newest installed program of that name. Raises `NotInTime` where there is none."""
    found = sorted(POSTGRESQL.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NotInTime(f"There is no {name} in {POSTGRESQL}: run `python -m tests.peers.provide`.")
    return found[-1]
