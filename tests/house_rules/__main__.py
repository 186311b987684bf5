"""`python -m tests.house_rules`: name every breach. Ends with 1 when there is one."""

import os
import sys
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resonanz.house.settings")
if "RESONANZ_HOME" not in os.environ:
    os.environ["RESONANZ_HOME"] = tempfile.mkdtemp(prefix="resonanz-check-")

from tests.house_rules.checking import breaches, everything, idle_exceptions


def main() -> int:
    """Print the breaches and give the exit status."""
    found = everything()
    lines = [str(finding) for finding in breaches(found)]
    lines += [f"exceptions.py: nothing needs “{name}” any more" for name in idle_exceptions(found)]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
