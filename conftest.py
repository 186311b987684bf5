"""What every test gets: the cast, and an installation that is not the real one."""

import pytest
from pytest_django import Settings

pytest_plugins = [
    "resonanz.workspaces.tests.cast",
    "resonanz.letters.tests.letter_box",
    "resonanz.plumbing.tests.hanging",
]


@pytest.fixture(autouse=True)
def still_house(settings: Settings) -> None:
    """Nudges go nowhere (a test calls the jobs it means), and passwords are checked fast."""
    settings.TASKS = {
        "default": {
            "BACKEND": "django_tasks.backends.dummy.DummyBackend",
            "QUEUES": ["reading", "sending"],
        }
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The manifest is made at start, and a test starts nothing.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
