"""A website with the PyPI package `django-webmention`, a receiver.

`python -m tests.peers.servers.webmention_django PORT` serves it on loopback: one page at `/page`,
and at `/heard` what it knows of those who link to it.
"""

import sys
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

import django
import httpx
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from tests.peers.servers.running import Running, free_port

STARTS_WITHIN_SECONDS = 30
MINE = "tests.peers.servers.webmention_django"


def serve(port: int) -> None:
    """Make the tables and serve until somebody ends us."""
    settings.configure(
        SECRET_KEY="none",
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF=f"{MINE}_site",
        INSTALLED_APPS=["webmention"],
        MIDDLEWARE=["webmention.middleware.webmention_middleware"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "site.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    )
    django.setup()
    call_command("migrate", verbosity=0)
    with make_server("127.0.0.1", port, get_wsgi_application()) as server:
        server.serve_forever()


class WebmentionDjango:
    """The website in a process of its own."""

    def __init__(self, folder: Path) -> None:
        """Start it in `folder`, which is made."""
        folder.mkdir(parents=True)
        self.port = free_port()
        self.host = f"localhost:{self.port}"
        self.address = f"http://{self.host}"
        root = Path(__file__).resolve().parents[3]
        self._running = Running(
            [sys.executable, "-c", f"from {MINE} import serve; serve({self.port})"],
            log=folder.with_suffix(".log"),
            folder=folder,
            environment={"PYTHONPATH": str(root), "NO_PROXY": "*"},
        )
        self._running.wait_for_port(self.port, seconds=STARTS_WITHIN_SECONDS)

    def stop(self) -> None:
        """End it."""
        self._running.kill()

    @property
    def page(self) -> str:
        """The address of its page."""
        return f"{self.address}/page"

    def heard(self) -> list[dict[str, Any]]:
        """Who links to it, as the package keeps it."""
        found: list[dict[str, Any]] = httpx.get(f"{self.address}/heard").json()
        return found
