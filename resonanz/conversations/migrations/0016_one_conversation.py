"""Where words stand, which are copies of which, and what was put together and can be parted.

A million posts are not copied on the way: their new columns are added to the table as it is.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class AddColumn(migrations.AddField):
    """Adds a column that is not null and has a default.

    For that, Django copies the whole table on SQLite, because a default cannot be taken out of a
    table again there; a default that stays does no harm, for Django always tells a value.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field(self.name)
        definition, params = schema_editor.column_sql(model, field, include_default=True)
        told = {
            "table": schema_editor.quote_name(model._meta.db_table),
            "column": schema_editor.quote_name(field.column),
            "definition": definition,
        }
        schema_editor.execute(schema_editor.sql_create_column % told, params or None)


def shorten_addresses(_apps, schema_editor):
    """PostgreSQL takes nothing into an index that is longer than a third of a page (2,704 bytes)."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "UPDATE conversations_post SET url = left(url, 500) WHERE octet_length(url) > 2000"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0004_abilities_after_another_sign_in"),
        ("conversations", "0015_found_by_their_beginnings"),
        ("workspaces", "0003_second_step_of_everybody"),
    ]

    operations = [
        AddColumn(
            model_name="post",
            name="answers_address",
            field=models.CharField(blank=True, default="", max_length=1000),
            preserve_default=False,
        ),
        AddColumn(
            model_name="post",
            name="copy_address",
            field=models.CharField(blank=True, default="", max_length=1000),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="post",
            name="copy_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="copies",
                to="conversations.post",
            ),
        ),
        AddColumn(
            model_name="post",
            name="is_settled",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="postaddress",
            name="is_own",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="postaddress",
            name="network",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="postaddress",
            name="url",
            field=models.CharField(blank=True, default="", max_length=1000),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="move",
            name="verb",
            field=models.CharField(
                choices=[
                    ("assign", "assigned"),
                    ("unassign", "given back to everybody"),
                    ("snooze", "snoozed"),
                    ("wake", "woken"),
                    ("done", "called done"),
                    ("reopen", "reopened"),
                    ("theirs", "left to them"),
                    ("join", "put together"),
                    ("part", "parted"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(
                    ("answers", None), models.Q(("answers_address", ""), _negated=True)
                ),
                fields=["workspace", "answers_address"],
                name="post_awaits_address",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(
                    ("copy_of", None), models.Q(("copy_address", ""), _negated=True)
                ),
                fields=["workspace", "copy_address"],
                name="post_awaits_original",
            ),
        ),
        migrations.RunPython(shorten_addresses, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("url", ""), _negated=True),
                fields=["workspace", "url"],
                name="post_at_address",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("gone_at", None), ("is_ours", False), ("standing", "held")),
                fields=["workspace", "conversation"],
                name="post_held",
            ),
        ),
        migrations.CreateModel(
            name="Joining",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("joined_pk", models.BigIntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[("hand", "by hand"), ("copy", "the same words in two places")],
                        default="hand",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("brought", models.JSONField(default=dict)),
                ("parted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joinings",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workspaces.member",
                    ),
                ),
                (
                    "parted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workspaces.member",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joinings",
                        to="workspaces.workspace",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JoinedPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "joining",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joined_posts",
                        to="conversations.joining",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="conversations.post",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="joining",
            index=models.Index(
                condition=models.Q(("parted_at", None)),
                fields=["workspace", "joined_pk"],
                name="joining_of_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="joinedpost",
            constraint=models.UniqueConstraint(fields=("joining", "post"), name="joined_post_once"),
        ),
    ]
