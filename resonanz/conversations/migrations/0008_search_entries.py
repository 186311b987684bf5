"""Words by which posts and notes are found, and the full-text index that follows them."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from resonanz.conversations.migrations._search_index import drop_index, make_index


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
