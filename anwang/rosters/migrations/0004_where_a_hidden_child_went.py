"""Where a kept row's child lives and went is read by whoever reads the row; a row is mended by the same child alone."""

from importlib import import_module

from django.db import migrations, models

first = import_module("anwang.rosters.migrations.0002_counts_and_doors")
before = import_module("anwang.rosters.migrations.0003_near_and_again")

# County, report and person of a row are seen with its cells, or by the service that takes rows. What is the same for
# every row, whoever it is about, is the view: counts, states and reasons.
LINES = """
ALTER TABLE rosters_rosterrow ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON rosters_rosterrow FOR SELECT USING (
  current_setting('anwang.service', true) = 'rosters'
  OR EXISTS (SELECT 1 FROM rosters_rostercells c WHERE c.row_id = rosters_rosterrow.id));
CREATE POLICY writes ON rosters_rosterrow FOR INSERT WITH CHECK (
  nullif(current_setting('anwang.worker', true), '') IS NOT NULL
  OR nullif(current_setting('anwang.service', true), '') IS NOT NULL);
CREATE POLICY changes ON rosters_rosterrow FOR UPDATE USING (
  current_setting('anwang.service', true) = 'rosters'
  OR EXISTS (SELECT 1 FROM rosters_rostercells c WHERE c.row_id = rosters_rosterrow.id)) WITH CHECK (true);
CREATE VIEW rosters_lines AS
  SELECT id, file_id, line, attempt, serial, state, reasons, notes, pre_check, mended_by_id, withdrawn_because,
         taken, match, report_id IS NOT NULL AS is_taken, recorded_at FROM rosters_rosterrow;
REVOKE ALL ON rosters_lines FROM anwang_app;
GRANT SELECT ON rosters_lines TO anwang_app;
"""
LINES_DOWN = """
DROP VIEW rosters_lines; DROP POLICY changes ON rosters_rosterrow; DROP POLICY writes ON rosters_rosterrow;
DROP POLICY reads ON rosters_rosterrow; ALTER TABLE rosters_rosterrow DISABLE ROW LEVEL SECURITY;
"""

# Every row that is hidden from whoever asks, for the functions here alone. Others are told of the files they read:
# there the page says 保密 anyway.
SHIELDED = first.KEPT.partition("CREATE FUNCTION rosters_shielded() RETURNS uuid[]")[2].partition("$$;")[0] + "$$;"
MAY_READ = """
     AND EXISTS (SELECT 1 FROM access_grant f WHERE f.file_id = r.file_id AND f.holder = ANY (access_keys())
        AND 'case' = ANY (f.zones) AND f.starts_at <= access_at() AND (f.ends_at IS NULL OR f.ends_at > access_at()))"""
HIDDEN = f"""
CREATE FUNCTION rosters_hidden() RETURNS uuid[]{SHIELDED}
REVOKE ALL ON FUNCTION rosters_hidden() FROM PUBLIC, anwang_app;
CREATE OR REPLACE FUNCTION rosters_shielded() RETURNS uuid[]{SHIELDED.removesuffix("$$;").rstrip()}{MAY_READ}
$$;
"""
HIDDEN_DOWN = f"""
CREATE OR REPLACE FUNCTION rosters_shielded() RETURNS uuid[]{SHIELDED}
DROP FUNCTION rosters_hidden();
"""

# Number and holder of a row's report are for whoever reads the file; nobody else can tell one row from another.
PROGRESS = before._otherwise(before.PROGRESS_DOWN)
READS = """NOT EXISTS (SELECT 1 FROM access_grant b WHERE b.file_id = f.id AND b.holder = ANY (access_keys())
               AND 'case' = ANY (b.zones) AND b.starts_at <= access_at() AND (b.ends_at IS NULL OR b.ends_at > access_at()))
             OR r.id = ANY (hidden.ids) OR"""
CLOSER = (
    ("hidden AS (SELECT rosters_shielded() AS ids)", "hidden AS (SELECT rosters_hidden() AS ids)"),
    ("r.id = ANY (hidden.ids) OR", READS),
)

# A child whose case his report joined is in it as much as one whose case came of it.
RUNNING = "CREATE OR REPLACE FUNCTION rosters_running" + first.ASKED.partition("CREATE FUNCTION rosters_running")[2]
RUNNING = RUNNING.partition("$$;")[0] + "$$;"
AROSE = "k.arose_from_id = m.id AND k.kind = 'case'"
JOINED = """k.kind = 'case' AND (k.arose_from_id = m.id
         OR k.id IN (SELECT j.matter_id FROM cases_joinedreport j WHERE j.report_id = m.id))"""

# Rejected rows that another file of the same sender and kind brings again under their serial numbers, and about the
# same child where both name one; another child is taken for himself, with a note, and the rejected row waits on.
MEND = """
CREATE FUNCTION rosters_mend_from(new_file uuid, OUT mended bigint, OUT others bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  mended := 0; others := 0;
  IF coalesce(current_setting('anwang.service', true), '') = '' AND NOT EXISTS (
    SELECT 1 FROM directory_appointment a WHERE a.worker_id = nullif(current_setting('anwang.worker', true), '')::uuid
       AND a.role IN ('screener', 'screening_supervisor', 'duty_worker', 'duty_supervisor', 'clerk')
       AND a.started_at <= access_at() AND (a.ended_at IS NULL OR a.ended_at > access_at())) THEN
    RETURN;
  END IF;
  WITH brought AS (
    SELECT DISTINCT ON (n.id) o.id AS old_id, n.id AS new_id, s.is_same
      FROM rosters_rosterfile g JOIN rosters_rosterfile f
        ON f.id = g.about_id AND (f.county, f.kind, f.sender) = (g.county, g.kind, g.sender)
      JOIN rosters_rosterrow n ON n.file_id = g.id AND n.state = 'accepted' AND n.attempt = 0
      JOIN rosters_rosterrow o ON o.file_id = f.id AND o.state = 'rejected' AND o.attempt = 0 AND o.serial = n.serial
      JOIN rosters_rostercells a ON a.row_id = n.id JOIN rosters_rostercells b ON b.row_id = o.id,
      LATERAL (SELECT coalesce(a.number_lookup = b.number_lookup, a.name_lookup = b.name_lookup, true)) AS s (is_same)
     WHERE g.id = new_file
     ORDER BY n.id, s.is_same DESC, o.line),
  same AS (UPDATE rosters_rosterrow o SET state = 'mended', mended_by_id = b.new_id
             FROM brought b WHERE b.old_id = o.id AND b.is_same RETURNING 1),
  another AS (UPDATE rosters_rosterrow n SET notes = n.notes || '[["another_child", "serial"]]'
                FROM brought b WHERE b.new_id = n.id AND NOT b.is_same RETURNING 1)
  SELECT (SELECT count(*) FROM same), (SELECT count(*) FROM another) INTO mended, others;
  UPDATE rosters_rosterfile f SET rejected = f.rejected - rosters_mend_from.mended, mended = f.mended + rosters_mend_from.mended
   WHERE rosters_mend_from.mended > 0 AND f.id = (SELECT about_id FROM rosters_rosterfile WHERE id = new_file);
END $$;
"""


def _changed(sql: str, *changes: tuple[str, str]) -> str:
    for was, becomes in changes:
        assert sql.count(was) == 1, was
        sql = sql.replace(was, becomes)
    return sql


class Migration(migrations.Migration):
    dependencies = [("rosters", "0003_near_and_again"), ("cases", "0020_listed_again")]
    operations = [
        migrations.AddField("rostercells", "number_lookup", models.BinaryField(null=True)),
        migrations.AddField("rostercells", "name_lookup", models.BinaryField(null=True)),
        migrations.RunSQL(LINES, LINES_DOWN),
        migrations.RunSQL(HIDDEN, HIDDEN_DOWN),
        migrations.RunSQL(_changed(PROGRESS, *CLOSER), PROGRESS),
        migrations.RunSQL(_changed(RUNNING, (AROSE, JOINED)), RUNNING),
        migrations.RunSQL(MEND, "DROP FUNCTION rosters_mend_from"),
    ]
