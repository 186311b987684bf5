"""Words by which posts and notes are found, and the full-text index that follows them.

SQLite: an FTS5 table that stores no text of its own, kept by triggers
(https://www.sqlite.org/fts5.html#external_content_tables, read 2026-11-22). PostgreSQL: a column
made of `words` with a GIN index; no text search configuration and no extension is asked for.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

SQLITE = (
    """CREATE VIRTUAL TABLE conversations_searchindex USING fts5(
        words, content='conversations_searchentry', content_rowid='key', detail=none,
        columnsize=0, tokenize="ascii tokenchars '@#.:_-'"
    )""",
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


def make_index(_apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_index(_apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_BACK if is_postgresql else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0007_language_of_conversations"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rules", models.PositiveIntegerField()),
                ("post_below", models.BigIntegerField()),
                ("note_below", models.BigIntegerField()),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("nudged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["due_at"],
                        name="search_run_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("key", models.BigAutoField(primary_key=True, serialize=False)),
                ("words", models.TextField()),
                (
                    "note",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="conversations.note",
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="conversations.post",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "search entries",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("note__isnull", False), ("post", None)),
                            models.Q(("note", None), ("post__isnull", False)),
                            _connector="OR",
                        ),
                        name="search_entry_of_one_thing",
                    )
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
