"""The full-text index behind the search, as its migrations make it.

SQLite: an FTS5 table that stores no text of its own, kept by triggers
(https://www.sqlite.org/fts5.html#external_content_tables, read 2026-11-22). PostgreSQL: a column
made of `words` with a GIN index; no text search configuration and no extension is asked for.
"""

TABLE = """CREATE VIRTUAL TABLE conversations_searchindex USING fts5(
    words, content='conversations_searchentry', content_rowid='key', detail=none,
    columnsize=0, {more}tokenize="ascii tokenchars '@#.:_-'"
)"""
# Beginnings of so many characters are found without looking at all words.
BEGINNINGS = "prefix='2 3 4 5 6', "
TRIGGERS = (
    """CREATE TRIGGER search_entry_added AFTER INSERT ON conversations_searchentry BEGIN
        INSERT INTO conversations_searchindex(rowid, words) VALUES (new.key, new.words);
    END""",
    """CREATE TRIGGER search_entry_gone AFTER DELETE ON conversations_searchentry BEGIN
        INSERT INTO conversations_searchindex(conversations_searchindex, rowid, words)
        VALUES ('delete', old.key, old.words);
    END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE OF key, words ON conversations_searchentry
    BEGIN
        INSERT INTO conversations_searchindex(conversations_searchindex, rowid, words)
        VALUES ('delete', old.key, old.words);
        INSERT INTO conversations_searchindex(rowid, words) VALUES (new.key, new.words);
    END""",
)
SQLITE_BACK = (
    "DROP TRIGGER IF EXISTS search_entry_added",
    "DROP TRIGGER IF EXISTS search_entry_gone",
    "DROP TRIGGER IF EXISTS search_entry_changed",
    "DROP TABLE IF EXISTS conversations_searchindex",
)
POSTGRESQL = (
    """ALTER TABLE conversations_searchentry ADD COLUMN tokens tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(words), ' '))) STORED""",
    """CREATE INDEX search_entry_tokens ON conversations_searchentry
    USING gin (tokens) WITH (gin_pending_list_limit = 512)""",
)
POSTGRESQL_BACK = ("ALTER TABLE conversations_searchentry DROP COLUMN IF EXISTS tokens",)


def make_index(_apps, schema_editor, more=""):
    """Make it, as it was at first, or with `more` options of FTS5."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if is_postgresql else (TABLE.format(more=more), *TRIGGERS):
        schema_editor.execute(statement)


def make_whole_index(apps, schema_editor):
    """Make it as it is today."""
    make_index(apps, schema_editor, BEGINNINGS)


def drop_index(_apps, schema_editor):
    """Take it away."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_BACK if is_postgresql else SQLITE_BACK:
        schema_editor.execute(statement)


def with_beginnings(_apps, schema_editor):
    """Make it anew, so that it knows the beginnings of words."""
    _make_anew(schema_editor, BEGINNINGS)


def without_beginnings(_apps, schema_editor):
    """Make it anew, as it was at first."""
    _make_anew(schema_editor, "")


def _make_anew(schema_editor, more):
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute("DROP TABLE conversations_searchindex")
    schema_editor.execute(TABLE.format(more=more))
    schema_editor.execute(
        "INSERT INTO conversations_searchindex(conversations_searchindex) VALUES ('rebuild')"
    )
