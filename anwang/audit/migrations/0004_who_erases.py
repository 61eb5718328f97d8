"""Erasing is for somebody the program has named: SQL written by hand is not listened to.

Written as text that is looked up when it runs: who is named is known to `access`, above this room.
"""

from django.db import migrations

UP = """
CREATE OR REPLACE FUNCTION audit_erase(acts uuid[], why text, ordered text, who uuid, seen_at timestamptz)
RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF access_worker() IS NULL AND coalesce(access_service(), '') = '' THEN
    RAISE 'nobody is named who erases' USING ERRCODE = '42501';
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


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_tree_and_erasures")]
    operations = [migrations.RunSQL(UP, migrations.RunSQL.noop)]
