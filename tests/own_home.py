"""Gives every test run a data folder of its own.

A pytest plugin (`-p tests.own_home`, in pyproject.toml) and not a conftest, because
pytest-django reads the settings, and with them the data folder, before any conftest is loaded.
"""

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="resonanz-test-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["RESONANZ_HOME"] = HOME
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")
