"""What is there already becomes findable: items, positions, people and matters of every office."""

from itertools import islice

from django.db import migrations

from huiyin.storage import grams, spelling
from huiyin.storage.grams import Text
from huiyin.storage.spelling import Named

BATCH = 500


def fill(apps, schema_editor):
    row = apps.get_model("storage", "Spelling")
    pair = apps.get_model("storage", "Gram")

    def spell(model, kind, *fields):
        found = model.objects.only("id", "tenant_id", *fields).order_by("id").iterator(BATCH)
        while some := list(islice(found, BATCH)):
            names = (Named(one.tenant_id, kind, one.id, tuple(getattr(one, f) for f in fields)) for one in some)
            made = [
                row(
                    tenant_id=new.tenant_id,
                    kind=new.kind,
                    subject_id=new.subject_id,
                    initials=new.initials,
                    readings=new.readings,
                    begins=new.begins,
                )
                for name in names
                for new in spelling.rows_of(name)
            ]
            row.objects.bulk_create(made, batch_size=BATCH)

    spell(apps.get_model("catalogue", "ServiceItem"), "item", "name")
    spell(apps.get_model("organisation", "Position"), "position", "title", "duties")
    spell(apps.get_model("organisation", "Person"), "person", "name")
    matters = apps.get_model("matters", "Matter").objects.only("id", "tenant_id", "summary").order_by("id")
    last = None
    while some := list((matters.filter(id__gt=last) if last else matters)[:BATCH]):
        last = some[-1].id
        texts = [Text(one.tenant_id, one.id, one.summary) for one in some]
        made = [pair(key=new.key, subject_id=new.subject_id) for new in grams.rows_of("matters", texts)]
        pair.objects.bulk_create(made, batch_size=2_000, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("storage", "0003_found_by"),
        ("organisation", "0005_rulebook_changes"),
        ("catalogue", "0001_initial"),
        ("matters", "0002_words_apart"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
