-- header: Facts of some files that were written down by an instant, with the reader's own rights: file, number, when it
-- was true, when it was recorded, what, a code, words, by whom.
SELECT f.* FROM (
  SELECT m.id, m.number, m.opened_at AS at, m.recorded_at, 'opened' AS what, coalesce(m.sort, '') AS code, '' AS text, u.called AS by
    FROM matters_matter m JOIN directory_unit u ON u.id = m.accountable_id WHERE m.id = ANY (%(files)s)
  UNION ALL
  SELECT m.id, m.number, m.ended_at, m.ended_at, 'ended', '', '', u.called
    FROM matters_matter m JOIN directory_unit u ON u.id = m.acting_unit_id WHERE m.id = ANY (%(files)s) AND m.ended_at IS NOT NULL
  UNION ALL
  SELECT m.id, m.number, s.since, s.recorded_at, 'holder', '', u.called || coalesce('　' || w.called, ''), NULL
    FROM matters_actingstart s JOIN matters_matter m ON m.id = s.matter_id JOIN directory_unit u ON u.id = s.unit_id
    LEFT JOIN directory_worker w ON w.id = s.worker_id WHERE m.id = ANY (%(files)s)
  UNION ALL
  SELECT m.id, m.number, c.started_at, c.recorded_at, 'contact', c.outcome, coalesce(t.summary, ''), w.called
    FROM cases_contact c JOIN matters_matter m ON m.id = c.matter_id JOIN directory_worker w ON w.id = c.by_id
    LEFT JOIN cases_contacttext t ON t.contact_id = c.id WHERE m.id = ANY (%(files)s)
  UNION ALL
  SELECT m.id, m.number, n.at, n.recorded_at, 'note', '', n.text, w.called
    FROM cases_note n JOIN matters_matter m ON m.id = n.matter_id JOIN directory_worker w ON w.id = n.by_id WHERE m.id = ANY (%(files)s)
  UNION ALL
  SELECT m.id, m.number, n.at, n.recorded_at, 'incident', '', n.text, w.called
    FROM cases_incidentnote n JOIN matters_matter m ON m.id = n.file_id JOIN directory_worker w ON w.id = n.by_id WHERE m.id = ANY (%(files)s)
  UNION ALL
  SELECT m.id, m.number, r.received_at, r.recorded_at, 'report', '', coalesce(r.narrative, ''), NULL
    FROM intake_report r JOIN matters_matter m ON m.id = r.id WHERE m.id = ANY (%(files)s)
  UNION ALL
  SELECT m.id, m.number, s.at, s.recorded_at, 'safety', s.result, s.plan, w.called
    FROM cases_safetyresult s JOIN matters_matter m ON m.id = s.matter_id LEFT JOIN directory_worker w ON w.id = s.by WHERE m.id = ANY (%(files)s)
  UNION ALL
  SELECT m.id, m.number, c.at, c.recorded_at, 'closing', '', c.summary, w.called
    FROM cases_closing c JOIN matters_matter m ON m.id = c.matter_id LEFT JOIN directory_worker w ON w.id = c.by WHERE m.id = ANY (%(files)s)
  UNION ALL
  SELECT m.id, m.number, i.at, i.recorded_at, 'form', i.instrument, '', w.called
    FROM instruments_fill i JOIN matters_matter m ON m.id = i.matter_id LEFT JOIN directory_worker w ON w.id = i.by WHERE m.id = ANY (%(files)s)
  UNION ALL
  SELECT m.id, m.number, o.issued_at, o.recorded_at, 'order', o.kind, '', w.called
    FROM protection_order o JOIN matters_matter m ON m.id = o.matter_id LEFT JOIN directory_worker w ON w.id = o.recorded_by WHERE m.id = ANY (%(files)s)
  UNION ALL
  SELECT m.id, m.number, d.starts_at, d.recorded_at, 'duty', d.rule_id, '', NULL
    FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id WHERE m.id = ANY (%(files)s) AND NOT d.is_auto
  UNION ALL
  SELECT m.id, m.number, d.due_at, d.due_at, 'late', d.rule_id, '', NULL
    FROM matters_duty d JOIN matters_matter m ON m.id = d.matter_id WHERE m.id = ANY (%(files)s) AND NOT d.is_auto
     AND d.due_at < %(until)s AND (d.settled_at IS NULL OR (d.state = 'done' AND d.settled_at > d.due_at))
) f (id, number, at, recorded_at, what, code, text, by)
 WHERE f.recorded_at < %(until)s
 ORDER BY f.at, f.recorded_at, f.what
