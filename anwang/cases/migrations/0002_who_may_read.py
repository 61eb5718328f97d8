"""Who may read casework, what only grows, and the keys that tie a case to its matter and a sight to a contact."""
# ruff: noqa: S608  only names of tables of this file are put in

from django.db import migrations

from anwang.access.rls import protect
from anwang.audit.tables import append_only
from anwang.matters.keys import owns_a_matter

SEEN_ONLY_WHEN_MET = """
ALTER TABLE cases_contactseen ADD CONSTRAINT seen_only_in_a_contact_that_met FOREIGN KEY (seen_contact)
  REFERENCES cases_contact (met_id) DEFERRABLE INITIALLY DEFERRED
"""
_LIVE = (
    "g.holder = ANY ((SELECT access_keys())::text[]) AND g.starts_at <= (SELECT access_at())"
    " AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))"
)
_SOMEBODY = (
    "nullif(current_setting('anwang.worker', true), '') IS NOT NULL"
    " OR nullif(current_setting('anwang.service', true), '') IS NOT NULL"
)


def _of_contact(table: str, column: str, zone: str) -> migrations.RunSQL:
    """Rows of a contact are read through any file the contact serves."""
    visible = (
        f"EXISTS (SELECT 1 FROM cases_contactserves s JOIN access_grant g ON g.file_id = s.matter_id"
        f" WHERE s.contact_id = {table}.{column} AND '{zone}' = ANY (g.zones) AND {_LIVE})"
    )
    return _only_inserted(table, visible)


def _only_inserted(table: str, visible: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f" CREATE POLICY reads ON {table} FOR SELECT USING ({visible});"
        f" CREATE POLICY writes ON {table} FOR INSERT WITH CHECK ({_SOMEBODY});"
        f" REVOKE UPDATE, DELETE ON {table} FROM anwang_app",
        f"DROP POLICY reads ON {table}; DROP POLICY writes ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    )


NOTE = (
    "EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = cases_note.matter_id"
    f" AND cases_note.zone = ANY (g.zones) AND {_LIVE})"
)
GROWING = [
    "gradechange", "joinedreport", "closing", "contact", "contactserves", "contacttext", "contactseen", "observation",
    "effort", "note", "incidentnote", "incidentread", "safetyresult", "investigation", "investigationsubject",
    "assessment", "excludedtime", "sharedplan", "whodoeswhat",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_cases"),
        ("matters", "0003_promises"),
        ("people", "0002_who_may_read"),
        ("access", "0002_keys_of_a_viewer"),
    ]
    operations = [
        owns_a_matter("cases_case"),
        owns_a_matter("cases_placement"),
        owns_a_matter("cases_coordination"),
        migrations.RunSQL(
            SEEN_ONLY_WHEN_MET, "ALTER TABLE cases_contactseen DROP CONSTRAINT seen_only_in_a_contact_that_met"
        ),
        protect("cases_case", file="id", zone="work", update=True),
        protect("cases_casesubject", update=True),
        protect("cases_gradechange"),
        protect("cases_joinedreport", zone="work"),
        protect("cases_closing"),
        protect("cases_contactserves", zone="work"),
        _of_contact("cases_contact", "id", "work"),
        _of_contact("cases_contacttext", "contact_id", "case"),
        _of_contact("cases_contactseen", "contact_id", "case"),
        _of_contact("cases_observation", "contact_id", "special"),
        protect("cases_effort"),
        _only_inserted("cases_note", NOTE),
        protect("cases_incidentnote", file="file_id"),
        protect("cases_incidentread", file="file_id"),
        protect("cases_safetyresult"),
        protect("cases_investigation"),
        protect("cases_investigationsubject"),
        protect("cases_assessment"),
        protect("cases_placement", file="case_id", update=True),
        protect("cases_excludedtime", file="case_id"),
        protect("cases_notice", file="case_id", update=True),
        protect("cases_coordination", file="id", zone="work", update=True),
        protect("cases_sharedplan"),
        protect("cases_whodoeswhat"),
        protect("cases_leaving", file="matter_id", zone="work", update=True),
        *(append_only(f"cases_{table}") for table in GROWING),
    ]
