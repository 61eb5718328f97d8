"""A child listed again is seen anew, whoever is near to somebody shielded is kept, the same bytes may be two lists."""

from importlib import import_module

from django.db import migrations, models

before = import_module("anwang.rosters.migrations.0002_counts_and_doors")

# Near is what the shields of persons call near; a shield is of the identity, not of one record. Only whoever loads
# rosters, or a service, is answered: the question alone tells who hides where.
KEPT = """
DROP FUNCTION rosters_kept_for(bytea[], text, date, bytea);
CREATE FUNCTION rosters_kept_for(
  numbers bytea[], names text, born date, places bytea[], OUT person_id uuid, OUT ask_whom text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH allowed AS (
    SELECT coalesce(current_setting('anwang.service', true), '') <> '' OR EXISTS (
      SELECT 1 FROM directory_appointment a
       WHERE a.worker_id = nullif(current_setting('anwang.worker', true), '')::uuid
         AND a.role IN ('screener', 'screening_supervisor', 'duty_worker', 'duty_supervisor', 'clerk')
         AND a.started_at <= access_at() AND (a.ended_at IS NULL OR a.ended_at > access_at())) AS yes),
  meant AS (
    SELECT i.person_id AS id FROM people_identifier i WHERE i.lookup = ANY (numbers)
    UNION SELECT p.id FROM people_person p
           WHERE names <> '' AND p.name_key = names AND p.born_earliest = born AND p.born_latest = born),
  records AS (SELECT q.id FROM meant m JOIN people_person p ON p.id = m.id JOIN people_person q USING (identity_id)),
  near AS (
    SELECT n.id FROM records r, LATERAL people_near(r.id) AS n (id)
    UNION SELECT s.person_id FROM people_safetyaddress s
           WHERE s.lookup <> '' AND s.lookup = ANY (places) AND s.until_at IS NULL)
  SELECT s.person_id, s.ask_whom::text
    FROM allowed, near n JOIN people_person p ON p.id = n.id JOIN people_person q USING (identity_id)
    JOIN people_shield s ON s.person_id = q.id
   WHERE allowed.yes AND s.until_at IS NULL ORDER BY s.since_at DESC, s.id LIMIT 1
$$;
"""
KEPT_DOWN = """
DROP FUNCTION rosters_kept_for(bytea[], text, date, bytea[]);
CREATE FUNCTION rosters_kept_for""" + before.KEPT.partition("CREATE FUNCTION rosters_kept_for")[2]

# A row that joined a report asks for a visit of its own: what was seen or tried before its list came is none.
PROGRESS = before.ASKED.partition("CREATE FUNCTION rosters_progress")[2]
PROGRESS_DOWN = "CREATE OR REPLACE FUNCTION rosters_progress" + PROGRESS
OTHERWISE = (
    ("    SELECT r.id, r.report_id, p.identity_id,",
     "    SELECT r.id, r.report_id, p.identity_id, CASE WHEN r.taken = 'joined' THEN f.received_at END AS joined_at,"),
    ("END, rep.received_at,", "END, coalesce(mine.joined_at, rep.received_at),"),
    ("x.started_at >= rep.received_at", "x.started_at >= coalesce(mine.joined_at, rep.received_at)"),
    ("AND x.outcome <> 'met'", "AND x.outcome <> 'met' AND x.started_at >= coalesce(mine.joined_at, x.started_at)"),
)  # fmt: skip


def _otherwise(sql: str) -> str:
    for was, becomes in OTHERWISE:
        assert sql.count(was) == 1, was
        sql = sql.replace(was, becomes)
    return sql


class Migration(migrations.Migration):
    dependencies = [("rosters", "0002_counts_and_doors")]
    operations = [
        migrations.RemoveConstraint("rosterfile", "roster_file_taken_once"),
        migrations.AddConstraint(
            "rosterfile",
            models.UniqueConstraint(
                fields=["county", "sender", "kind", "period", "sha256"], name="roster_file_taken_once"
            ),
        ),
        migrations.RunSQL(KEPT, KEPT_DOWN),
        migrations.RunSQL(_otherwise(PROGRESS_DOWN), PROGRESS_DOWN),
    ]
