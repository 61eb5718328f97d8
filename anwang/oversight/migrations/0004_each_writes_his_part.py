"""The reader answers and nothing else; who looks into a question settles it in his own name."""

from django.db import migrations

REVIEWER = "(reader_id <> (SELECT access_worker()) AND to_county = ANY ((SELECT oversight_counties())::text[]))"
UP = f"""
DROP POLICY changes ON oversight_question;
CREATE POLICY changes ON oversight_question FOR UPDATE USING ({REVIEWER})
  WITH CHECK ({REVIEWER} AND (settled_by IS NULL OR settled_by = (SELECT access_worker())));
CREATE POLICY answers ON oversight_question FOR UPDATE
  USING (reader_id = (SELECT access_worker()) AND state = 'asked')
  WITH CHECK (reader_id = (SELECT access_worker()) AND state = 'answered' AND settled_by IS NULL);
DROP POLICY writes ON oversight_words;
CREATE POLICY writes ON oversight_words FOR INSERT WITH CHECK (
  written_by = (SELECT access_worker()) AND EXISTS (
    SELECT 1 FROM oversight_question q WHERE q.id = question_id
       AND (q.reader_id = (SELECT access_worker())) = (part = 'answer')));
"""  # noqa: S608 - written by us


class Migration(migrations.Migration):
    """Not undone: what 0002 allowed was too much."""

    dependencies = [("oversight", "0003_looking_through_a_day")]
    operations = [migrations.RunSQL(UP, migrations.RunSQL.noop)]
