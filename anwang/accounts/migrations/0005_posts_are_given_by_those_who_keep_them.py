"""Who gives posts, shifts and covers: keys to files follow them, so the database asks it too (docs/adr/0155).

Whoever is named could write himself a post, a shift at the night desk or the cover of a colleague by a statement slipped
into a page of his, and would have held the keys at his next one. Services and the owner are not asked; the pages ask more
(`accounts.policies`, `matters.policies`: which unit, which fresh proof).
"""

from django.db import migrations

KEEPS = """
-- Whether somebody has a post with one of these roles in a county.
CREATE FUNCTION accounts_keeps(who uuid, in_county text, as_roles text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
                  WHERE p.worker_id = who AND p.ended_at IS NULL AND p.role = ANY (as_roles)
                    AND u.jurisdiction_id = in_county);
END $$;
"""
POSTS = """
CREATE FUNCTION accounts_posts_are_given() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  who uuid := access_worker();
  county text := (SELECT u.jurisdiction_id FROM directory_unit u WHERE u.id = coalesce(NEW.unit_id, OLD.unit_id));
BEGIN
  IF who IS NULL THEN
    RETURN coalesce(NEW, OLD);
  ELSIF TG_OP = 'INSERT' THEN
    IF NEW.worker_id <> who AND accounts_keeps(who, county, '{administrator}') THEN
      RETURN NEW;
    END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.worker_id, NEW.unit_id, NEW.role, NEW.title, NEW.started_at)
         IS NOT DISTINCT FROM (OLD.id, OLD.worker_id, OLD.unit_id, OLD.role, OLD.title, OLD.started_at)
       AND OLD.ended_at IS NULL AND accounts_keeps(who, county, '{administrator,chief}') THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE 'posts are given by who keeps the accounts' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER given_by_who_keeps BEFORE INSERT OR UPDATE OR DELETE ON directory_appointment
  FOR EACH ROW WHEN (current_user = 'anwang_app') EXECUTE FUNCTION accounts_posts_are_given();
"""
ROSTERS = """
CREATE FUNCTION accounts_rosters_are_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  who uuid := access_worker(); counties text[];
BEGIN
  IF who IS NULL THEN
    RETURN coalesce(NEW, OLD);
  ELSIF TG_TABLE_NAME = 'directory_shift' THEN
    counties := ARRAY (SELECT DISTINCT u.jurisdiction_id FROM directory_desk d JOIN directory_unit u ON u.id = d.unit_id
                        WHERE d.id IN (NEW.desk_id, OLD.desk_id));
  ELSE
    IF TG_OP = 'INSERT' AND NEW.worker_id = who AND EXISTS (
         SELECT FROM directory_appointment mine JOIN directory_appointment theirs ON theirs.live_unit = mine.live_unit
          WHERE mine.live_worker = who AND theirs.live_worker = NEW.covered_by_id) THEN
      RETURN NEW;
    END IF;
    counties := ARRAY (SELECT DISTINCT u.jurisdiction_id FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
                        WHERE p.live_worker IN (NEW.worker_id, OLD.worker_id));
  END IF;
  IF counties <> '{}' AND (SELECT bool_and(accounts_keeps(who, c,
       '{supervisor,screening_supervisor,duty_supervisor,ngo_supervisor,chief,administrator}')) FROM unnest(counties) c) THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  RAISE 'the roster and leave are kept by who supervises' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER kept_by_who_supervises BEFORE INSERT OR UPDATE OR DELETE ON directory_shift
  FOR EACH ROW WHEN (current_user = 'anwang_app') EXECUTE FUNCTION accounts_rosters_are_kept();
CREATE TRIGGER kept_by_who_supervises BEFORE INSERT OR UPDATE OR DELETE ON directory_absence
  FOR EACH ROW WHEN (current_user = 'anwang_app') EXECUTE FUNCTION accounts_rosters_are_kept();
"""
DOWN = """
DROP FUNCTION accounts_posts_are_given CASCADE;
DROP FUNCTION accounts_rosters_are_kept CASCADE;
DROP FUNCTION accounts_keeps;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_ways_in_are_written_by_the_known"),
        ("access", "0014_who_looks_is_asked_by_name"),
        ("directory", "0006_officers_of_an_authority"),
    ]
    operations = [migrations.RunSQL(KEEPS + POSTS + ROSTERS, DOWN)]
