"""All tables of people at once, for a house that begins.

A house that has begun before goes through the steps that this replaces.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_first_tables"),
        ("people", "0002_found_by_name_and_last_contact"),
        ("people", "0003_faces_and_shields"),
        ("people", "0004_who_shielded_us"),
        ("people", "0005_beginnings_of_names"),
        ("people", "0006_what_accounts_ask_of_others"),
        ("people", "0007_our_own_accounts"),
        ("people", "0008_wishes_circles_and_joined_people"),
        ("people", "0009_wishes_of_those_we_know"),
    ]

    initial = True

    dependencies = [
        ("channels", "0004_abilities_after_another_sign_in"),
        ("workspaces", "0003_second_step_of_everybody"),
    ]

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("note", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_contact_at", models.DateTimeField(blank=True, null=True)),
                (
                    "joined_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joined",
                        to="people.person",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
                "indexes": [
                    models.Index(
                        condition=models.Q(("last_contact_at__isnull", False)),
                        fields=["workspace", "-last_contact_at", "-id"],
                        name="person_latest",
                    ),
                    models.Index(fields=["workspace", "-created_at", "-id"], name="person_met"),
                    models.Index(
                        condition=models.Q(("joined_into__isnull", False)),
                        fields=["joined_into"],
                        name="person_joined_into",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_words",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["workspace", "word"],
                        name="name_word_found",
                        opclasses=["int8_ops", "varchar_pattern_ops"],
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "word"), name="name_word_once_per_person"
                    )
                ],
            },
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
                ("identities", models.JSONField(default=list)),
                ("note_before", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("parted_at", models.DateTimeField(blank=True, null=True)),
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
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joinings",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Identity",
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
                ("url", models.CharField(blank=True, max_length=1000)),
                ("avatar_url", models.CharField(blank=True, max_length=1000)),
                ("bio", models.TextField(blank=True)),
                ("is_bot", models.BooleanField(default=False)),
                ("is_indexable", models.BooleanField(default=True)),
                ("is_locked", models.BooleanField(default=False)),
                ("wishes", models.JSONField(blank=True, default=list)),
                ("moved_to", models.JSONField(blank=True, default=dict)),
                ("moved_to_uid", models.CharField(blank=True, max_length=500)),
                ("blocks_us", models.BooleanField(default=False)),
                ("follows_us", models.BooleanField(blank=True, null=True)),
                ("is_ours", models.BooleanField(default=False)),
                ("met_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "met_how",
                    models.CharField(
                        choices=[
                            ("mentioned_us", "named us"),
                            ("answered_us", "answered us"),
                            ("wrote_to_us", "wrote to us directly"),
                            ("spoke_with_us", "spoke with us"),
                            ("shared_us", "passed on something of ours"),
                            ("liked_us", "liked something of ours"),
                            ("followed_us", "began to follow us"),
                            ("linked_us", "linked to us"),
                            ("neighbour", "somebody we read"),
                            ("in_conversation", "took part in a conversation"),
                            ("ourselves", "an account of our own"),
                        ],
                        max_length=20,
                    ),
                ),
                ("met_url", models.CharField(blank=True, max_length=1000)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("muted_at", models.DateTimeField(blank=True, null=True)),
                ("blocked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "blocked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workspaces.member",
                    ),
                ),
                (
                    "met_through",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="channels.channel",
                    ),
                ),
                (
                    "muted_by",
                    models.ForeignKey(
                        blank=True,
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
                        related_name="identities",
                        to="workspaces.workspace",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identities",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "identities",
                "indexes": [
                    models.Index(
                        condition=models.Q(("moved_to_uid", ""), _negated=True),
                        fields=["workspace", "moved_to_uid"],
                        name="identity_moved_to",
                    ),
                    models.Index(
                        condition=models.Q(("is_ours", True)),
                        fields=["workspace", "network", "uid"],
                        name="identity_ours",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "network", "uid"), name="identity_once_in_workspace"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CircleReading",
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
                        choices=[("followers", "who follows us"), ("followed", "whom we follow")],
                        max_length=10,
                    ),
                ),
                ("cursor", models.TextField(blank=True)),
                ("began_at", models.DateTimeField(blank=True, null=True)),
                ("counted", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(blank=True, null=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("nudged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveIntegerField(default=0)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="circle_readings",
                        to="channels.channel",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["due_at"], name="circle_reading_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "kind"), name="circle_reading_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Honouring",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("nudged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveIntegerField(default=0)),
                (
                    "identity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="honouring",
                        to="people.identity",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["due_at"], name="honouring_due")],
            },
        ),
        migrations.CreateModel(
            name="KnownAs",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("local_id", models.CharField(max_length=200)),
                ("follows_us_at", models.DateTimeField(blank=True, null=True)),
                ("followed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="known_identities",
                        to="channels.channel",
                    ),
                ),
                (
                    "identity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="known_as",
                        to="people.identity",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "known as",
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "identity"), name="known_as_once")
                ],
            },
        ),
    ]
