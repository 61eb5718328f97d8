# ruff: noqa: S608  texts of our own
"""A meeting explains: its papers to its members while they are open; other readings of its agenda on its own day."""

from django.db import migrations

BEFORE = """  UNION ALL
  SELECT n.id, min(b.rank) FROM night n
    JOIN grounds b ON b.marks ? 'whats'"""
AFTER = (
    """  UNION ALL
  SELECT t.id, min(b.rank) FROM touched t
    JOIN conferences_explained(begins, ends) e ON e.worker = t.worker AND e.file = t.file AND e.since <= t.at AND e.until > t.at
    JOIN grounds b ON b.marks ->> 'span' = 'meeting'
   GROUP BY t.id
  UNION ALL
  SELECT n.id, min(b.rank) FROM night n
    JOIN conferences_part p ON p.file_id = n.file_id
    JOIN access_grant g ON g.file_id = p.id AND g.holder = 'w:' || n.worker AND g.because LIKE 'meeting%'
     AND g.starts_at <= n.at AND (g.ends_at IS NULL OR g.ends_at > n.at)
    JOIN grounds b ON b.marks ->> 'span' = 'meeting'
   WHERE n.what = 'meeting.part' GROUP BY n.id
"""
    + BEFORE
)
AMEND = """
DO $amend$
DECLARE was text := pg_get_functiondef('oversight_explain(timestamptz, timestamptz, jsonb)'::regprocedure);
BEGIN
  IF position($one${before}$one$ IN was) = 0 THEN RAISE EXCEPTION 'nothing to amend in oversight_explain'; END IF;
  EXECUTE replace(was, $one${before}$one$, $two${after}$two$);
END $amend$;
"""


class Migration(migrations.Migration):
    dependencies = [("oversight", "0007_late_questions_rise"), ("conferences", "0003_names_and_readers")]
    operations = [migrations.RunSQL(AMEND.format(before=BEFORE, after=AFTER), AMEND.format(before=AFTER, after=BEFORE))]
