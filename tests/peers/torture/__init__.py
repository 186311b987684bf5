"""Torture: every process is killed at random moments while answers go out and posts come in.

`python -m tests.peers.torture --rounds 100`. What counts is what stands on the servers in the
end: every text that a human approved once, every post that was said to us in one row.
"""
