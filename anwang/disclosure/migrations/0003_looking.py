"""Looking past the grants: definer functions that answer only what the steps allow, and nothing to the other side."""

from django.db import migrations

# Private: records of one person by a number's keyed hash, or by exact name and day of birth. Nobody restricted.
MATCH = """
CREATE FUNCTION disclosure_identities(q_id bytea, q_name text, q_born date) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT coalesce(array_agg(DISTINCT p.identity_id), '{}') FROM people_person p
           WHERE NOT p.is_restricted AND (
             q_id <> '' AND p.id IN (SELECT i.person_id FROM people_identifier i WHERE i.lookup = q_id)
             OR q_name <> '' AND p.name_key = q_name AND p.name_key <> ''
                AND p.born_earliest = q_born AND p.born_latest = q_born));
END $$;
REVOKE EXECUTE ON FUNCTION disclosure_identities FROM PUBLIC;

-- Private: whether the viewer serves somebody who stands on the other side of these people in any file, and nobody of
-- them. It is asked of people, not of one file: who hunts her may not learn of her by her child's benefits either.
CREATE FUNCTION disclosure_opposed(about uuid[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE keys text[] := access_writing_keys(); seen timestamptz := access_at();
BEGIN
  RETURN EXISTS (
    WITH side AS (
      SELECT DISTINCT i.file_id FROM people_person p JOIN access_involvement i ON i.person_id = p.id AND i.circle <> 'other'
       WHERE p.identity_id = ANY (about)),
    others AS (
      SELECT o.identity_id FROM side JOIN access_involvement i ON i.file_id = side.file_id AND i.circle = 'other'
        JOIN people_person o ON o.id = i.person_id
      UNION
      -- Named in the report alone from which a victim's file arose.
      SELECT o.identity_id FROM side JOIN matters_matter f ON f.id = side.file_id
        JOIN access_involvement i ON i.file_id = f.arose_from_id AND i.circle = 'other'
        JOIN people_person o ON o.id = i.person_id
       WHERE EXISTS (SELECT 1 FROM access_involvement v WHERE v.file_id = f.id AND v.circle = 'victim')
         AND o.identity_id NOT IN (SELECT q.identity_id FROM access_involvement v JOIN people_person q ON q.id = v.person_id
                                    WHERE v.file_id = f.id)
      UNION
      -- Against whom a shield keeps them, and whom an order for them binds.
      SELECT o.identity_id FROM people_person p JOIN protection_shielding s ON s.person_id = p.id AND s.ended_at IS NULL
        JOIN protection_shieldingagainst g ON g.shielding_id = s.id JOIN people_person o ON o.id = g.person_id
       WHERE p.identity_id = ANY (about)
      UNION
      SELECT o.identity_id FROM people_person p JOIN protection_orderprotects r ON r.person_id = p.id
        JOIN protection_order d ON d.id = r.order_id JOIN people_person o ON o.id = d.bound_id
       WHERE p.identity_id = ANY (about))
    SELECT 1 FROM others JOIN people_person x ON x.identity_id = others.identity_id
      JOIN access_involvement mine ON mine.person_id = x.id
      JOIN matters_matter m ON m.id = mine.file_id AND m.kind <> 'report'
      JOIN access_grant g ON g.file_id = mine.file_id AND g.holder = ANY (keys) AND 'work' = ANY (g.zones)
       AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen)
     WHERE others.identity_id <> ALL (about))
  AND NOT EXISTS (
    SELECT 1 FROM people_person p JOIN access_involvement i ON i.person_id = p.id AND i.circle = 'victim'
      JOIN matters_matter m ON m.id = i.file_id AND m.kind <> 'report'
      JOIN access_grant g ON g.file_id = i.file_id AND g.holder = ANY (keys) AND 'case' = ANY (g.zones)
       AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen)
     WHERE p.identity_id = ANY (about));
END $$;
REVOKE EXECUTE ON FUNCTION disclosure_opposed FROM PUBLIC;
"""

# The reach of every kind of case was worked out by the rules before: this function knows no rule and takes one path
# whether nothing is found, something is closed, or something is answered.
LOOK = """
CREATE FUNCTION disclosure_look(asked jsonb, q_id bytea, q_name text, q_born date,
                                kinds text[], networks text[], reaches text[], reaches_as_other text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE about uuid[]; keys text[] := access_keys(); seen timestamptz := access_at(); barred uuid[] := access_barred();
        closed uuid[] := access_closed(); of_look uuid; opposed boolean;
BEGIN
  -- Written here and nowhere else: a look without its trace, or a second answer to one look, cannot be had.
  IF (asked->>'by')::uuid IS DISTINCT FROM access_worker() THEN
    RAISE 'a look is made by whoever asks' USING ERRCODE = '42501';
  END IF;
  INSERT INTO disclosure_lookup SELECT * FROM jsonb_populate_record(NULL::disclosure_lookup, asked);
  of_look := (asked->>'id')::uuid;
  about := disclosure_identities(q_id, q_name, q_born);
  opposed := disclosure_opposed(about);
  INSERT INTO disclosure_hit (id, look_id, file_id, person_id, network, reach)
  SELECT gen_random_uuid(), of_look, found.file_id, found.person_id, r.network,
         CASE WHEN found.as_other THEN r.reach_as_other ELSE r.reach END
    FROM (
      SELECT stands.file_id, (array_agg(stands.person_id ORDER BY stands.person_id))[1] AS person_id, bool_and(stands.as_other) AS as_other
        FROM (
          SELECT i.file_id, i.person_id, i.circle = 'other' AS as_other
            FROM people_person p JOIN access_involvement i ON i.person_id = p.id WHERE p.identity_id = ANY (about)
          UNION ALL
          -- Named in the report only, as the one it was reported against.
          SELECT f.id, i.person_id, true
            FROM people_person p JOIN access_involvement i ON i.person_id = p.id
            JOIN matters_matter f ON f.arose_from_id = i.file_id AND f.kind = 'case'
           WHERE p.identity_id = ANY (about) AND i.circle = 'other'
             AND EXISTS (SELECT 1 FROM access_involvement v WHERE v.file_id = f.id AND v.circle = 'victim')
             AND NOT EXISTS (SELECT 1 FROM access_involvement v JOIN people_person q ON q.id = v.person_id
                              WHERE v.file_id = f.id AND q.identity_id = ANY (about))
        ) stands GROUP BY stands.file_id) found
    JOIN matters_matter m ON m.id = found.file_id AND m.kind = 'case' AND m.ended_at IS NULL
    JOIN unnest(kinds, networks, reaches, reaches_as_other) AS r (kind, network, reach, reach_as_other) ON r.kind = m.sort
   WHERE CASE WHEN found.as_other THEN r.reach_as_other ELSE r.reach END <> 'closed'
     AND found.file_id <> ALL (closed)
     AND NOT EXISTS (SELECT 1 FROM access_involvement i WHERE i.file_id = found.file_id AND i.person_id = ANY (barred))
     AND NOT EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = found.file_id AND g.holder = ANY (keys)
                        AND g.starts_at <= seen AND (g.ends_at IS NULL OR g.ends_at > seen))
     AND NOT opposed;
END $$;

-- What a look's steps allow its asker to see now: a flag says nothing more; a unit only while its step stands.
CREATE FUNCTION disclosure_answers(of_look uuid)
RETURNS TABLE (hit_id uuid, reach text, network text, step_number text, step_state text, step_until timestamptz,
               unit text, phone text, request_number text, request_state text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE seen timestamptz := access_at();
BEGIN
  RETURN QUERY
  SELECT CASE WHEN h.reach <> 'flag' THEN h.id END, h.reach::text, CASE WHEN h.reach <> 'flag' THEN h.network::text ELSE '' END,
         s.number::text, s.state::text, s.expires_at, CASE WHEN s.expires_at > seen THEN u.called::text END,
         CASE WHEN s.expires_at > seen THEN u.phone::text END, q.number::text, q.state::text
    FROM disclosure_lookup l JOIN disclosure_hit h ON h.look_id = l.id
    LEFT JOIN disclosure_contactstep s ON s.hit_id = h.id
    LEFT JOIN matters_matter m ON m.id = h.file_id LEFT JOIN directory_unit u ON u.id = m.accountable_id
    LEFT JOIN LATERAL (SELECT r.number, r.state FROM disclosure_request r WHERE r.hit_id = h.id
                        ORDER BY r.asked_at DESC, r.id DESC LIMIT 1) q ON true
   WHERE l.id = of_look AND l.by = access_worker() AND (l.expires_at > seen OR s.expires_at > seen)
   ORDER BY h.reach, h.network, h.id;
END $$;

-- What a contact step serves, for a supervisor of the asker's unit: purpose, basis, number, never whom.
CREATE FUNCTION disclosure_serves(of_step uuid) RETURNS TABLE (purpose text, basis text, for_number text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT l.purpose::text, l.basis::text, l.for_number::text
    FROM disclosure_contactstep s JOIN disclosure_hit h ON h.id = s.hit_id JOIN disclosure_lookup l ON l.id = h.look_id
   WHERE s.id = of_step AND 'u:' || s.unit_id || '/supervising' = ANY (access_keys());
END $$;

-- The look of one's own to which a hit or a step belongs.
CREATE FUNCTION disclosure_look_of(one uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT l.number FROM disclosure_hit h JOIN disclosure_lookup l ON l.id = h.look_id
           WHERE l.by = access_worker() AND (h.id = one OR h.id = (SELECT s.hit_id FROM disclosure_contactstep s WHERE s.id = one)));
END $$;

-- What a hit allows to be asked for: the file, for whoever asked, while its contact stands.
CREATE FUNCTION disclosure_file_of(of_hit uuid) RETURNS TABLE (file_id uuid, reach text, for_file uuid, purpose text, basis text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT h.file_id, h.reach::text, l.for_file_id, l.purpose::text, l.basis::text
    FROM disclosure_hit h JOIN disclosure_lookup l ON l.id = h.look_id JOIN disclosure_contactstep s ON s.hit_id = h.id
   WHERE h.id = of_hit AND l.by = access_worker() AND s.state = 'given' AND s.expires_at > access_at();
END $$;

-- A hit for the step after it: only the asker's, and only while the look stands.
CREATE FUNCTION disclosure_standing_hit(of_hit uuid) RETURNS TABLE (look_id uuid, reach text, for_file uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT h.look_id, h.reach::text, l.for_file_id FROM disclosure_hit h JOIN disclosure_lookup l ON l.id = h.look_id
   WHERE h.id = of_hit AND l.by = access_worker() AND l.expires_at > access_at() AND h.reach <> 'flag';
END $$;
"""

RECEIPT = """
CREATE FUNCTION disclosure_receipt(q_number text)
RETURNS TABLE (id uuid, step text, unit text, purpose text, basis text, rules_from date, rules_hash text, at timestamptz,
               expires_at timestamptz, is_ended boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT l.id, 'flag', u.called::text, l.purpose::text, l.basis::text, l.rules_from, l.rules_hash::text, l.at, l.expires_at, false
    FROM disclosure_lookup l JOIN directory_unit u ON u.id = l.unit_id WHERE l.number = q_number
  UNION ALL
  SELECT s.id, 'contact', u.called::text, l.purpose::text, l.basis::text, l.rules_from, l.rules_hash::text, s.decided_at, s.expires_at, false
    FROM disclosure_contactstep s JOIN disclosure_hit h ON h.id = s.hit_id JOIN disclosure_lookup l ON l.id = h.look_id
    JOIN directory_unit u ON u.id = s.unit_id WHERE s.number = q_number AND s.state = 'given'
  UNION ALL
  SELECT r.id, 'detail', coalesce(u.called::text, r.agency::text), r.purpose::text, r.basis::text, NULL, '', r.decided_at, r.expires_at,
         r.state = 'withdrawn'
    FROM disclosure_request r LEFT JOIN directory_unit u ON u.id = r.from_unit_id
   WHERE r.number = q_number AND r.expires_at IS NOT NULL;
END $$;

-- Counts without anybody, by month, network and purpose, of one's own county.
CREATE FUNCTION disclosure_use(of_county text, since timestamptz, until timestamptz)
RETURNS TABLE (network text, purpose text, looks bigint, hits bigint, contacts bigint, not_told bigint, granted bigint, refused bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT l.network::text, l.purpose::text, count(*), count(*) FILTER (WHERE k.hits > 0), sum(k.given)::bigint,
         sum(k.refused)::bigint, sum(k.granted)::bigint, sum(k.declined)::bigint
    FROM disclosure_lookup l CROSS JOIN LATERAL (
      SELECT count(DISTINCT h.id) AS hits, count(DISTINCT s.id) FILTER (WHERE s.state = 'given') AS given,
             count(DISTINCT s.id) FILTER (WHERE s.state = 'refused') AS refused,
             count(DISTINCT r.id) FILTER (WHERE r.state IN ('granted', 'partly') OR r.state = 'withdrawn' AND r.expires_at IS NOT NULL) AS granted,
             count(DISTINCT r.id) FILTER (WHERE r.state = 'refused') AS declined
        FROM disclosure_hit h LEFT JOIN disclosure_contactstep s ON s.hit_id = h.id
        LEFT JOIN disclosure_request r ON r.hit_id = h.id WHERE h.look_id = l.id) k
   WHERE l.county = of_county AND l.at >= since AND l.at < until
     AND EXISTS (SELECT 1 FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
                  WHERE p.worker_id = access_worker() AND p.ended_at IS NULL AND u.jurisdiction_id = of_county
                    AND p.role IN ('privacy_officer', 'chief', 'supervisor', 'screening_supervisor', 'duty_supervisor'))
   GROUP BY 1, 2;
END $$;
"""
DOWN = """
DROP FUNCTION disclosure_use; DROP FUNCTION disclosure_receipt; DROP FUNCTION disclosure_standing_hit;
DROP FUNCTION disclosure_file_of; DROP FUNCTION disclosure_look_of; DROP FUNCTION disclosure_serves; DROP FUNCTION disclosure_answers; DROP FUNCTION disclosure_look;
DROP FUNCTION disclosure_opposed; DROP FUNCTION disclosure_identities;
"""


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_who_may_read"), ("protection", "0001_orders_and_shields")]
    operations = [migrations.RunSQL(MATCH + LOOK + RECEIPT, DOWN)]
