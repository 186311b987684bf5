"""Moving all rows from SQLite to PostgreSQL: copied in one transaction, compared, or not at all.

Nothing here knows a room or a table by name, so that no table can be forgotten. The SQLite file
is only read.
"""
