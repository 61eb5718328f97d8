-- Everything that waits for somebody who has not answered: what, whose, since when; the unit that is silent; the sides.
-- The marks are filled in by silences.py: which of them are read, and whether with names.
(SELECT 'assignment' AS about, a.id AS about_id, m.id AS matter_id, m.number, a.to_unit_id AS unit_id, u.jurisdiction_id AS county,
       a.effective_at AS since, /* whom */ AS whom, u.called AS silent, NULL::uuid[] AS sides, a.rises_at
  FROM matters_assignment a JOIN matters_matter m ON m.id = a.matter_id JOIN directory_unit u ON u.id = a.to_unit_id
 WHERE a.signed_at IS NULL AND a.superseded_at IS NULL /* assignment */)
UNION ALL
(SELECT 'offer', o.id, m.id, m.number, o.from_unit_id, u.jurisdiction_id, o.answer_due_at, /* whom */, t.called,
       ARRAY[o.from_unit_id, o.to_unit_id], o.rises_at
  FROM matters_offer o JOIN matters_matter m ON m.id = o.matter_id JOIN directory_unit u ON u.id = o.from_unit_id
  JOIN directory_unit t ON t.id = o.to_unit_id
 WHERE o.state = 'pending' /* offer */)
UNION ALL
(SELECT 'dispute', d.id, m.id, m.number, CASE WHEN a.on_system THEN d.arbiter_id ELSE d.filed_by_unit_id END, m.county, d.ruling_due_at,
       /* whom */, a.called, ARRAY[d.filed_by_unit_id, d.claimed_unit_id, d.arbiter_id, m.accountable_id, m.acting_unit_id], NULL
  FROM matters_dispute d JOIN matters_matter m ON m.id = d.matter_id JOIN directory_unit a ON a.id = d.arbiter_id
 WHERE d.state = 'filed' AND d.ruling_due_at <= %(now)s /* dispute */)
UNION ALL
-- Also before its time is up: while offices are closed (see alarms.py) nobody at the arbiter's desk can rule.
(SELECT 'dispute_closed', d.id, m.id, m.number, d.arbiter_id, m.county, d.filed_at, /* whom */, a.called,
       ARRAY[d.filed_by_unit_id, d.claimed_unit_id, d.arbiter_id, m.accountable_id, m.acting_unit_id], NULL
  FROM matters_dispute d JOIN matters_matter m ON m.id = d.matter_id JOIN directory_unit a ON a.id = d.arbiter_id
 WHERE d.state = 'filed' /* closed */)
UNION ALL
(SELECT 'shift', s.id, NULL, k.name, k.unit_id, u.jurisdiction_id, s.starts_at, NULL::text[], u.called, NULL::uuid[], NULL
  FROM directory_desk k JOIN directory_shift s ON s.desk_id = k.id AND s.rank = 1 AND tstzrange(s.starts_at, s.ends_at) @> %(now)s::timestamptz
  JOIN directory_unit u ON u.id = k.unit_id
 WHERE EXISTS (SELECT 1 FROM directory_shift b WHERE b.desk_id = s.desk_id AND b.rank = 1 AND b.ends_at = s.starts_at
                  AND b.worker_id <> s.worker_id)
   AND NOT EXISTS (SELECT 1 FROM matters_shifthandover h WHERE h.desk_id = s.desk_id AND h.to_worker_id = s.worker_id
                      AND h.effective_at >= s.starts_at AND h.effective_at < s.ends_at AND h.received_at IS NOT NULL) /* desk */)
UNION ALL
-- The county's desk, which has to be manned while offices are closed (see alarms.py): by day the units answer.
(SELECT 'gap', coalesce(b.id, k.id), NULL, k.name, k.unit_id, u.jurisdiction_id, coalesce(b.ends_at, %(now)s), NULL::text[],
       u.called, NULL::uuid[], NULL
  FROM directory_desk k JOIN directory_unit u ON u.id = k.unit_id
  LEFT JOIN LATERAL (SELECT s.id, s.ends_at FROM directory_shift s WHERE s.desk_id = k.id AND s.rank = 1 AND s.ends_at <= %(now)s
                      ORDER BY s.ends_at DESC LIMIT 1) b ON true
 WHERE k.covers_county AND u.closed_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM directory_shift s WHERE s.desk_id = k.id AND s.rank = 1 AND tstzrange(s.starts_at, s.ends_at) @> %(now)s::timestamptz
                     AND NOT EXISTS (SELECT 1 FROM directory_absence a WHERE a.worker_id = s.worker_id
                                        AND a.starts_at <= %(now)s AND a.ends_at > %(now)s)) /* desk */)
