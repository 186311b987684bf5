"""Every conversation gets the language in which it was begun, a thousand at a time."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Coalesce

BATCH = 1000


def fill_in(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Begins again where it was broken off: what has a language already is left alone."""
    conversations = apps.get_model("conversations", "Conversation").objects.filter(
        concerns_us=True, language=""
    )
    posts = apps.get_model("conversations", "Post").objects.filter(
        conversation=models.OuterRef("pk"), is_ours=False
    )
    first = posts.exclude(language="").order_by("said_at", "pk").values("language")[:1]
    done = 0
    while True:
        found = conversations.filter(pk__gt=done).order_by("pk").values_list("pk", flat=True)
        batch = list(found[:BATCH])
        if not batch:
            return
        conversations.filter(pk__in=batch).update(
            language=Coalesce(models.Subquery(first), models.Value(""))
        )
        done = batch[-1]


class Migration(migrations.Migration):
    """Data only."""

    atomic = False

    dependencies = [("conversations", "0006_moves_and_routing")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop, elidable=True)]
