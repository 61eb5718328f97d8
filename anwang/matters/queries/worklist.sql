-- Duties of me, of whom I cover, of the desks where I stand, of the posts I sign at; and what waits for my signature.
-- Each way is an index read in the order of the page and cut there. Row-level security decides of whom the name, the
-- family and the risk appear.
SELECT w.*, coalesce(f.label, ''), coalesce(f.number, ''), coalesce(p.name, ''), coalesce(r.words, ''), coalesce(r.pairs, false),
       coalesce(c.called, ''),
       -- A step about nobody in particular, or a name that is closed: whom the matter is about.
       CASE WHEN coalesce(p.name, '') = '' AND (f.id IS NULL OR w.kind = 'placement') THEN matters_whom(w.matter_id, w.subject_id) END
  FROM (
    SELECT 'duty' AS what, d.id, m.id AS matter_id, m.number, m.kind, m.family_id, d.subject_id, d.rule_id, d.rule_hash, d.words, d.words_en,
           d.is_assumed, d.is_auto, d.starts_at, d.due_at, d.pushed, d.late_cause, d.waiting_for, d.waiting_until, d.worker_id, d.unit_id, d.owed_by
      FROM matters_duty d JOIN matters_matter m ON m.id = d.open_of
     WHERE d.id IN (/* duties */)
    UNION ALL
    SELECT 'sign', a.id, m.id, m.number, m.kind, m.family_id, NULL, 'assignment.sign', '', '', '', false, false, a.effective_at, a.effective_at, 0,
           '', '', NULL, a.to_worker_id, a.to_unit_id, 'acting'
      FROM matters_assignment a JOIN matters_matter m ON m.id = a.unsigned_of
     WHERE a.id IN (/* unsigned */)
     ORDER BY due_at, id LIMIT %(limit)s) w
  LEFT JOIN people_family f ON f.id = w.family_id
  LEFT JOIN people_person p ON p.id = w.subject_id
  LEFT JOIN directory_worker c ON c.id = w.worker_id AND (%(of_unit)s OR w.worker_id <> %(me)s)
  LEFT JOIN LATERAL (
    SELECT k.words, k.go_in_pairs AS pairs FROM access_involvement i JOIN people_workerrisk k ON k.person_id = i.person_id
     WHERE i.file_id = w.matter_id AND (k.until_on IS NULL OR k.until_on >= %(today)s) ORDER BY k.go_in_pairs DESC, k.recorded_at DESC LIMIT 1) r ON true
 ORDER BY w.due_at, w.id
