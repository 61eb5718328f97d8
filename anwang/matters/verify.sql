-- header: Each check selects what breaks a promise; nothing selected, nothing broken.
-- one_authority: the authority is not the last entry of its ledger
SELECT m.number FROM matters_matter m
  LEFT JOIN LATERAL (SELECT unit_id, since FROM matters_accountablestart r WHERE r.matter_id = m.id ORDER BY since DESC LIMIT 1) l ON true
 WHERE (l.unit_id, l.since) IS DISTINCT FROM (m.accountable_id, m.accountable_since);
-- one_acting_pair: the acting pair is not the last entry of its ledger
SELECT m.number FROM matters_matter m
  LEFT JOIN LATERAL (SELECT unit_id, worker_id, desk_id, since FROM matters_actingstart r WHERE r.matter_id = m.id ORDER BY since DESC LIMIT 1) l ON true
 WHERE (l.unit_id, l.worker_id, l.desk_id, l.since) IS DISTINCT FROM (m.acting_unit_id, m.acting_worker_id, m.acting_desk_id, m.acting_since);
-- no_gap_at_the_beginning: a ledger does not begin when the matter does
SELECT m.number FROM matters_matter m
 WHERE m.opened_at IS DISTINCT FROM (SELECT min(since) FROM matters_accountablestart r WHERE r.matter_id = m.id)
    OR m.opened_at IS DISTINCT FROM (SELECT min(since) FROM matters_actingstart r WHERE r.matter_id = m.id);
-- nobody_holds_after_the_end: a hand-over lies after the end
SELECT m.number FROM matters_matter m
 WHERE m.ended_at IS NOT NULL AND (EXISTS (SELECT 1 FROM matters_accountablestart r WHERE r.matter_id = m.id AND r.since > m.ended_at)
    OR EXISTS (SELECT 1 FROM matters_actingstart r WHERE r.matter_id = m.id AND r.since > m.ended_at));
-- spans_in_order: corrected spans overlap or run backwards
SELECT m.number FROM matters_matter m WHERE EXISTS (SELECT 1 FROM matters_acting_span s WHERE s.matter_id = m.id AND s.until < s.since)
    OR EXISTS (SELECT 1 FROM matters_accountable_span s WHERE s.matter_id = m.id AND s.until < s.since);
-- next_step: an open matter has no open duty of its own as its next step
SELECT m.number FROM matters_matter m LEFT JOIN matters_duty d ON d.id = m.next_duty_id
 WHERE m.ended_at IS NULL AND (d.id IS NULL OR d.matter_id <> m.id OR d.state <> 'open');
-- next_step_is_the_first: an open duty falls due before the step the matter points to
SELECT m.number FROM matters_matter m JOIN matters_duty n ON n.id = m.next_duty_id
 WHERE m.ended_at IS NULL AND EXISTS (SELECT 1 FROM matters_duty d WHERE d.matter_id = m.id AND d.state = 'open' AND d.due_at < n.due_at);
-- ended_means_over: an ended matter still has an open duty, or something unsigned or unanswered
SELECT m.number FROM matters_matter m WHERE m.ended_at IS NOT NULL AND (
  m.next_duty_id IS NOT NULL
  OR EXISTS (SELECT 1 FROM matters_duty d WHERE d.matter_id = m.id AND d.state = 'open')
  OR EXISTS (SELECT 1 FROM matters_offer o WHERE o.matter_id = m.id AND o.state = 'pending')
  OR EXISTS (SELECT 1 FROM matters_dispute d WHERE d.matter_id = m.id AND d.state = 'filed')
  OR EXISTS (SELECT 1 FROM matters_review r WHERE r.matter_id = m.id AND r.state = 'submitted')
  OR EXISTS (SELECT 1 FROM matters_assignment a WHERE a.matter_id = m.id AND a.signed_at IS NULL AND a.superseded_at IS NULL));
-- authority_lives: a closed unit or one that is no public authority answers for an open matter
SELECT m.number FROM matters_matter m JOIN directory_unit u ON u.id = m.accountable_id
 WHERE m.ended_at IS NULL AND (u.closed_on IS NOT NULL OR NOT u.is_public);
-- county_is_the_authoritys: a matter's county is not that of its authority
SELECT m.number FROM matters_matter m JOIN directory_unit u ON u.id = m.accountable_id WHERE m.county <> u.jurisdiction_id;
-- acting_unit_lives: a closed unit acts on an open matter
SELECT m.number FROM matters_matter m JOIN directory_unit u ON u.id = m.acting_unit_id WHERE m.ended_at IS NULL AND u.closed_on IS NOT NULL;
-- worker_at_his_post: a worker without a live post in the acting unit acts
SELECT m.number FROM matters_matter m WHERE m.ended_at IS NULL AND m.acting_worker_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM directory_appointment p WHERE p.worker_id = m.acting_worker_id AND p.unit_id = m.acting_unit_id AND p.ended_at IS NULL);
-- desk_of_its_unit: a desk of another unit acts, or neither worker nor desk, or both
SELECT m.number FROM matters_matter m LEFT JOIN directory_desk d ON d.id = m.acting_desk_id
 WHERE num_nonnulls(m.acting_worker_id, m.acting_desk_id) <> 1 OR (d.id IS NOT NULL AND d.unit_id <> m.acting_unit_id);
-- duties_follow_the_acting_pair: a duty of the acting pair is owed by somebody else
SELECT m.number FROM matters_matter m JOIN matters_duty d ON d.matter_id = m.id
 WHERE m.ended_at IS NULL AND d.state = 'open' AND d.owed_by = 'acting'
   AND (d.unit_id, d.worker_id, d.desk_id) IS DISTINCT FROM (m.acting_unit_id, m.acting_worker_id, m.acting_desk_id);
-- duty_owner_works: an open duty is owed by a worker without a post or by a closed unit
SELECT m.number FROM matters_matter m JOIN matters_duty d ON d.matter_id = m.id JOIN directory_unit u ON u.id = d.unit_id
 WHERE d.state = 'open' AND (u.closed_on IS NOT NULL OR (d.worker_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM directory_appointment p WHERE p.worker_id = d.worker_id AND p.unit_id = d.unit_id AND p.ended_at IS NULL)));
-- one_lead: a family has two open leads
SELECT string_agg(m.number, ', ') FROM matters_matter m WHERE m.kind = 'coordination' AND m.ended_at IS NULL GROUP BY m.family_id HAVING count(*) > 1;
-- one_transfer_at_a_time: two transfers of one matter wait for an answer
SELECT m.number FROM matters_matter m JOIN matters_offer o ON o.matter_id = m.id
 WHERE o.state = 'pending' AND o.kind IN ('transfer', 'lead') GROUP BY m.number HAVING count(*) > 1;
-- acting_reads: the acting pair of an open matter has no live grant on it, nor a contract that ended
SELECT m.number FROM matters_matter m WHERE m.ended_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM access_grant g WHERE g.file_id = m.id AND g.because = 'acting' AND g.starts_at <= m.acting_since
     AND g.holder = coalesce('w:' || m.acting_worker_id, 'd:' || m.acting_desk_id)
     AND (g.ends_at IS NULL OR EXISTS (SELECT 1 FROM directory_contract c WHERE c.ngo_id = m.acting_unit_id AND c.ends_at = g.ends_at)));
-- only_acting_reads_as_acting: a live grant says somebody acts who does not
SELECT m.number FROM matters_matter m JOIN access_grant g ON g.file_id = m.id
 WHERE m.ended_at IS NULL AND g.because = 'acting' AND g.ends_at IS NULL
   AND g.holder <> coalesce('w:' || m.acting_worker_id, 'd:' || m.acting_desk_id);
-- nobody_signs_his_own: a review was decided by whoever submitted it
SELECT m.number FROM matters_review r JOIN matters_matter m ON m.id = r.matter_id WHERE r.decided_by = r.submitted_by;
-- no_future: a hand-over lies in the future
SELECT m.number FROM matters_matter m WHERE greatest(m.acting_since, m.accountable_since) > access_at() + interval '5 minutes';
-- ngo_under_contract: a body that is no authority acts without a live contract
SELECT m.number FROM matters_matter m JOIN directory_unit u ON u.id = m.acting_unit_id
 WHERE m.ended_at IS NULL AND NOT u.is_public AND NOT EXISTS (SELECT 1 FROM directory_contract c
  WHERE c.ngo_id = u.id AND c.closed_at IS NULL AND c.starts_at <= m.acting_since AND c.ends_at > access_at());
