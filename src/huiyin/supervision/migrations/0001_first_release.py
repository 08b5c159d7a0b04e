import django.db.models.deletion
import huiyin.storage.crypto
import huiyin.storage.fields
import huiyin.storage.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("supervision", "0001_opinions"),
    ]

    dependencies = [
        ('organisation', '0001_first_release'),
    ]

    operations = [
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=24)),
                ('code_hash', models.CharField(max_length=200)),
                ('key', models.CharField(blank=True, default='', max_length=80)),
                ('kind', models.CharField(choices=[('suggestion', '意见建议'), ('not_kept', '承诺没有做到'), ('complaint', '投诉'), ('praise', '表扬')], max_length=12)),
                ('source', models.CharField(choices=[('portal', '网上'), ('paper', '窗口意见簿')], max_length=8)),
                ('text', huiyin.storage.fields.EncryptedTextField(data_class='personal')),
                ('writer', huiyin.storage.fields.EncryptedTextField(blank=True, data_class='personal', default='')),
                ('phone', huiyin.storage.fields.EncryptedTextField(blank=True, data_class='personal', default='')),
                ('salt', models.BinaryField(default=huiyin.storage.crypto.new_salt)),
                ('written_on', models.DateField()),
                ('received_at', models.DateTimeField()),
                ('finding', models.CharField(blank=True, choices=[('confirmed', '属实'), ('partly', '部分属实'), ('unfounded', '不属实'), ('noted', '已采纳或留存')], default='', max_length=12)),
                ('result', huiyin.storage.fields.EncryptedTextField(blank=True, data_class='personal', default='')),
                ('handled_at', models.DateTimeField(null=True)),
                ('against', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('handled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', '-received_at'], name='opinion_newest')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'number'), name='opinion_number'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('tenant', 'key'), name='opinion_once'), models.CheckConstraint(condition=models.Q(models.Q(('finding', ''), ('handled_at__isnull', True), ('handled_by__isnull', True)), models.Q(('handled_at__isnull', False), ('handled_by__isnull', False), models.Q(('finding', ''), _negated=True)), _connector='OR'), name='opinion_handled_whole'), models.CheckConstraint(condition=models.Q(('against__isnull', True), ('handled_by__isnull', True), models.Q(('handled_by', models.F('against')), _negated=True), _connector='OR'), name='opinion_not_handled_by_whom_it_is_about')],
            },
        ),
    ]
