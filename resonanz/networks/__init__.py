"""One folder per network, strangers to one another.

A network may use the switchboard, the plumbing and outside libraries, and nothing else: no
Django, no room, no other network.
"""
