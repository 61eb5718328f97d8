-- One case with everything on its page, as far as the viewer's grants go. %(number)s is the number of the matter.
WITH m AS (SELECT * FROM matters_matter WHERE number = %(number)s AND kind = 'case')
SELECT m.id, m.number, m.opened_at, m.ended_at, m.acting_since, m.accountable_since, m.county,
  c.kind, c.phase, c.circle, c.legal_basis, c.received_at, c.opened_on, c.closed_on, c.closed_because,
  c.after_care_until, c.grounds, f.number, f.label, r.number, old.number,
  CASE WHEN %(english)s AND au.name_en <> '' THEN au.name_en ELSE au.name END, au.phone,
  CASE WHEN %(english)s AND nu.name_en <> '' THEN nu.name_en ELSE nu.name END, nu.phone,
  CASE WHEN %(english)s AND coalesce(w.name_en, d.name_en) <> '' THEN coalesce(w.name_en, d.name_en)
       ELSE coalesce(w.name, d.name) END, coalesce(w.phone, d.phone),
  (SELECT array_agg(DISTINCT z) FROM access_grant g, unnest(g.zones) z WHERE g.file_id = m.id
     AND g.holder = ANY ((SELECT access_keys())::text[]) AND g.starts_at <= (SELECT access_at())
     AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))),
  (SELECT jsonb_agg(jsonb_build_object('id', s.id, 'person', s.person_id, 'name', p.name, 'name_kind', p.name_kind,
       'sex', p.sex, 'born_earliest', p.born_earliest, 'born_latest', p.born_latest,
       'approximate', p.birth_is_approximate, 'role', s.role,
       'since', s.since_on, 'until', s.until_on, 'grade', s.grade, 'class', s.class_code, 'safety', s.safety,
       'living', s.living, 'seen_at', s.last_seen_at, 'missed_at', s.missed_at, 'must_see_after', s.must_see_after,
       'disputed', (SELECT jsonb_agg(d.fact ORDER BY d.since_at) FROM people_disputedfact d
                     WHERE d.person_id = s.person_id AND d.until_at IS NULL),
       'ended_because', s.ended_because) ORDER BY s.until_on NULLS FIRST, p.born_earliest, s.id)
     FROM cases_casesubject s LEFT JOIN people_person p ON p.id = s.person_id WHERE s.matter_id = m.id) AS subjects,
  (SELECT jsonb_agg(jsonb_build_object('kind', k.kind, 'words', k.words, 'pairs', k.go_in_pairs, 'name', p.name))
     FROM access_involvement i JOIN people_workerrisk k ON k.person_id = i.person_id AND k.until_on IS NULL
     LEFT JOIN people_person p ON p.id = k.person_id WHERE i.file_id IN (m.id, m.arose_from_id)) AS risks,
  (SELECT count(*) FROM access_involvement i JOIN people_safetyaddress a ON a.person_id = i.person_id
     AND a.until_at IS NULL WHERE i.file_id = m.id) AS hidden,
  (SELECT jsonb_agg(jsonb_build_object('id', y.id, 'matter', y.matter_id, 'rule', y.rule_id, 'hash', y.rule_hash, 'words', y.words, 'words_en', y.words_en,
       'assumed', y.is_assumed, 'auto', y.is_auto, 'due_at', y.due_at, 'subject', p.name, 'person', y.subject_id)
       ORDER BY y.due_at, y.id)
     FROM matters_duty y LEFT JOIN people_person p ON p.id = y.subject_id
    WHERE y.state = 'open' AND y.matter_id = ANY (own.files)) AS duties,
  (SELECT jsonb_agg(e ORDER BY e ->> 'at' DESC) FROM (
     SELECT jsonb_build_object('what', 'contact', 'id', k.id, 'at', k.started_at, 'until', k.ended_at,
         'recorded_at', k.recorded_at, 'by', CASE WHEN %(english)s AND kw.name_en <> '' THEN kw.name_en ELSE kw.name END, 'unit', CASE WHEN %(english)s AND ku.name_en <> '' THEN ku.name_en ELSE ku.name END, 'code', k.outcome, 'method', k.method,
         'place_kind', k.place_kind, 'place', t.place, 'text', t.summary, 'purpose', t.purpose,
         'companions', t.companions, 'safety', t.worker_safety, 'because', k.corrects_because,
         'mine', k.written_by = %(me)s, 'corrected', fix.recorded_at,
         'sights', (SELECT jsonb_agg(jsonb_build_object('name', sp.name, 'person', sp.id, 'seen', cs.seen, 'in_person', cs.in_person,
             'because', cs.not_seen_because, 'looked_for', cs.looked_for, 'id', cs.id, 'observation', o.text) ORDER BY sp.born_earliest)
           FROM cases_contactseen cs LEFT JOIN people_person sp ON sp.id = cs.person_id
           LEFT JOIN cases_observation o ON o.seen_id = cs.id WHERE cs.contact_id = k.id)) e
       FROM cases_contactserves v JOIN cases_contact k ON k.id = v.contact_id
       JOIN directory_worker kw ON kw.id = k.by_id JOIN directory_unit ku ON ku.id = k.unit_id
       LEFT JOIN cases_contacttext t ON t.contact_id = k.id LEFT JOIN cases_contact fix ON fix.corrects_id = k.id
      WHERE v.matter_id = m.id
     UNION ALL
     SELECT jsonb_build_object('what', 'note', 'id', n.id, 'at', n.at, 'recorded_at', n.recorded_at, 'by', CASE WHEN %(english)s AND nw.name_en <> '' THEN nw.name_en ELSE nw.name END,
         'unit', CASE WHEN %(english)s AND nu2.name_en <> '' THEN nu2.name_en ELSE nu2.name END, 'zone', n.zone, 'text', n.text, 'mine', n.by_id = %(me)s, 'corrected', fix.recorded_at)
       FROM cases_note n JOIN directory_worker nw ON nw.id = n.by_id JOIN directory_unit nu2 ON nu2.id = n.unit_id
       LEFT JOIN cases_note fix ON fix.corrects_id = n.id WHERE n.matter_id = m.id
     UNION ALL
     SELECT jsonb_build_object('what', 'incident', 'id', x.id, 'at', x.at, 'recorded_at', x.recorded_at, 'by', CASE WHEN %(english)s AND xw.name_en <> '' THEN xw.name_en ELSE xw.name END,
         'unit', CASE WHEN %(english)s AND xu.name_en <> '' THEN xu.name_en ELSE xu.name END, 'text', x.text, 'read_at', (SELECT min(at) FROM cases_incidentread WHERE note_id = x.id))
       FROM cases_incidentnote x JOIN directory_worker xw ON xw.id = x.by_id JOIN directory_unit xu ON xu.id = x.unit_id
      WHERE x.file_id = m.id
     UNION ALL
     SELECT jsonb_build_object('what', 'investigation', 'id', i.id, 'at', i.at, 'recorded_at', i.recorded_at,
         'by', CASE WHEN %(english)s AND iw.name_en <> '' THEN iw.name_en ELSE iw.name END, 'code', i.class_code, 'text', concat_ws(E'\n\n', nullif(i.visit_record, ''), nullif(i.statements, ''),
           nullif(i.evidence, ''), nullif(i.enquiries, ''), nullif(i.result, ''), nullif(i.advice, '')),
         'review', (SELECT state FROM matters_review WHERE matter_id = i.matter_id AND about_id = i.id ORDER BY recorded_at DESC LIMIT 1))
       FROM cases_investigation i JOIN directory_worker iw ON iw.id = i.by WHERE i.matter_id = m.id
     UNION ALL
     SELECT jsonb_build_object('what', 'assessment', 'id', a.id, 'at', a.at, 'recorded_at', a.recorded_at,
         'by', CASE WHEN %(english)s AND aw.name_en <> '' THEN aw.name_en ELSE aw.name END, 'code', a.form, 'text', concat_ws(E'\n\n', a.facts, a.needs, a.goals, a.plan),
         'review', (SELECT state FROM matters_review WHERE matter_id = a.matter_id AND about_id = a.id ORDER BY recorded_at DESC LIMIT 1))
       FROM cases_assessment a JOIN directory_worker aw ON aw.id = a.by
      WHERE a.matter_id = ANY (own.files)
     UNION ALL
     SELECT jsonb_build_object('what', 'report', 'id', j.id, 'at', j.at, 'recorded_at', j.recorded_at, 'code', j.as_what,
         'text', jm.number)
       FROM cases_joinedreport j JOIN matters_matter jm ON jm.id = j.report_id WHERE j.matter_id = m.id
     ) entries(e)) AS entries,
  (SELECT jsonb_agg(jsonb_build_object('deciders', /* deciders */, 'id', v.id, 'of', v.of, 'state', v.state, 'by_phone', v.by_phone,
       'submitted_at', v.submitted_at, 'decided_at', v.decided_at, 'by', CASE WHEN %(english)s AND vw.name_en <> '' THEN vw.name_en ELSE vw.name END, 'decided_by', CASE WHEN %(english)s AND vd.name_en <> '' THEN vd.name_en ELSE vd.name END,
       'words', (SELECT string_agg(t.text, E'\n' ORDER BY t.recorded_at) FROM matters_reviewwords t WHERE t.review_id = v.id))
       ORDER BY v.recorded_at DESC)
     FROM matters_review v LEFT JOIN directory_worker vw ON vw.id = v.submitted_by
     LEFT JOIN directory_worker vd ON vd.id = v.decided_by
    WHERE v.matter_id = ANY (own.files)) AS reviews,
  (SELECT jsonb_agg(jsonb_build_object('id', q.id, 'number', qm.number, 'name', qp.name, 'person', q.person_id, 'kind', q.kind,
       'basis', q.basis, 'placed_at', q.placed_at, 'ended_at', q.ended_at, 'until', q.continued_until,
       'consent', q.consent_name, 'consent_at', q.consent_at, 'emergency', q.is_emergency,
       'minutes', (SELECT sum(minutes) FROM cases_excludedtime WHERE placement_id = q.id),
       'rulings', (SELECT jsonb_agg(jsonb_build_array(g.order_number, g.until, g.is_longer) ORDER BY g.until)
                    FROM cases_placementruling g WHERE g.placement_id = q.id), 'followed', qm.ended_at IS NULL,
       'due_at', (SELECT due_at FROM matters_duty WHERE matter_id = q.id AND state = 'open'
                    AND rule_id LIKE 'placement.emergency_limit%%' LIMIT 1)) ORDER BY q.placed_at DESC)
     FROM cases_placement q JOIN matters_matter qm ON qm.id = q.id LEFT JOIN people_person qp ON qp.id = q.person_id
    WHERE q.case_id = m.id) AS placements,
  (SELECT jsonb_agg(jsonb_build_object('id', o.id, 'kind', o.kind, 'to', o.to_whom, 'way', o.way, 'number', o.number,
       'sent_at', o.sent_at, 'confirmed_at', o.acknowledged_at, 'confirmed', o.acknowledged_name) ORDER BY o.sent_at DESC)
     FROM cases_notice o WHERE o.case_id = m.id) AS notices,
  (SELECT jsonb_agg(jsonb_build_object('name', CASE WHEN %(english)s AND tw.name_en <> '' THEN tw.name_en ELSE tw.name END, 'unit', CASE WHEN %(english)s AND tu.name_en <> '' THEN tu.name_en ELSE tu.name END, 'phone', coalesce(tw.phone, tu.phone),
       'because', g.because) ORDER BY g.because, g.starts_at)
     FROM access_grant g LEFT JOIN directory_worker tw ON g.holder = 'w:' || tw.id
     LEFT JOIN directory_appointment ap ON ap.worker_id = tw.id AND ap.ended_at IS NULL
     LEFT JOIN directory_unit tu ON tu.id = coalesce(ap.unit_id, nullif(substring(g.holder from '^u:([0-9a-f-]{36})'), '')::uuid)
    WHERE g.file_id = m.id AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))
      AND (tw.id IS NOT NULL OR g.because = 'joining')) AS team,
  (SELECT jsonb_agg(jsonb_build_object('id', l.id, 'told_at', l.told_at, 'objection', l.objection))
     FROM cases_leaving l WHERE l.matter_id = m.id) AS leaving,
  m.family_id,
  EXISTS (SELECT 1 FROM matters_matter k WHERE k.family_id = m.family_id AND k.kind = 'coordination'
            AND k.ended_at IS NULL AND k.acting_unit_id <> m.acting_unit_id) AS led_elsewhere,
       m.acting_unit_id
FROM m JOIN cases_case c ON c.id = m.id
-- What belongs to the case: itself and its placements. An array is looked up in an index, where `OR … IN` reads whole tables.
CROSS JOIN LATERAL (SELECT ARRAY(SELECT m.id UNION ALL SELECT id FROM cases_placement WHERE case_id = m.id) AS files) own
JOIN directory_unit au ON au.id = m.accountable_id JOIN directory_unit nu ON nu.id = m.acting_unit_id
LEFT JOIN directory_worker w ON w.id = m.acting_worker_id LEFT JOIN directory_desk d ON d.id = m.acting_desk_id
LEFT JOIN people_family f ON f.id = m.family_id
LEFT JOIN matters_matter r ON r.id = m.arose_from_id AND r.kind = 'report'
LEFT JOIN matters_matter old ON old.id = m.arose_from_id AND old.kind = 'case'
