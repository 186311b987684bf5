"""Runs the test suite on PostgreSQL: `python -m tests.peers.on_postgresql [PYTEST WORDS]`.

The server is made for this run and gone after it. SQLite is what `make test` runs on. The floors
that know no Django, and so no database, have said there what they have to say.
"""

import os
import subprocess
import sys

from tests.peers.servers.postgresql import PostgresServer

# As .importlinter has it: "Networks, switchboard and understanding know no Django".
KNOW_NO_DATABASE = ("resonanz/networks", "resonanz/switchboard", "resonanz/understanding")


def main() -> int:
    """Gives pytest's exit status."""
    server = PostgresServer()
    try:
        environment = {**os.environ, "RESONANZ_DATABASE_URL": server.address()}
        without = (f"--ignore={folder}" for folder in KNOW_NO_DATABASE)
        command = [sys.executable, "-m", "pytest", *without, *sys.argv[1:]]
        told = subprocess.run(command, env=environment, check=False)
        return told.returncode
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
