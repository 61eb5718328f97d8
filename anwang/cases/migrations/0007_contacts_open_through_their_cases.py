# ruff: noqa: S608
"""Contacts open through the files chosen for them, not through the report they also count for; partners of a family
are found past the viewer's rights; the lead reads who is about to leave.
"""

from django.db import migrations, models

_LIVE = (
    "g.holder = ANY ((SELECT access_keys())::text[]) AND g.starts_at <= (SELECT access_at())"
    " AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))"
)
TABLES = [
    ("cases_contact", "id", "work"),
    ("cases_contacttext", "contact_id", "case"),
    ("cases_contactseen", "contact_id", "case"),
    ("cases_observation", "contact_id", "special"),
]


def _policy(table: str, column: str, zone: str, only: str) -> str:
    return (
        f"DROP POLICY reads ON {table}; CREATE POLICY reads ON {table} FOR SELECT USING (EXISTS ("
        f"SELECT 1 FROM cases_contactserves s JOIN access_grant g ON g.file_id = s.matter_id"
        f" WHERE s.contact_id = {table}.{column} {only} AND '{zone}' = ANY (g.zones) AND {_LIVE}))"
    )


LEAVING = (
    "DROP POLICY reads ON cases_leaving; DROP POLICY changes ON cases_leaving;"
    " CREATE POLICY reads ON cases_leaving FOR SELECT USING ({0});"
    " CREATE POLICY changes ON cases_leaving FOR UPDATE USING ({0}) WITH CHECK (true)"
)
_EITHER = (
    "EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id IN (cases_leaving.matter_id, cases_leaving.coordination_id)"
    f" AND 'work' = ANY (g.zones) AND {_LIVE})"
)
_ONE = (
    f"EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = cases_leaving.matter_id"
    f" AND 'work' = ANY (g.zones) AND {_LIVE})"
)
PARTNERS = """
-- Whoever acts on an open case of the family, except on the other party's side. For granting, never for showing.
CREATE FUNCTION cases_partners(family uuid) RETURNS TABLE (case_id uuid, worker_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id, m.acting_worker_id FROM matters_matter m JOIN cases_case c ON c.id = m.id
   WHERE m.family_id = family AND m.ended_at IS NULL AND m.acting_worker_id IS NOT NULL AND c.circle <> 'other'
$$
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_reports_that_join")]
    operations = [
        migrations.AddField("contactserves", "opens", models.BooleanField(default=True)),
        *(migrations.RunSQL(_policy(*table, "AND s.opens"), _policy(*table, "")) for table in TABLES),
        migrations.RunSQL(LEAVING.format(_EITHER), LEAVING.format(_ONE)),
        migrations.RunSQL(PARTNERS, "DROP FUNCTION cases_partners"),
    ]
