"""Whom a part of an agenda or a room is about, for whoever reads it; who read the files of a review, for its reviewers."""

from django.db import migrations

_LIVE = (
    "g.holder = ANY (access_keys()) AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())"
)
UP = f"""
-- Names only, nothing that leads on to a person's record: a member reads what is said at the meeting and no more.
CREATE FUNCTION conferences_part_people(of_parts uuid[]) RETURNS TABLE (part_id uuid, name text, name_kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, n.name::text, n.name_kind::text
    FROM conferences_part p JOIN cases_casesubject s ON s.matter_id = p.file_id JOIN people_person n ON n.id = s.person_id
   WHERE p.id = ANY (of_parts) AND p.file_id <> ALL (access_closed())
     AND (EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = p.file_id AND 'case' = ANY (g.zones) AND {_LIVE})
       OR EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = p.id AND g.because = 'meeting_bridge' AND {_LIVE})
       OR (EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = p.id AND g.because = 'meeting_side' AND {_LIVE})
         AND (p.circle = 'other' OR NOT conferences_serves_him(p.item_id))))
   ORDER BY p.id, n.born_earliest NULLS LAST, n.id
$$;

CREATE FUNCTION conferences_room_people(of_room uuid) RETURNS TABLE (name text, name_kind text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT n.name::text, n.name_kind::text
    FROM conferences_room r JOIN cases_casesubject s ON s.matter_id = r.case_id JOIN people_person n ON n.id = s.person_id
   WHERE r.id = of_room AND r.case_id <> ALL (access_closed())
     AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = r.id AND 'case' = ANY (g.zones) AND {_LIVE})
   ORDER BY n.born_earliest NULLS LAST, n.id
$$;

-- Each worker's first reading of each file of a review on each day, for a reviewer while he reviews.
CREATE FUNCTION conferences_review_readings(of_review uuid) RETURNS TABLE (file uuid, worker uuid, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.file_id, r.by_worker_id, min(r.at)
    FROM conferences_reviewfile f JOIN audit_reading r ON r.file_id = f.file_id
   WHERE f.review_id = of_review AND r.by_worker_id <> access_worker()
     AND EXISTS (SELECT 1 FROM conferences_reviewer w
                  WHERE w.review_id = of_review AND w.worker_id = access_worker() AND w.until_at IS NULL)
     AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = f.file_id AND 'case' = ANY (g.zones) AND {_LIVE})
   GROUP BY 1, 2, date_trunc('day', r.at AT TIME ZONE 'Asia/Taipei')
$$;
"""  # noqa: S608  texts of our own
DOWN = """
DROP FUNCTION conferences_review_readings; DROP FUNCTION conferences_room_people; DROP FUNCTION conferences_part_people;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0002_who_may_read"),
        ("people", "0011_enough_found"),
        ("audit", "0003_tree_and_erasures"),
    ]
    operations = [migrations.RunSQL(UP, DOWN)]
