"""Another day of one coming home is one notice: its days are kept, and a call that was made before it came answers it."""
# ruff: noqa: S608  only text of this file is put in

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect
from anwang.audit.tables import append_only

former = import_module("anwang.referrals.migrations.0005_calls_go_with_their_notice")
STANDS = former.STANDS
DAY = "({0} AT TIME ZONE 'Asia/Taipei')::date"
TOLD = "('told', 'told_other', 'told_before')"

# He of a notice on her case is he of a call there. Names are compared within one case, where he stands already.
ABOUT_HIM = """n.case_id = c.matter_id AND n.as_what = 'victim' AND n.who_key <> ''
         AND EXISTS (SELECT 1 FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id
                      WHERE p.id = c.person_id AND q.name_key = n.who_key)"""

# An open notice carries every call about him, whichever day was heard: she is called once and told the day. A day that
# differs, or is sooner, becomes the day of the notice; both are kept. A notice without a day stays without.
NOTICE_FOR = f"""
CREATE OR REPLACE FUNCTION care_notice_for(her_case uuid, who uuid, expected timestamptz) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found referrals_releasenotice;
BEGIN
  SELECT n.* INTO found FROM (SELECT her_case AS matter_id, who AS person_id) c
    JOIN referrals_releasenotice n ON n.case_id = c.matter_id AND n.result = '' AND access_known()
    JOIN matters_matter m ON m.id = n.id AND m.ended_at IS NULL
   WHERE {ABOUT_HIM} ORDER BY n.received_at DESC LIMIT 1;
  IF found.home_at IS NOT NULL AND expected IS NOT NULL
     AND (expected < found.home_at OR {DAY.format("expected")} <> {DAY.format("found.home_at")}) THEN
    INSERT INTO referrals_releasechange
      (id, notice_id, at, was_home_at, home_at, told_at, source, from_whom, number, recorded_at)
    SELECT gen_random_uuid(), found.id, access_at(), found.home_at, expected, max(k.at), '', '', '', access_at()
      FROM referrals_releasecall k WHERE k.notice_id = found.id AND k.result IN {TOLD};
    UPDATE referrals_releasenotice n SET home_at = expected WHERE n.id = found.id;
  END IF;
  RETURN found.id;
END $$;
"""
# What the calls on a case have just changed of its open notices, for the duties of these: a word without a source is
# written by the function above alone, and by this act where it bears this act's instant.
DAYS_MOVED = """
CREATE FUNCTION referrals_days_moved(on_case uuid)
RETURNS TABLE (notice_id uuid, home_at timestamptz, as_what text, was_told boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT n.id, n.home_at, n.as_what, bool_or(h.told_at IS NOT NULL)
    FROM referrals_releasenotice n JOIN referrals_releasechange h ON h.notice_id = n.id
   WHERE n.case_id = on_case AND n.result = '' AND h.source = '' AND h.recorded_at = access_at() AND access_known()
   GROUP BY n.id, n.home_at, n.as_what
$$;
"""
MOVE = """
CREATE FUNCTION referrals_move_notice(of_notice uuid, to_home timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE referrals_releasenotice n SET home_at = to_home WHERE n.id = of_notice AND n.result = '' AND access_known()
$$;
"""
TOLD_BY_NOTICE = f"""
CREATE OR REPLACE FUNCTION care_told_by_notice(
  her_case uuid, who uuid, expected timestamptz, known timestamptz, again text)
RETURNS TABLE (notice uuid, rang_at timestamptz, rang_by uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT n.id, k.at, k.by FROM (SELECT her_case AS matter_id, who AS person_id) c
    JOIN referrals_releasenotice n ON n.case_id = c.matter_id AND access_known() AND n.home_at IS NOT NULL
     AND n.result IN {TOLD}
    JOIN referrals_releasecall k ON k.notice_id = n.id AND k.result = n.result
   WHERE {ABOUT_HIM} AND care_nothing_new(n.home_at, expected, known, again)
     AND NOT EXISTS (SELECT 1 FROM referrals_releasenotice l WHERE l.follows_id = n.id)
     AND (n.home_at >= known OR {DAY.format("n.home_at")} = {DAY.format("expected")})
   ORDER BY k.at DESC LIMIT 1
$$;
"""
NO_TOLD = """
CREATE OR REPLACE FUNCTION care_told_by_notice(
  her_case uuid, who uuid, expected timestamptz, known timestamptz, again text)
RETURNS TABLE (notice uuid, rang_at timestamptz, rang_by uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NULL::uuid, NULL::timestamptz, NULL::uuid WHERE false
$$;
"""

# What is known already of the same coming home on a file: the notice that is open; else the last notice, or call to her
# without one, that was answered, as long as he is not home by it. For the verb that passes a notice on. Where nobody was
# found no file says who he is: then the day of birth does. A day that was given up meanwhile is one she was told of,
# and another than any that comes.
HEARD = f"""
CREATE FUNCTION referrals_heard_before(q_case uuid, q_county text, q_what text, q_key text, q_born text,
  q_home timestamptz, q_received timestamptz, q_since timestamptz, q_out text[], q_again text)
RETURNS TABLE (notice_id uuid, is_open boolean, day timestamptz, told_at timestamptz, told_by uuid, plan boolean,
               nothing_new boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH alike AS (
    SELECT q_key AS name_key UNION
    SELECT q.name_key FROM access_involvement i JOIN people_person p ON p.id = i.person_id AND p.name_key = q_key
      JOIN people_person q ON q.identity_id = p.identity_id
     WHERE i.file_id IN (SELECT q_case UNION SELECT m.arose_from_id FROM matters_matter m WHERE m.id = q_case)),
  known AS (
    SELECT n.id, m.ended_at IS NULL AS is_open, n.home_at AS day, n.received_at AS heard_at, k.at, k.by,
           coalesce(k.plan_gone_through, false) AS plan, n.source = ANY (q_out) AS was_out, true AS stands
      FROM referrals_releasenotice n JOIN matters_matter m ON m.id = n.id
      LEFT JOIN LATERAL (SELECT c.at, c.by, c.plan_gone_through FROM referrals_releasecall c
                          WHERE c.notice_id = n.id AND c.result IN {TOLD} ORDER BY c.recorded_at DESC LIMIT 1) k ON true
     WHERE n.as_what = q_what AND n.result <> 'not_concerned' AND n.who_key IN (SELECT a.name_key FROM alike a)
       AND (n.case_id = q_case
            OR q_case IS NULL AND n.case_id IS NULL AND m.county = q_county AND n.born = q_born AND q_born <> '')
    UNION ALL
    SELECT NULL, false, c.expected_at, c.announced_at, c.told_at, c.told_by, c.plan_gone_through, false,
           c.called_off_at IS NULL
      FROM care_homecoming c JOIN people_person p ON p.id = c.person_id
      JOIN people_person q ON q.identity_id = p.identity_id
     WHERE q_what = 'victim' AND c.matter_id = q_case AND c.told_at IS NOT NULL AND c.told_how <> 'notice'
       AND q.name_key IN (SELECT a.name_key FROM alike a))
  SELECT k.id, k.is_open, k.day, k.at, k.by, k.plan,
         k.stands AND (care_nothing_new(k.day, q_home, q_received, q_again) OR q_home IS NULL)
    FROM known k
   WHERE access_known() AND q_key <> '' AND (k.is_open OR k.day >= q_received
      OR {DAY.format("k.day")} = {DAY.format("q_home")} OR k.day IS NULL AND NOT k.was_out AND k.heard_at >= q_since)
   ORDER BY k.is_open DESC, coalesce(k.at, k.heard_at) DESC LIMIT 1
$$;
"""
CARRY = former.CARRY.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(former.CARRIES, ABOUT_HIM)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_calls_go_with_their_notice"), ("care", "0007_the_day_has_changed")]
    operations = [
        migrations.AddField(
            "releasenotice",
            "follows",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="referrals.releasenotice",
            ),
        ),
        migrations.CreateModel(
            "ReleaseChange",
            [
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("was_home_at", models.DateTimeField(null=True)),
                ("home_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("source", models.CharField(blank=True, max_length=16)),
                ("from_whom", models.CharField(blank=True, max_length=80)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.releasenotice",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["notice", "recorded_at"], name="days_of_notice")]},
        ),
        protect("referrals_releasechange", file="notice_id"),
        append_only("referrals_releasechange"),
        migrations.RunSQL(NOTICE_FOR, [former.NOTICE_FOR]),
        migrations.RunSQL(DAYS_MOVED, "DROP FUNCTION referrals_days_moved"),
        migrations.RunSQL(MOVE, "DROP FUNCTION referrals_move_notice"),
        migrations.RunSQL(TOLD_BY_NOTICE, NO_TOLD),
        migrations.RunSQL(HEARD, "DROP FUNCTION referrals_heard_before"),
        migrations.RunSQL(CARRY, former.CARRY.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")),
    ]
