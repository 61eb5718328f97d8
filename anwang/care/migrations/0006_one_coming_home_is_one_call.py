"""The same coming home told over two doors is one call: a notice on her own case carries it (ADR 0145)."""
# ruff: noqa: S608  only text of this file is put in

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

first = import_module("anwang.care.migrations.0002_who_may_read")

# The notice on her case that tells of the same coming home. This room knows of none; the one that keeps them replaces it.
NOTICE_FOR = """
CREATE FUNCTION care_notice_for(her_case uuid, who uuid, expected timestamptz) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT NULL::uuid $$;
"""
STANDS = "c.told_at IS NULL AND c.called_off_at IS NULL"

# Told of this hour, or he has left later on the very day she was told of: nothing new. `call_by` is the soonest call
# that stands; empty when a notice carries them all.
ANNOUNCE = f"""
CREATE OR REPLACE FUNCTION care_announce(of_case uuid, who uuid, key bytea, expected timestamptz, until timestamptz, known timestamptz)
RETURNS TABLE (her_matter uuid, what text, call_by timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE hers record; there care_homecoming;
BEGIN
  FOR hers IN SELECT h.matter_id, h.person_id FROM care_her_side(of_case, who) h LOOP
    SELECT * INTO there FROM care_homecoming c
     WHERE c.matter_id = hers.matter_id AND c.source_key = key AND c.called_off_at IS NULL FOR UPDATE;
    IF FOUND AND there.told_at IS NOT NULL AND (there.expected_at IS NOT DISTINCT FROM expected
         OR expected <= known AND expected >= there.expected_at
            AND (expected AT TIME ZONE 'Asia/Taipei')::date = (there.expected_at AT TIME ZONE 'Asia/Taipei')::date) THEN
      her_matter := hers.matter_id; what := 'same'; call_by := there.call_by; RETURN NEXT; CONTINUE;
    ELSIF FOUND AND there.told_at IS NULL THEN
      UPDATE care_homecoming c SET expected_at = expected, call_by = LEAST(there.call_by, until) WHERE c.id = there.id;
      what := 'moved';
    ELSE
      IF FOUND THEN UPDATE care_homecoming c SET called_off_at = known WHERE c.id = there.id; END IF;
      INSERT INTO care_homecoming (id, matter_id, person_id, source_key, expected_at, call_by, announced_at, told_how,
                                   told_words, recorded_at)
      VALUES (gen_random_uuid(), hers.matter_id, hers.person_id, key, expected, until, known, '', '', access_at());
      what := 'new';
    END IF;
    UPDATE care_homecoming c SET notice_id = care_notice_for(c.matter_id, c.person_id, c.expected_at)
     WHERE c.matter_id = hers.matter_id AND c.source_key = key AND {STANDS};
    her_matter := hers.matter_id;
    SELECT min(c.call_by) INTO call_by FROM care_homecoming c
     WHERE c.matter_id = hers.matter_id AND {STANDS} AND c.notice_id IS NULL;
    RETURN NEXT;
  END LOOP;
END $$;
"""
CALL_OFF = first.CALL_OFF.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    "AND c.told_at IS NULL AND c.called_off_at IS NULL;", f"AND {STANDS} AND c.notice_id IS NULL;"
)


def _again(sql: str) -> str:
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("care", "0005_the_same_man_elsewhere"), ("matters", "0023_steering")]
    operations = [
        migrations.AddField(
            "homecoming",
            "notice",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
            ),
        ),
        migrations.RunSQL(NOTICE_FOR, "DROP FUNCTION care_notice_for"),
        migrations.RunSQL(ANNOUNCE, _again(first.ANNOUNCE)),
        migrations.RunSQL(CALL_OFF, _again(first.CALL_OFF)),
    ]
