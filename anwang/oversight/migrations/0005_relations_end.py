"""Reading ends with the relation: the nightly look ends the grants whose relation ended long enough ago.

The front door's log and the sheet of a shift are one file for a desk, hence their lines close by their age; how old is
kept in a row that only the job writes, from `policy/`. Papers without a case stay in the unit's register by their
envelope; what ends is the reading of their words.
"""

from django.db import migrations, models

UP = """
REVOKE INSERT, UPDATE, DELETE ON oversight_age FROM anwang_app;
ALTER TABLE oversight_age ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON oversight_age FOR SELECT USING (true);

CREATE FUNCTION oversight_readable_since(of_what text) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce((SELECT access_at() - make_interval(days => a.days) FROM oversight_age a WHERE a.what = of_what), '-infinity')
$$;
CREATE POLICY not_for_ever ON intake_call AS RESTRICTIVE FOR SELECT
  USING (outcome = 'open' OR received_at >= (SELECT oversight_readable_since('call')));
CREATE POLICY not_for_ever ON intake_shiftnote AS RESTRICTIVE FOR SELECT
  USING (ends_at >= (SELECT oversight_readable_since('sheet')));

CREATE FUNCTION oversight_end_relations(terms jsonb, seen timestamptz, most integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE ended bigint := 0; n bigint; t jsonb; b text[]; since timestamptz;
BEGIN
  IF coalesce(current_setting('anwang.service', true), '') <> 'oversight' THEN
    RAISE 'only the nightly job ends relations' USING ERRCODE = '42501';
  END IF;
  FOR t IN SELECT * FROM jsonb_array_elements(terms) LOOP
    b := ARRAY(SELECT jsonb_array_elements_text(t -> 'because'));
    since := seen - make_interval(days => (t ->> 'days')::int);
    n := 0;
    IF t ->> 'after' = 'matter' THEN
      UPDATE access_grant g SET ends_at = seen WHERE g.id IN (
        SELECT x.id FROM matters_matter m JOIN access_grant x ON x.file_id = m.id
         WHERE m.ended_at <= since AND x.because = ANY (b) AND x.starts_at < seen AND (x.ends_at IS NULL OR x.ends_at > seen)
         LIMIT most);
      GET DIAGNOSTICS n = ROW_COUNT;
    ELSIF t ->> 'after' = 'case' THEN
      UPDATE access_grant g SET ends_at = seen WHERE g.id IN (
        SELECT x.id FROM matters_matter m JOIN access_grant x ON x.because_id = m.id
         WHERE m.ended_at <= since AND x.because = ANY (b) AND x.starts_at < seen AND (x.ends_at IS NULL OR x.ends_at > seen)
         LIMIT most);
      GET DIAGNOSTICS n = ROW_COUNT;
    ELSIF t ->> 'after' = 'forwarded' THEN
      UPDATE access_grant g SET ends_at = seen WHERE g.id IN (
        SELECT x.id FROM cases_incidentnote o JOIN cases_incidentnote k ON k.forwards_id = o.id
          JOIN access_grant x ON x.file_id = o.file_id
         WHERE o.matter_id IS NULL AND k.recorded_at <= since AND x.because = ANY (b) AND x.starts_at < seen
           AND (x.ends_at IS NULL OR x.ends_at > seen) LIMIT most);
      GET DIAGNOSTICS n = ROW_COUNT;
    ELSIF t ->> 'after' = 'taken' THEN
      UPDATE access_grant g SET ends_at = seen WHERE g.id IN (
        SELECT x.id FROM rosters_rosterfile f JOIN access_grant x ON x.file_id = f.id
         WHERE f.received_at <= since AND x.because = ANY (b) AND x.starts_at < seen AND (x.ends_at IS NULL OR x.ends_at > seen)
         LIMIT most);
      GET DIAGNOSTICS n = ROW_COUNT;
    ELSIF t ->> 'after' = 'registered' THEN
      WITH over AS (
        UPDATE access_grant g SET ends_at = seen WHERE g.id IN (
          SELECT x.id FROM documents_paper p JOIN access_grant x ON x.file_id = p.id
           WHERE p.matter_id IS NULL AND p.recorded_at <= since AND x.because = ANY (b) AND 'case' = ANY (x.zones)
             AND x.starts_at < seen AND (x.ends_at IS NULL OR x.ends_at > seen) LIMIT most)
        RETURNING g.file_id, g.holder, g.purpose, g.because, g.because_id)
      INSERT INTO access_grant (id, file_id, holder, zones, purpose, because, because_id, starts_at, recorded_at)
        SELECT gen_random_uuid(), o.file_id, o.holder, ARRAY['work'], o.purpose, o.because, o.because_id, seen, seen FROM over o;
      GET DIAGNOSTICS n = ROW_COUNT;
    ELSE
      INSERT INTO oversight_age (what, days) VALUES (t ->> 'after', (t ->> 'days')::int)
        ON CONFLICT (what) DO UPDATE SET days = EXCLUDED.days;
    END IF;
    ended := ended + n;
  END LOOP;
  RETURN ended;
END $$;
REVOKE EXECUTE ON FUNCTION oversight_end_relations FROM PUBLIC;
GRANT EXECUTE ON FUNCTION oversight_end_relations TO anwang_app;
"""
DOWN = """
DROP FUNCTION oversight_end_relations;
DROP POLICY not_for_ever ON intake_shiftnote; DROP POLICY not_for_ever ON intake_call;
DROP FUNCTION oversight_readable_since; DROP POLICY reads ON oversight_age;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0004_each_writes_his_part"),
        ("rosters", "0006_not_seen_yet"),
        ("documents", "0004_asked_about"),
        ("intake", "0019_how_many_attached"),
        ("cases", "0003_looking_and_carrying"),
    ]
    operations = [
        migrations.CreateModel(
            name="Age",
            fields=[
                ("what", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("days", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.RunSQL(UP, DOWN),
    ]
