import huiyin.storage.ids
from django.db import migrations, models

from huiyin.ledger import triggers


def arm(apps, schema_editor):
    """Events stay as they were written: the database itself refuses to change or delete them."""
    triggers.drop(schema_editor.connection)
    triggers.create(schema_editor.connection)


def disarm(apps, schema_editor):
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("ledger", "0001_first_release"),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Head',
            fields=[
                ('subject_id', models.UUIDField(primary_key=True, serialize=False)),
                ('tenant_id', models.UUIDField()),
                ('room', models.CharField(max_length=20)),
                ('seq', models.PositiveBigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'ledger_head',
            },
        ),
        migrations.CreateModel(
            name='LedgerEvent',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.UUIDField()),
                ('room', models.CharField(max_length=20)),
                ('subject_id', models.UUIDField()),
                ('seq', models.PositiveBigIntegerField()),
                ('kind', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('actor', models.CharField(max_length=50)),
                ('acting_for', models.CharField(max_length=50)),
                ('via', models.CharField(max_length=20)),
                ('body', models.TextField()),
                ('algorithm', models.CharField(max_length=10)),
                ('prev', models.BinaryField(max_length=32)),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'db_table': 'ledger_event',
                'constraints': [models.UniqueConstraint(fields=('tenant_id', 'subject_id', 'seq'), name='ledger_event_place'), models.CheckConstraint(condition=models.Q(('seq__gte', 1)), name='ledger_event_seq')],
            },
        ),
        migrations.RunPython(arm, disarm),
    ]
