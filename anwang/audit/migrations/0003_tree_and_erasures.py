"""Checkpoints of a tree, notes outside the database, and erasing what an act says without breaking the tree."""

from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.audit.tables import append_only

# A salt of its own for each act, also those written before: the column's default is made row by row.
UP = """
ALTER TABLE audit_act ADD COLUMN salt uuid DEFAULT gen_random_uuid();
CREATE INDEX acts_erased ON audit_act (id) WHERE salt IS NULL;
CREATE INDEX readings_by_time ON audit_reading USING brin (at);
CREATE INDEX acts_by_time ON audit_act USING brin (recorded_at);

-- The only change an act can undergo, for anybody, owner included: what it says goes, and the register says so.
DROP TRIGGER append_only ON audit_act;
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON audit_act FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE FUNCTION audit_only_erases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.salt IS NULL AND OLD.salt IS NOT NULL AND NEW.details = '{}'
     AND to_jsonb(NEW) - 'salt' - 'details' = to_jsonb(OLD) - 'salt' - 'details'
     AND EXISTS (SELECT 1 FROM audit_erasure e WHERE e.act_id = OLD.id
                    AND e.commitment = sha256(convert_to('anwang said|' || OLD.salt || '|' || OLD.details, 'UTF8')))
  THEN RETURN NEW;
  END IF;
  RAISE '% only grows: add a correction', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER only_erases BEFORE UPDATE ON audit_act FOR EACH ROW EXECUTE FUNCTION audit_only_erases();

-- Answers which acts were erased now; those that were already, or that are not there, are left out.
CREATE FUNCTION audit_erase(acts uuid[], why text, ordered text, who uuid, seen_at timestamptz) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
    INSERT INTO audit_erasure (id, act_id, commitment, basis, reference, by_worker_id, erased_at)
    SELECT gen_random_uuid(), a.id, sha256(convert_to('anwang said|' || a.salt || '|' || a.details, 'UTF8')),
           why, ordered, who, seen_at
      FROM audit_act a WHERE a.id = ANY (acts) AND a.salt IS NOT NULL ORDER BY a.id FOR UPDATE
    RETURNING act_id;
  UPDATE audit_act SET details = '{}', salt = NULL WHERE id = ANY (acts) AND salt IS NOT NULL;
END $$;
REVOKE INSERT ON audit_erasure FROM anwang_app;
"""
DOWN = """
DROP FUNCTION audit_erase; DROP TRIGGER only_erases ON audit_act; DROP FUNCTION audit_only_erases;
DROP TRIGGER append_only ON audit_act;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_act
  FOR EACH STATEMENT EXECUTE FUNCTION append_only();
DROP INDEX acts_by_time; DROP INDEX readings_by_time;
ALTER TABLE audit_act DROP COLUMN salt;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_only_grow")]
    operations = [
        migrations.AddField("checkpoint", "size", models.BigIntegerField(null=True)),
        migrations.AddField("checkpoint", "edge", models.BinaryField(default=b"")),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("checkpoint_id", models.BigIntegerField()),
                ("digest", models.BinaryField()),
                ("posted_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("what", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("tried_at", models.DateTimeField()),
                ("went_well_at", models.DateTimeField(null=True)),
                ("fault", models.CharField(blank=True, max_length=300)),
                ("reached", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("act_id", models.UUIDField(unique=True)),
                ("commitment", models.BinaryField()),
                ("basis", models.CharField(max_length=40)),
                ("reference", models.CharField(max_length=60)),
                ("by_worker_id", models.UUIDField(null=True)),
                ("erased_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True) & models.Q(("reference", ""), _negated=True),
                        name="erasure_names_its_order",
                    )
                ],
            },
        ),
        migrations.RunSQL(UP, DOWN),
        append_only("audit_posting"),
        append_only("audit_erasure"),
    ]
