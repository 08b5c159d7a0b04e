from django.db import migrations

from huiyin.ledger import triggers


def arm_anew(apps, schema_editor):
    """Put today's triggers in the place of those an earlier release made."""
    triggers.drop(schema_editor.connection)
    triggers.create(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(arm_anew, migrations.RunPython.noop),
    ]
