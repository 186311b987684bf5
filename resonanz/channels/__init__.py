"""Connected accounts and sources: credentials, cursors, health, and the inbound door.

This room opens connectors and hands what arrives to whoever registered at `ARRIVALS`. It never
names a network: it asks the switchboard. It does not know what becomes of what arrives.
"""
