"""The latest acts of an account are read in the index's order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0004_abilities_after_another_sign_in"),
        ("conversations", "0013_lists_answered_by_their_index"),
        ("people", "0005_beginnings_of_names"),
        ("relationships", "0003_undo_stands_in_the_message"),
        ("workspaces", "0003_second_step_of_everybody"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="act",
            name="act_of_identity",
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(
                fields=["identity", "direction", "-at", "-id"], name="act_of_identity"
            ),
        ),
    ]
