"""Who reads orders and shields; what a shield closes; what his workers are told; whom nobody may search for unseen."""

from django.db import migrations

from anwang.access.planned import planned
from anwang.access.rls import protect
from anwang.audit.tables import append_only

# Whether the viewer reads the safety zone of a person through an open file of her own side. An ended file opens nothing
# any more, nor does one of the other party, nor one that serves somebody against whom she is shielded, even when she
# stands in it. Once there is a ground, a report opens nothing but to the duty desk: she has a worker of her own.
OPENS = """
CREATE FUNCTION protection_serves_whom_she_flees(file uuid, who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH hers AS (SELECT q.id FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id WHERE p.id = who)
  SELECT EXISTS (
      SELECT 1 FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
        JOIN people_person q ON q.identity_id = p.identity_id
        JOIN protection_shieldingagainst a ON a.person_id = q.id
        JOIN protection_shielding h ON h.id = a.shielding_id AND h.ended_at IS NULL AND h.person_id IN (SELECT id FROM hers)
       WHERE s.matter_id = file AND s.until_on IS NULL)
    AND NOT EXISTS (SELECT 1 FROM cases_casesubject s
                     WHERE s.matter_id = file AND s.until_on IS NULL AND s.person_id IN (SELECT id FROM hers))
$$;
REVOKE EXECUTE ON FUNCTION protection_serves_whom_she_flees FROM PUBLIC;

CREATE FUNCTION protection_opens(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id
      JOIN access_involvement i ON i.person_id = q.id AND i.circle <> 'other'
      JOIN access_grant g ON g.file_id = i.file_id
      JOIN matters_matter m ON m.id = i.file_id AND m.ended_at IS NULL
     WHERE p.id = who AND g.holder = ANY (access_keys()) AND 'safety' = ANY (g.zones)
       AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())
       AND (m.kind <> 'report' OR g.holder LIKE 'd:%' OR NOT EXISTS (
         SELECT 1 FROM protection_shielding h WHERE h.person_id = q.id AND h.ended_at IS NULL))
       AND NOT protection_serves_whom_she_flees(i.file_id, who))
$$;
"""
OPENS_DOWN = "DROP FUNCTION protection_opens; DROP FUNCTION protection_serves_whom_she_flees;"

# Rows of `people` that a shield covers, or that say the same about somebody near her. The indexes are asked first: for
# nearly every row nothing equals it, and nothing more is looked at.
SHOWN = """
CREATE FUNCTION protection_contact_shown(row_id uuid, who uuid, number text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (
      SELECT 1 FROM protection_shieldedplace s
       WHERE s.row_id = protection_contact_shown.row_id AND s.until_at IS NULL AND NOT protection_opens(s.person_id))
    AND NOT EXISTS (
      SELECT 1 FROM people_contactpoint c JOIN protection_shieldedplace s ON s.row_id = c.id AND s.until_at IS NULL
       WHERE number <> '' AND c.lookup = number AND s.person_id IN (SELECT people_near(who))
         AND NOT protection_opens(s.person_id))
$$;

CREATE FUNCTION protection_address_shown(row_id uuid, who uuid, kind text, words text, place bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM protection_shieldedplace s
                  WHERE s.row_id = protection_address_shown.row_id AND s.until_at IS NULL) THEN protection_opens(who)
    WHEN kind <> 'registered' AND EXISTS (SELECT 1 FROM people_shield h WHERE h.person_id = who AND h.until_at IS NULL)
      THEN protection_opens(who)
    WHEN place <> '' AND EXISTS (
           SELECT 1 FROM people_address a JOIN protection_shieldedplace s ON s.row_id = a.id AND s.until_at IS NULL
            WHERE a.lookup = place AND s.person_id IN (SELECT people_near(who)) AND NOT protection_opens(s.person_id))
      THEN false
    WHEN kind IN ('school', 'work') AND EXISTS (
           SELECT 1 FROM people_near(who) n JOIN protection_shieldedplace s ON s.person_id = n AND s.until_at IS NULL
             JOIN people_address a ON a.id = s.row_id
            WHERE regexp_replace(a.text, '\\s', '', 'g') = regexp_replace(words, '\\s', '', 'g')
              AND NOT protection_opens(s.person_id))
      THEN false
    ELSE true END
$$;

CREATE POLICY her_side ON people_safetyaddress AS RESTRICTIVE FOR SELECT USING (protection_opens(person_id));
CREATE POLICY shielded ON people_contactpoint AS RESTRICTIVE FOR SELECT
  USING (protection_contact_shown(id, person_id, lookup));
CREATE POLICY shielded ON people_address AS RESTRICTIVE FOR SELECT
  USING (protection_address_shown(id, person_id, kind, text, lookup));
CREATE POLICY her_side ON protection_shieldedplace AS RESTRICTIVE FOR SELECT USING (protection_opens(person_id));
"""
SHOWN_DOWN = """
DROP POLICY her_side ON protection_shieldedplace; DROP POLICY shielded ON people_address;
DROP POLICY shielded ON people_contactpoint; DROP POLICY her_side ON people_safetyaddress;
DROP FUNCTION protection_address_shown; DROP FUNCTION protection_contact_shown;
"""

# Finding by a telephone that a shield covers, and likeness by it, only for whoever may read the number. The functions
# run past row-level security, so each says so itself.
_BY_NUMBER = "FROM people_contactpoint c WHERE c.lookup = q_digits"
_ALIKE = "WHERE c.person_id = who AND c.lookup <> ''"
_SHOWN = " AND protection_contact_shown({0}.id, {0}.person_id, {0}.lookup)"
NUMBERS = (
    ("people_matches(text, bytea, text, text)", _BY_NUMBER, _BY_NUMBER + _SHOWN.format("c")),
    ("people_candidates(uuid)", _ALIKE, _ALIKE + _SHOWN.format("c") + _SHOWN.format("o")),
)
AMEND = """
DO $amend$
DECLARE was text := pg_get_functiondef('{function}'::regprocedure);
BEGIN
  IF position($one${before}$one$ IN was) = 0 THEN RAISE EXCEPTION 'nothing to amend in {function}'; END IF;
  EXECUTE replace(was, $one${before}$one$, $two${after}$two$);
END $amend$;
"""

# For whoever has a live grant on an open file of somebody an order binds: what the order says and until when, and the
# county's neutral contact; to public units only. Never court or number, never whom it protects, who asked, or where.
NOTICE = """
CREATE FUNCTION protection_bound_orders(of_file uuid)
RETURNS TABLE (kind text, terms text[], distance_m integer, ends_on date, is_pending boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT o.kind::text, o.terms::text[], o.distance_m, o.ends_on,
         o.ends_on < (access_at() AT TIME ZONE 'Asia/Taipei')::date
    FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
    JOIN people_person q ON q.identity_id = p.identity_id
    JOIN protection_order o ON o.bound_id = q.id AND o.ended_at IS NULL AND o.issued_at <= access_at()
     AND (o.ends_on IS NULL OR o.ends_on >= (access_at() AT TIME ZONE 'Asia/Taipei')::date OR o.stays_until_ruling)
   WHERE s.matter_id = of_file AND s.until_on IS NULL AND s.role <> 'victim'
     AND EXISTS (SELECT 1 FROM matters_matter m WHERE m.id = of_file AND m.ended_at IS NULL)
     AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = of_file AND g.holder = ANY (access_keys())
                    AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
   ORDER BY 4, 1
$$;

CREATE FUNCTION protection_notice(of_file uuid)
RETURNS TABLE (risks text[], unit_name text, unit_name_en text, unit_phone text, orders jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH warned AS (SELECT * FROM cases_other_side(of_file)),
  public AS (SELECT EXISTS (SELECT 1 FROM directory_unit u, unnest(access_keys()) k(key)
                             WHERE u.is_public AND k.key LIKE 'u:' || u.id || '/%') AS yes),
  bound AS (SELECT * FROM protection_bound_orders(of_file))
  SELECT coalesce(w.risks, CASE WHEN (SELECT yes FROM public) THEN ARRAY(
           SELECT DISTINCT r.kind::text FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
             JOIN people_person q ON q.identity_id = p.identity_id
             JOIN people_workerrisk r ON r.person_id = q.id AND r.until_on IS NULL
            WHERE s.matter_id = m.id AND s.until_on IS NULL AND r.kind IN ('weapon', 'threat', 'violence') ORDER BY 1)
         END, '{}'), n.name::text, n.name_en::text, n.phone::text,
         CASE WHEN (SELECT yes FROM public)
              THEN (SELECT jsonb_agg(jsonb_build_array(b.kind, b.terms, b.distance_m, b.ends_on, b.is_pending)) FROM bound b) END
    FROM matters_matter m LEFT JOIN warned w ON true
    LEFT JOIN LATERAL (SELECT u.name, u.name_en, u.phone FROM directory_unit u
                        WHERE u.jurisdiction_id = m.county AND u.kind IN ('intake', 'county') AND u.closed_on IS NULL
                        ORDER BY u.kind DESC, u.code LIMIT 1) n ON true
   WHERE m.id = of_file AND (EXISTS (SELECT 1 FROM warned) OR EXISTS (SELECT 1 FROM bound))
$$;
"""
NOTICE_DOWN = "DROP FUNCTION protection_notice; DROP FUNCTION protection_bound_orders;"

# Whom a line of the police means who is shielded, and the open file of her side whose worker is told. For the action
# that tells him; the answer is never shown to whoever brought the line.
SEARCHED = """
CREATE FUNCTION protection_searched_for(q_name text, q_id bytea, q_born date) RETURNS TABLE (matter_id uuid, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH meant AS (
    SELECT DISTINCT same.id, same.identity_id
      FROM cases_lists_with_police() v, people_person q JOIN people_person same ON same.identity_id = q.identity_id
     WHERE (q_name <> '' AND q.name_key = q_name AND q_born BETWEEN q.born_earliest AND q.born_latest)
        OR (q_id <> '' AND EXISTS (SELECT 1 FROM people_identifier n WHERE n.person_id = q.id AND n.lookup = q_id))),
  files AS (
    SELECT h.matter_id, h.person_id, s.identity_id, 0 AS far FROM protection_shielding h JOIN meant s ON s.id = h.person_id
     WHERE h.ended_at IS NULL
    UNION ALL
    SELECT i.file_id, i.person_id, s.identity_id, CASE WHEN i.circle = 'victim' THEN 1 ELSE 2 END
      FROM access_involvement i JOIN meant s ON s.id = i.person_id
     WHERE i.circle <> 'other' AND EXISTS (SELECT 1 FROM people_shield h JOIN meant o ON o.id = h.person_id
                                            WHERE o.identity_id = s.identity_id AND h.until_at IS NULL))
  SELECT DISTINCT ON (f.identity_id) m.id, f.person_id
    FROM files f JOIN matters_matter m ON m.id = f.matter_id AND m.kind = 'case' AND m.ended_at IS NULL
   WHERE NOT cases_serves_other_party(m.id) AND NOT protection_serves_whom_she_flees(m.id, f.person_id)
   ORDER BY f.identity_id, f.far, m.opened_at DESC
$$;
"""

# Neither the people page nor anybody else opens a door that a ground still keeps shut: it is ended here first.
KEPT = """
CREATE FUNCTION protection_is_kept(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM protection_shielding h WHERE h.person_id = who AND h.ended_at IS NULL)
$$;
CREATE POLICY kept ON people_shield AS RESTRICTIVE FOR UPDATE USING (NOT protection_is_kept(person_id)) WITH CHECK (true);
"""
KEPT_DOWN = "DROP POLICY kept ON people_shield; DROP FUNCTION protection_is_kept;"

# Of people whose records the viewer reads: who is kept from the person who asks for a copy.
KEPT_FROM = """
CREATE FUNCTION protection_kept_from(asking uuid[], others uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH him AS (SELECT q.id FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id WHERE p.id = ANY (asking))
  SELECT array_agg(DISTINCT o.id) FROM people_person o JOIN people_person same ON same.identity_id = o.identity_id
   WHERE o.id = ANY (others) AND o.id NOT IN (SELECT id FROM him)
     AND EXISTS (SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
                  WHERE i.person_id = o.id AND g.holder = ANY (access_keys()) AND g.starts_at <= access_at()
                    AND (g.ends_at IS NULL OR g.ends_at > access_at()))
     AND (EXISTS (SELECT 1 FROM protection_shielding h JOIN protection_shieldingagainst a ON a.shielding_id = h.id
                   WHERE h.person_id = same.id AND h.ended_at IS NULL AND a.person_id IN (SELECT id FROM him))
       OR EXISTS (SELECT 1 FROM protection_orderprotects p JOIN protection_order r ON r.id = p.order_id
                   WHERE p.person_id = same.id AND r.ended_at IS NULL AND r.bound_id IN (SELECT id FROM him))
       OR EXISTS (SELECT 1 FROM people_shield h WHERE h.person_id = same.id AND h.until_at IS NULL))
$$;
"""

GROWING = ("orderprotects", "orderchange", "shieldingagainst")


class Migration(migrations.Migration):
    dependencies = [
        ("protection", "0001_orders_and_shields"),
        ("cases", "0020_listed_again"),
        ("people", "0012_key_versions"),  # a column that a policy reads changes its type no more
    ]
    operations = [
        protect("protection_order", update=True),
        protect("protection_orderprotects"),
        protect("protection_orderchange"),
        protect("protection_relay", update=True),
        protect("protection_relayto", zone="safety"),
        protect("protection_violation", update=True),
        protect("protection_shielding", update=True),
        protect("protection_shieldingagainst"),
        protect("protection_shieldedplace", zone="safety", update=True),
        protect("protection_seeking", update=True),
        *(append_only(f"protection_{table}") for table in GROWING),
        migrations.RunSQL(OPENS, OPENS_DOWN),
        migrations.RunSQL(SHOWN, SHOWN_DOWN),
        *(
            migrations.RunSQL(
                AMEND.format(function=function, before=before, after=after),
                AMEND.format(function=function, before=after, after=before),
            )
            for function, before, after in NUMBERS
        ),
        migrations.RunSQL(NOTICE, NOTICE_DOWN),
        migrations.RunSQL(SEARCHED, "DROP FUNCTION protection_searched_for"),
        migrations.RunSQL(KEPT, KEPT_DOWN),
        migrations.RunSQL(KEPT_FROM, "DROP FUNCTION protection_kept_from"),
        planned(
            "protection_opens", "protection_serves_whom_she_flees", "protection_contact_shown",
            "protection_address_shown", "protection_bound_orders", "protection_notice",
        ),
    ]  # fmt: skip
