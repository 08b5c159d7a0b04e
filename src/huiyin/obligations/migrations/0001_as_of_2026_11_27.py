import django.db.models.deletion
import huiyin.storage.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("obligations", "0001_first_release"),
        ("obligations", "0002_proposed_measure"),
    ]

    dependencies = [
        ('organisation', '0001_as_of_2026_11_27'),
    ]

    operations = [
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('room', models.CharField(max_length=20)),
                ('subject_id', models.UUIDField()),
                ('key', models.CharField(max_length=40)),
                ('what', models.CharField(max_length=30)),
                ('clause', models.CharField(max_length=60)),
                ('rulebook', models.CharField(max_length=60)),
                ('started_at', models.DateTimeField()),
                ('limit_amount', models.PositiveIntegerField()),
                ('limit_unit', models.CharField(max_length=20)),
                ('facts', models.JSONField(default=list)),
                ('due_at', models.DateTimeField()),
                ('yellow_at', models.DateTimeField()),
                ('provisional', models.BooleanField()),
                ('paused', models.BooleanField(default=False)),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=10)),
                ('overdue_noted', models.BooleanField(default=False)),
                ('reminded', models.PositiveSmallIntegerField(default=0)),
                ('bearer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'db_table': 'obligation',
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['bearer', 'due_at'], name='obligation_owed'), models.Index(condition=models.Q(('ended_at__isnull', True), ('overdue_noted', False), ('paused', False)), fields=['due_at'], name='obligation_sweep'), models.Index(condition=models.Q(('ended_at__isnull', True), ('paused', False)), fields=['tenant', 'reminded', 'yellow_at'], name='obligation_turns'), models.Index(condition=models.Q(('ended_at__isnull', True), ('paused', False)), fields=['tenant', 'reminded', 'due_at'], name='obligation_climbs')],
                'constraints': [models.UniqueConstraint(fields=('subject_id', 'key'), name='obligation_key'), models.CheckConstraint(condition=models.Q(('limit_unit__in', ['at_once', 'working_hour', 'working_day', 'calendar_day', 'month', 'year', 'clock_hour', 'before_event']), ('outcome__in', ['', 'early', 'on_time', 'late', 'waived'])), name='obligation_words'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('outcome', '')), models.Q(('ended_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='obligation_ended_has_outcome')],
            },
        ),
        migrations.CreateModel(
            name='Recomputation',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('calendar', models.CharField(max_length=20)),
                ('marks', models.JSONField()),
                ('since', models.DateField(null=True)),
                ('current', models.BooleanField(default=True)),
                ('begun_at', models.DateTimeField()),
                ('pass_begun_at', models.DateTimeField()),
                ('cursor', models.UUIDField(null=True)),
                ('total', models.PositiveIntegerField(default=0)),
                ('seen', models.PositiveIntegerField(default=0)),
                ('moved', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'db_table': 'recomputation',
                'constraints': [models.UniqueConstraint(condition=models.Q(('current', True)), fields=('tenant',), name='recomputation_current_once')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('due_at', models.DateTimeField()),
                ('stage', models.CharField(max_length=20)),
                ('found_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('digest', models.BooleanField(default=False)),
                ('moot_at', models.DateTimeField(null=True)),
                ('bearer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='obligations.obligation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'db_table': 'reminder',
                'indexes': [models.Index(condition=models.Q(('moot_at__isnull', True), ('told_at__isnull', True)), fields=['tenant', 'person'], name='reminder_waiting'), models.Index(fields=['person', 'told_at'], name='reminder_told')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('stage', 'urged'), _negated=True), fields=('duty', 'stage', 'due_at', 'person'), name='reminder_once'), models.CheckConstraint(condition=models.Q(('told_at__isnull', True), ('moot_at__isnull', True), _connector='OR'), name='reminder_told_or_moot')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('room', models.CharField(max_length=20)),
                ('subject_id', models.UUIDField()),
                ('what', models.CharField(max_length=30)),
                ('clause', models.CharField(max_length=60)),
                ('found_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('measure', models.CharField(blank=True, default='', max_length=60)),
                ('gravity', models.CharField(blank=True, default='', max_length=20)),
                ('against', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'db_table': 'finding',
                'indexes': [models.Index(fields=['subject_id'], name='finding_subject'), models.Index(fields=['tenant', 'found_at'], name='finding_office')],
            },
        ),
    ]
