"""Moving a whole installation from SQLite to PostgreSQL."""
