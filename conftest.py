"""What every test gets: a data folder of its own, and an installation that is not the real one."""

import os
import tempfile

os.environ["RESONANZ_HOME"] = tempfile.mkdtemp(prefix="resonanz-test-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")
