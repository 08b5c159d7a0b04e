from django.db import migrations, models


def name_authors(apps, schema_editor):
    """Say of every document who wrote a draft of it, as its events tell."""
    Matter = apps.get_model("matters", "Matter")
    drafted = apps.get_model("ledger", "LedgerEvent").objects.filter(room="matters", kind="document.drafted")
    hands = {}
    for subject, *who in drafted.order_by("subject_id", "seq").values_list("subject_id", "actor", "acting_for"):
        known = hands.setdefault(subject, [])
        known += [one for one in (name.removeprefix("person:") for name in who) if one and one not in known]
    for subject, authors in hands.items():
        Matter.objects.filter(id=subject).update(drafted_by=authors)


class Migration(migrations.Migration):

    dependencies = [
        ("ledger", "0001_first_release"),
        ("matters", "0003_papers_out"),
    ]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="drafted_by",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(name_authors, migrations.RunPython.noop, elidable=True),
    ]
