"""A real MariaDB as Debian packages it, for blogs: on loopback, with a data folder of its own."""

import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.peers.servers.running import Running, free_port

STARTS_WITHIN_SECONDS = 60
# Nothing here has to outlive a power cut.
HURRIED = (
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-buffer-pool-size=32M",
    "--innodb-log-file-size=16M",
    "--skip-log-bin",
    "--performance-schema=OFF",
    "--skip-name-resolve",
)


class MariaServer:
    """One MariaDB. It is started when it is made, and gone without a trace after `stop`."""

    def __init__(self) -> None:
        """Lay out a data folder and start."""
        self.port = free_port()
        self.password = secrets.token_hex(12)
        self.folder = Path(tempfile.mkdtemp(prefix="resonanz-mariadb-"))
        self._running: Running | None = None
        self._lay_out()
        self.start()

    def start(self) -> None:
        """Start it on the same port, with what it had before."""
        self._running = Running(
            [
                *("/usr/sbin/mariadbd", "--no-defaults", f"--datadir={self.folder / 'data'}"),
                *(f"--port={self.port}", "--bind-address=127.0.0.1"),
                *(f"--socket={self.folder / 'socket'}", f"--pid-file={self.folder / 'pid'}"),
                *(f"--init-file={self.folder / 'init.sql'}", *_as_root(), *HURRIED),
            ],
            log=self.folder.with_suffix(".log"),
        )
        self._running.wait_for_port(self.port, seconds=STARTS_WITHIN_SECONDS)

    def stop(self) -> None:
        """End it and throw its folder away."""
        if self._running:
            self._running.stop(seconds=STARTS_WITHIN_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.with_suffix(".log").unlink(missing_ok=True)

    def _lay_out(self) -> None:
        subprocess.run(
            [
                *("mariadb-install-db", "--no-defaults", f"--datadir={self.folder / 'data'}"),
                *("--auth-root-authentication-method=normal", "--skip-test-db", *_as_root()),
            ],
            check=True,
            capture_output=True,
        )
        (self.folder / "init.sql").write_text(
            f"CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '{self.password}';\n"
            "GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;\n"
        )


def _as_root() -> tuple[str, ...]:
    return ("--user=root",) if os.geteuid() == 0 else ()
