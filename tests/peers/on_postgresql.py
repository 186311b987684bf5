"""Runs the test suite on PostgreSQL: `python -m tests.peers.on_postgresql [PYTEST WORDS]`.

The server is made for this run and gone after it. SQLite is what `make test` runs on. What asks
no database is left out: `tests/peers/asks_the_database.py`.
"""

import os
import subprocess
import sys

from tests.peers.servers.postgresql import PostgresServer

PLUGIN = "tests.peers.asks_the_database"


def main() -> int:
    """Gives pytest's exit status."""
    server = PostgresServer()
    try:
        environment = {**os.environ, "RESONANZ_DATABASE_URL": server.address()}
        command = [sys.executable, "-m", "pytest", "-p", PLUGIN, *sys.argv[1:]]
        told = subprocess.run(command, env=environment, check=False)
        return told.returncode
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
