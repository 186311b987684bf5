"""All tables of what goes out at once, for a house that begins.

A house that has begun before goes through the steps that this replaces.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("outbox", "0001_first_tables"),
        ("outbox", "0002_one_draft_per_answer"),
        ("outbox", "0003_latest_deliveries"),
        ("outbox", "0004_answering_well"),
        ("outbox", "0005_pictures_on_their_way"),
        ("outbox", "0006_reports_passed_on"),
        ("outbox", "0007_articles_and_quotes"),
        ("outbox", "0008_moderation_and_articles"),
    ]

    initial = True

    dependencies = [
        ("channels", "0004_abilities_after_another_sign_in"),
        ("people", "0003_faces_and_shields"),
        ("workspaces", "0003_second_step_of_everybody"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("warning", models.CharField(blank=True, max_length=300)),
                ("language", models.CharField(blank=True, max_length=20)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "everybody"),
                            ("unlisted", "everybody, quietly"),
                            ("followers", "followers only"),
                            ("direct", "only the people named"),
                        ],
                        default="public",
                        max_length=12,
                    ),
                ),
                ("answering", models.JSONField(blank=True, default=dict)),
                ("answering_uid", models.CharField(blank=True, db_index=True, max_length=500)),
                ("is_article", models.BooleanField(default=False)),
                ("title", models.CharField(blank=True, max_length=400)),
                ("stays_draft", models.BooleanField(default=False)),
                ("quoting", models.JSONField(blank=True, default=dict)),
                ("is_thanks", models.BooleanField(default=False)),
                ("edited_in", models.CharField(blank=True, max_length=40)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("review_note", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("review", "waits for a second person"),
                            ("sent", "on its way"),
                            ("discarded", "thrown away"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="drafts",
                        to="workspaces.member",
                    ),
                ),
                (
                    "channels",
                    models.ManyToManyField(
                        blank=True, related_name="drafts", to="channels.channel"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="to_review",
                        to="workspaces.member",
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="workspaces.voice",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "state", "updated_at"], name="draft_open"),
                    models.Index(
                        condition=models.Q(("edited_in", ""), _negated=True),
                        fields=["author", "edited_in"],
                        name="draft_edited_in",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", "open"), models.Q(("answering_uid", ""), _negated=True)
                        ),
                        fields=("author", "answering_uid", "is_article"),
                        name="draft_once_per_answer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Gesture",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("favourite", "like"), ("boost", "share"), ("follow", "follow")],
                        max_length=12,
                    ),
                ),
                ("target_uid", models.CharField(max_length=500)),
                ("target_local_id", models.CharField(max_length=200)),
                ("is_wanted", models.BooleanField(default=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gestures",
                        to="channels.channel",
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="workspaces.voice"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gestures",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "due_at"], name="gesture_due")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "kind", "target_uid"), name="gesture_once_per_target"
                    )
                ],
            },
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
                (
                    "wanted",
                    models.CharField(
                        choices=[
                            ("published", "published"),
                            ("held", "waits for approval"),
                            ("spam", "spam"),
                            ("trash", "in the trash"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("published", "published"),
                            ("held", "waits for approval"),
                            ("spam", "spam"),
                            ("trash", "in the trash"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "stood",
                    models.CharField(
                        choices=[
                            ("published", "published"),
                            ("held", "waits for approval"),
                            ("spam", "spam"),
                            ("trash", "in the trash"),
                        ],
                        max_length=10,
                    ),
                ),
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
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("approved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", models.TextField()),
                ("parts", models.JSONField(blank=True, default=list)),
                ("warning", models.CharField(blank=True, max_length=300)),
                ("language", models.CharField(blank=True, max_length=20)),
                ("title", models.CharField(blank=True, max_length=400)),
                ("stays_draft", models.BooleanField(default=False)),
                ("quoting", models.JSONField(blank=True, default=dict)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "everybody"),
                            ("unlisted", "everybody, quietly"),
                            ("followers", "followers only"),
                            ("direct", "only the people named"),
                        ],
                        max_length=12,
                    ),
                ),
                ("answering", models.JSONField(blank=True, default=dict)),
                ("answering_uid", models.CharField(blank=True, db_index=True, max_length=500)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="workspaces.member",
                    ),
                ),
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="outbox.draft",
                    ),
                ),
                (
                    "seconded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workspaces.member",
                    ),
                ),
                (
                    "voice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="workspaces.voice",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="workspaces.workspace",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
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
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("uid", models.CharField(blank=True, db_index=True, max_length=500)),
                ("local_id", models.CharField(blank=True, max_length=200)),
                ("url", models.CharField(blank=True, max_length=1000)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("picture_ids", models.JSONField(blank=True, default=list)),
                (
                    "after",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="followed_by",
                        to="outbox.delivery",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="channels.channel",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="outbox.publication",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "indexes": [
                    models.Index(fields=["state", "due_at"], name="delivery_due"),
                    models.Index(fields=["state", "-created_at", "-id"], name="delivery_latest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "channel", "position"),
                        name="delivery_once_per_position",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Shielding",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("mute", "mute"), ("block", "block"), ("report", "report")],
                        max_length=8,
                    ),
                ),
                ("is_wanted", models.BooleanField(default=True)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("post_local_ids", models.JSONField(blank=True, default=list)),
                ("is_forwarded", models.BooleanField(default=False)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shieldings",
                        to="channels.channel",
                    ),
                ),
                (
                    "identity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shieldings",
                        to="people.identity",
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
                        related_name="shieldings",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "due_at"], name="shielding_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "report"), _negated=True),
                        fields=("channel", "identity", "kind"),
                        name="shielding_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("content_type", models.CharField(max_length=60)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("size_bytes", models.PositiveIntegerField(default=0)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("description", models.TextField(blank=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="outbox.draft",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["draft", "position"], name="upload_in_order")],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("edit", "edit"), ("delete", "delete")], max_length=8
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("warning", models.CharField(blank=True, max_length=300)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amendments",
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
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amendments",
                        to="outbox.delivery",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "due_at"], name="amendment_due")],
            },
        ),
    ]
