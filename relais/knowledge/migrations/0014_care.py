"""Who looks after each content, and when it is read again; those published before are their authors', read again a year after they last changed."""

import django.db.models.deletion
import relais.core.clock
from django.conf import settings
from django.db import migrations, models


FILL = """
INSERT INTO knowledge_care (contribution_id, owner_id, deputy_id, review_on, confirmed_at)
SELECT c.id, CASE WHEN p.is_active THEN p.id END, NULL,
    (coalesce(c.revised_at, c.published_at) + interval '365 days')::date, coalesce(c.revised_at, c.published_at)
FROM knowledge_contribution c JOIN people_person p ON p.id = c.author_id WHERE c.kind <> 'answer'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0013_exchanges'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Care',
            fields=[
                ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='care', serialize=False, to='knowledge.contribution')),
                ('review_on', models.DateField()),
                ('confirmed_at', models.DateTimeField(default=relais.core.clock.now)),
                ('deputy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='looks_after', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'review_on'], name='care_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('owner__isnull', False), ('deputy__isnull', True), _connector='OR'), name='deputy_stands_beside_an_owner'), models.CheckConstraint(condition=models.Q(('deputy__isnull', True), models.Q(('owner', models.F('deputy')), _negated=True), _connector='OR'), name='deputy_is_somebody_else')],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
