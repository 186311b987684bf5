"""All tables of conversations at once, and the index by which words are found, for a house that begins.

A house that has begun before goes through the steps that this replaces.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from resonanz.conversations.migrations._search_index import drop_index, make_whole_index


class Migration(migrations.Migration):
    replaces = [
        ("conversations", "0001_first_tables"),
        ("conversations", "0002_when_the_turn_was_set"),
        ("conversations", "0003_neighbourhood_by_network"),
        ("conversations", "0004_whose_face"),
        ("conversations", "0005_a_team_in_the_inbox"),
        ("conversations", "0006_moves_and_routing"),
        ("conversations", "0007_language_of_conversations"),
        ("conversations", "0008_search_entries"),
        ("conversations", "0009_words_for_what_is_there"),
        ("conversations", "0010_what_the_origin_showed"),
        ("conversations", "0011_rules_can_be_put_back"),
        ("conversations", "0012_steps_of_matters"),
        ("conversations", "0013_lists_answered_by_their_index"),
        ("conversations", "0014_where_words_stand_and_how"),
        ("conversations", "0015_found_by_their_beginnings"),
        ("conversations", "0016_one_conversation"),
        ("conversations", "0017_addresses_brought"),
    ]

    initial = True

    dependencies = [
        ("channels", "0004_abilities_after_another_sign_in"),
        ("outbox", "0004_answering_well"),
        ("people", "0003_faces_and_shields"),
        ("workspaces", "0003_second_step_of_everybody"),
    ]

    operations = [
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("concerns_us", models.BooleanField(default=False)),
                (
                    "turn",
                    models.CharField(
                        choices=[("ours", "our turn"), ("theirs", "their turn"), ("done", "done")],
                        default="done",
                        max_length=8,
                    ),
                ),
                ("turn_by_hand", models.BooleanField(default=False)),
                ("turn_set_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("waiting_since", models.DateTimeField(blank=True, null=True)),
                ("opening", models.CharField(blank=True, max_length=200)),
                ("with_whom", models.CharField(blank=True, max_length=300)),
                ("with_uid", models.CharField(blank=True, max_length=500)),
                ("network", models.CharField(blank=True, max_length=40)),
                ("language", models.CharField(blank=True, max_length=20)),
                ("post_count", models.PositiveIntegerField(default=0)),
                ("is_direct", models.BooleanField(default=False)),
                ("may_be_incomplete", models.BooleanField(default=False)),
                ("is_snoozed", models.BooleanField(default=False)),
                ("wakes_at", models.DateTimeField(blank=True, null=True)),
                ("wake_nudged_at", models.DateTimeField(blank=True, null=True)),
                ("routed_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("first_post_at", models.DateTimeField()),
                ("last_post_at", models.DateTimeField()),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="assigned",
                        to="workspaces.member",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversations",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
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
                    models.Index(
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
                    models.Index(
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
                    models.Index(
                        condition=models.Q(
                            ("concerns_us", True), models.Q(("assignee", None), _negated=True)
                        ),
                        fields=["workspace", "assignee", "turn", "waiting_since"],
                        name="conversation_of_member",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("concerns_us", True), models.Q(("assignee", None), _negated=True)
                        ),
                        fields=["workspace", "assignee", "-last_post_at"],
                        name="conversation_of_member_latest",
                    ),
                    models.Index(
                        condition=models.Q(("concerns_us", True), ("is_snoozed", True)),
                        fields=["workspace", "-last_post_at"],
                        name="conversation_put_aside",
                    ),
                    models.Index(
                        condition=models.Q(("concerns_us", True)),
                        fields=["workspace", "-changed_at"],
                        name="conversation_changed",
                    ),
                    models.Index(
                        condition=models.Q(("is_snoozed", True)),
                        fields=["wakes_at"],
                        name="conversation_wakes",
                    ),
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
                ("joined_pk", models.BigIntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[("hand", "by hand"), ("copy", "the same words in two places")],
                        default="hand",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("brought", models.JSONField(default=dict)),
                ("parted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joinings",
                        to="conversations.conversation",
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
                    "parted_by",
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
                        related_name="joinings",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("parted_at", None)),
                        fields=["workspace", "joined_pk"],
                        name="joining_of_address",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Lookup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("local_id", models.CharField(max_length=200)),
                ("is_at_origin", models.BooleanField(default=False)),
                ("url", models.CharField(blank=True, max_length=1000)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("nudged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("found", models.PositiveIntegerField(blank=True, null=True)),
                ("trouble_code", models.CharField(blank=True, max_length=20)),
                ("trouble_reason", models.CharField(blank=True, max_length=400)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lookups",
                        to="channels.channel",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lookups",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["due_at"], name="lookup_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "local_id", "is_at_origin"), name="lookup_once_per_way"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("product", "product"),
                            ("support", "support"),
                            ("staff", "work and applications"),
                            ("press", "press"),
                            ("other", "something else"),
                        ],
                        default="product",
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("outcome", models.TextField(blank=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "colleague",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="matters",
                        to="workspaces.member",
                    ),
                ),
                (
                    "created_by",
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
                        related_name="matters",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "settled_at"], name="matter_open"),
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["workspace", "-created_at"],
                        name="matter_open_latest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatterLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("linked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matter_links",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "linked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workspaces.member",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="conversations.matter",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workspaces.member",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at", None)),
                        fields=["matter"],
                        name="matter_link_untold",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("matter", "conversation"), name="matter_link_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MatterStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("opened", "opened"),
                            ("given", "given to"),
                            ("noted", "noted"),
                            ("settled", "settled"),
                            ("reopened", "reopened"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="conversations.matter",
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
            ],
            options={
                "indexes": [models.Index(fields=["matter", "at"], name="matter_step_in_order")],
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("batch", models.UUIDField(db_index=True, default=uuid.uuid4)),
                ("rule_name", models.CharField(blank=True, max_length=80)),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("assign", "assigned"),
                            ("unassign", "given back to everybody"),
                            ("snooze", "snoozed"),
                            ("wake", "woken"),
                            ("done", "called done"),
                            ("reopen", "reopened"),
                            ("theirs", "left to them"),
                            ("join", "put together"),
                            ("part", "parted"),
                        ],
                        max_length=12,
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="conversations.conversation",
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
                        related_name="moves",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["conversation", "at"], name="move_in_conversation")
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notes",
                        to="workspaces.member",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["conversation", "at"], name="note_in_conversation")
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteMention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="note_mentions",
                        to="workspaces.member",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="note_mentions",
                        to="conversations.note",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at", None)),
                        fields=["member"],
                        name="note_mention_unseen",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("note", "member"), name="note_mention_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(max_length=40)),
                ("uid", models.CharField(max_length=500)),
                ("url", models.CharField(blank=True, max_length=1000)),
                ("title", models.CharField(blank=True, max_length=400)),
                ("html", models.TextField(blank=True)),
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
                ("mentions", models.JSONField(blank=True, default=list)),
                ("links", models.JSONField(blank=True, default=list)),
                ("pictures", models.JSONField(blank=True, default=list)),
                ("poll", models.JSONField(blank=True, default=dict)),
                ("card", models.JSONField(blank=True, default=dict)),
                ("quotes_uid", models.CharField(blank=True, max_length=500)),
                ("answers_uid", models.CharField(blank=True, max_length=500)),
                ("answers_address", models.CharField(blank=True, max_length=1000)),
                ("copy_address", models.CharField(blank=True, max_length=1000)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("post", "post"),
                            ("article", "article"),
                            ("comment", "comment"),
                            ("ping", "link from another page"),
                        ],
                        default="post",
                        max_length=10,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("published", "published"),
                            ("held", "waits for approval"),
                            ("spam", "spam"),
                            ("trash", "in the trash"),
                        ],
                        default="published",
                        max_length=10,
                    ),
                ),
                ("is_closed", models.BooleanField(default=False)),
                ("is_ours", models.BooleanField(default=False)),
                ("is_to_us", models.BooleanField(default=False)),
                ("is_settled", models.BooleanField(default=False)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("to_us", "said to us or about us"),
                            ("thread", "part of a conversation with us"),
                            ("neighbourhood", "said by somebody we read"),
                            ("ours", "said by us"),
                        ],
                        max_length=16,
                    ),
                ),
                ("said_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answered_by",
                        to="conversations.post",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "copy_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="conversations.post",
                    ),
                ),
                (
                    "delivery",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="post",
                        to="outbox.delivery",
                    ),
                ),
                (
                    "identity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="people.identity",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="noted_posts",
                        to="workspaces.member",
                    ),
                ),
                (
                    "quotes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="quoted_by",
                        to="conversations.post",
                    ),
                ),
                (
                    "shared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="shared_posts",
                        to="people.identity",
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
                        related_name="posts",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["conversation", "said_at"], name="post_in_conversation"),
                    models.Index(fields=["identity", "-said_at"], name="post_of_identity"),
                    models.Index(
                        condition=models.Q(("reason", "neighbourhood")),
                        fields=["workspace", "network", "-said_at", "-id"],
                        name="post_neighbourhood",
                    ),
                    models.Index(
                        condition=models.Q(("answers_uid", ""), _negated=True),
                        fields=["workspace", "answers_uid"],
                        name="post_awaits_parent",
                    ),
                    models.Index(
                        condition=models.Q(("quotes_uid", ""), _negated=True),
                        fields=["workspace", "quotes_uid"],
                        name="post_quotes",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("answers", None), models.Q(("answers_address", ""), _negated=True)
                        ),
                        fields=["workspace", "answers_address"],
                        name="post_awaits_address",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("copy_of", None), models.Q(("copy_address", ""), _negated=True)
                        ),
                        fields=["workspace", "copy_address"],
                        name="post_awaits_original",
                    ),
                    models.Index(
                        condition=models.Q(("url", ""), _negated=True),
                        fields=["workspace", "url"],
                        name="post_at_address",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("gone_at", None), ("is_ours", False), ("standing", "held")
                        ),
                        fields=["workspace", "conversation"],
                        name="post_held",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "network", "uid"), name="post_once_in_workspace"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinedPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "joining",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joined_posts",
                        to="conversations.joining",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="conversations.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("joining", "post"), name="joined_post_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Fetching",
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
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("trouble_code", models.CharField(blank=True, max_length=20)),
                ("trouble_reason", models.CharField(blank=True, max_length=400)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fetchings",
                        to="channels.channel",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fetchings",
                        to="conversations.post",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["due_at"],
                        name="fetching_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "channel"), name="fetching_once_per_channel"
                    )
                ],
            },
        ),
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
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bringings",
                        to="workspaces.workspace",
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
        migrations.CreateModel(
            name="PostAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=1000)),
                ("url", models.CharField(blank=True, max_length=1000)),
                ("network", models.CharField(blank=True, max_length=40)),
                ("is_own", models.BooleanField(default=False)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="conversations.post",
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
            ],
            options={
                "verbose_name_plural": "post addresses",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "address"), name="post_address_once_in_workspace"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=400)),
                ("html", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("warning", models.CharField(blank=True, max_length=300)),
                ("pictures", models.JSONField(blank=True, default=list)),
                ("replaced_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="conversations.post",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["post", "-replaced_at"], name="post_version_latest")
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("wrote_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="workspaces.member",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("conversation", "member"), name="presence_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("kept_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promises",
                        to="conversations.conversation",
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
                        related_name="promises",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "kept_at", "due_on"], name="promise_open")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("name", models.CharField(max_length=80)),
                ("is_on", models.BooleanField(default=True)),
                ("network", models.CharField(blank=True, max_length=40)),
                ("language", models.CharField(blank=True, max_length=20)),
                ("words", models.TextField(blank=True)),
                ("only_direct", models.BooleanField(default=False)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="workspaces.member",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="channels.channel",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "position"], name="rule_in_order")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("query", models.CharField(max_length=500)),
                ("position", models.PositiveIntegerField(default=0)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to="workspaces.member",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to="workspaces.workspace",
                    ),
                ),
            ],
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
            name="Sighting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("local_id", models.CharField(max_length=200)),
                ("answers_local_id", models.CharField(blank=True, max_length=200)),
                ("lane", models.CharField(max_length=20)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sightings",
                        to="channels.channel",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sightings",
                        to="conversations.post",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("answers_local_id", ""), _negated=True),
                        fields=["channel", "answers_local_id"],
                        name="sighting_awaits_parent",
                    ),
                    models.Index(fields=["post", "channel"], name="sighting_of_post"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "local_id"), name="sighting_once_per_channel"
                    )
                ],
            },
        ),
        migrations.RunPython(make_whole_index, drop_index),
    ]
