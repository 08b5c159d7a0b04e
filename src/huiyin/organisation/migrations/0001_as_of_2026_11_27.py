import django.db.models.deletion
import huiyin.storage.fields
import huiyin.storage.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("organisation", "0001_first_release"),
        ("organisation", "0002_absence_recorded_at"),
        ("organisation", "0003_absence_why_unbriefed"),
        ("organisation", "0004_watching_functions"),
        ("organisation", "0005_complaint_office"),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Tenant',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('slug', models.CharField(max_length=32, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('name_en', models.CharField(blank=True, default='', max_length=200)),
                ('rulebook', models.CharField(max_length=40)),
                ('receipt_prefix', models.CharField(max_length=4)),
                ('address', models.CharField(blank=True, default='', max_length=200)),
                ('phone', models.CharField(blank=True, default='', max_length=40)),
                ('complaint_phone', models.CharField(blank=True, default='', max_length=40)),
                ('review_body', models.CharField(blank=True, default='', max_length=100)),
                ('calendar_digest', models.CharField(blank=True, default='', max_length=32)),
                ('rulebook_digest', models.CharField(blank=True, default='', max_length=32)),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=32)),
                ('title', models.CharField(max_length=100)),
                ('rank', models.CharField(choices=[('clerk', '经办人'), ('head', '科室负责人'), ('leader_in_charge', '分管领导'), ('main_leader', '主要领导')], max_length=20)),
                ('duties', models.TextField(blank=True, default='')),
                ('phone', models.CharField(blank=True, default='', max_length=40)),
                ('place', models.CharField(blank=True, default='', max_length=100)),
                ('reception', models.BooleanField(default=False)),
                ('secret', models.BooleanField(default=False)),
                ('secret_reason', models.CharField(blank=True, default='', max_length=200)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='organisation.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('staff_no', models.CharField(max_length=32)),
                ('name', models.CharField(max_length=50)),
                ('office_phone', models.CharField(blank=True, default='', max_length=40)),
                ('email', huiyin.storage.fields.EncryptedTextField(blank=True, data_class='personal', default='')),
                ('active', models.BooleanField(default=True)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='organisation.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'name'], name='person_by_name')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'staff_no'), name='staff_no_once_per_tenant')],
            },
        ),
        migrations.CreateModel(
            name='Integration',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('rights', models.JSONField(default=list)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='integrations', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='integrations', to='organisation.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='DutySheet',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField()),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('since', models.DateField(blank=True, null=True)),
                ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='organisation.position')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'since'], name='duty_sheet_by_day')],
                'constraints': [models.UniqueConstraint(fields=('position', 'version'), name='duty_sheet_version_once'), models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', True), ('since__isnull', True)), models.Q(('issued_at__isnull', False), ('since__isnull', False)), _connector='OR'), name='duty_sheet_issued_has_day')],
            },
        ),
        migrations.CreateModel(
            name='Competence',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('basis', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='competences', to='organisation.person')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='competences', to='organisation.position')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'position'), name='competence_once')],
            },
        ),
        migrations.CreateModel(
            name='CalendarChange',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('bundle', models.UUIDField()),
                ('kind', models.CharField(choices=[('year', '年度放假安排'), ('amendment', '对已公布安排的调整'), ('local', '本单位的调整'), ('revocation', '撤销本单位的调整')], max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('number', models.CharField(blank=True, default='', max_length=60)),
                ('issued', models.DateField()),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('text', models.TextField()),
                ('state', models.CharField(choices=[('proposed', '待确认'), ('confirmed', '已确认'), ('superseded', '已被取代'), ('rejected', '已退回'), ('withdrawn', '已撤回')], default='proposed', max_length=12)),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('remark', models.CharField(blank=True, default='', max_length=200)),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.calendarchange')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'state'], name='calendar_by_state')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'year', 'version'), name='calendar_version_once'), models.UniqueConstraint(condition=models.Q(('kind', 'year'), ('state', 'confirmed')), fields=('tenant', 'year'), name='calendar_year_in_force_once'), models.UniqueConstraint(condition=models.Q(('kind', 'year'), ('state', 'proposed')), fields=('tenant', 'year'), name='calendar_year_proposed_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['year', 'amendment', 'local', 'revocation']), ('state__in', ['proposed', 'confirmed', 'superseded', 'rejected', 'withdrawn'])), name='calendar_words_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['confirmed', 'superseded']), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('proposed_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR')), _connector='OR'), name='calendar_confirmed_by_a_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'proposed')), models.Q(models.Q(('state', 'proposed'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='calendar_decided_has_moment')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('part', models.CharField(choices=[('A', 'A岗'), ('B', 'B岗')], max_length=1)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisation.person')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='organisation.position')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'since'], name='appointment_by_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('position', 'part'), name='one_open_appointment_per_part'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='appointment_ends_after_start'), models.CheckConstraint(condition=models.Q(('part__in', ['A', 'B'])), name='appointment_part_known')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('business_trip', '出差'), ('meeting', '开会'), ('training', '受训'), ('leave', '请假'), ('holiday', '休假'), ('other', '其他')], max_length=20)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('held', models.BooleanField(default=False)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('unbriefed', models.BooleanField(default=False)),
                ('why_unbriefed', huiyin.storage.fields.EncryptedTextField(blank=True, data_class='personal', default='')),
                ('recorded_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'starts_at', 'ends_at'], name='absence_by_person'), models.Index(fields=['tenant', 'ends_at'], name='absence_by_tenant')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='absence_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('login', models.CharField(max_length=80, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('must_change_password', models.BooleanField(default=True)),
                ('password_until', models.DateTimeField(blank=True, null=True)),
                ('password_used_at', models.DateTimeField(blank=True, null=True)),
                ('password_changed_at', models.DateTimeField(blank=True, null=True)),
                ('last_seen', models.DateTimeField(blank=True, null=True)),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='account', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='organisation.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=32)),
                ('name', models.CharField(max_length=100)),
                ('overseer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='overseen_units', to='organisation.position')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisation.unit')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='organisation.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'code'), name='unit_code_once_per_tenant'), models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='unit_not_own_parent')],
            },
        ),
        migrations.AddField(
            model_name='position',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='organisation.unit'),
        ),
        migrations.CreateModel(
            name='Charge',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='organisation.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'version'), name='charge_of_unit_version_once'), models.UniqueConstraint(condition=models.Q(('unit__isnull', True)), fields=('tenant', 'version'), name='charge_of_office_version_once')],
            },
        ),
        migrations.CreateModel(
            name='YearTarget',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=32)),
                ('title', models.CharField(max_length=200)),
                ('measure', models.CharField(blank=True, default='', max_length=200)),
                ('made_at', models.DateTimeField()),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'year', 'code'), name='year_target_code_once')],
            },
        ),
        migrations.CreateModel(
            name='TargetPost',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='organisation.position')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organisation.yeartarget')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('target', 'position'), name='target_post_once')],
            },
        ),
        migrations.CreateModel(
            name='DutyLine',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('element', models.CharField(choices=[('content', '工作内容'), ('quantity', '数量'), ('quality', '质量'), ('procedure', '程序'), ('standard', '标准'), ('time_limit', '时限'), ('powers', '权力'), ('responsibilities', '责任'), ('task', '任务（可考核）'), ('business', '业务职责'), ('team_building', '队伍建设职责')], max_length=20)),
                ('text', models.TextField()),
                ('measure', models.CharField(blank=True, default='', max_length=200)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='organisation.dutysheet')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sheet', 'number'), name='duty_line_number_once'), models.CheckConstraint(condition=models.Q(('element__in', ['content', 'quantity', 'quality', 'procedure', 'standard', 'time_limit', 'powers', 'responsibilities', 'task', 'business', 'team_building'])), name='duty_line_element_known')],
            },
        ),
        migrations.CreateModel(
            name='RulebookChange',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('base', models.CharField(max_length=40)),
                ('since', models.DateField()),
                ('running', models.BooleanField(default=False)),
                ('clauses', models.JSONField(default=list)),
                ('reason', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('state', models.CharField(choices=[('proposed', '待确认'), ('confirmed', '已确认'), ('superseded', '已被取代'), ('rejected', '已退回'), ('withdrawn', '已撤回')], default='proposed', max_length=12)),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('remark', models.CharField(blank=True, default='', max_length=200)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.rulebookchange')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'state'], name='rulebook_change_by_state')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'number'), name='rulebook_change_number_once'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'confirmed', 'superseded', 'rejected', 'withdrawn'])), name='rulebook_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['confirmed', 'superseded']), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='rulebook_confirmed_by_a_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'proposed')), models.Q(models.Q(('state', 'proposed'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='rulebook_decided_has_moment')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('efficiency_office', '效能办'), ('office_clerk', '办公室文书'), ('administrator', '系统管理员'), ('general_admin', '综合行政部（督促落实）'), ('complaint_office', '效能投诉室'), ('discipline_group', '派驻纪检组（督促落实）')], max_length=20)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'role'], name='role_by_tenant')],
                'constraints': [models.UniqueConstraint(fields=('person', 'role'), name='role_once_per_person'), models.CheckConstraint(condition=models.Q(('role__in', ['efficiency_office', 'office_clerk', 'administrator', 'general_admin', 'complaint_office', 'discipline_group'])), name='role_known')],
            },
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(fields=['tenant', 'rank'], name='position_by_rank'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.UniqueConstraint(fields=('tenant', 'code'), name='position_code_once_per_tenant'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('rank__in', ['clerk', 'head', 'leader_in_charge', 'main_leader'])), name='position_rank_known'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('secret', False), models.Q(('secret_reason', ''), _negated=True), _connector='OR'), name='position_secret_has_reason'),
        ),
    ]
