"""Who may read filled forms, what only grows, and the keys that tie a judgement to the bounds of its form."""
# ruff: noqa: S608  only names of tables of this file are put in

from django.db import migrations

from anwang.audit.tables import append_only

_LIVE = (
    "g.holder = ANY ((SELECT access_keys())::text[]) AND g.starts_at <= (SELECT access_at())"
    " AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))"
)
_SOMEBODY = (
    "nullif(current_setting('anwang.worker', true), '') IS NOT NULL"
    " OR nullif(current_setting('anwang.service', true), '') IS NOT NULL"
)
TABLES = ("instruments_fill", "instruments_judgement", "instruments_followup")


def _in_its_zone(table: str) -> migrations.RunSQL:
    """A row is read by whoever reads the zone it lies in of its file."""
    visible = (
        f"EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = {table}.matter_id"
        f" AND {table}.zone = ANY (g.zones) AND {_LIVE})"
    )
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f" CREATE POLICY reads ON {table} FOR SELECT USING ({visible});"
        f" CREATE POLICY writes ON {table} FOR INSERT WITH CHECK ({_SOMEBODY});"
        f" REVOKE UPDATE, DELETE ON {table} FROM anwang_app",
        f"DROP POLICY reads ON {table}; DROP POLICY writes ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    )


KEYS = """
ALTER TABLE instruments_fill ADD CONSTRAINT fill_of_a_version_of_its_instrument
  FOREIGN KEY (version_id, instrument) REFERENCES instruments_version (hash, instrument);
ALTER TABLE instruments_judgement ADD CONSTRAINT judged_within_the_bounds_of_its_form
  FOREIGN KEY (fill_id, matter_id, zone, bounds) REFERENCES instruments_fill (id, matter_id, zone, bounds);
ALTER TABLE instruments_fill ADD CONSTRAINT fill_in_its_zone_once UNIQUE (id, matter_id, zone);
ALTER TABLE instruments_followup ADD CONSTRAINT followed_up_in_its_file
  FOREIGN KEY (fill_id, matter_id, zone) REFERENCES instruments_fill (id, matter_id, zone);
"""
NO_KEYS = """
ALTER TABLE instruments_followup DROP CONSTRAINT followed_up_in_its_file;
ALTER TABLE instruments_fill DROP CONSTRAINT fill_in_its_zone_once;
ALTER TABLE instruments_judgement DROP CONSTRAINT judged_within_the_bounds_of_its_form;
ALTER TABLE instruments_fill DROP CONSTRAINT fill_of_a_version_of_its_instrument;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0001_filled_forms"),
        ("access", "0002_keys_of_a_viewer"),
        ("matters", "0003_promises"),
    ]
    operations = [
        migrations.RunSQL(KEYS, NO_KEYS),
        *(_in_its_zone(table) for table in TABLES),
        *(append_only(table) for table in (*TABLES, "instruments_version")),
    ]
