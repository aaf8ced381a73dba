"""Exchanges: who is open to them, rounds drawn, and what the two say."""

import django.db.models.deletion
import relais.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0012_reports_read'),
        ('people', '0002_sessions_pace_files'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Openness',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='openness', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('capacity', models.PositiveSmallIntegerField(default=1)),
                ('since', models.DateTimeField(default=relais.core.clock.now)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('capacity__range', (0, 5))), name='exchange_capacity_in_range')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('drawn_at', models.DateTimeField(default=relais.core.clock.now)),
                ('pairs', models.PositiveSmallIntegerField(default=0)),
                ('across', models.PositiveSmallIntegerField(default=0)),
                ('alone', models.PositiveSmallIntegerField(default=0)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='knowledge.circle')),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Exchange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('agreed', 'agreed'), ('declined', 'not this time'), ('closed', 'closed')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField(default=relais.core.clock.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exchanges_asked', to=settings.AUTH_USER_MODEL)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exchanges_received', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='exchanges', to='knowledge.round')),
            ],
        ),
        migrations.CreateModel(
            name='ExchangeVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('happened', models.BooleanField()),
                ('useful', models.PositiveSmallIntegerField(null=True)),
                ('learned', models.CharField(blank=True, max_length=500)),
                ('said_at', models.DateTimeField(default=relais.core.clock.now)),
                ('exchange', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='knowledge.exchange')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('exchange', 'person'), name='exchange_voice_once'), models.CheckConstraint(condition=models.Q(('useful__isnull', True), ('useful__range', (1, 5)), _connector='OR'), name='exchange_useful_in_range')],
            },
        ),
        migrations.AddIndex(
            model_name='exchange',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['other'], name='exchange_waiting'),
        ),
        migrations.AddConstraint(
            model_name='exchange',
            constraint=models.CheckConstraint(condition=models.Q(('asker', models.F('other')), _negated=True), name='exchange_is_of_two'),
        ),
        migrations.AddConstraint(
            model_name='exchange',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'agreed'])), fields=('asker', 'other'), name='exchange_once_open'),
        ),
    ]
