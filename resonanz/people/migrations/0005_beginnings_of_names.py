"""Beginnings of names are found by the index on PostgreSQL, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_who_shielded_us"),
        ("workspaces", "0003_second_step_of_everybody"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="nameword",
            name="name_word_found",
        ),
        migrations.AddIndex(
            model_name="nameword",
            index=models.Index(
                fields=["workspace", "word"],
                name="name_word_found",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
        ),
    ]
