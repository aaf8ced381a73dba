"""Words to mend typing slips with, what each profile shows, and names found without their accents."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PLAIN = """
CREATE FUNCTION relais_plain(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, lower($1)) $$;
CREATE INDEX person_plain_name ON people_person USING gin (relais_plain(name) public.gin_trgm_ops);
"""
DROP = "DROP INDEX person_plain_name; DROP FUNCTION relais_plain(text);"


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0002_sent_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=30, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                ("person", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="profile", serialize=False, to=settings.AUTH_USER_MODEL)),
                ("shows_passed_on", models.BooleanField(default=True)),
                ("shows_learned", models.BooleanField(default=False)),
            ],
        ),
        migrations.RunSQL(PLAIN, DROP),
    ]
