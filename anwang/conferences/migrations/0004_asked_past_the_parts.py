"""What whoever keeps a meeting must know of its parts without reading them: which are listed, which nothing was said of."""

from django.db import migrations

_KEEPS = """EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = of_meeting AND 'case' = ANY (g.zones)
       AND g.holder = ANY (access_keys()) AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))"""
UP = f"""
CREATE FUNCTION conferences_listed_on(of_meeting uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT p.file_id FROM conferences_part p JOIN conferences_highrisk h ON h.matter_id = p.file_id AND h.ended_at IS NULL
    JOIN matters_matter m ON m.id = p.file_id AND m.ended_at IS NULL
   WHERE p.meeting_id = of_meeting AND p.withdrawn_at IS NULL AND {_KEEPS}
$$;

CREATE FUNCTION conferences_silent_parts(of_meeting uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM conferences_part p
   WHERE p.meeting_id = of_meeting AND p.withdrawn_at IS NULL AND {_KEEPS}
     AND NOT EXISTS (SELECT 1 FROM conferences_minute n WHERE n.part_id = p.id)
     AND NOT EXISTS (SELECT 1 FROM conferences_decision d WHERE d.part_id = p.id)
$$;
"""  # noqa: S608  texts of our own


class Migration(migrations.Migration):
    dependencies = [("conferences", "0003_names_and_readers")]
    operations = [migrations.RunSQL(UP, "DROP FUNCTION conferences_silent_parts; DROP FUNCTION conferences_listed_on;")]
