"""Workshops, and who comes to them."""

import django.db.models.deletion
import relais.core.clock
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0006_pseudonyms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Workshop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('purpose', models.TextField(blank=True)),
                ('format', models.CharField(choices=[('long', 'Lived experience, 2 h 30'), ('medium', 'Focused, 45 minutes'), ('short', 'Quick, 20 minutes'), ('free', 'A shape of your own')], default='medium', max_length=10)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('capacity', models.PositiveSmallIntegerField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('warm_up', models.CharField(blank=True, max_length=200)),
                ('materials', models.TextField(blank=True)),
                ('series', models.UUIDField(editable=False, null=True)),
                ('sequence', models.PositiveSmallIntegerField(default=0)),
                ('check_in', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('proposed_at', models.DateTimeField(default=relais.core.clock.now)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancel_reason', models.CharField(blank=True, max_length=200)),
                ('held_at', models.DateTimeField(null=True)),
                ('registered_count', models.PositiveSmallIntegerField(default=0)),
                ('waiting_count', models.PositiveSmallIntegerField(default=0)),
                ('sent_key', models.UUIDField(editable=False, null=True)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workshops', to='knowledge.circle')),
                ('co_host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='workshops_co_led', to=settings.AUTH_USER_MODEL)),
                ('content', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='told_by_workshops', to='knowledge.contribution')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workshops_led', to=settings.AUTH_USER_MODEL)),
                ('use_case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='workshops', to='knowledge.usecase')),
            ],
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('registered', 'registered'), ('waiting', 'on the waiting list')], max_length=12)),
                ('since', models.DateTimeField(default=relais.core.clock.now)),
                ('reply', models.CharField(blank=True, max_length=500)),
                ('came', models.BooleanField(null=True)),
                ('worth', models.PositiveSmallIntegerField(null=True)),
                ('relevance', models.PositiveSmallIntegerField(null=True)),
                ('rated_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to=settings.AUTH_USER_MODEL)),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='knowledge.workshop')),
            ],
        ),
        migrations.AddIndex(
            model_name='workshop',
            index=models.Index(condition=models.Q(('cancelled_at__isnull', True), ('held_at__isnull', True)), fields=['starts_at'], name='workshop_to_come'),
        ),
        migrations.AddIndex(
            model_name='workshop',
            index=models.Index(fields=['circle', 'starts_at'], name='workshop_circle'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='workshop_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), models.Q(('link', ''), _negated=True), _connector='OR'), name='workshop_is_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('registered_count__lte', models.F('capacity'))), name='workshop_within_capacity'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.UniqueConstraint(fields=('sent_key', 'starts_at'), name='workshop_sent_once'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['workshop', 'since'], name='registration_waiting'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(fields=('workshop', 'person'), name='registration_once'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('worth__isnull', True), ('worth__range', (1, 5)), _connector='OR'), name='worth_in_range'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('relevance__isnull', True), ('relevance__range', (1, 5)), _connector='OR'), name='workshop_relevance_in_range'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'registered'), ('came__isnull', True), _connector='OR'), name='who_waits_did_not_come'),
        ),
    ]
