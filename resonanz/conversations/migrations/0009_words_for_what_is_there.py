"""What is there already is given its words in the background, not here: it may be a million posts."""

from django.db import migrations
from django.db.models import Max

# The rules of `understanding.search_words` at the time of this migration.
RULES = 1


def begin_run(apps, _schema_editor):
    posts = apps.get_model("conversations", "Post").objects.aggregate(last=Max("pk"))["last"]
    notes = apps.get_model("conversations", "Note").objects.aggregate(last=Max("pk"))["last"]
    if posts or notes:
        apps.get_model("conversations", "SearchRun").objects.create(
            rules=RULES, post_below=(posts or 0) + 1, note_below=(notes or 0) + 1
        )


class Migration(migrations.Migration):
    dependencies = [("conversations", "0008_search_entries")]

    operations = [migrations.RunPython(begin_run, migrations.RunPython.noop)]
