"""Real servers, a real browser and Resonanz itself, started for the tests.

Each file starts one kind of thing on a free loopback port and ends it by its process id. What
a test needs from them are the fixtures in `tests/peers/conftest.py`.
"""
