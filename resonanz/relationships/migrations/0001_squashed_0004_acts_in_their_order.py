"""All tables of what passes between people and us at once, for a house that begins.

A house that has begun before goes through the steps that this replaces.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("relationships", "0001_first_tables"),
        ("relationships", "0002_settling_can_be_taken_back"),
        ("relationships", "0003_undo_stands_in_the_message"),
        ("relationships", "0004_acts_in_their_order"),
    ]

    initial = True

    dependencies = [
        ("channels", "0004_abilities_after_another_sign_in"),
        ("conversations", "0013_lists_answered_by_their_index"),
        ("people", "0005_beginnings_of_names"),
        ("workspaces", "0003_second_step_of_everybody"),
    ]

    operations = [
        migrations.CreateModel(
            name="Act",
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
                            ("mention", "named us"),
                            ("answer", "answered"),
                            ("share", "passed it on"),
                            ("favourite", "liked it"),
                            ("follow", "followed"),
                            ("link", "linked to us"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("given", "from us"), ("received", "from them")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField()),
                ("uid", models.CharField(max_length=700)),
                ("is_backlog", models.BooleanField(default=False)),
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
                    "identity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acts",
                        to="people.identity",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="acts",
                        to="conversations.post",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acts",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["identity", "direction", "-at", "-id"], name="act_of_identity"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "uid"), name="act_once_in_workspace"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_at", models.DateTimeField(blank=True, null=True)),
                ("last_received_at", models.DateTimeField(blank=True, null=True)),
                ("last_given_at", models.DateTimeField(blank=True, null=True)),
                ("received_count", models.PositiveIntegerField(default=0)),
                ("given_count", models.PositiveIntegerField(default=0)),
                ("owed_since", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_before", models.DateTimeField(blank=True, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "identity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact",
                        to="people.identity",
                    ),
                ),
                (
                    "owed_act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="relationships.act",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("owed_since__isnull", False)),
                        fields=["workspace", "owed_since"],
                        name="contact_owed",
                    ),
                    models.Index(fields=["workspace", "-last_received_at"], name="contact_latest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Walk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_until", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="walk",
                        to="workspaces.member",
                    ),
                ),
            ],
        ),
    ]
