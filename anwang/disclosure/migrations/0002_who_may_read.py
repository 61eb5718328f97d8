"""Who may read a look, a talk, a request, an opening; and keys that hold an opening to its review."""

from django.db import migrations

from anwang.audit.tables import append_only

LIVE = """EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = {file} AND g.holder = ANY ((SELECT {keys}())::text[])
   AND '{zone}' = ANY (g.zones) AND g.starts_at <= (SELECT access_at())
   AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at())))"""


def _own(table: str, mine: str, file: str, zone: str) -> str:
    """Rows that are one's own, or of a file one reads."""
    seen = f"{mine} = (SELECT access_worker()) OR " + LIVE.format(file=f"{table}.{file}", keys="access_keys", zone=zone)
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON {table} FOR SELECT USING ({seen});
CREATE POLICY writes ON {table} FOR INSERT WITH CHECK ((SELECT access_known()));
REVOKE UPDATE, DELETE ON {table} FROM anwang_app;
"""  # noqa: S608  our own names


def _changes(table: str, mine: str, file: str, zone: str, columns: str) -> str:
    may = f"{mine} = (SELECT access_worker()) OR " + LIVE.format(
        file=f"{table}.{file}", keys="access_writing_keys", zone=zone
    )
    return f"""
CREATE POLICY changes ON {table} FOR UPDATE USING ({may}) WITH CHECK (true);
GRANT UPDATE ({columns}) ON {table} TO anwang_app;
"""


HIT = LIVE.format(file="disclosure_hit.file_id", keys="access_keys", zone="work")
UP = [
    _own("disclosure_lookup", "by", "for_file_id", "work"),
    _own("disclosure_conversation", "by", "file_id", "case"),
    _own("disclosure_request", "asked_by", "file_id", "case"),
    _changes(
        "disclosure_request", "asked_by", "file_id", "case",
        "state, decided_by, decided_at, granted, expires_at, refusal, answer, withdrawn_at, withdrawn_by",
    ),
    _own("disclosure_glass", "reader", "matter_id", "case"),
    _changes("disclosure_glass", "reader", "matter_id", "case", "ended_at"),
    _own("disclosure_glassreview", "reader", "glass_id", "case"),
    "ALTER TABLE disclosure_hit ENABLE ROW LEVEL SECURITY",
    f"CREATE POLICY reads ON disclosure_hit FOR SELECT USING ({HIT})",
    """
REVOKE INSERT, UPDATE, DELETE ON disclosure_hit FROM anwang_app;
REVOKE INSERT ON disclosure_lookup FROM anwang_app;
-- Who asks for a second person is known to himself; whoever could agree learns it by disclosure_seconds_waiting().
ALTER TABLE disclosure_secondperson ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON disclosure_secondperson FOR SELECT USING (reader = (SELECT access_worker()));
CREATE POLICY writes ON disclosure_secondperson FOR INSERT WITH CHECK (reader = (SELECT access_worker()));
REVOKE UPDATE, DELETE ON disclosure_contactstep, disclosure_secondperson, disclosure_alert FROM anwang_app;
GRANT UPDATE (state, decided_by, decided_at, expires_at) ON disclosure_contactstep TO anwang_app;
GRANT UPDATE (seen_at, seen_by) ON disclosure_alert TO anwang_app;

-- A step and a request are decided once; whoever comes second changes nothing.
CREATE FUNCTION disclosure_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> NEW.state AND OLD.state <> 'asked' AND NEW.state <> 'withdrawn' THEN
    RAISE 'what was decided stays decided' USING ERRCODE = '23514', CONSTRAINT = 'decided_once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decided_once BEFORE UPDATE ON disclosure_contactstep FOR EACH ROW EXECUTE FUNCTION disclosure_decided_once();
CREATE TRIGGER decided_once BEFORE UPDATE ON disclosure_request FOR EACH ROW EXECUTE FUNCTION disclosure_decided_once();

ALTER TABLE disclosure_glass ADD CONSTRAINT glass_is_of_its_kind
  FOREIGN KEY (matter_id, matter_kind) REFERENCES matters_matter (id, kind);
ALTER TABLE disclosure_glassreview ADD CONSTRAINT review_names_the_reader
  FOREIGN KEY (glass_id, reader) REFERENCES disclosure_glass (matter_id, reader);
ALTER TABLE disclosure_secondperson ADD CONSTRAINT second_person_knows_the_reader
  FOREIGN KEY (glass_id, reader) REFERENCES disclosure_glass (matter_id, reader);
""",
]  # fmt: skip


class Migration(migrations.Migration):
    """Not undone: without it what was looked up would lie open."""

    dependencies = [("disclosure", "0001_looks_and_openings"), ("access", "0009_claims")]
    operations = [
        migrations.RunSQL(UP, migrations.RunSQL.noop),
        append_only("disclosure_lookup"),
        append_only("disclosure_conversation"),
        append_only("disclosure_glassreview"),
    ]
