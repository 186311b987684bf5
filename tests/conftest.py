"""What is left out where it cannot be: the tests against real servers, without their tools."""

from importlib.util import find_spec

# `make test` needs nothing but Python; the browser's driver comes with `make peers`.
collect_ignore = [] if find_spec("playwright") else ["peers"]
