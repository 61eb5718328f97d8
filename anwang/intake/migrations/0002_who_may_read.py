"""Row-level security of the front door, what only grows, and the two questions asked past it (definer functions)."""

from django.db import migrations

from anwang.access.rls import protect
from anwang.audit.tables import append_only
from anwang.matters.keys import owns_a_matter

OWN_DRAFTS = """
ALTER TABLE intake_reportdraft ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON intake_reportdraft USING (worker_id = nullif(current_setting('anwang.worker', true), '')::uuid)
  WITH CHECK (worker_id = nullif(current_setting('anwang.worker', true), '')::uuid);
REVOKE DELETE ON intake_reportdraft FROM anwang_app;
"""
PRIVILEGES = """
REVOKE UPDATE, DELETE ON intake_report, intake_call, intake_tonightwatch, intake_callout, intake_checkin FROM anwang_app;
GRANT UPDATE (form_received_at, event_id, was_decided, reply_class, reply_at) ON intake_report TO anwang_app;
GRANT UPDATE (outcome, outcome_at, outcome_by, passed_to, report_id) ON intake_call TO anwang_app;
GRANT UPDATE (outcome, outcome_words, outcome_at, outcome_by) ON intake_tonightwatch TO anwang_app;
GRANT UPDATE (answered_at, left_at, arrived_at, returned_at) ON intake_callout TO anwang_app;
GRANT UPDATE (due_back_at, back_at, back_recorded_by) ON intake_checkin TO anwang_app;
"""

# Earlier reports about the same people, for the re-report classes, the second look and the edge families. Past the
# grants on purpose: whoever takes a report must know that it is the fourth, also when the others lay elsewhere.
# Gives numbers, instants and codes; no narrative, no reporter. Only to whoever may read the report asked about.
EARLIER = """
CREATE FUNCTION intake_earlier(of_report uuid, since timestamptz)
RETURNS TABLE (id uuid, number text, received_at timestamptz, kinds text[], event_id uuid, ended_at timestamptz,
               ended_how text, persons uuid[], decided boolean, opened boolean, repeat text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH allowed AS (
    SELECT 1 WHERE nullif(current_setting('anwang.service', true), '') IS NOT NULL OR EXISTS (
      SELECT 1 FROM access_grant g WHERE g.file_id = of_report AND g.holder = ANY ((SELECT access_keys())::text[])
         AND 'work' = ANY (g.zones) AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))),
  mine AS (
    SELECT p.identity_id FROM intake_reportperson r JOIN people_person p ON p.id = r.person_id WHERE r.report_id = of_report),
  about AS (
    SELECT rp.report_id, array_agg(rp.person_id) AS persons
      FROM intake_reportperson rp JOIN people_person p ON p.id = rp.person_id
     WHERE p.identity_id IN (SELECT identity_id FROM mine) GROUP BY rp.report_id
    UNION ALL
    SELECT l.earlier_id, '{}' FROM intake_reportlink l WHERE l.report_id = of_report
    UNION ALL
    SELECT l.report_id, '{}' FROM intake_reportlink l WHERE l.earlier_id = of_report),
  others AS (SELECT DISTINCT report_id FROM about WHERE report_id <> of_report)
  SELECT r.id, m.number, r.received_at, r.kinds, r.event_id, m.ended_at, m.ended_how,
         coalesce((SELECT array_agg(a.p) FROM about b, unnest(b.persons) AS a (p) WHERE b.report_id = r.id), '{}'),
         r.was_decided,
         EXISTS (SELECT 1 FROM intake_decision d WHERE d.report_id = r.id AND d.what = 'dispatch'
                  AND NOT EXISTS (SELECT 1 FROM intake_decision s WHERE s.supersedes_id = d.id)),
         (SELECT l.repeat FROM intake_reportlink l WHERE l.report_id = of_report AND l.earlier_id = r.id
           ORDER BY l.recorded_at DESC, l.id DESC LIMIT 1)
    FROM others e JOIN intake_report r ON r.id = e.report_id JOIN matters_matter m ON m.id = r.id
   WHERE EXISTS (SELECT 1 FROM allowed) AND r.received_at >= since
   ORDER BY r.received_at DESC
$$;

-- The counts of a county between two instants: reports and how many of them repeat an event. Numbers only.
CREATE FUNCTION intake_counts(of_county text, since timestamptz, until timestamptz,
  OUT reports bigint, OUT duplicates bigint, OUT dispatched bigint, OUT not_opened bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*),
         count(*) FILTER (WHERE (SELECT l.repeat FROM intake_reportlink l WHERE l.report_id = r.id
                                  ORDER BY l.recorded_at DESC, l.id DESC LIMIT 1) = 'same_nothing_new'),
         count(*) FILTER (WHERE EXISTS (SELECT 1 FROM intake_decision d WHERE d.report_id = r.id AND d.what = 'dispatch')),
         count(*) FILTER (WHERE EXISTS (SELECT 1 FROM intake_decision d WHERE d.report_id = r.id AND d.what = 'not_open')
                           AND NOT EXISTS (SELECT 1 FROM intake_decision d WHERE d.report_id = r.id AND d.what = 'dispatch'))
    FROM intake_report r JOIN matters_matter m ON m.id = r.id
   WHERE m.county = of_county AND r.received_at >= since AND r.received_at < until
$$;
"""
EARLIER_DOWN = "DROP FUNCTION intake_earlier; DROP FUNCTION intake_counts;"
GROW_ONLY = (
    "receivedkey",
    "reportoriginal",
    "originalbody",
    "reportsupplement",
    "reporter",
    "reportperson",
    "screeningpair",
    "screeninganswer",
    "decision",
    "reportlink",
    "shiftnote",
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_calls_reports_decisions"), ("access", "0002_keys_of_a_viewer")]
    operations = [
        owns_a_matter("intake_report"),
        protect("intake_report", file="id", update=True),
        protect("intake_reportoriginal", file="report_id"),
        protect("intake_originalbody", file="report_id", zone="reporter"),
        protect("intake_reportsupplement", file="report_id"),
        protect("intake_reporter", file="report_id", zone="reporter"),
        protect("intake_reportperson", file="report_id"),
        protect("intake_screeningpair", file="report_id"),
        protect("intake_screeninganswer", file="report_id"),
        protect("intake_decision", file="report_id"),
        protect("intake_reportlink", file="report_id"),
        protect("intake_call", file="log_id", update=True),
        protect("intake_shiftnote", file="log_id"),
        protect("intake_tonightwatch", update=True),
        *(append_only(f"intake_{table}") for table in GROW_ONLY),
        migrations.RunSQL(OWN_DRAFTS, migrations.RunSQL.noop),
        migrations.RunSQL(PRIVILEGES, migrations.RunSQL.noop),
        migrations.RunSQL(EARLIER, EARLIER_DOWN),
    ]
