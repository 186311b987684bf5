"""All tables of letters at once, for a house that begins.

A house that has begun before goes through the steps that this replaces.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("letters", "0001_first_tables"), ("letters", "0002_more_kinds_of_letters")]

    initial = True

    dependencies = [
        ("workspaces", "0002_a_team"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invitation", "invitation"),
                            ("reset", "new password"),
                            ("digest", "morning digest"),
                            ("alarm", "alarm"),
                            ("note", "named in a note"),
                            ("review", "asked to agree"),
                            ("news", "something new waits"),
                            ("assigned", "given to you"),
                            ("trial", "trial letter"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("mail", "e-mail"), ("push", "pushed message")], max_length=8
                    ),
                ),
                ("to", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(default="de", max_length=8)),
                ("matter", models.CharField(max_length=160)),
                ("facts", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sent", "sent"),
                            ("refused", "refused"),
                            ("dropped", "no longer needed"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("trouble", models.CharField(blank=True, max_length=400)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("nudged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="workspaces.member",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["due_at"],
                        name="letter_due",
                    ),
                    models.Index(fields=["created_at"], name="letter_by_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("member", None), _negated=True),
                        fields=("member", "way", "matter"),
                        name="letter_once_per_matter",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PushSubscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("endpoint", models.CharField(max_length=1000)),
                ("endpoint_hash", models.CharField(max_length=64)),
                ("p256dh", models.CharField(max_length=200)),
                ("auth", models.CharField(max_length=100)),
                ("browser", models.CharField(blank=True, max_length=120)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="push_subscriptions",
                        to="workspaces.member",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member", "endpoint_hash"), name="push_subscription_once"
                    )
                ],
            },
        ),
    ]
