import django.db.models.deletion
import huiyin.storage.fields
import huiyin.storage.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0005_oral_notice'),
        ('organisation', '0001_first_release'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('ordinal', models.PositiveSmallIntegerField()),
                ('text', huiyin.storage.fields.EncryptedTextField(data_class='personal')),
                ('written_at', models.DateTimeField()),
                ('done_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='matters.matter')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
            ],
            options={
                'db_table': 'matter_draft',
            },
        ),
        migrations.AddField(
            model_name='routing',
            name='draft',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='routings', to='matters.draft'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('matter', 'ordinal'), name='draft_in_matter_once'),
        ),
    ]
