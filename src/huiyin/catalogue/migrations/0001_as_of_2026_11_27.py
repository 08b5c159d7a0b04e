import django.db.models.deletion
import huiyin.storage.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("catalogue", "0001_first_release"),
    ]

    dependencies = [
        ('organisation', '0001_as_of_2026_11_27'),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '已公布'), ('superseded', '已换新版'), ('withdrawn', '已撤下')], default='draft', max_length=12)),
                ('said', models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('drafted_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_why', models.CharField(blank=True, default='', max_length=200)),
                ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='organisation.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('tenant', 'unit', 'version'), name='commitment_version_once'), models.UniqueConstraint(condition=models.Q(('unit__isnull', True)), fields=('tenant', 'version'), name='commitment_office_version_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'published']), ('unit__isnull', False)), fields=('tenant', 'unit', 'state'), name='commitment_open_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'published']), ('unit__isnull', True)), fields=('tenant', 'state'), name='commitment_office_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('state', 'draft')), models.Q(('state__in', ['published', 'superseded', 'withdrawn']), ('published_at__isnull', False)), _connector='OR'), name='commitment_published_has_moment'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['draft', 'published'])), models.Q(('ended_at__isnull', False), ('state__in', ['superseded', 'withdrawn'])), _connector='OR'), name='commitment_ended_has_moment')],
            },
        ),
        migrations.CreateModel(
            name='ServiceItem',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=200)),
                ('category', models.CharField(blank=True, choices=[('', '一般服务'), ('approval', '审批'), ('petition', '信访')], default='', max_length=12)),
                ('instant', models.BooleanField(default=False)),
                ('statutory_amount', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('statutory_unit', models.CharField(blank=True, default='', max_length=20)),
                ('committed_amount', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('committed_unit', models.CharField(blank=True, default='', max_length=20)),
                ('legal_basis', models.TextField(blank=True, default='')),
                ('bases', models.JSONField(blank=True, default=list)),
                ('steps', models.JSONField(blank=True, default=list)),
                ('conditions', models.TextField(blank=True, default='')),
                ('procedure', models.TextField(blank=True, default='')),
                ('fee', models.CharField(blank=True, default='', max_length=200)),
                ('open_to_public', models.BooleanField(default=True)),
                ('active', models.BooleanField(default=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='organisation.position')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='organisation.tenant')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='organisation.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'name'], name='item_by_name')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'code'), name='item_code_once_per_tenant'), models.CheckConstraint(condition=models.Q(('category__in', ['', 'approval', 'petition'])), name='item_category_known'), models.CheckConstraint(condition=models.Q(models.Q(('statutory_amount__isnull', True), ('statutory_unit', '')), models.Q(('statutory_amount__gte', 1), models.Q(('statutory_unit', ''), _negated=True)), _connector='OR'), name='item_statutory_limit_whole'), models.CheckConstraint(condition=models.Q(models.Q(('committed_amount__isnull', True), ('committed_unit', '')), models.Q(('committed_amount__gte', 1), models.Q(('committed_unit', ''), _negated=True)), _connector='OR'), name='item_committed_limit_whole')],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('board', '承诺公示牌'), ('guide', '服务指南')], max_length=8)),
                ('version', models.PositiveIntegerField()),
                ('place', models.CharField(max_length=100)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('commitment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='catalogue.commitment')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='catalogue.serviceitem')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'until'], name='posting_hanging')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('commitment__isnull', False), ('item__isnull', True), ('kind', 'board')), models.Q(('commitment__isnull', True), ('item__isnull', False), ('kind', 'guide')), _connector='OR'), name='posting_of_one_thing'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='posting_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('order', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('copies', models.PositiveSmallIntegerField(default=1)),
                ('original', models.BooleanField(default=False)),
                ('required', models.BooleanField(default=True)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='catalogue.serviceitem')),
            ],
            options={
                'ordering': ['order'],
                'constraints': [models.UniqueConstraint(fields=('item', 'name'), name='material_once_per_item')],
            },
        ),
        migrations.CreateModel(
            name='ItemVersion',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('since', models.DateTimeField()),
                ('content', models.JSONField()),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='catalogue.serviceitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'version'), name='item_version_once')],
            },
        ),
        migrations.CreateModel(
            name='GuideGiven',
            fields=[
                ('id', models.UUIDField(default=huiyin.storage.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('given_at', models.DateTimeField()),
                ('subject_id', models.UUIDField(null=True)),
                ('number', models.CharField(blank=True, default='', max_length=24)),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.tenant')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.serviceitem')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', '-given_at'], name='guide_given_newest')],
            },
        ),
    ]
