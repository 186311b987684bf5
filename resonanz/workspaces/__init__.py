"""Organisations, their members and the voices that speak for them.

Whoever is signed in is a `User`; in a workspace she is a `Member`; what goes out carries a
`Voice`. Alarms and the trail of what was done stand here too, because every room above writes
them. Nothing here knows a network or a post.
"""
