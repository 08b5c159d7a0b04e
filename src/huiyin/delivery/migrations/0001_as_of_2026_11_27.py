import django.db.models.deletion
import huiyin.storage.fields
import huiyin.storage.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("delivery", "0001_first_release"),
    ]

    dependencies = [
        ('obligations', '0001_as_of_2026_11_27'),
        ('organisation', '0001_as_of_2026_11_27'),
    ]

    operations = [
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='organisation.person')),
                ('digest', models.BooleanField(default=False)),
                ('mail', models.BooleanField(default=True)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('address', huiyin.storage.fields.EncryptedTextField(blank=True, data_class='personal', default='')),
                ('channel', models.CharField(max_length=8)),
                ('text', models.CharField(max_length=40)),
                ('params', models.JSONField(default=dict)),
                ('link', models.CharField(blank=True, default='', max_length=200)),
                ('language', models.CharField(default='zh-hans', max_length=8)),
                ('dedupe', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('not_before', models.DateTimeField(null=True)),
                ('not_after', models.DateTimeField(null=True)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('claim', models.UUIDField(null=True)),
                ('leased_until', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('moot_at', models.DateTimeField(null=True)),
                ('last_error', models.CharField(blank=True, default='', max_length=300)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('reminder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='obligations.reminder')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-created_at'], name='message_inbox'), models.Index(condition=models.Q(('channel', 'inapp'), ('read_at__isnull', True)), fields=['person'], name='message_unread'), models.Index(condition=models.Q(('channel', 'email'), ('failed_at__isnull', True), ('moot_at__isnull', True), ('sent_at__isnull', True)), fields=['next_try_at'], name='message_due')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'dedupe'), name='message_posted_once'), models.CheckConstraint(condition=models.Q(models.Q(('channel', 'inapp'), ('person__isnull', False)), models.Q(('channel', 'email'), ('next_try_at__isnull', False)), _connector='OR'), name='message_has_a_way'), models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('failed_at__isnull', True), _connector='OR'), name='message_sent_or_failed')],
            },
        ),
    ]
