"""Who reads courses, what only grows, that windows tile; and what whoever acts on a case may count past his grants."""

from django.db import migrations

from anwang.access.planned import planned
from anwang.access.rls import protect
from anwang.audit.tables import append_only

# Windows never overlap, and each begins the day after one of its course ended.
TILES = """
ALTER TABLE followups_window
  ADD CONSTRAINT windows_do_not_overlap EXCLUDE USING gist (course_id WITH =, daterange(begins_on, ends_on, '[]') WITH &&)
    DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT window_begins_where_one_ended FOREIGN KEY (course_id, after_on)
    REFERENCES followups_window (course_id, ends_on) DEFERRABLE INITIALLY DEFERRED
"""
TILES_DOWN = """
ALTER TABLE followups_window DROP CONSTRAINT windows_do_not_overlap, DROP CONSTRAINT window_begins_where_one_ended
"""

# The only change of a window: its end comes earlier, and what is owed in it becomes less. Never of one that is over.
CUT = """
CREATE FUNCTION followups_cut(of_window uuid, new_end date, owed int, owed_in_person int) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE followups_window SET ends_on = new_end, contacts = owed, in_person = owed_in_person
   WHERE id = of_window AND new_end BETWEEN begins_on AND ends_on AND owed <= contacts AND owed_in_person <= in_person
     AND (access_worker() IS NOT NULL OR access_service() IS NOT NULL)
$$;
"""

# All that counting needs of one open case: kinds, days and numbers; no words. Whoever acts on a case (a screener who
# adds a report, a colleague who made the visit) moves its windows without reading them.
STATE = """
CREATE FUNCTION followups_state(of_matter uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'subjects', (SELECT jsonb_agg(jsonb_build_array(s.person_id, p.born_earliest, p.born_latest) ORDER BY s.since_on, s.id)
       FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
      WHERE s.matter_id = m.id AND s.until_on IS NULL),
    'asked', (SELECT jsonb_agg(DISTINCT o.to_unit_id) FROM matters_offer o WHERE o.matter_id = m.id AND o.kind = 'joining'),
    'courses', (SELECT jsonb_agg(jsonb_build_object(
       'id', c.id, 'person', c.person_id, 'group', c.group, 'episode', c.episode, 'origin', c.origin_on,
       'ended', EXISTS (SELECT 1 FROM followups_courseend e WHERE e.course_id = c.id),
       'stretches', (SELECT jsonb_agg(jsonb_build_array(t.n, t.begins_on, t.origin_on, t.rule_id, t.rule_from, t.steps)
                       ORDER BY t.n) FROM followups_stretch t WHERE t.course_id = c.id),
       'look', (SELECT jsonb_build_array(l.n, l.due_on, l.duty_id, l.is_long, d.state) FROM followups_look l
                  JOIN matters_duty d ON d.id = l.duty_id WHERE l.course_id = c.id ORDER BY l.n DESC LIMIT 1),
       'windows', (SELECT jsonb_agg(jsonb_build_array(w.id, w.n, w.begins_on, w.ends_on, w.contacts, w.in_person,
                       k.n, k.came, k.reached, k.in_person, k.tries, k.duty_id) ORDER BY w.n)
                     FROM followups_window w LEFT JOIN LATERAL (SELECT * FROM followups_mark x WHERE x.window_id = w.id
                       ORDER BY x.n DESC LIMIT 1) k ON true WHERE w.course_id = c.id)) ORDER BY c.origin_on, c.id)
       FROM followups_course c WHERE c.matter_id = m.id))
    FROM matters_matter m
   WHERE m.id = of_matter AND m.kind = 'case' AND (access_worker() IS NOT NULL OR access_service() IS NOT NULL)
$$;

CREATE FUNCTION followups_contacts(of_matter uuid)
RETURNS TABLE (made_on date, method text, is_visit boolean, is_met boolean, seen uuid[], seen_in_person uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (c.started_at AT TIME ZONE 'Asia/Taipei')::date, c.method::text, c.is_visit, c.outcome = 'met',
         ARRAY(SELECT q.id FROM cases_contactseen s JOIN people_person p ON p.id = s.person_id
                 JOIN people_person q ON q.identity_id = p.identity_id WHERE s.contact_id = c.id AND s.seen = 'yes'),
         ARRAY(SELECT q.id FROM cases_contactseen s JOIN people_person p ON p.id = s.person_id
                 JOIN people_person q ON q.identity_id = p.identity_id
                WHERE s.contact_id = c.id AND s.seen = 'yes' AND s.in_person)
    FROM cases_contactserves v JOIN cases_contact c ON c.id = v.contact_id
   WHERE v.matter_id = of_matter AND NOT EXISTS (SELECT 1 FROM cases_contact f WHERE f.corrects_id = c.id)
     AND (access_worker() IS NOT NULL OR access_service() IS NOT NULL)
   ORDER BY c.started_at
$$;

-- Open cases with something to do by this day: a window that is over and not counted as over, none that holds the day,
-- or a rule (id, county, from when) that changed since the course last heard of it. For the job.
CREATE FUNCTION followups_waiting(on_day date, changed jsonb) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT c.matter_id FROM followups_course c JOIN matters_matter m ON m.id = c.matter_id AND m.ended_at IS NULL
   WHERE access_service() = 'followups' AND NOT EXISTS (SELECT 1 FROM followups_courseend e WHERE e.course_id = c.id)
     AND (EXISTS (SELECT 1 FROM followups_window w
                   WHERE w.course_id = c.id AND w.ends_on < on_day
                     AND (SELECT x.came FROM followups_mark x WHERE x.window_id = w.id ORDER BY x.n DESC LIMIT 1) = 'open')
       OR coalesce((SELECT max(w.ends_on) FROM followups_window w WHERE w.course_id = c.id), c.origin_on) < on_day
       OR EXISTS (SELECT 1 FROM jsonb_to_recordset(changed) AS r(rule_id text, county text, since date)
                   WHERE r.county = m.county AND r.since <= on_day
                     AND (SELECT (t.rule_id::text, t.rule_from < r.since) FROM followups_stretch t WHERE t.course_id = c.id
                           ORDER BY t.n DESC LIMIT 1) = (r.rule_id, true)))
$$;
"""
STATE_DOWN = """
DROP FUNCTION followups_waiting; DROP FUNCTION followups_contacts; DROP FUNCTION followups_state; DROP FUNCTION followups_cut;
"""

# Whose calendar a secret opens: a live address of somebody who still has a post. For a reader nobody knows.
FEED = """
ALTER TABLE followups_feed ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON followups_feed FOR SELECT USING (worker_id = (SELECT access_worker()));
CREATE POLICY writes ON followups_feed FOR INSERT WITH CHECK (worker_id = (SELECT access_worker()));
CREATE POLICY changes ON followups_feed FOR UPDATE USING (worker_id = (SELECT access_worker())) WITH CHECK (true);
REVOKE DELETE ON followups_feed FROM anwang_app;

CREATE FUNCTION followups_feed_of(secret bytea, at timestamptz) RETURNS TABLE (feed uuid, worker uuid, language text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.id, f.worker_id, f.language::text FROM followups_feed f
   WHERE f.digest = secret AND f.revoked_at IS NULL
     AND EXISTS (SELECT 1 FROM directory_appointment p WHERE p.worker_id = f.worker_id AND p.started_at <= at
                   AND (p.ended_at IS NULL OR p.ended_at > at))
$$;
"""
FEED_DOWN = """
DROP FUNCTION followups_feed_of; DROP POLICY reads ON followups_feed; DROP POLICY writes ON followups_feed;
DROP POLICY changes ON followups_feed; ALTER TABLE followups_feed DISABLE ROW LEVEL SECURITY;
"""
GROWING = ("course", "stretch", "mark", "shortfall", "courseend", "look")


class Migration(migrations.Migration):
    dependencies = [
        ("followups", "0001_courses"),
        ("cases", "0021_reports_of_her_side"),
        ("access", "0012_naming_a_viewer_costs_less"),
    ]
    operations = [
        *(protect(f"followups_{table}") for table in (*GROWING, "window")),
        *(append_only(f"followups_{table}") for table in GROWING),
        migrations.RunSQL(TILES, TILES_DOWN),
        migrations.RunSQL(CUT, "SELECT 1"),
        migrations.RunSQL(STATE, STATE_DOWN),
        migrations.RunSQL(FEED, FEED_DOWN),
        planned("followups_state", "followups_contacts"),
    ]
