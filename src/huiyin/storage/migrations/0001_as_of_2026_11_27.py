import huiyin.storage.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("storage", "0001_first_release"),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Gram',
            fields=[
                ('pk', models.CompositePrimaryKey('key', 'subject_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('key', models.BigIntegerField()),
                ('subject_id', models.UUIDField()),
            ],
            options={
                'db_table': 'storage_gram',
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=20)),
                ('address', models.CharField(max_length=64)),
                ('target', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['purpose', 'address', 'at'], name='storage_attempt_address'), models.Index(fields=['purpose', 'target', 'at'], name='storage_attempt_target'), models.Index(fields=['at'], name='storage_attempt_age')],
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.UUIDField()),
                ('book', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('next', models.PositiveBigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant_id', 'book', 'year'), name='storage_counter_book')],
            },
        ),
        migrations.CreateModel(
            name='Spelling',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.UUIDField()),
                ('kind', models.CharField(max_length=10)),
                ('subject_id', models.UUIDField()),
                ('initials', models.CharField(max_length=2)),
                ('readings', models.CharField(max_length=300)),
                ('begins', models.BooleanField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant_id', 'initials'], name='storage_spelling_initials'), models.Index(fields=['subject_id'], name='storage_spelling_subject')],
            },
        ),
        migrations.CreateModel(
            name='Void',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.UUIDField()),
                ('book', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveBigIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant_id', 'book', 'year', 'number'), name='storage_void_number')],
            },
        ),
    ]
