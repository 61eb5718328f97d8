"""Another day of one coming home takes the place of the former, which is kept; she is called once more by the rule."""
# ruff: noqa: S608  only text of this file is put in

from importlib import import_module

from django.db import migrations, models

former = import_module("anwang.care.migrations.0006_one_coming_home_is_one_call")
STANDS = former.STANDS

# Told of one hour: whether another asks for a further call. `again` is the rule `care.asked_again_when`. Later on a day
# that has come is nothing new: she knew of the day.
NOTHING_NEW = """
CREATE FUNCTION care_nothing_new(told_of timestamptz, expected timestamptz, known timestamptz, again text)
RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT told_of IS NOT DISTINCT FROM expected
      OR coalesce(expected >= told_of AND (again = 'sooner_only' OR expected <= known
           AND (expected AT TIME ZONE 'Asia/Taipei')::date = (told_of AT TIME ZONE 'Asia/Taipei')::date), false)
$$;
"""
# Whether a notice on her case that was answered already told her of this very day. This room knows of none.
TOLD_BY_NOTICE = """
CREATE FUNCTION care_told_by_notice(her_case uuid, who uuid, expected timestamptz, known timestamptz, again text)
RETURNS TABLE (notice uuid, rang_at timestamptz, rang_by uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NULL::uuid, NULL::timestamptz, NULL::uuid WHERE false
$$;
"""
ANNOUNCE = f"""
CREATE FUNCTION care_announce(of_case uuid, who uuid, key bytea, expected timestamptz, until timestamptz,
                              known timestamptz, again text)
RETURNS TABLE (her_matter uuid, what text, call_by timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE hers record; there care_homecoming; told record; soon timestamptz;
BEGIN
  FOR hers IN SELECT h.matter_id, h.person_id FROM care_her_side(of_case, who) h LOOP
    SELECT * INTO there FROM care_homecoming c
     WHERE c.matter_id = hers.matter_id AND c.source_key = key AND c.called_off_at IS NULL FOR UPDATE;
    IF FOUND AND there.told_at IS NOT NULL AND care_nothing_new(there.expected_at, expected, known, again) THEN
      her_matter := hers.matter_id; what := 'same'; call_by := there.call_by; RETURN NEXT; CONTINUE;
    ELSIF there.id IS NOT NULL AND there.told_at IS NULL AND there.expected_at IS NOT DISTINCT FROM expected THEN
      UPDATE care_homecoming c SET call_by = LEAST(there.call_by, until) WHERE c.id = there.id;
      what := 'moved';
    ELSE
      soon := until; what := 'new';
      IF there.id IS NOT NULL THEN
        UPDATE care_homecoming c SET called_off_at = known WHERE c.id = there.id;
        IF there.told_at IS NULL THEN soon := LEAST(there.call_by, until); what := 'moved'; END IF;
      END IF;
      INSERT INTO care_homecoming (id, matter_id, person_id, source_key, expected_at, call_by, announced_at, told_how,
                                   told_words, plan_gone_through, recorded_at)
      VALUES (gen_random_uuid(), hers.matter_id, hers.person_id, key, expected, soon, known, '', '', false, access_at());
    END IF;
    SELECT * INTO told FROM care_told_by_notice(hers.matter_id, hers.person_id, expected, known, again);
    IF FOUND THEN
      UPDATE care_homecoming c
         SET notice_id = told.notice, told_at = told.rang_at, told_how = 'notice', told_by = told.rang_by
       WHERE c.matter_id = hers.matter_id AND c.source_key = key AND {STANDS};
    ELSE
      UPDATE care_homecoming c SET notice_id = care_notice_for(c.matter_id, c.person_id, c.expected_at)
       WHERE c.matter_id = hers.matter_id AND c.source_key = key AND {STANDS};
    END IF;
    her_matter := hers.matter_id;
    SELECT min(c.call_by) INTO call_by FROM care_homecoming c
     WHERE c.matter_id = hers.matter_id AND {STANDS} AND c.notice_id IS NULL;
    RETURN NEXT;
  END LOOP;
END $$;
"""
DROP = "DROP FUNCTION care_announce(uuid, uuid, bytea, timestamptz, timestamptz, timestamptz{more})"
BEFORE = former.ANNOUNCE.replace("CREATE OR REPLACE FUNCTION", "CREATE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("care", "0006_one_coming_home_is_one_call")]
    operations = [
        migrations.AddField("homecoming", "plan_gone_through", models.BooleanField(default=False)),
        migrations.RunSQL(NOTHING_NEW, "DROP FUNCTION care_nothing_new"),
        migrations.RunSQL(TOLD_BY_NOTICE, "DROP FUNCTION care_told_by_notice"),
        migrations.RunSQL([DROP.format(more=""), ANNOUNCE], [DROP.format(more=", text"), BEFORE]),
    ]
