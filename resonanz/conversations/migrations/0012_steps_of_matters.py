"""The history of matters: opened, given, noted, settled, reopened; open ones in their order."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0011_rules_can_be_put_back"),
        ("workspaces", "0003_second_step_of_everybody"),
    ]

    operations = [
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
            ],
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("settled_at", None)),
                fields=["workspace", "-created_at"],
                name="matter_open_latest",
            ),
        ),
        migrations.AddField(
            model_name="matterstep",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="conversations.matter",
            ),
        ),
        migrations.AddField(
            model_name="matterstep",
            name="member",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="workspaces.member",
            ),
        ),
        migrations.AddIndex(
            model_name="matterstep",
            index=models.Index(fields=["matter", "at"], name="matter_step_in_order"),
        ),
    ]
