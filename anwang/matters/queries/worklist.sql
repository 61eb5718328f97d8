-- Duties of me, of whom I cover, of the desks where I stand, of the posts I sign at; and what waits for my signature.
-- Each way is an index read in the order of the page and cut there. What is due after `until` is cut to the next few, but
-- what waits for somebody is always there. Row-level security decides of whom the name, the family and the risk appear.
WITH owed AS MATERIALIZED (
  SELECT id, due_at, waits, row_number() OVER (ORDER BY due_at, id) AS turn, count(*) OVER () AS total,
         count(*) FILTER (WHERE due_at <= %(until)s) OVER () AS soon FROM (/* duties */) x
)
SELECT w.total, w.what, w.id, w.matter_id, w.number, w.kind, w.rule_id, w.rule_hash, w.words, w.words_en, w.is_assumed, w.is_auto,
       w.due_at, w.pushed, w.late_cause, w.waiting_for, w.worker_id,
       coalesce(f.label, ''), coalesce(f.number, ''), coalesce(p.name, ''), coalesce(r.words, ''), coalesce(r.pairs, false),
       coalesce(c.called, ''),
       -- A step about nobody in particular, or a name that is closed: whom the matter is about, as matters_whom() says it.
       CASE WHEN w.subject_id IS NOT NULL THEN CASE WHEN p.id IS NULL THEN '{}'::text[] ELSE ARRAY[p.name::text] END
            WHEN w.family_id IS NOT NULL AND w.kind <> 'placement' THEN CASE WHEN f.id IS NULL THEN '{}'::text[] END
            ELSE n.names END
  FROM (
    SELECT o.total, 'duty' AS what, d.id, m.id AS matter_id, m.number, m.kind, m.family_id, d.subject_id, d.rule_id, d.rule_hash, d.words,
           d.words_en, d.is_assumed, d.is_auto, d.due_at, d.pushed, d.late_cause, d.waiting_for, d.worker_id
      FROM owed o JOIN matters_duty d ON d.id = o.id JOIN matters_matter m ON m.id = d.open_of
     WHERE %(until)s::timestamptz IS NULL OR o.due_at <= %(until)s OR o.turn <= o.soon + %(later)s OR o.waits
    UNION ALL
    SELECT 0, 'sign', a.id, m.id, m.number, m.kind, m.family_id, NULL, 'assignment.sign', '', '', '', false, false, a.effective_at, 0,
           '', '', a.to_worker_id
      FROM matters_assignment a JOIN matters_matter m ON m.id = a.unsigned_of
     WHERE a.id IN (/* unsigned */)
     ORDER BY due_at, id LIMIT %(limit)s) w
  LEFT JOIN people_family f ON f.id = w.family_id
  LEFT JOIN people_person p ON p.id = w.subject_id
  LEFT JOIN directory_worker c ON c.id = w.worker_id AND (%(of_unit)s OR w.worker_id <> %(me)s)
  LEFT JOIN LATERAL matters_named(CASE WHEN w.subject_id IS NULL AND (w.family_id IS NULL OR w.kind = 'placement') THEN w.matter_id END) n ON true
  LEFT JOIN LATERAL (
    SELECT k.words, k.go_in_pairs AS pairs FROM access_involvement i JOIN people_workerrisk k ON k.person_id = i.person_id
     WHERE i.file_id = w.matter_id AND (k.until_on IS NULL OR k.until_on >= %(today)s) ORDER BY k.go_in_pairs DESC, k.recorded_at DESC LIMIT 1) r ON true
 ORDER BY w.due_at, w.id
