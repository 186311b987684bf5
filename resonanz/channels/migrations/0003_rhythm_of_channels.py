from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0002_lists_of_addresses")]

    operations = [
        migrations.AddField(
            model_name="channel",
            name="arrived",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="channel",
            name="longest_silence_seconds",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
