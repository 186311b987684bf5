"""All tables of channels at once, for a house that begins.

A house that has begun before goes through the steps that this replaces.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("channels", "0001_first_tables"),
        ("channels", "0002_lists_of_addresses"),
        ("channels", "0003_rhythm_of_channels"),
        ("channels", "0004_abilities_after_another_sign_in"),
    ]

    initial = True

    dependencies = [
        ("workspaces", "0001_first_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Channel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=40)),
                ("uid", models.CharField(max_length=500)),
                ("handle", models.CharField(max_length=300)),
                ("name", models.CharField(blank=True, max_length=300)),
                ("address", models.CharField(max_length=1000)),
                ("profile", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=dict)),
                ("abilities", models.JSONField(default=list)),
                ("wanting", models.JSONField(blank=True, default=list)),
                ("credentials", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ok", "working"),
                            ("sign_in_again", "has to be connected again"),
                            ("gone", "no longer there"),
                            ("paused", "paused by hand"),
                        ],
                        default="ok",
                        max_length=16,
                    ),
                ),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now)),
                ("trouble_code", models.CharField(blank=True, max_length=20)),
                ("trouble_reason", models.CharField(blank=True, max_length=400)),
                ("trouble_at", models.DateTimeField(blank=True, null=True)),
                ("last_ok_at", models.DateTimeField(blank=True, null=True)),
                ("last_arrival_at", models.DateTimeField(blank=True, null=True)),
                ("arrived", models.PositiveBigIntegerField(default=0)),
                ("longest_silence_seconds", models.PositiveIntegerField(default=0)),
                ("calls_left", models.FloatField(default=40)),
                ("calls_counted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("connected_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "connected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="workspaces.member",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channels",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "network", "uid"), name="channel_once_in_workspace"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Lane",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("cursor", models.TextField(blank=True)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("nudged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("last_ok_at", models.DateTimeField(blank=True, null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lanes",
                        to="channels.channel",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["due_at"], name="lane_due")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "kind"), name="lane_once_per_channel"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=40)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("brought_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="workspaces.member"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="list_imports",
                        to="workspaces.workspace",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListedAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=500)),
                ("address", models.CharField(max_length=2000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("added", "added"),
                            ("known", "there already"),
                            ("failed", "not added"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("trouble_code", models.CharField(blank=True, max_length=20)),
                ("trouble_reason", models.CharField(blank=True, max_length=400)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("nudged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveIntegerField(default=0)),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="channels.channel",
                    ),
                ),
                (
                    "list_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="channels.listimport",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "listed addresses",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["due_at"],
                        name="listed_address_due",
                    ),
                    models.Index(fields=["list_import", "state"], name="listed_address_state"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PendingConnection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=40)),
                ("token", models.CharField(max_length=64, unique=True)),
                ("memo", models.BinaryField()),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="workspaces.member"
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="channels.channel",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="workspaces.workspace"
                    ),
                ),
            ],
        ),
    ]
