"""Background work and schedules.

The row is the truth: what is to be done stands in its own room's table with a state, a due
time, an attempt count and a lease. A task only nudges it; the sweep finds what is due or was
left by a worker that died, and nudges again. There is no table here.
"""
