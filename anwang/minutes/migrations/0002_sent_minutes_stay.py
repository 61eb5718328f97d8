"""Once minutes are sent their words stay; corrections are amendments of a later sitting. Files are never rewritten."""

from django.db import migrations

OF_A_SITTING = (
    "node", "section", "item", "response", "decisiontext", "decisionunit", "decisioncase", "uncertain", "amendment",
    "attendance", "material", "reading",
)  # fmt: skip
STAY = """
CREATE FUNCTION minutes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE told uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.sitting_id ELSE OLD.sitting_id END;
BEGIN
  IF EXISTS (SELECT 1 FROM minutes_sitting s WHERE s.id = told AND s.state IN ('sent', 'confirmed')) THEN
    RAISE 'sent minutes stay: correct them in a later sitting' USING ERRCODE = '23514', CONSTRAINT = 'minutes_stay'; END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION minutes_sitting_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN
      RAISE 'only a draft is thrown away' USING ERRCODE = '23514', CONSTRAINT = 'minutes_stay'; END IF;
    RETURN OLD; END IF;
  IF OLD.state IN ('sent', 'confirmed') AND (OLD.state = 'confirmed' OR NEW.state NOT IN ('sent', 'confirmed')
     OR (to_jsonb(NEW) - '{state,confirmed_at,confirmed_by,confirmed_in_id}'::text[])
        <> (to_jsonb(OLD) - '{state,confirmed_at,confirmed_by,confirmed_in_id}'::text[])) THEN
    RAISE 'sent minutes stay: correct them in a later sitting' USING ERRCODE = '23514', CONSTRAINT = 'minutes_stay'; END IF;
  IF NEW.state IN ('sent', 'confirmed') AND OLD.state NOT IN ('sent', 'confirmed')
     AND EXISTS (SELECT 1 FROM minutes_uncertain u WHERE u.sitting_id = NEW.id AND u.settled = '') THEN
    RAISE 'what is uncertain is settled first' USING ERRCODE = '23514', CONSTRAINT = 'minutes_are_certain'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON minutes_sitting FOR EACH ROW EXECUTE FUNCTION minutes_sitting_stays();
"""
STAY_DOWN = """
DROP TRIGGER stays ON minutes_sitting;
DROP FUNCTION minutes_sitting_stays();
DROP FUNCTION minutes_stay();
"""


def _stays(one: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON minutes_{one}"
        " FOR EACH ROW EXECUTE FUNCTION minutes_stay()",
        f"DROP TRIGGER stays ON minutes_{one}",
    )


class Migration(migrations.Migration):
    dependencies = [("minutes", "0001_meetings_of_policy")]
    operations = [
        migrations.RunSQL(STAY, STAY_DOWN),
        *(_stays(one) for one in OF_A_SITTING),
        migrations.RunSQL(
            "REVOKE UPDATE ON minutes_source, minutes_sourcebody, minutes_reading FROM anwang_app",
            "GRANT UPDATE ON minutes_source, minutes_sourcebody, minutes_reading TO anwang_app",
        ),
    ]
