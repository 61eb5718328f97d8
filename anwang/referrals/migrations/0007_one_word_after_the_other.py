"""Two desks that enter one letter in the same instant take turns: the second finds the notice of the first."""

from django.db import migrations

# At the cases where he stands, hers last, as `care_announce` does; where no case was found at his name in the county.
TAKE_TURN = """
CREATE FUNCTION referrals_take_turn(his uuid[], hers uuid[], nobodys text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT access_known() THEN RETURN; END IF;
  PERFORM FROM matters_matter m WHERE m.id = ANY (his) ORDER BY m.id FOR NO KEY UPDATE;
  PERFORM FROM matters_matter m WHERE m.id = ANY (hers) ORDER BY m.id FOR NO KEY UPDATE;
  IF nobodys <> '' THEN PERFORM pg_advisory_xact_lock(hashtextextended('referrals.notice ' || nobodys, 0)); END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_one_notice_through_changed_days")]
    operations = [migrations.RunSQL(TAKE_TURN, "DROP FUNCTION referrals_take_turn")]
