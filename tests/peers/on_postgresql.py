"""Runs the whole test suite on PostgreSQL: `python -m tests.peers.on_postgresql [PYTEST WORDS]`.

The server is made for this run and gone after it. SQLite is what `make test` runs on.
"""

import os
import subprocess
import sys

from tests.peers.servers.postgresql import PostgresServer


def main() -> int:
    """Gives pytest's exit status."""
    server = PostgresServer()
    try:
        environment = {**os.environ, "RESONANZ_DATABASE_URL": server.address()}
        told = subprocess.run(
            [sys.executable, "-m", "pytest", *sys.argv[1:]], env=environment, check=False
        )
        return told.returncode
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
