"""Small files, one subject each, that every floor above may use.

Nothing here knows what a workspace, a person or a network is, and there are no tables.
"""
