"""Initiatives: their purpose, what they measure, the questions they ask."""

import django.contrib.postgres.fields
import django.db.models.deletion
import relais.core.clock
import relais.knowledge.models.initiatives
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0010_needs'),
        ('people', '0002_sessions_pace_files'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('top_down', 'from the management'), ('bottom_up', 'from the field'), ('across', 'between teams')], max_length=10)),
                ('title', models.CharField(max_length=160)),
                ('what', models.TextField()),
                ('for_customers', models.BooleanField(default=False)),
                ('for_employees', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('draft', 'being written'), ('proposed', 'waiting for a decision'), ('launched', 'under way'), ('refused', 'refused, with its reason'), ('ended', 'ended')], default='draft', max_length=10)),
                ('opened_at', models.DateTimeField(default=relais.core.clock.now)),
                ('proposed_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=600)),
                ('ended_at', models.DateTimeField(null=True)),
                ('sent_key', models.UUIDField(editable=False, null=True, unique=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to='knowledge.circle')),
                ('contents', models.ManyToManyField(blank=True, related_name='initiatives', to='knowledge.contribution')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('use_cases', models.ManyToManyField(blank=True, related_name='initiatives', to='knowledge.usecase')),
                ('workshops', models.ManyToManyField(blank=True, related_name='initiatives', to='knowledge.workshop')),
            ],
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('unit', models.CharField(blank=True, max_length=40)),
                ('direction', models.CharField(choices=[('up', 'should rise'), ('down', 'should fall')], default='up', max_length=5)),
                ('baseline', models.DecimalField(decimal_places=3, max_digits=14)),
                ('baseline_on', models.DateField()),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='knowledge.initiative')),
            ],
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('value', models.DecimalField(decimal_places=3, max_digits=14)),
                ('n', models.PositiveIntegerField(null=True)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='knowledge.indicator')),
                ('of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'ordering': ['on'],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=relais.core.clock.now)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='knowledge.initiative')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Pulse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=200)),
                ('opened_at', models.DateTimeField(default=relais.core.clock.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('answers', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), default=relais.knowledge.models.initiatives.no_answers, size=5)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pulses', to='knowledge.indicator')),
            ],
        ),
        migrations.CreateModel(
            name='PulseVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(default=relais.core.clock.today)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pulse', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='knowledge.pulse')),
            ],
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(fields=['state', '-opened_at'], name='initiative_state'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('for_customers', True), ('for_employees', True), _connector='OR'), name='initiative_serves_somebody'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refusal_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('indicator', 'on', 'of'), name='measure_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('initiative', 'person'), name='participant_once'),
        ),
        migrations.AddConstraint(
            model_name='pulse',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('indicator',), name='pulse_one_open'),
        ),
        migrations.AddConstraint(
            model_name='pulsevoice',
            constraint=models.UniqueConstraint(fields=('pulse', 'person'), name='pulse_voice_once'),
        ),
    ]
