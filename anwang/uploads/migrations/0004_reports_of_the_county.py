"""Reports of a list are sought in their county by index, not by kind in the nation: the list stays the same."""

from importlib import import_module

from django.db import migrations

LAST = import_module("anwang.uploads.migrations.0003_kinds_of_their_day").UP
BEFORE = LAST[LAST.index("CREATE FUNCTION") :].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
NOW = BEFORE.replace(
    "FROM intake_report r JOIN matters_matter m ON m.id = r.id\n     WHERE m.county = of_county AND r.kinds &&",
    "FROM (SELECT id, number FROM matters_matter WHERE kind = 'report' AND county = of_county OFFSET 0) m\n"
    "      CROSS JOIN LATERAL (SELECT * FROM intake_report WHERE id = m.id OFFSET 0) r\n"
    "     WHERE r.kinds &&",
)


class Migration(migrations.Migration):
    dependencies = [("uploads", "0003_kinds_of_their_day"), ("matters", "0024_found_by_index")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
