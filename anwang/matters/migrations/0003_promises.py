"""The promises of the kernel as declared keys, and the two triggers that only write history and keep time forward.

Deferred, so that an action may write in any order; every action ends with SET CONSTRAINTS ALL IMMEDIATE so that a
broken promise is a sentence and not a failed commit.
"""

from django.db import migrations

from anwang.access.rls import protect
from anwang.audit.tables import append_only

KEYS = """
ALTER TABLE matters_matter
  ADD CONSTRAINT matter_next_step_is_its_own_open_duty FOREIGN KEY (next_duty_id, open_id)
    REFERENCES matters_duty (id, open_of) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT matter_answered_by_a_living_authority FOREIGN KEY (open_accountable)
    REFERENCES directory_unit (live_public_id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT matter_acted_on_by_a_living_unit FOREIGN KEY (open_acting_unit)
    REFERENCES directory_unit (live_id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT matter_acted_on_by_a_worker_at_his_post FOREIGN KEY (open_acting_worker, open_acting_unit)
    REFERENCES directory_appointment (live_worker, live_unit) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT matter_desk_belongs_to_its_unit FOREIGN KEY (acting_desk_id, acting_unit_id)
    REFERENCES directory_desk (id, unit_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE matters_duty
  ADD CONSTRAINT duty_open_only_while_its_matter_is FOREIGN KEY (open_of)
    REFERENCES matters_matter (open_id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT duty_owed_by_a_living_unit FOREIGN KEY (open_unit)
    REFERENCES directory_unit (live_id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT duty_owed_by_a_worker_at_his_post FOREIGN KEY (open_worker, open_unit)
    REFERENCES directory_appointment (live_worker, live_unit) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT duty_desk_belongs_to_its_unit FOREIGN KEY (desk_id, unit_id)
    REFERENCES directory_desk (id, unit_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE matters_assignment
  ADD CONSTRAINT assignment_unsigned_only_on_an_open_matter FOREIGN KEY (unsigned_of)
    REFERENCES matters_matter (open_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE matters_offer
  ADD CONSTRAINT offer_pending_only_on_an_open_matter FOREIGN KEY (pending_of)
    REFERENCES matters_matter (open_id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT offer_only_to_a_living_unit FOREIGN KEY (pending_to)
    REFERENCES directory_unit (live_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE matters_dispute
  ADD CONSTRAINT dispute_only_on_an_open_matter FOREIGN KEY (filed_of)
    REFERENCES matters_matter (open_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE matters_review
  ADD CONSTRAINT review_waits_only_on_an_open_matter FOREIGN KEY (submitted_of)
    REFERENCES matters_matter (open_id) DEFERRABLE INITIALLY DEFERRED;
"""

HISTORY = """
CREATE FUNCTION matter_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.accountable_since := NEW.opened_at; NEW.acting_since := NEW.opened_at;
    IF NEW.opened_at > clock_timestamp() + interval '5 minutes' THEN
      RAISE 'a matter does not open in the future' USING ERRCODE = '23514', CONSTRAINT = 'matter_not_in_the_future'; END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.number, NEW.kind, NEW.opened_at, NEW.recorded_at)
     IS DISTINCT FROM (OLD.id, OLD.number, OLD.kind, OLD.opened_at, OLD.recorded_at) THEN
    RAISE 'a matter keeps its number, kind and beginning' USING ERRCODE = '23514', CONSTRAINT = 'matter_keeps_its_beginning'; END IF;
  IF OLD.ended_at IS NOT NULL THEN
    RAISE 'an ended matter stays ended: open one that arises from it' USING ERRCODE = '23514', CONSTRAINT = 'matter_stays_ended'; END IF;
  IF (NEW.accountable_id IS DISTINCT FROM OLD.accountable_id) <> (NEW.accountable_since IS DISTINCT FROM OLD.accountable_since)
     OR NEW.accountable_since < OLD.accountable_since THEN
    RAISE 'a change of authority says since when, later than the last' USING ERRCODE = '23514', CONSTRAINT = 'authority_changes_forward'; END IF;
  IF ((NEW.acting_unit_id, NEW.acting_worker_id, NEW.acting_desk_id) IS DISTINCT FROM (OLD.acting_unit_id, OLD.acting_worker_id, OLD.acting_desk_id))
     <> (NEW.acting_since IS DISTINCT FROM OLD.acting_since) OR NEW.acting_since < OLD.acting_since THEN
    RAISE 'a hand-over says since when, later than the last' USING ERRCODE = '23514', CONSTRAINT = 'acting_changes_forward'; END IF;
  IF greatest(NEW.accountable_since, NEW.acting_since, NEW.ended_at) > clock_timestamp() + interval '5 minutes' THEN
    RAISE 'a hand-over does not lie in the future' USING ERRCODE = '23514', CONSTRAINT = 'matter_not_in_the_future'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_forward BEFORE INSERT OR UPDATE ON matters_matter FOR EACH ROW EXECUTE FUNCTION matter_moves_forward();

CREATE FUNCTION matter_to_ledgers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO matters_accountablestart (matter_id, since, unit_id, how, by, recorded_at)
      SELECT id, opened_at, accountable_id, accountable_how, accountable_by, recorded_at FROM new_rows;
    INSERT INTO matters_actingstart (matter_id, since, unit_id, worker_id, desk_id, how, by, recorded_at)
      SELECT id, opened_at, acting_unit_id, acting_worker_id, acting_desk_id, acting_how, acting_by, recorded_at FROM new_rows;
  ELSE
    INSERT INTO matters_accountablestart (matter_id, since, unit_id, how, by, recorded_at)
      SELECT n.id, n.accountable_since, n.accountable_id, n.accountable_how, n.accountable_by, access_at()
        FROM new_rows n JOIN old_rows o USING (id) WHERE n.accountable_since <> o.accountable_since;
    INSERT INTO matters_actingstart (matter_id, since, unit_id, worker_id, desk_id, how, by, recorded_at)
      SELECT n.id, n.acting_since, n.acting_unit_id, n.acting_worker_id, n.acting_desk_id, n.acting_how, n.acting_by, access_at()
        FROM new_rows n JOIN old_rows o USING (id) WHERE n.acting_since <> o.acting_since;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_insert AFTER INSERT ON matters_matter REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION matter_to_ledgers();
CREATE TRIGGER ledger_update AFTER UPDATE ON matters_matter REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION matter_to_ledgers();

CREATE VIEW matters_accountable_span WITH (security_invoker) AS
  SELECT r.matter_id, r.unit_id, r.how, r.by, r.since, r.recorded_at,
         coalesce(lead(r.since) OVER (PARTITION BY r.matter_id ORDER BY r.since), m.ended_at) AS until
    FROM matters_accountablestart r JOIN matters_matter m ON m.id = r.matter_id;
CREATE VIEW matters_acting_span WITH (security_invoker) AS
  SELECT r.matter_id, r.unit_id, r.worker_id, r.desk_id, r.how, r.by, r.since, r.recorded_at,
         coalesce(lead(r.since) OVER (PARTITION BY r.matter_id ORDER BY r.since), m.ended_at) AS until
    FROM matters_actingstart r JOIN matters_matter m ON m.id = r.matter_id;
"""

PRIVILEGES = """
REVOKE INSERT ON matters_accountablestart, matters_actingstart FROM anwang_app;
REVOKE UPDATE, DELETE ON matters_matter, matters_duty, matters_assignment, matters_offer, matters_dispute, matters_review,
  matters_escalation FROM anwang_app;
GRANT UPDATE (family_id, county, ended_at, ended_how, accountable_id, accountable_since, accountable_how, accountable_by,
  acting_unit_id, acting_worker_id, acting_desk_id, acting_since, acting_how, acting_by, next_duty_id) ON matters_matter TO anwang_app;
GRANT UPDATE (due_at, pushed, unit_id, worker_id, desk_id, role, owed_by, state, settled_at, settled_by, settled_because,
  waiting_for, waiting_ref, waiting_from, waiting_until, late_cause, late_cause_by) ON matters_duty TO anwang_app;
GRANT UPDATE (signed_at, signed_recorded_at, signed_by, superseded_at) ON matters_assignment TO anwang_app;
GRANT UPDATE (state, answered_at, answered_recorded_at, answered_by, answered_how, answered_name, answered_ref, reason)
  ON matters_offer TO anwang_app;
GRANT UPDATE (state, ruled_at, ruled_by, ruled_name, ruled_ref, ruled_unit_id) ON matters_dispute TO anwang_app;
GRANT UPDATE (state, decided_by, decided_at, decided_recorded_at, is_deputy, by_phone) ON matters_review TO anwang_app;
GRANT UPDATE (seen_at, seen_by) ON matters_escalation TO anwang_app;
"""

DOWN = """
DROP VIEW matters_acting_span; DROP VIEW matters_accountable_span;
DROP TRIGGER ledger_update ON matters_matter; DROP TRIGGER ledger_insert ON matters_matter; DROP TRIGGER a_forward ON matters_matter;
DROP FUNCTION matter_to_ledgers; DROP FUNCTION matter_moves_forward;
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_duties_moves_judgement"), ("access", "0002_keys_of_a_viewer")]
    operations = [
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
        migrations.RunSQL(HISTORY, DOWN),
        append_only("matters_accountablestart"),
        append_only("matters_actingstart"),
        append_only("matters_dutypush"),
        append_only("matters_precedent"),
        protect("matters_disputestatement", zone="case"),
        protect("matters_reviewwords", zone="case"),
        append_only("matters_disputestatement"),
        append_only("matters_reviewwords"),
        migrations.RunSQL(PRIVILEGES, migrations.RunSQL.noop),
    ]
