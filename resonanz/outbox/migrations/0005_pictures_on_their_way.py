"""What a server calls our pictures, and pictures that were taken out of a text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns."""

    dependencies = [("outbox", "0004_answering_well")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="picture_ids",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="upload",
            name="removed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
