"""Leaves only the tests that ask the database: a pytest plugin for the suite on PostgreSQL.

The others have said on SQLite what they have to say, and a third of the time is theirs.
"""

import pytest

# What pytest-django gives to a test that may ask: https://pytest-django.readthedocs.io/
GIVES_THE_DATABASE = {"db", "transactional_db"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Name to pytest what is left out, so that the count at its end is true."""
    left_out = [item for item in items if not asks(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if asks(item)]


def asks(item: pytest.Item) -> bool:
    """Whether the test is marked so, or given the database by any of its fixtures."""
    given = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(given & GIVES_THE_DATABASE)
