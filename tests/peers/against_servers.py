"""Runs the tests against real servers: `python -m tests.peers.against_servers [PYTEST WORDS]`.

What failed beside everything else is run once more by itself, file by file, and named as such:
servers of others take turns on two cores here. Two failures say more than one, and a test with
the mark `always` is never asked again, because what it holds may not break on any day.
Why: docs/decisions/0021-asked-a-second-time.md
"""

import subprocess
import sys

import pytest

PEERS = ("-m", "peer")
# In the order of `LONGEST_FIRST` in conftest.py, and not by how many tests a file has.
SIDE_BY_SIDE = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
# With more, something is broken and not slow.
FILES_ASKED_AGAIN = 2


class Failures:
    """A pytest plugin of the process that gathers: which tests failed, and what marks they have."""

    def __init__(self) -> None:
        """Nothing failed yet."""
        self.files: dict[str, None] = {}
        self.may_never_fail = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember the file of a test that failed, also before or after its own words."""
        if report.failed:
            self.files[report.nodeid.partition("::")[0]] = None
            self.may_never_fail |= "always" in report.keywords


def main(words: list[str]) -> int:
    """Gives pytest's exit status: the second one's, where there was a second try."""
    failures = Failures()
    status = pytest.main([*PEERS, *SIDE_BY_SIDE, *words], plugins=[failures])
    again = list(failures.files)
    if (
        status != pytest.ExitCode.TESTS_FAILED
        or failures.may_never_fail
        or not 0 < len(again) <= FILES_ASKED_AGAIN
    ):
        return int(status)
    say(f"run once more: {', '.join(again)}")
    second = subprocess.run([sys.executable, "-m", "pytest", *PEERS, *again], check=False)
    told = "passed the second time" if second.returncode == 0 else "failed twice"
    say(f"{told}: {', '.join(again)}")
    return second.returncode


def say(what: str) -> None:
    """A line between what pytest says."""
    sys.stdout.write(f"\n== Failed beside the others, and {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
