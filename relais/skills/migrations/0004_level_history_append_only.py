"""The history of levels cannot be changed, removed or truncated, as the one of the vocabulary."""

from django.db import migrations

TABLE = "skills_levelchange"
TRIGGERS = (
    f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION ledger_refuse();"
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();"
)
DROP = f"DROP TRIGGER {TABLE}_append_only ON {TABLE}; DROP TRIGGER {TABLE}_no_truncate ON {TABLE};"


class Migration(migrations.Migration):
    dependencies = [("skills", "0003_people"), ("ledger", "0002_append_only")]
    operations = [migrations.RunSQL(TRIGGERS, DROP)]
