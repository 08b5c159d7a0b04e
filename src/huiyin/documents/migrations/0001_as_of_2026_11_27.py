import django.db.models.deletion
import huiyin.storage.fields
import huiyin.storage.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("documents", "0001_first_release"),
        ("documents", "0002_declination"),
        ("documents", "0003_oral_notice"),
    ]

    dependencies = [
        ('organisation', '0001_as_of_2026_11_27'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('room', models.CharField(max_length=20)),
                ('subject_id', models.UUIDField()),
                ('kind', models.CharField(choices=[('receipt', 'receipt'), ('one_time_notice', 'one_time_notice'), ('oral_notice', 'oral_notice'), ('acceptance', 'acceptance'), ('grant_decision', 'grant_decision'), ('refusal_decision', 'refusal_decision'), ('declination', 'declination'), ('refusal_filing_form', 'refusal_filing_form'), ('extension_notice', 'extension_notice'), ('pause_notice', 'pause_notice'), ('reply', 'reply'), ('return_slip', 'return_slip'), ('correction_notice', 'correction_notice')], max_length=24)),
                ('number', models.CharField(max_length=60)),
                ('issued_at', models.DateTimeField()),
                ('language', models.CharField(default='zh-hans', max_length=8)),
                ('content', huiyin.storage.fields.EncryptedTextField(data_class='personal')),
                ('salt', models.BinaryField(max_length=16)),
                ('content_digest', models.CharField(max_length=64)),
                ('template_version', models.CharField(max_length=8)),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'subject_id', 'issued_at'], name='document_of_subject')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'refusal_filing_form'), _negated=True), fields=('tenant', 'kind', 'number'), name='document_number_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['receipt', 'one_time_notice', 'oral_notice', 'acceptance', 'grant_decision', 'refusal_decision', 'declination', 'refusal_filing_form', 'extension_notice', 'pause_notice', 'reply', 'return_slip', 'correction_notice'])), name='document_kind_known')],
            },
        ),
    ]
