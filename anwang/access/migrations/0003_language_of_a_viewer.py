"""The database knows the viewer's language too, so that names of units and workers come as he reads them."""

from importlib import import_module

from django.db import migrations

FORMER = import_module("anwang.access.migrations.0002_keys_of_a_viewer").UP
_BEGIN, _END = FORMER.index("CREATE FUNCTION access_viewer("), FORMER.index("-- Grants are ended")
DOWN = FORMER[_BEGIN:_END].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
UP = """
CREATE OR REPLACE FUNCTION access_viewer(who uuid, seen_at timestamptz, lang text,
  OUT name text, OUT unit_id uuid, OUT unit_name text, OUT county text,
  OUT units uuid[], OUT roles text[], OUT desks uuid[], OUT covers uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('anwang.worker', who::text, true), set_config('anwang.at', seen_at::text, true),
          set_config('anwang.service', '', true), set_config('anwang.language', lang, true);
  SELECT w.called INTO name FROM directory_worker w WHERE w.id = who;
  SELECT coalesce(array_agg(p.unit_id ORDER BY p.started_at), '{}'), coalesce(array_agg(p.role::text ORDER BY p.started_at), '{}')
    INTO units, roles
    FROM directory_appointment p
   WHERE p.worker_id = who AND p.started_at <= seen_at AND (p.ended_at IS NULL OR p.ended_at > seen_at);
  unit_id := units[1];
  SELECT u.called, u.jurisdiction_id
    INTO unit_name, county FROM directory_unit u WHERE u.id = unit_id;
  SELECT coalesce(array_agg(DISTINCT s.desk_id), '{}') INTO desks
    FROM directory_shift s WHERE s.worker_id = who AND s.starts_at <= seen_at AND s.ends_at > seen_at;
  SELECT coalesce(array_agg(a.worker_id), '{}') INTO covers
    FROM directory_absence a WHERE a.covered_by_id = who AND a.starts_at <= seen_at AND a.ends_at > seen_at;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_keys_of_a_viewer"), ("directory", "0002_names_as_read")]
    operations = [migrations.RunSQL(UP, DOWN)]
