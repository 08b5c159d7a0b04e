import django.db.models.deletion
import huiyin.storage.crypto
import huiyin.storage.fields
import huiyin.storage.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("supervision", "0001_first_release"),
        ("supervision", "0002_feedback"),
        ("supervision", "0003_breach"),
    ]

    dependencies = [
        ('catalogue', '0001_as_of_2026_11_27'),
        ('organisation', '0001_as_of_2026_11_27'),
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
                ('line', models.PositiveIntegerField(null=True)),
                ('text', huiyin.storage.fields.EncryptedTextField(data_class='personal')),
                ('writer', huiyin.storage.fields.EncryptedTextField(blank=True, data_class='personal', default='')),
                ('phone', huiyin.storage.fields.EncryptedTextField(blank=True, data_class='personal', default='')),
                ('salt', models.BinaryField(default=huiyin.storage.crypto.new_salt)),
                ('written_on', models.DateField()),
                ('received_at', models.DateTimeField()),
                ('finding', models.CharField(blank=True, choices=[('confirmed', '属实'), ('partly', '部分属实'), ('unfounded', '不属实'), ('noted', '已采纳或留存')], default='', max_length=12)),
                ('result', huiyin.storage.fields.EncryptedTextField(blank=True, data_class='personal', default='')),
                ('handled_at', models.DateTimeField(null=True)),
                ('told_how', models.CharField(blank=True, choices=[('phone', '电话告知'), ('in_person', '当面告知'), ('letter', '寄信或送达书面答复'), ('page', '凭编号和查询码在网上查看'), ('book', '写在窗口意见簿上答复')], default='', max_length=12)),
                ('told_on', models.DateField(null=True)),
                ('against', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('commitment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.commitment')),
                ('handled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', '-received_at'], name='opinion_newest')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'number'), name='opinion_number'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('tenant', 'key'), name='opinion_once'), models.CheckConstraint(condition=models.Q(models.Q(('finding', ''), ('handled_at__isnull', True), ('handled_by__isnull', True)), models.Q(('handled_at__isnull', False), ('handled_by__isnull', False), models.Q(('finding', ''), _negated=True)), _connector='OR'), name='opinion_handled_whole'), models.CheckConstraint(condition=models.Q(models.Q(('told_how', ''), ('told_on__isnull', True)), models.Q(models.Q(('told_how', ''), _negated=True), ('handled_at__isnull', False), ('told_on__isnull', False)), _connector='OR'), name='opinion_told_whole'), models.CheckConstraint(condition=models.Q(models.Q(('commitment__isnull', True), ('line__isnull', True)), models.Q(('commitment__isnull', False), ('line__gte', 1)), _connector='OR'), name='opinion_line_of_a_version'), models.CheckConstraint(condition=models.Q(('against__isnull', True), ('handled_by__isnull', True), models.Q(('handled_by', models.F('against')), _negated=True), _connector='OR'), name='opinion_not_handled_by_whom_it_is_about')],
            },
        ),
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('clause', models.CharField(max_length=60)),
                ('opened_at', models.DateTimeField()),
                ('disposition', models.CharField(blank=True, choices=[('corrected', '已改正并补救'), ('dealt_with', '已按规定处理责任人'), ('referred', '移送有权处理的机关'), ('none', '查明不予追究')], default='', max_length=12)),
                ('words', huiyin.storage.fields.EncryptedTextField(blank=True, data_class='personal', default='')),
                ('disposed_at', models.DateTimeField(null=True)),
                ('disposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
                ('opinion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='breach', to='supervision.opinion')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('disposed_at__isnull', True)), fields=['tenant', 'opened_at'], name='breach_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('disposed_at__isnull', True), ('disposed_by__isnull', True), ('disposition', '')), models.Q(('disposed_at__isnull', False), ('disposed_by__isnull', False), models.Q(('disposition', ''), _negated=True)), _connector='OR'), name='breach_disposed_whole')],
            },
        ),
    ]
