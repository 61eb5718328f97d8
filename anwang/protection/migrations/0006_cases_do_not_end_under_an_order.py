"""A case does not close while an order of hers is in force: nobody would ask for its extension, or answer its breach.

It stays open in after-care (追蹤) until the order ends, or is registered as ended. What is not opened, or was taken over
by another county, has its own end.
"""

from django.db import migrations

UP = """
CREATE FUNCTION protection_order_holds_its_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM protection_order o WHERE o.matter_id = NEW.id AND o.ended_at IS NULL
              AND (o.ends_on IS NULL OR o.stays_until_ruling OR o.ends_on >= (NEW.ended_at AT TIME ZONE 'Asia/Taipei')::date)) THEN
    RAISE 'an order of this case is in force' USING ERRCODE = '23514', CONSTRAINT = 'case_does_not_end_under_an_order';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER order_holds_its_case BEFORE UPDATE OF ended_at ON matters_matter FOR EACH ROW
  WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND NEW.kind = 'case' AND NEW.ended_how = 'closed')
  EXECUTE FUNCTION protection_order_holds_its_case();
"""
DOWN = "DROP TRIGGER order_holds_its_case ON matters_matter; DROP FUNCTION protection_order_holds_its_case"


class Migration(migrations.Migration):
    dependencies = [("protection", "0005_searches_that_nobody_told"), ("matters", "0017_reports_of_a_county")]
    operations = [migrations.RunSQL(UP, DOWN)]
