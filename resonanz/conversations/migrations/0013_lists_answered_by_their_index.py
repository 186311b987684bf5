"""The inbox's filters are answered by its indexes; how a channel knows a post, by one of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0004_abilities_after_another_sign_in"),
        ("conversations", "0012_steps_of_matters"),
        ("workspaces", "0003_second_step_of_everybody"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="conversation",
            name="conversation_waiting",
        ),
        migrations.RemoveIndex(
            model_name="conversation",
            name="conversation_latest",
        ),
        migrations.RemoveIndex(
            model_name="conversation",
            name="conversation_by_turn",
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("concerns_us", True)),
                fields=[
                    "workspace",
                    "turn",
                    "waiting_since",
                    "id",
                    "is_snoozed",
                    "is_direct",
                    "assignee",
                    "language",
                    "network",
                ],
                name="conversation_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("concerns_us", True)),
                fields=[
                    "workspace",
                    "-last_post_at",
                    "-id",
                    "is_snoozed",
                    "is_direct",
                    "assignee",
                    "language",
                    "network",
                ],
                name="conversation_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("concerns_us", True)),
                fields=[
                    "workspace",
                    "turn",
                    "-last_post_at",
                    "-id",
                    "is_snoozed",
                    "is_direct",
                    "assignee",
                    "language",
                    "network",
                ],
                name="conversation_by_turn",
            ),
        ),
        migrations.AddIndex(
            model_name="sighting",
            index=models.Index(fields=["post", "channel"], name="sighting_of_post"),
        ),
    ]
