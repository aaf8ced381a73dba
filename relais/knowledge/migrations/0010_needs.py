"""Needs: who would like to learn what, who wishes it too, who can show it."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import relais.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0009_moderation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('opened_at', models.DateTimeField(default=relais.core.clock.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('met', models.BooleanField(null=True)),
                ('wanted_count', models.PositiveIntegerField(default=1)),
                ('sent_key', models.UUIDField(editable=False, null=True, unique=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='knowledge.circle')),
                ('workshop', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='needs', to='knowledge.workshop')),
            ],
        ),
        migrations.CreateModel(
            name='Giver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('offered', 'can show it'), ('declined', 'not this time')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=20)),
                ('since', models.DateTimeField(default=relais.core.clock.now)),
                ('because', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='knowledge.usecase')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='givers', to='knowledge.need')),
            ],
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=relais.core.clock.now)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='knowledge.need')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['circle', '-opened_at'], name='need_open'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=django.contrib.postgres.indexes.GinIndex(fields=['title'], name='need_title_trigram', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('met__isnull', True)), ('met__isnull', False), _connector='OR'), name='closed_need_says_whether_met'),
        ),
        migrations.AddIndex(
            model_name='giver',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['person'], name='giver_asked'),
        ),
        migrations.AddConstraint(
            model_name='giver',
            constraint=models.UniqueConstraint(fields=('need', 'person'), name='giver_once'),
        ),
        migrations.AddConstraint(
            model_name='wish',
            constraint=models.UniqueConstraint(fields=('need', 'person'), name='wish_once'),
        ),
    ]
