"""The report page reads what it shows: open cases are found from their people, what a unit carries from an index."""

from importlib import import_module

from django.db import migrations

from anwang.access.planned import planned

FORMER = import_module("anwang.intake.migrations.0003_open_cases_and_relations").OPEN_CASES
GROWN = """    UNION
    SELECT c.id FROM here JOIN intake_reportlink l ON l.report_id = here.id
      JOIN matters_matter c ON c.arose_from_id = l.earlier_id OR c.id = l.earlier_id)"""
EACH = """    UNION
    SELECT c.id FROM here JOIN intake_reportlink l ON l.report_id = here.id
      JOIN matters_matter c ON c.arose_from_id = l.earlier_id
    UNION
    SELECT l.earlier_id FROM here JOIN intake_reportlink l ON l.report_id = here.id)"""
FROM = """    FROM here JOIN matters_matter m ON m.county = here.county AND m.kind = 'case' AND m.ended_at IS NULL
    JOIN cases_case c ON c.id = m.id AND c.circle <> 'other' JOIN directory_unit u ON u.id = m.acting_unit_id
   WHERE m.id IN (SELECT matter_id FROM about) OR m.id IN (SELECT grown.id FROM grown)
"""
# Each of the few is looked up by its key; the planner would rather read every open case of the county.
BY_KEY = """    FROM here, (SELECT matter_id AS id FROM about UNION SELECT grown.id FROM grown) near,
         LATERAL (SELECT x.id, x.number, x.opened_at, x.acting_unit_id FROM matters_matter x
                   WHERE x.id = near.id AND x.county = here.county AND x.kind = 'case' AND x.ended_at IS NULL OFFSET 0) m
    JOIN cases_case c ON c.id = m.id AND c.circle <> 'other' JOIN directory_unit u ON u.id = m.acting_unit_id
"""
REPLACE = FORMER.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
OPEN_CASES = REPLACE.replace(GROWN, EACH).replace(FROM, BY_KEY)
CARRIED = """CREATE INDEX open_cases_of_unit ON matters_matter (acting_unit_id, sort)
 WHERE ended_at IS NULL AND kind = 'case'"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0013_to_supplement"), ("matters", "0010_read_in_order")]
    operations = [
        migrations.RunSQL(OPEN_CASES, REPLACE),
        planned("intake_open_cases"),
        migrations.RunSQL(CARRIED, "DROP INDEX open_cases_of_unit"),
    ]
