"""Who reads records of mental health care; what the lists say of a person; whose worker is told that he comes home."""

from django.db import migrations

from anwang.access.planned import planned
from anwang.access.rls import protect
from anwang.audit.tables import append_only

# Flags about the subject of a case of mental health, for whoever works on that case at a public unit: on which lists he
# stands. Never which file, where, who else, who reported. One row always, alike whether he stands on any.
LISTS = """
CREATE FUNCTION care_lists_of(of_case uuid, who uuid)
RETURNS TABLE (psychiatric boolean, suicide boolean, other_party boolean, protected boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH him AS (SELECT q.id FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id WHERE p.id = who)
  SELECT EXISTS (SELECT 1 FROM care_entry e WHERE e.person_id IN (SELECT id FROM him) AND e.register = 'psychiatric'
                    AND e.until_on IS NULL),
         EXISTS (SELECT 1 FROM cases_casesubject s JOIN cases_case c ON c.id = s.matter_id AND c.kind = 'suicide'
                   JOIN matters_matter m ON m.id = c.id AND m.ended_at IS NULL
                  WHERE s.person_id IN (SELECT id FROM him) AND s.until_on IS NULL),
         EXISTS (SELECT 1 FROM access_involvement i JOIN matters_matter m ON m.id = i.file_id
                  WHERE i.person_id IN (SELECT id FROM him) AND i.circle = 'other' AND i.file_id <> of_case
                    AND (m.ended_at IS NULL OR EXISTS (SELECT 1 FROM matters_matter v WHERE v.arose_from_id = m.id
                                                          AND v.ended_at IS NULL AND v.id <> of_case)))
         OR EXISTS (SELECT 1 FROM cases_casesubject s JOIN matters_matter m ON m.id = s.matter_id AND m.ended_at IS NULL
                     WHERE s.person_id IN (SELECT id FROM him) AND s.until_on IS NULL AND s.role = 'other_party')
         OR EXISTS (SELECT 1 FROM protection_order o WHERE o.bound_id IN (SELECT id FROM him) AND o.ended_at IS NULL),
         EXISTS (SELECT 1 FROM cases_casesubject s JOIN cases_case c ON c.id = s.matter_id AND c.circle <> 'other'
                    AND c.kind IN ('child_protection', 'intimate_violence', 'other_violence', 'elder', 'disability',
                                   'sexual_violence', 'exploitation')
                   JOIN matters_matter m ON m.id = c.id AND m.ended_at IS NULL
                  WHERE s.person_id IN (SELECT id FROM him) AND s.until_on IS NULL AND s.role <> 'other_party')
   WHERE EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = of_case AND g.holder = ANY (access_writing_keys())
                    AND 'case' = ANY (g.zones) AND g.starts_at <= access_at()
                    AND (g.ends_at IS NULL OR g.ends_at > access_at()))
     AND EXISTS (SELECT 1 FROM cases_casesubject s JOIN cases_case c ON c.id = s.matter_id
                    AND c.kind IN ('mental_health', 'suicide')
                  WHERE s.matter_id = of_case AND s.person_id = who)
     AND EXISTS (SELECT 1 FROM directory_unit u, unnest(access_keys()) k(key)
                  WHERE u.is_public AND (k.key LIKE 'u:' || u.id || '/%'))
$$;
"""

# Open cases of her side in which somebody stands whom the subject of `of_case` may hurt: through a report or case where
# he is the other party, or an order that binds him. For the action that tells her worker; the answer is never shown.
HER_SIDE = """
CREATE FUNCTION care_her_side(of_case uuid, who uuid) RETURNS TABLE (matter_id uuid, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH him AS (SELECT q.id FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id WHERE p.id = who),
  found AS (
    SELECT m.id, i.person_id FROM access_involvement i
      JOIN matters_matter m ON m.id = i.file_id OR m.arose_from_id = i.file_id
     WHERE i.person_id IN (SELECT id FROM him) AND i.circle = 'other'
    UNION
    SELECT o.matter_id, o.bound_id FROM protection_order o WHERE o.bound_id IN (SELECT id FROM him) AND o.ended_at IS NULL)
  SELECT DISTINCT ON (m.id) m.id, f.person_id FROM found f JOIN matters_matter m ON m.id = f.id AND m.kind = 'case'
    AND m.ended_at IS NULL AND m.id <> of_case
    JOIN cases_case c ON c.id = m.id AND c.circle <> 'other'
     AND c.kind IN ('child_protection', 'intimate_violence', 'other_violence', 'elder', 'disability', 'sexual_violence')
   WHERE NOT cases_serves_other_party(m.id)
     AND NOT EXISTS (SELECT 1 FROM cases_casesubject s WHERE s.matter_id = m.id AND s.until_on IS NULL
                        AND s.person_id IN (SELECT id FROM him))
     AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = of_case AND g.holder = ANY (access_writing_keys())
                    AND 'case' = ANY (g.zones) AND g.starts_at <= access_at()
                    AND (g.ends_at IS NULL OR g.ends_at > access_at()))
   ORDER BY m.id, f.person_id
$$;
"""

# Open cases of mental health of the same human in a county, for whoever works on an emergency of his elsewhere: the
# county of registration follows there. An id for the action that tells it; nothing of it is shown.
FOLLOWED = """
CREATE FUNCTION care_followed_in(of_case uuid, who uuid, in_county text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id
    JOIN cases_casesubject s ON s.person_id = q.id AND s.until_on IS NULL
    JOIN cases_case c ON c.id = s.matter_id AND c.kind = 'mental_health'
    JOIN matters_matter m ON m.id = c.id AND m.ended_at IS NULL AND m.id <> of_case AND m.county = in_county
   WHERE p.id = who
     AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = of_case AND g.holder = ANY (access_writing_keys())
                    AND 'case' = ANY (g.zones) AND g.starts_at <= access_at()
                    AND (g.ends_at IS NULL OR g.ends_at > access_at()))
   ORDER BY m.opened_at LIMIT 1
$$;
"""

# How many persons of a register each worker of a unit serves, counts alone, for whoever is at the unit or above it.
LOAD = """
CREATE FUNCTION care_load(of_units uuid[]) RETURNS TABLE (
  unit_id uuid, worker_id uuid, service text, stands_in boolean, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.acting_unit_id, m.acting_worker_id, e.service::text, e.stands_in, count(DISTINCT p.identity_id)
    FROM care_entry e JOIN matters_matter m ON m.id = e.matter_id AND m.ended_at IS NULL
    JOIN people_person p ON p.id = e.person_id
   WHERE e.register = 'psychiatric' AND e.until_on IS NULL AND m.acting_unit_id = ANY (of_units)
   GROUP BY 1, 2, 3, 4
$$;
"""

# He comes home: one row on every case of her side, written past the grants of whoever knows of him; an id and a time come
# back to the action, which owes the call. `what`: new, moved (another hour), or same (she knows this hour).
ANNOUNCE = """
CREATE FUNCTION care_announce(of_case uuid, who uuid, key bytea, expected timestamptz, until timestamptz, known timestamptz)
RETURNS TABLE (her_matter uuid, what text, call_by timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE hers record; there care_homecoming;
BEGIN
  FOR hers IN SELECT h.matter_id, h.person_id FROM care_her_side(of_case, who) h LOOP
    SELECT * INTO there FROM care_homecoming c
     WHERE c.matter_id = hers.matter_id AND c.source_key = key AND c.called_off_at IS NULL FOR UPDATE;
    IF FOUND AND there.told_at IS NOT NULL AND there.expected_at IS NOT DISTINCT FROM expected THEN
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
    her_matter := hers.matter_id;
    SELECT min(c.call_by) INTO call_by FROM care_homecoming c
     WHERE c.matter_id = hers.matter_id AND c.told_at IS NULL AND c.called_off_at IS NULL;
    RETURN NEXT;
  END LOOP;
END $$;
"""
CALL_OFF = """
CREATE FUNCTION care_call_off(of_case uuid, who uuid, key bytea, known timestamptz)
RETURNS TABLE (her_matter uuid, call_by timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE hers record;
BEGIN
  FOR hers IN SELECT h.matter_id FROM care_her_side(of_case, who) h LOOP
    UPDATE care_homecoming c SET called_off_at = known
     WHERE c.matter_id = hers.matter_id AND c.source_key = key AND c.called_off_at IS NULL;
    IF FOUND THEN
      her_matter := hers.matter_id;
      SELECT min(c.call_by) INTO call_by FROM care_homecoming c
       WHERE c.matter_id = hers.matter_id AND c.told_at IS NULL AND c.called_off_at IS NULL;
      RETURN NEXT;
    END IF;
  END LOOP;
END $$;
"""

FUNCTIONS = {
    "care_lists_of": LISTS,
    "care_her_side": HER_SIDE,
    "care_followed_in": FOLLOWED,
    "care_load": LOAD,
    "care_announce": ANNOUNCE,
    "care_call_off": CALL_OFF,
}
UPDATED = ("entry", "reroute", "measure", "emergency", "departure", "homecoming")
GROWING = ("triage", "served", "levelchange", "measurestep", "escort")


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0001_who_serves_and_under_what"),
        ("cases", "0022_changes_refusals_and_rulings"),
        ("protection", "0004_disputed_words"),
        ("access", "0011_walls_stand"),
    ]
    operations = [
        *(protect(f"care_{table}", update=True) for table in UPDATED),
        *(protect(f"care_{table}") for table in GROWING),
        *(append_only(f"care_{table}") for table in GROWING),
        *(migrations.RunSQL(sql, f"DROP FUNCTION {name}") for name, sql in FUNCTIONS.items()),
        planned("care_lists_of", "care_load"),
    ]
