-- Row-level security decides whom a request is about by name, and that everybody reads his own reminders alone.
SELECT (SELECT json_agg(json_build_array(s.what, s.id, s.kind, s.name, s.count, s.at, s.number, s.whom) ORDER BY s.at, s.id) FROM (
    SELECT 'give' AS what, l.id, '' AS kind, w.called AS name, count(*), l.effective_at AS at, '' AS number, NULL::text[] AS whom
      FROM matters_handoverlist l JOIN matters_handoveritem i ON i.list_id = l.id
      JOIN matters_matter m ON m.id = i.matter_id AND m.ended_at IS NULL
      JOIN directory_worker w ON w.id = l.from_worker_id
     WHERE l.given_at IS NULL AND l.from_worker_id = ANY (%(workers)s) AND NOT i.is_overtaken GROUP BY l.id, w.id
    UNION ALL
    SELECT 'receive', l.id, '', coalesce(w.called, u.called), count(*), l.effective_at, '', NULL::text[]
      FROM matters_handoveritem i JOIN matters_handoverlist l ON l.id = i.list_id
      JOIN matters_matter m ON m.id = i.matter_id AND m.ended_at IS NULL
      JOIN directory_unit u ON u.id = l.from_unit_id
      LEFT JOIN directory_worker w ON w.id = l.from_worker_id
     WHERE l.given_at IS NOT NULL AND i.received_at IS NULL AND NOT i.is_overtaken
       AND (i.to_worker_id = ANY (%(workers)s) OR i.to_desk_id = ANY (%(desks)s)) GROUP BY l.id, w.id, u.id
    UNION ALL
    SELECT 'answer', o.id, o.kind, u.called, 1, o.answer_due_at, m.number, matters_whom(m.id, o.subject_id)
      FROM matters_offer o JOIN directory_unit u ON u.id = o.from_unit_id JOIN matters_matter m ON m.id = o.matter_id
     WHERE o.state = 'pending' AND o.to_unit_id = ANY (%(supervised)s)
     ORDER BY 6, 2 LIMIT 50) s),
  (SELECT json_agg(json_build_array(a.id, a.kind, a.number, matters_whom(a.matter_id, a.subject_id), a.unit, a.state, a.reason, a.answered_at)
                   ORDER BY a.answered_at DESC, a.id DESC) FROM (
    SELECT o.id, o.kind, m.number, o.matter_id, o.subject_id, u.called AS unit, o.state, o.reason, o.answered_at
      FROM matters_offer o JOIN matters_matter m ON m.id = o.matter_id JOIN directory_unit u ON u.id = o.to_unit_id
     WHERE o.answered_recorded_at >= %(since)s AND o.from_unit_id = ANY (%(units)s) AND m.ended_at IS NULL
       AND (o.by = %(me)s OR m.acting_worker_id = ANY (%(workers)s))
       AND (o.state = 'declined' OR (o.state = 'accepted' AND (o.kind = ANY (%(done)s)
            OR (o.kind = ANY (%(begun)s) AND o.ended_at IS NULL))))
     ORDER BY o.answered_at DESC, o.id DESC LIMIT 10) a),
  (SELECT json_agg(json_build_array(r.id, r.words, r.remind_at, coalesce(r.number, '')) ORDER BY r.remind_at, r.id) FROM (
    SELECT r.id, r.words, r.remind_at, m.number FROM matters_reminder r LEFT JOIN matters_matter m ON m.id = r.matter_id
     WHERE r.worker_id = %(me)s AND r.done_at IS NULL ORDER BY r.remind_at, r.id LIMIT 50) r)
