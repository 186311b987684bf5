"""One house on a real server, walked through by a new user in a real browser.

Nothing here knows Django: the tests see pages, and what the others on the servers see.
"""
