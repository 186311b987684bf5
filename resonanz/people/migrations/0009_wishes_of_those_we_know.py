"""Reads the tags of wishes in the profiles that are known already; everything else is read when
somebody is next seen. In batches, each its own transaction; can be run again."""

import re

from django.db import migrations, transaction

AT_ONCE = 500
TAG = re.compile(r"(?<![\w#/&=?.])#(no[-_]?\w+)(?![\w-])", re.IGNORECASE)
WISHES = {
    "nobot": "no_bots",
    "nobots": "no_bots",
    "nobridge": "no_bridges",
    "nobridges": "no_bridges",
    "noindex": "no_search",
    "nosearch": "no_search",
    "noarchive": "no_archive",
}


def read_tags(apps, schema_editor):
    del schema_editor
    table = apps.get_model("people", "Identity")
    honourings = apps.get_model("people", "Honouring")
    last = 0
    while ids := list(
        table.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        with transaction.atomic():
            asked = table.objects.filter(pk__in=ids).exclude(bio="", is_indexable=True)
            for identity in asked.only("pk", "bio", "wishes", "is_indexable"):
                _read(identity, honourings)
        last = ids[-1]


def _read(identity, honourings):
    tags = {tag.lower().replace("-", "").replace("_", "") for tag in TAG.findall(identity.bio)}
    wishes = {WISHES[tag] for tag in tags if tag in WISHES} | set(identity.wishes)
    if not identity.is_indexable:
        wishes.add("no_search")
    if wishes == set(identity.wishes):
        return
    identity.wishes, identity.is_indexable = sorted(wishes), "no_search" not in wishes
    identity.save(update_fields=["wishes", "is_indexable"])
    if wishes & {"no_search", "no_archive"}:
        honourings.objects.get_or_create(identity=identity)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("people", "0008_wishes_circles_and_joined_people")]

    operations = [migrations.RunPython(read_tags, migrations.RunPython.noop)]
