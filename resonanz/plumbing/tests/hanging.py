"""A guard against work that hangs on an ill-meant text, for tests that hand one over."""

import signal
from collections.abc import Iterator
from types import FrameType

import pytest

CPU_SECONDS = 60


class HungForAMinute(AssertionError):
    """The test used a minute of processor time where milliseconds are enough."""


@pytest.fixture
def no_hanging() -> Iterator[None]:
    """Fail the test with `HungForAMinute` once it has used `CPU_SECONDS` of processor time.

    Measures nothing: such tests choose texts so long that work which grows with the square of
    their length takes minutes, while work that grows evenly is soon done on any machine. Compiled
    code is interrupted when it comes back to Python.
    """

    def stop(signum: int, frame: FrameType | None) -> None:
        raise HungForAMinute

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
