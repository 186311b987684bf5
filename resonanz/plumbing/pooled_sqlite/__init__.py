"""Django's database backend for SQLite, with open files that are used again."""
