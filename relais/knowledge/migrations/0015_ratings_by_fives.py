"""What a page tells of ratings is summed by fives: the first ones that count, in their order. Back again: all of them."""

from django.db import migrations

SUM = """
UPDATE knowledge_contribution c SET ratings_sum = coalesce((
    SELECT sum(score) FROM (
        SELECT score FROM knowledge_rating WHERE contribution_id = c.id AND counts ORDER BY rated_at, id LIMIT {limit}
    ) told
), 0) WHERE ratings_count > 0
"""


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0014_care'),
    ]

    operations = [
        migrations.RunSQL(SUM.format(limit="c.ratings_count / 5 * 5"), SUM.format(limit="c.ratings_count")),
    ]
