"""What acts say goes with its file: by the two who erase it, each in his own name, or by a service (docs/adr/0152).

Until now whoever was named could empty any act, also his own, and put another's name beside it.
"""

from django.db import migrations

RECORD = """
CREATE OR REPLACE FUNCTION audit_erase(acts uuid[], why text, ordered text, who uuid, seen_at timestamptz)
RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE me uuid := access_worker();
BEGIN
  IF me IS NULL AND coalesce(access_service(), '') = '' THEN
    RAISE 'nobody is named who erases' USING ERRCODE = '42501';
  END IF;
  IF me IS NOT NULL AND (who IS DISTINCT FROM me OR EXISTS (
       SELECT FROM audit_act a WHERE a.id = ANY (acts) AND NOT EXISTS (
         SELECT FROM subjects_erasure e WHERE e.file_id = a.matter_id AND e.confirmed_by = me
            AND e.proposed_by <> me AND e.done_at IS NOT NULL AND e.withdrawn_at IS NULL))) THEN
    RAISE 'two persons erase, and this one is not among them' USING ERRCODE = '42501';
  END IF;
  RETURN QUERY
    INSERT INTO audit_erasure (id, act_id, commitment, basis, reference, by_worker_id, erased_at)
    SELECT gen_random_uuid(), a.id, sha256(convert_to('anwang said|' || a.salt || '|' || a.details, 'UTF8')),
           why, ordered, who, seen_at
      FROM audit_act a WHERE a.id = ANY (acts) AND a.salt IS NOT NULL ORDER BY a.id FOR UPDATE
    RETURNING act_id;
  UPDATE audit_act SET details = '{}', salt = NULL WHERE id = ANY (acts) AND salt IS NOT NULL;
END $$;
"""
HALVES = """
CREATE FUNCTION subjects_each_his_half() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  me uuid := access_worker();
  said jsonb := to_jsonb(NEW) - '{confirmed_by,done_at,withdrawn_at,rows}'::text[];
BEGIN
  IF me IS NULL THEN
    RETURN NEW;
  ELSIF NOT accounts_keeps(me, NEW.county, '{chief,privacy_officer}') THEN
    RAISE 'files are erased by a chief or the privacy officer of their county' USING ERRCODE = '42501';
  ELSIF TG_OP = 'INSERT' AND NEW.proposed_by = me AND NEW.confirmed_by IS NULL AND NEW.done_at IS NULL THEN
    RETURN NEW;
  ELSIF TG_OP = 'UPDATE' AND said = to_jsonb(OLD) - '{confirmed_by,done_at,withdrawn_at,rows}'::text[]
        AND (NEW.confirmed_by IS NOT DISTINCT FROM OLD.confirmed_by
             OR OLD.confirmed_by IS NULL AND NEW.confirmed_by = me AND NEW.proposed_by <> me) THEN
    RETURN NEW;
  END IF;
  RAISE 'two persons erase, each in his own name' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER each_his_half BEFORE INSERT OR UPDATE ON subjects_erasure FOR EACH ROW
  WHEN (current_user = 'anwang_app') EXECUTE FUNCTION subjects_each_his_half();
"""
DOWN = "DROP TRIGGER each_his_half ON subjects_erasure; DROP FUNCTION subjects_each_his_half"


class Migration(migrations.Migration):
    dependencies = [
        ("subjects", "0008_erasing_care_plans_and_referrals"),
        ("audit", "0004_who_erases"),
        ("accounts", "0005_posts_are_given_by_those_who_keep_them"),
    ]
    operations = [migrations.RunSQL(RECORD + HALVES, DOWN)]
