from django.db import migrations


class Migration(migrations.Migration):
    """What was mailed of which fact is remembered by the studio's letters, as every other mail is."""

    dependencies = [("calendar", "0001_feed"), ("studio", "0001_notices")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO studio_letter (person_id, key, counted, at) SELECT person_id, 'entry ' || entry, FALSE, at FROM calendar_mailed",
            "INSERT INTO calendar_mailed (person_id, entry, at) SELECT person_id, substr(key, 7)::bigint, at FROM studio_letter"
            " WHERE key LIKE 'entry %'; DELETE FROM studio_letter WHERE key LIKE 'entry %'",
        ),
        migrations.DeleteModel("Mailed"),
    ]
