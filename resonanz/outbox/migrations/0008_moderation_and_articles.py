import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

STANDINGS = [
    ("published", "published"),
    ("held", "waits for approval"),
    ("spam", "spam"),
    ("trash", "in the trash"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0004_abilities_after_another_sign_in"),
        ("outbox", "0007_articles_and_quotes"),
        ("workspaces", "0003_second_step_of_everybody"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="draft", name="draft_once_per_answer"),
        migrations.AddField(
            model_name="draft",
            name="is_article",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state", "open"), models.Q(("answering_uid", ""), _negated=True)
                ),
                fields=("author", "answering_uid", "is_article"),
                name="draft_once_per_answer",
            ),
        ),
        migrations.CreateModel(
            name="Moderation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("unsure", "unsure whether it arrived"),
                            ("sent", "sent"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("nudged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("first_tried_at", models.DateTimeField(blank=True, null=True)),
                ("trouble_code", models.CharField(blank=True, max_length=20)),
                ("trouble_reason", models.CharField(blank=True, max_length=400)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("target_uid", models.CharField(max_length=500)),
                ("target_local_id", models.CharField(max_length=200)),
                ("wanted", models.CharField(choices=STANDINGS, max_length=10)),
                ("before", models.CharField(choices=STANDINGS, max_length=10)),
                ("stood", models.CharField(choices=STANDINGS, max_length=10)),
                ("batch", models.UUIDField(db_index=True, default=uuid.uuid4)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moderations",
                        to="channels.channel",
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
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moderations",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "due_at"], name="moderation_due"),
                    models.Index(fields=["workspace", "target_uid"], name="moderation_of_target"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "target_local_id"), name="moderation_once_per_target"
                    )
                ],
            },
        ),
    ]
