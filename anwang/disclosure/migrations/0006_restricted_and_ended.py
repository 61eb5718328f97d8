"""A restricted family can be opened by two; ended cases leave a flag; steps and alerts belong to whom they are for.

- 限閱: what single readers see opens with the rest of the family only when a second person agrees, who then names the
  reader for the time of the opening. A file of one's own or of a relative opens to nobody by this way.
- A case that ended within the days the rules give answers with the flag alone, whatever its kind would allow.
"""

from importlib import import_module

import django.contrib.postgres.fields
from django.db import migrations, models

LOOKING = import_module("anwang.disclosure.migrations.0003_looking").LOOK
OPENING = import_module("anwang.disclosure.migrations.0004_opening").UP


def _function(text: str, name: str) -> str:
    begins = text.index(f"CREATE FUNCTION {name}(")
    return text[begins : text.index("END $$;", begins) + len("END $$;")].replace("CREATE ", "CREATE OR REPLACE ", 1)


def _changed(text: str, *changes: tuple[str, str]) -> str:
    for former, now in changes:
        assert former in text, former
        text = text.replace(former, now)
    return text


REACH = "CASE WHEN found.as_other THEN r.reach_as_other ELSE r.reach END"
LOOK = _changed(
    _function(LOOKING, "disclosure_look"),
    ("JOIN matters_matter m ON m.id = found.file_id AND m.kind = 'case' AND m.ended_at IS NULL",
     ("JOIN matters_matter m ON m.id = found.file_id AND m.kind = 'case'"
      " AND (m.ended_at IS NULL OR m.ended_at > (asked->>'ended_since')::timestamptz)")),
    (f"r.network,\n         {REACH}\n", f"r.network,\n         CASE WHEN m.ended_at IS NOT NULL THEN 'flag' ELSE {REACH} END\n"),
)  # fmt: skip
FAMILY = _changed(
    _function(OPENING, "disclosure_family_for"),
    ("families bigint)", "families bigint, restricted uuid[])"),
    ("closed uuid[] := access_closed();", "closed uuid[] := access_closed(); named_only uuid[];"),
    ("  IF found IS NULL OR", """  SELECT coalesce(array_agg(DISTINCT r.file_id), '{}') INTO named_only FROM access_restriction r
   WHERE r.file_id = ANY (found) AND r.file_id = ANY (closed) AND r.starts_at <= access_at() AND r.until_at > access_at()
     AND (r.ended_at IS NULL OR r.ended_at > access_at());
  IF found IS NULL OR"""),
    ("WHERE f.id = ANY (closed))", "WHERE f.id = ANY (closed) AND f.id <> ALL (named_only))"),
    ("RETURN QUERY SELECT fams[1], found, cardinality(fams)::bigint;",
     ("RETURN QUERY SELECT fams[1], ARRAY(SELECT f.id FROM unnest(found) f (id) WHERE f.id <> ALL (named_only)),"
      " cardinality(fams)::bigint, named_only;")),
)  # fmt: skip
MAY_SECOND = _changed(
    _function(OPENING, "disclosure_may_second"),
    ("i.file_id = ANY (g.files)", "i.file_id = ANY (g.files || g.restricted)"),
)
AGREE = _changed(
    _function(OPENING, "disclosure_agree"),
    ("    FROM unnest(g.files) f (id);\n", """    FROM unnest(g.files) f (id);
  INSERT INTO access_restrictionreader (id, restriction_id, worker_id, named_by, since_at, until_at)
  SELECT gen_random_uuid(), r.id, g.reader, me, seen, g.until FROM access_restriction r
   WHERE r.file_id = ANY (g.restricted) AND r.starts_at <= seen AND r.until_at > seen AND (r.ended_at IS NULL OR r.ended_at > seen);
  INSERT INTO access_grant (id, file_id, holder, zones, purpose, because, because_id, starts_at, ends_at, granted_by, recorded_at)
  SELECT gen_random_uuid(), f.id, 'w:' || g.reader || '/glass', ARRAY['work', 'case', 'special', 'safety'], 'duty', 'break_glass', opened, seen, g.until, me, seen
    FROM unnest(g.restricted) f (id);
"""),
)  # fmt: skip
READ_UNDER = _changed(_function(OPENING, "disclosure_read_under"), ("ANY (g.files)", "ANY (g.files || g.restricted)"))
UP = f"""
DROP FUNCTION disclosure_family_for;
{FAMILY.replace("CREATE OR REPLACE", "CREATE")}
{LOOK}
{MAY_SECOND}
{AGREE}
{READ_UNDER}

-- Whoever closes his opening before its time is named no longer, either.
CREATE FUNCTION disclosure_named_no_longer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE access_restrictionreader n SET until_at = NEW.ended_at FROM access_restriction r
   WHERE r.id = n.restriction_id AND r.file_id = ANY (NEW.restricted) AND n.worker_id = NEW.reader AND n.until_at = NEW.until;
  RETURN NULL;
END $$;
CREATE TRIGGER named_no_longer AFTER UPDATE OF ended_at ON disclosure_glass FOR EACH ROW
  WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND NEW.restricted <> '{{}}')
  EXECUTE FUNCTION disclosure_named_no_longer();

ALTER TABLE disclosure_contactstep ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON disclosure_contactstep FOR SELECT USING (asked_by = (SELECT access_worker())
  OR 'u:' || unit_id || '/supervising' = ANY ((SELECT access_keys())::text[]));
CREATE POLICY writes ON disclosure_contactstep FOR INSERT WITH CHECK (asked_by = (SELECT access_worker()));
CREATE POLICY changes ON disclosure_contactstep FOR UPDATE
  USING ('u:' || unit_id || '/supervising' = ANY ((SELECT access_writing_keys())::text[])) WITH CHECK (true);
ALTER TABLE disclosure_alert ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON disclosure_alert FOR SELECT
  USING ('u:' || to_unit_id || '/' || to_role = ANY ((SELECT access_keys())::text[]));
CREATE POLICY writes ON disclosure_alert FOR INSERT WITH CHECK ((SELECT access_known()));
CREATE POLICY changes ON disclosure_alert FOR UPDATE
  USING ('u:' || to_unit_id || '/' || to_role = ANY ((SELECT access_writing_keys())::text[])) WITH CHECK (true);
"""  # noqa: S608  our own functions


class Migration(migrations.Migration):
    """Not undone: without it alerts and steps lay open."""

    dependencies = [("disclosure", "0005_a_letter_of_their_own"), ("access", "0010_restricted_files")]
    operations = [
        migrations.AddField(
            "glass",
            "restricted",
            django.contrib.postgres.fields.ArrayField(models.UUIDField(), default=list, size=None),
        ),
        migrations.RemoveConstraint("glass", "glass_opens_something"),
        migrations.AddConstraint(
            "glass",
            models.CheckConstraint(
                condition=models.Q(("files__len__gt", 0)) | models.Q(("restricted__len__gt", 0)),
                name="glass_opens_something",
            ),
        ),
        migrations.RunSQL(UP, migrations.RunSQL.noop),
    ]
