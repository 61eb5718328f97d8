"""What the database holds of the line: no release without what was asked for; words that only grow stay."""

from django.db import migrations

from anwang.audit.tables import append_only
from anwang.matters.keys import owns_a_matter

UP = """
-- A decision whose sentence asked for a change is released only where the change is linked, or said why there is none.
CREATE FUNCTION tracking_change_is_linked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM tracking_track t WHERE t.decision_id = NEW.id AND t.asks_change AND t.unchanged_because = ''
     AND NOT EXISTS (SELECT 1 FROM tracking_change c WHERE c.track_id = t.decision_id AND c.withdrawn_at IS NULL);
  IF FOUND THEN
    RAISE 'a change was asked for and none is linked' USING ERRCODE = '23514', CONSTRAINT = 'released_change_is_linked';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER released_change_is_linked BEFORE UPDATE OF state ON conferences_decision FOR EACH ROW
  WHEN (NEW.state IN ('released', 'condition') AND OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION tracking_change_is_linked();

-- And the last link of a released one stays.
CREATE FUNCTION tracking_released_keeps_its_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM tracking_track t JOIN conferences_decision d ON d.id = t.decision_id
    WHERE t.decision_id = NEW.track_id AND t.asks_change AND t.unchanged_because = '' AND d.released_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM tracking_change c
                       WHERE c.track_id = NEW.track_id AND c.withdrawn_at IS NULL AND c.id <> NEW.id);
  IF FOUND THEN
    RAISE 'the last link of a released decision stays' USING ERRCODE = '23514', CONSTRAINT = 'released_change_is_linked';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER released_keeps_its_link BEFORE UPDATE OF withdrawn_at ON tracking_change FOR EACH ROW
  WHEN (NEW.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS NULL) EXECUTE FUNCTION tracking_released_keeps_its_link();

REVOKE DELETE ON tracking_follow, tracking_track, tracking_change, tracking_relay FROM anwang_app;
REVOKE UPDATE ON tracking_follow FROM anwang_app;
"""
DOWN = """
DROP TRIGGER released_keeps_its_link ON tracking_change; DROP FUNCTION tracking_released_keeps_its_link;
DROP TRIGGER released_change_is_linked ON conferences_decision; DROP FUNCTION tracking_change_is_linked;
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0001_decisions_of_minutes"), ("conferences", "0005_special_meetings")]
    operations = [
        owns_a_matter("tracking_follow"),
        migrations.RunSQL(UP, DOWN),
        append_only("tracking_saidin"),
    ]
