"""Calls for the same coming home go with the notice on her case (ADR 0145)."""
# ruff: noqa: S608  only text of this file is put in

from django.db import migrations

# A notice held for her case is about the man of a call there, and about the same day, or says none: then whoever
# answers the notice tells her. Names are compared within one case, where he stands as the other party already.
CARRIES = """n.case_id = c.matter_id AND n.as_what = 'victim' AND n.who_key <> ''
         AND EXISTS (SELECT 1 FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id
                      WHERE p.id = c.person_id AND q.name_key = n.who_key)
         AND (n.home_at IS NULL OR (n.home_at AT TIME ZONE 'Asia/Taipei')::date
                                   = (c.expected_at AT TIME ZONE 'Asia/Taipei')::date)"""
STANDS = "c.told_at IS NULL AND c.called_off_at IS NULL"

NOTICE_FOR = f"""
CREATE OR REPLACE FUNCTION care_notice_for(her_case uuid, who uuid, expected timestamptz) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT n.id FROM (SELECT her_case AS matter_id, who AS person_id, expected AS expected_at) c
    JOIN referrals_releasenotice n ON n.case_id = c.matter_id AND n.result = '' AND access_known()
    JOIN matters_matter m ON m.id = n.id AND m.ended_at IS NULL
   WHERE {CARRIES} ORDER BY n.received_at DESC LIMIT 1
$$;
"""
NO_NOTICE = """
CREATE OR REPLACE FUNCTION care_notice_for(her_case uuid, who uuid, expected timestamptz) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT NULL::uuid $$;
"""

# What the notice itself says decides, never the caller: open, it takes along the calls it is about; ended, she was told
# with it; ended because he is another man, its calls stand on their own again.
CARRY = f"""
CREATE FUNCTION referrals_carry(of_notice uuid) RETURNS TABLE (her_matter uuid, call_by timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE n referrals_releasenotice; changed bigint;
BEGIN
  SELECT r.* INTO n FROM referrals_releasenotice r WHERE r.id = of_notice AND access_known();
  IF NOT FOUND THEN RETURN; END IF;
  IF n.result = '' THEN
    UPDATE care_homecoming c SET notice_id = n.id WHERE {STANDS} AND c.notice_id IS NULL AND {CARRIES};
  ELSIF n.result = 'not_concerned' THEN
    UPDATE care_homecoming c SET notice_id = NULL WHERE c.notice_id = n.id AND {STANDS};
  ELSE
    UPDATE care_homecoming c SET told_at = k.at, told_how = 'notice', told_by = k.by
      FROM (SELECT at, by FROM referrals_releasecall WHERE notice_id = n.id AND result = n.result
             ORDER BY recorded_at DESC LIMIT 1) k
     WHERE c.notice_id = n.id AND {STANDS};
  END IF;
  GET DIAGNOSTICS changed = ROW_COUNT;
  IF changed > 0 THEN
    her_matter := n.case_id;
    SELECT min(c.call_by) INTO call_by FROM care_homecoming c
     WHERE c.matter_id = n.case_id AND {STANDS} AND c.notice_id IS NULL;
    RETURN NEXT;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_the_name_folded"), ("care", "0006_one_coming_home_is_one_call")]
    operations = [
        migrations.RunSQL(NOTICE_FOR, NO_NOTICE),
        migrations.RunSQL(CARRY, "DROP FUNCTION referrals_carry"),
    ]
