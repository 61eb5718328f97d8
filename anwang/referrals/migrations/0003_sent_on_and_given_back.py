"""A referral sent on stays sent; what was taken and given back leaves its transition without a receiver again."""

from django.db import migrations

FOLLOW = """
CREATE OR REPLACE FUNCTION referrals_follow_offer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state = 'pending' AND TG_OP = 'INSERT' THEN
    UPDATE referrals_referral SET state = 'sent', to_unit_id = NEW.to_unit_id, sent_at = coalesce(sent_at, NEW.sent_at)
     WHERE id = NEW.matter_id AND state IN ('prepared', 'returned', 'sent');
  ELSIF NEW.state = 'accepted' THEN
    UPDATE referrals_referral SET state = 'accepted', accepted_at = NEW.answered_at
     WHERE id = NEW.matter_id AND state = 'sent';
  ELSIF NEW.state IN ('declined', 'withdrawn') THEN
    UPDATE referrals_referral SET state = 'returned' WHERE id = NEW.matter_id AND state = 'sent'
       AND NOT EXISTS (SELECT 1 FROM matters_offer o WHERE o.pending_of = NEW.matter_id);
  END IF;
  RETURN NULL;
END $$;
-- The transition that a referral is for has a receiver exactly while the referral is taken.
CREATE FUNCTION referrals_follow_referral() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state = 'accepted' THEN
    UPDATE referrals_transition SET state = 'accepted', accepted_at = NEW.accepted_at
     WHERE id = NEW.transition_id AND state = 'planned';
  ELSIF NEW.state = 'returned' AND OLD.state IN ('accepted', 'met') THEN
    UPDATE referrals_transition t SET state = 'planned', accepted_at = NULL
     WHERE t.id = NEW.transition_id AND t.state = 'accepted' AND NOT EXISTS (
       SELECT 1 FROM referrals_referral r WHERE r.transition_id = t.id AND r.id <> NEW.id
          AND r.state IN ('accepted', 'met', 'ended'));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER transition_follows AFTER UPDATE OF state ON referrals_referral FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.transition_id IS NOT NULL)
  EXECUTE FUNCTION referrals_follow_referral();
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_who_may_read")]
    operations = [migrations.RunSQL(FOLLOW, migrations.RunSQL.noop)]
