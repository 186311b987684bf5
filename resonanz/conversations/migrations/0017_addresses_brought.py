"""Addresses that a member brought from elsewhere, to be found by an account of ours."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0004_abilities_after_another_sign_in"),
        ("conversations", "0016_one_conversation"),
        ("workspaces", "0003_second_step_of_everybody"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bringing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=1000)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("nudged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("trouble_code", models.CharField(blank=True, max_length=20)),
                ("trouble_reason", models.CharField(blank=True, max_length=400)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bringings",
                        to="channels.channel",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workspaces.member",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="bringings",
                        to="conversations.post",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bringings",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["due_at"],
                        name="bringing_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "url"), name="bringing_once_per_channel"
                    )
                ],
            },
        ),
    ]
